import EngineTestSupport
import Foundation
import GenomicFiles
import Genomics
import Testing
import Variants

/// The check inside the one pass over a VCF.
@Suite struct CheckProcessTests {
  /// What a pass that checks comes to: its warnings, its errors, or another refusal.
  private static func outcome(
    _ input: String, fasta: FASTAReference? = nil, isStrict: Bool = false, threads: Int = 2, batchBytes: Int = 1 << 20,
    folder: ScratchFolder? = nil, checks: Bool = true
  ) async throws -> (report: CheckReport?, refusal: String?) {
    let resources = RunResources(threads: threads, batchBytes: batchBytes)
    let plan = folder.map { OutputPlan(path: $0.path("o.vcf"), container: .plain, force: true, hashes: false) }
    var job = VariantJob(input: InputFile(path: input), output: plan)
    job.check = checks ? VariantCheckOptions(isStrict: isStrict, limit: 1000) : nil
    job.normalises = fasta != nil
    job.splits = fasta != nil
    do {
      let result = try await processVariants(job, reference: fasta, resources: resources)
      _ = try await result.pending?.commit()
      return (result.check, nil)
    } catch let error as VariantCheckError {
      return (error.report, error.refusal.description)
    } catch let error as InputError {
      return (nil, error.description)
    }
  }

  /// A file that the reader's header takes, since what it refuses never comes to the check.
  private static func isHeaderRead(_ path: String) async -> Bool {
    do {
      return try await withVariants(of: InputFile(path: path), resources: RunResources(threads: 1, batchBytes: 4096)) {
        _ in true
      }
    } catch {
      return false
    }
  }

  @Test(arguments: seeds(4))
  func `the report is that of the check alone, whatever is wrong, at any threads and batches`(seed: UInt64) async throws
  {
    var random = SeededGenerator(seed: seed &+ 900)
    let folder = try ScratchFolder()
    let path = folder.path("f.vcf")
    var compared = 0
    for number in 0..<300 {
      var text = CheckFuzzTests.base(random.pick(VCFVersion.allCases), records: 40, &random)
      if number > 0 { CheckFuzzTests.mutate(&text, &random) }
      // Whole lines, for a pass refuses a file that does not end with one.
      if text.last != 10 { text.append(10) }
      try Data(text).write(to: URL(fileURLWithPath: path))
      guard await Self.isHeaderRead(path) else { continue }
      let alone = try await checkFile(path)
      // A contig that the header lacks is a warning of a pass.
      if alone.kinds.contains(where: { $0.code == .contigUndeclared }) { continue }
      compared += 1
      for (threads, batchBytes) in [(2, 1 << 20), (random.pick([1, 7]), 4096)] {
        let found = try await Self.outcome(path, threads: threads, batchBytes: batchBytes)
        #expect(found.report?.text() == alone.text(), "seed \(seed), case \(number): \(found.refusal ?? "")")
        #expect((found.refusal == nil) == (alone.errors == 0), "seed \(seed), case \(number)")
      }
    }
    #expect(compared > 100, "seed \(seed)")
  }

  private func file(_ records: [String], header: String = "##contig=<ID=1>") -> String {
    (["##fileformat=VCFv4.2", header, "#CHROM POS ID REF ALT QUAL FILTER INFO".replacing(" ", with: "\t")]
      + records.map { $0.replacing(" ", with: "\t") } + [""]).joined(separator: "\n")
  }

