import EngineTestSupport
import GenomicFiles
import Genomics
import Testing
import Variants

/// Counts of records made the slow and obvious way, from text.
struct NaiveVariants {
  var classes: [String: Int] = [:]
  var transitions = 0
  var transversions = 0
  var filters: [String: Int] = [:]
  var contigs: [String: Int] = [:]
  var zygosity: [[String: Int]]

  init(_ lines: [VCFLine], samples: Int) {
    zygosity = Array(repeating: [:], count: samples)
    for line in lines {
      filters[line.columns[6], default: 0] += 1
      contigs[line.contig, default: 0] += 1
      for alt in line.alts { add(line.ref, alt) }
      guard line.keys.first == "GT" else { continue }
      for (sample, fields) in line.samples.enumerated() { zygosity[sample][Self.zygosity(fields[0]), default: 0] += 1 }
    }
  }

  private mutating func add(_ ref: String, _ alt: String) {
    var name: String?
    switch alt {
    case ".": name = "noAlternate"
    case "*": name = "overlappingDeletion"
    case "<*>", "<NON_REF>": name = "unspecified"
    default:
      if alt.hasPrefix("<") { name = "symbolic" } else if alt.contains(where: "[].".contains) { name = "breakend" }
    }
    var (a, b) = (Array(ref.uppercased()), Array(alt.uppercased()))
    while let x = a.last, let y = b.last, x == y {
      a.removeLast()
      b.removeLast()
    }
    while let x = a.first, let y = b.first, x == y {
      a.removeFirst()
      b.removeFirst()
    }
    let own =
      a.isEmpty && b.isEmpty
      ? "equalToReference"
      : a.isEmpty ? "insertion" : b.isEmpty ? "deletion" : a.count != b.count ? "complex" : a.count == 1 ? "snv" : "mnv"
    classes[name ?? own, default: 0] += 1
    guard name == nil, own == "snv" else { return }
    if ["AG", "GA", "CT", "TC"].contains(String([a[0], b[0]])) {
      transitions += 1
    } else if a[0] != "N", b[0] != "N" {
      transversions += 1
    }
  }

  static func zygosity(_ genotype: String) -> String {
    let alleles = genotype.split(whereSeparator: "/|".contains)
    let called = alleles.filter { $0 != "." }
    if called.isEmpty { return "missing" }
    if called.count < alleles.count { return "partlyMissing" }
    if called.count == 1 { return called[0] == "0" ? "hemizygousReference" : "hemizygousAlternate" }
    if Set(called).count > 1 { return "heterozygous" }
    return called[0] == "0" ? "homozygousReference" : "homozygousAlternate"
  }

  func expectEqual(_ counts: VariantCounts) {
    #expect(counts.allelesByClass == classes)
    #expect(counts.transitions == transitions)
    #expect(counts.transversions == transversions)
    #expect(counts.recordsByFilter == filters)
    #expect(counts.recordsByContig == contigs)
    #expect(counts.zygosityBySample == zygosity)
  }
}

@Suite struct CountTests {
  /// A file of every kind of allele, in records of several.
  private func file(_ seed: UInt64) -> VCFCase {
    var generator = VCFGenerator(seed: seed)
    var file = generator.file(500, mostAlternates: 4, samples: 3)
    for index in file.lines.indices where generator.random.oneIn(4) {
      file.lines[index].columns[4] += "," + generator.random.pick(["*", "<NON_REF>", "<*>", "<DEL>", "G[1:7[", "."])
    }
    return file
  }

  @Test(arguments: seeds(4))
  func `counting alone is a naive count of every allele`(seed: UInt64) async throws {
    let file = file(seed)
    let (result, lines) = try await file.run(normalises: false)
    NaiveVariants(file.lines, samples: 3).expectEqual(result.counts)
    #expect(lines == file.lines)
  }

