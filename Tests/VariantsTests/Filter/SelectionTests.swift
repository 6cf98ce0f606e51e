import EngineTestSupport
import Foundation
import GenomicFiles
import Genomics
import Testing

@testable import Variants

/// Runs a selection over a file.
func runSelection(
  _ input: String, _ folder: ScratchFolder, threads: Int = 2, batchBytes: Int = 1 << 14,
  output name: String = "out.vcf",
  splits: String? = nil, _ configure: (inout VariantSelection) -> Void
) async throws -> (result: VariantResult, text: String) {
  let resources = RunResources(threads: threads, batchBytes: batchBytes)
  let output = folder.path(name)
  var job = VariantJob(
    input: InputFile(path: input),
    output: OutputPlan(path: output, container: OutputContainer(path: output, level: 6), force: true))
  var selection = VariantSelection()
  configure(&selection)
  job.selection = selection
  job.normalises = splits != nil
  job.splits = splits != nil
  let reference = try splits.map { try FASTAReference(path: $0, registry: resources.outputs) }
  let result = try await processVariants(job, reference: reference, resources: resources)
  _ = try await result.pending?.commit()
  return (result, try folder.text(of: name))
}

@Suite struct SelectionTests {
  private static let low = "QUAL<40 || FMT/DQ<1"

  private func file(_ seed: UInt64, _ folder: ScratchFolder, samples: Int = 4, count: Int = 150) throws -> String {
    var file = FilterFile(seed: seed, samples: samples)
    return try folder.write(file.text(count), "in.vcf")
  }

  @Test(
    .enabled(if: Peer.areInstalled("bcftools")), arguments: ["", "+", "x", "+x"],
    [false, true])
  func `a soft filter writes FILTER as bcftools filter does`(mode: String, excludes: Bool) async throws {
    let folder = try ScratchFolder()
    let path = try file(11, folder)
    let (result, text) = try await runSelection(path, folder) {
      $0.expression = Self.low
      $0.excludes = excludes
      $0.softFilter = VariantSelection.SoftFilter(
        name: "q10", adds: mode.contains("+"), resets: mode.contains("x"))
    }
    let peer = try Peer.run(
      "bcftools",
      ["filter", "--no-version", "-s", "q10", excludes ? "-e" : "-i", Self.low]
        + (mode.isEmpty ? [] : ["-m", mode]) + [path])
    #expect(dataLines(text).map { $0.columns[6] } == dataLines(peer.text).map { $0.columns[6] })
    #expect(dataLines(text).count == 150 && result.counts.balances)
    let input = dataLines(try folder.text(of: "in.vcf"))
    for (line, original) in zip(dataLines(text), input) {
      var line = line
      line.columns[6] = original.columns[6]
      #expect(line == original)
    }
  }

  @Test(.enabled(if: Peer.areInstalled("bcftools")), arguments: ["LOW", "+"])
  func `a soft filter is declared as bcftools filter declares it`(name: String) async throws {
    let folder = try ScratchFolder()
    let path = try file(12, folder)
    let expression = "QUAL<40 || S=\"a\""
    let (_, text) = try await runSelection(path, folder) {
      $0.expression = expression
      $0.excludes = true
      $0.softFilter = VariantSelection.SoftFilter(name: name)
    }
    let peer = try Peer.output("bcftools", "filter", "--no-version", "-s", name, "-e", expression, path)
    func filters(_ lines: [String]) -> [String] {
      lines.filter { $0.hasPrefix("##FILTER") && !$0.contains("ID=PASS,") }
    }
    #expect(filters(text.split(separator: "\n").map(String.init)) == filters(peer.lines))
  }