  @Test(arguments: [4096, 1 << 20])
  func `an error far behind leaves no output, and one behind another refusal comes first`(batchBytes: Int) async throws
  {
    let folder = try ScratchFolder()
    let fasta = try FASTAReference(
      path: folder.write(">1\n" + String(repeating: "A", count: 2000) + "\n", "r.fa"), registry: OutputRegistry())
    let good = (1...1000).map { "1 \($0) . A C . . ." }
    // REF is not the FASTA's; alone it refuses the file by itself.
    let mismatch = "1 1001 . G C . . ."
    let last = "1 1900 . A R . . ."
    let cases: [([String], String)] = [
      (good + [last], "1 error against VCF 4.2"), (good + [mismatch] + good, "1 error against VCF 4.2"),
      (good + [mismatch], "REF"), (good + [mismatch, last], "1 error against VCF 4.2"),
      ([mismatch] + ["1 1900 . A C"], "1 error against VCF 4.2"), (good + ["1 1900 . A C"], "1 error against VCF 4.2"),
    ]
    for (records, expected) in cases {
      let input = try folder.write(file(records), "in.vcf")
      let found = try await Self.outcome(input, fasta: fasta, batchBytes: batchBytes, folder: folder)
      #expect(found.refusal?.contains(expected) == true, "\(found.refusal ?? "taken")")
      #expect(folder.names.filter { !$0.hasPrefix("r.fa") } == ["in.vcf"])
    }
  }

  @Test func `warnings are counted, strict makes errors of them, and a file that was cut short is refused as before`()
    async throws
  {
    let folder = try ScratchFolder()
    let odd = try folder.write(file(["1 1 . A C . q ZZ=1", "2 2 . A C . . ."]), "odd.vcf")
    let found = try await Self.outcome(odd)
    #expect(found.refusal == nil)
    #expect(
      found.report?.warningList == [
        "4 filter-undeclared FILTER", "4 info-undeclared INFO/ZZ", "5 contig-undeclared CHROM",
      ])
    let strict = try await Self.outcome(odd, isStrict: true)
    #expect(strict.report?.errors == 3 && strict.refusal?.contains("3 errors") == true)
    #expect(try await Self.outcome(odd, isStrict: true, checks: false).refusal == nil)
    let cut = try folder.write(String(file(["1 1 . A C . . ."]).dropLast()), "cut.vcf")
    #expect(try await Self.outcome(cut).refusal?.contains("line feed") == true)
    let both = try folder.write(String(file(["1 1 . A R . . .", "1 2 . A C . . ."]).dropLast()), "both.vcf")
    #expect(try await Self.outcome(both).report?.errorList == ["4 alt-syntax ALT", "5 data-damaged line"])
  }

  @Test(.enabled(if: Peer.areInstalled("bcftools")))
  func `a BCF's records are named by number, also behind an index`() async throws {
    let folder = try ScratchFolder()
    let input = try folder.write(file((1...500).map { "1 \($0) . A \($0 == 400 ? "<FOO>" : "C") . . ." }), "in.vcf")
    try Peer.output("bcftools", "view", "--no-version", "-Ob", "-o", folder.path("a.bcf"), input)
    let found = try await Self.outcome(folder.path("a.bcf"))
    #expect(found.report?.problems.map(\.record) == [400])
    #expect(found.report?.text() == (try await checkFile(folder.path("a.bcf")).text()))
  }

  @Test func `a pass gives the same bytes with the check and without`() async throws {
    var generator = VCFGenerator(seed: 3)
    var file = generator.file(800, mostAlternates: 2)
    // Each variant once.
    var met: Set<String> = []
    file.lines = file.lines.filter { met.insert("\($0.contig):\($0.position / 30)").inserted }
    let folder = try ScratchFolder()
    let input = try folder.write(file.text, "in.vcf")
    let fasta = try FASTAReference(path: folder.write(file.fasta, "r.fa"), registry: OutputRegistry())
    #expect(try await Self.outcome(input, fasta: fasta, folder: folder, checks: false).refusal == nil)
    let expected = try folder.bytes(of: "o.vcf")
    for (threads, batchBytes) in [(1, 8 << 20), (2, 4096), (7, 64 << 10)] {
      let found = try await Self.outcome(
        input, fasta: fasta, threads: threads, batchBytes: batchBytes, folder: folder)
      #expect(found.refusal == nil, "\(found.report?.text() ?? "")")
      #expect(try folder.bytes(of: "o.vcf") == expected)
    }
  }
}