  @Test(arguments: seeds(4))
  func `filtering keeps PASS alone, and counts what is written`(seed: UInt64) async throws {
    let file = file(seed)
    let (result, lines) = try await file.run(normalises: false, passOnly: true)
    let passed = file.lines.filter { $0.columns[6] == "PASS" }
    #expect(lines == passed)
    #expect(result.counts.dropped["filter-not-pass", default: 0] == file.lines.count - passed.count)
    #expect(result.counts.recordsOut == passed.count && result.counts.balances)
    var naive = NaiveVariants(file.lines, samples: 3)
    let written = NaiveVariants(passed, samples: 3)
    (naive.classes, naive.transitions, naive.transversions) = (
      written.classes, written.transitions, written.transversions
    )
    naive.expectEqual(result.counts)
  }

  @Test(arguments: seeds(4), [false, true])
  func `normalised alleles are counted as they are written`(seed: UInt64, splits: Bool) async throws {
    var generator = VCFGenerator(seed: seed)
    let file = generator.file(400, mostAlternates: 4, samples: 2)
    let (result, lines) = try await file.run(splits: splits)
    var naive = NaiveVariants(file.lines, samples: 2)
    let written = NaiveVariants(lines, samples: 2)
    (naive.classes, naive.transitions, naive.transversions) = (
      written.classes, written.transitions, written.transversions
    )
    naive.expectEqual(result.counts)
  }

  @Test(.enabled(if: Peer.areInstalled("bcftools")), arguments: seeds(3))
  func `transitions, transversions and indels are bcftools' of normalised records`(seed: UInt64) async throws {
    var generator = VCFGenerator(seed: seed)
    let file = generator.file(500, mostAlternates: 3)
    let folder = try ScratchFolder()
    var normal = file
    normal.lines = try await file.run(splits: true).lines
    let counts = try await normal.run(normalises: false, folder: folder).result.counts
    let stats = try BcftoolsStats(folder.path("in.vcf"))
    #expect(stats.numbers["number of records"] == counts.recordsIn)
    #expect(stats.transitions == counts.transitions && stats.transversions == counts.transversions)
    let indels = counts.allelesByClass["insertion", default: 0] + counts.allelesByClass["deletion", default: 0]
    #expect(stats.indels == indels)
    #expect(stats.numbers["number of MNPs"] == counts.allelesByClass["mnv", default: 0])
  }

  @Test func `a contig without a header line, sample names and FILTER texts are counted as they stand`() async throws {
    let text =
      "##fileformat=VCFv4.2\n##contig=<ID=a>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\r\na\t1\t.\tA\tC\t.\tx;y\t.\r\nb\t1\t.\tA\tG\t.\ty;x\t.\r\n"
    let folder = try ScratchFolder()
    let output = folder.path("out.vcf")
    let result = try await runVariants(try folder.write(text, "in.vcf"), fasta: nil, output: output)
    #expect(result.undeclaredContigs == ["b"])
    #expect(result.counts.recordsByFilter == ["x;y": 1, "y;x": 1])
    #expect(result.counts.transitions == 1 && result.counts.transversions == 1)
    #expect(try folder.text(of: "out.vcf") == text.replacing("\r\n", with: "\n"))
  }
}

/// What `bcftools stats` says of a file.
struct BcftoolsStats {
  var numbers: [String: Int] = [:]
  var transitions = 0
  var transversions = 0
  /// Alleles of another length than REF.
  var indels = 0

  init(_ path: String) throws {
    for line in try Peer.output("bcftools", "stats", path).lines {
      let columns = line.split(separator: "\t").map(String.init)
      switch columns[0] {
      case "SN": numbers[String(columns[2].dropLast())] = Int(columns[3])
      case "TSTV": (transitions, transversions) = (Int(columns[2]) ?? -1, Int(columns[3]) ?? -1)
      case "IDD": indels += Int(columns[3]) ?? 0
      default: break
      }
    }
  }
}