  @Test(
    .enabled(if: Peer.areInstalled("bcftools")), arguments: ["s2", "s3,s0", "^s1", "^s0,s2,s3"], [true, false])
  func `samples are left out, and AC and AN counted, as bcftools view does`(list: String, updates: Bool) async throws {
    let folder = try ScratchFolder()
    var made = FilterFile(seed: 13, samples: 4)
    // Some records have AC and AN already, right or wrong.
    var text = made.text(150).replacing(
      "##INFO=<ID=DP,",
      with:
        "##INFO=<ID=AC,Number=A,Type=Integer,Description=\"x\">\n##INFO=<ID=AN,Number=1,Type=Integer,Description=\"x\">\n##INFO=<ID=DP,"
    )
    text = text.replacing("DB", with: "AN=2").replacing("\t1000G;", with: "\tAC=9;").replacing(
      "##INFO=<ID=AN=2", with: "##INFO=<ID=DB")
    let path = try folder.write(text, "in.vcf")
    let isWithout = list.hasPrefix("^")
    let names = list.drop { $0 == "^" }.split(separator: ",").map(String.init)
    let (_, found) = try await runSelection(path, folder) {
      $0.samples = isWithout ? .without(names) : .only(names)
      $0.updatesCounts = updates
    }
    let peer = try Peer.run(
      "bcftools", ["view", "--no-version", "-s", list] + (updates ? [] : ["-I"]) + [path])
    #expect(peer.status == 0)
    let expected = dataLines(peer.text)
    #expect(dataLines(found).count == expected.count)
    for (line, other) in zip(dataLines(found), expected) {
      #expect(line.columns[..<5] == other.columns[..<5] && line.columns[6] == other.columns[6])
      #expect(counts(line) == counts(other), "\(line) \(other)")
      #expect(line.samples.map { $0[0] } == other.samples.map { $0[0] })
    }
    #expect(
      found.split(separator: "\n").first { $0.hasPrefix("#CHROM") }
        == peer.text.split(separator: "\n").first {
          $0.hasPrefix("#CHROM")
        })
  }

  private func counts(_ line: VCFLine) -> [String] {
    line.info.filter { $0.hasPrefix("AC=") || $0.hasPrefix("AN=") }.sorted()
  }

  @Test(.enabled(if: Peer.areInstalled("bcftools", "bgzip")), arguments: seeds(3))
  func `regions and targets keep what bcftools keeps`(seed: UInt64) async throws {
    var generator = VCFGenerator(seed: seed)
    let file = generator.file(600, mostAlternates: 2, samples: 1)
    let folder = try ScratchFolder()
    let path = try folder.write(file.text, "in.vcf")
    try Peer.output("bcftools", "view", "--no-version", "-Oz", "-o", folder.path("in.vcf.gz"), path)
    try Peer.output("bcftools", "index", "-t", folder.path("in.vcf.gz"))
    var bed = ""
    var features: [Region] = []
    for contig in file.genome {
      for _ in 0..<6 {
        let start = generator.random.int(0...(contig.bases.count - 2))
        let end = min(contig.bases.count, start + generator.random.pick([1, 2, 20, 100]))
        bed += "\(contig.name)\t\(start)\t\(end)\n"
        features.append(Region(contig: contig.name, start: ZeroBasedPosition(start), end: ZeroBasedPosition(end)))
      }
    }
    let bedPath = try folder.write(bed, "regions.bed")
    func lines(_ text: String) -> [String] { dataLines(text).map { $0.columns[..<5].joined(separator: " ") } }
    for usesIndex in [false, true] {
      let (result, text) = try await runSelection(folder.path("in.vcf.gz"), folder) {
        $0.regions = RegionSet(features)
        $0.usesIndex = usesIndex
      }
      let peer = try Peer.output("bcftools", "view", "--no-version", "-R", bedPath, folder.path("in.vcf.gz"))
      // bcftools gives regions in order, and a record once for each that it is in but does not begin in.
      #expect(Set(lines(text)) == Set(lines(peer.text)))
      #expect(lines(text).count == Set(lines(text)).count)
      #expect(result.counts.balances)
    }
    let (result, text) = try await runSelection(path, folder) { $0.targets = RegionSet(features) }
    let peer = try Peer.output("bcftools", "view", "--no-version", "-T", bedPath, path)
    #expect(lines(text) == lines(peer.text))
    #expect(result.counts.dropped["target", default: 0] == file.lines.count - lines(text).count)
  }

  @Test func `bytes are the same at any number of threads and any batch size`() async throws {
    let folder = try ScratchFolder()
    let path = try file(14, folder, count: 400)
    var texts: Set<String> = []
    for (threads, bytes) in [(1, 1 << 20), (2, 4096), (7, 1 << 13)] {
      let (result, text) = try await runSelection(path, folder, threads: threads, batchBytes: bytes) {
        $0.expression = "FMT/DQ>5 & GQ>0.1"
        $0.samples = .only(["s2", "s0"])
      }
      texts.insert(text)
      #expect(result.counts.dropped["expression", default: 0] == 400 - dataLines(text).count)
    }
    #expect(texts.count == 1)
  }

  @Test func `a hard filter copies the lines that it keeps`() async throws {
    let folder = try ScratchFolder()
    let path = try file(15, folder)
    let (_, text) = try await runSelection(path, folder) { $0.expression = "QUAL>20" }
    let input = dataLines(try folder.text(of: "in.vcf"))
    #expect(dataLines(text) == input.filter { (Double($0.columns[5]) ?? 0) > 20 })
  }

  @Test func `samples are left out before alleles are split`() async throws {
    let folder = try ScratchFolder()
    let fasta = try folder.write(">1\nACGTACGTAC\n", "ref.fa")
    let header = """
      ##fileformat=VCFv4.3
      ##contig=<ID=1,length=10>
      ##INFO=<ID=AC,Number=A,Type=Integer,Description="x">
      ##INFO=<ID=AN,Number=1,Type=Integer,Description="x">
      ##FORMAT=<ID=GT,Number=1,Type=String,Description="x">
      #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ta\tb

      """
    let path = try folder.write(header + "1\t2\t.\tC\tA,T\t.\t.\tAC=2,1;AN=4\tGT\t0/1\t1/2\n", "in.vcf")
    let (_, text) = try await runSelection(path, folder, splits: fasta) { $0.samples = .only(["b"]) }
    #expect(dataLines(text).map { $0.columns[7].prefix(9) } == ["AC=1;AN=2", "AC=1;AN=2"])
    #expect(dataLines(text).map { $0.columns[9] } == ["1/.", "./1"])
  }

  @Test(arguments: [
    ("nope", "no sample of a name"), ("s0,s0", "asked for twice"), ("^s0,s1,s2,s3", "no sample would be left"),
  ])
  func `samples that cannot be chosen are refused`(list: String, reason: String) async throws {
    let folder = try ScratchFolder()
    let path = try file(16, folder, count: 5)
    let names = list.drop { $0 == "^" }.split(separator: ",").map(String.init)
    do {
      _ = try await runSelection(path, folder) { $0.samples = list.hasPrefix("^") ? .without(names) : .only(names) }
      Issue.record("taken")
    } catch let error as InputError {
      #expect(error.reason.contains(reason))
    }
  }

  @Test func `a record that an expression cannot be applied to is refused with its line`() async throws {
    let folder = try ScratchFolder()
    let path = try folder.write(
      FilterFile.header + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n1\t5\t.\tA\tC\t.\t.\tDP=1,2\n", "in.vcf")
    do {
      _ = try await runSelection(path, folder) { $0.expression = "DP>0" }
      Issue.record("taken")
    } catch let error as InputError {
      #expect(error.location.record == 23 && error.reason.contains("INFO/DP"))
    }
  }
}
