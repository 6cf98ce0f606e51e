import EngineTestSupport
import Foundation
import GenomicFiles
import Genomics
import Testing
import Variants

/// What is checked from record to record, against a FASTA, and whatever the threads.
@Suite struct CheckOrderTests {
  private func file(_ records: [String], contigs: String = "##contig=<ID=1>\n##contig=<ID=2>", version: String = "4.3")
    -> [UInt8]
  {
    let lines = records.map { $0.replacingOccurrences(of: " ", with: "\t") }
    return Array(
      ("##fileformat=VCFv\(version)\n\(contigs)\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
        + lines.joined(separator: "\n") + "\n").utf8)
  }

  @Test(arguments: [4096, 1 << 20])
  func `order and contiguity are followed from batch to batch`(batchBytes: Int) async throws {
    // More than a batch of 4096 bytes between the faults.
    let filler = (101...400).map { "1 \($0) . A C . . ." }
    let report = try await checkText(
      file(
        ["1 5 . A C . . ."] + filler + ["1 7 . A C . . .", "2 9 . A C . . .", "2 3 . A C . . .", "1 401 . A C . . ."]),
      batchBytes: batchBytes)
    #expect(report.errorList == ["306 pos-order POS", "308 pos-order POS", "309 contig-scattered CHROM"])
  }

  @Test(arguments: [4096, 1 << 20])
  func `a variant that stands twice is found, however it is padded`(batchBytes: Int) async throws {
    let filler = (1...300).map { "1 20 . A A\(String(repeating: "C", count: $0)) . . ." }
    let report = try await checkText(
      file(
        [
          "1 10 . TAT TGT . . .", "1 11 . A G,C . . .", "1 11 . a g . . .", "1 11 . AT A . . .", "1 11 . A * . . .",
          "1 11 . A * . . .", "1 12 . T <INS> . . SVLEN=1", "1 12 . T <INS> . . SVLEN=1",
        ] + filler + ["1 20 . A AC . . .", "2 20 . A AC . . ."]), batchBytes: batchBytes)
    #expect(report.errorList == ["6 record-twice line", "7 record-twice line", "313 record-twice line"])
    #expect(report.problems.first { $0.line == 313 }?.message.contains("line 13") == true)
  }

  @Test func `identifiers of other records are a warning`() async throws {
    let report = try await checkText(file(["1 1 a;b A C . . .", "1 2 . A C . . .", "1 3 b A C . . ."]))
    #expect(report.errorList == [] && report.warningList == ["7 id-in-other-record ID"])
  }

  @Test func `contigs without a header line`() async throws {
    let some = try await checkText(file(["1 1 . A C . . .", "3 2 . A C . . .", "3 3 . A C . . ."]))
    #expect(some.errorList == ["6 contig-undeclared CHROM"])
    let none = try await checkText(file(["1 1 . A C . . ."], contigs: "##a=b"))
    #expect(none.errorList == [] && none.warningList == ["4 contigs-undeclared ##contig"])
    let strict = try await checkText(file(["1 1 . A C . . ."], contigs: "##a=b"), isStrict: true)
    #expect(strict.errorList == ["4 contigs-undeclared ##contig"])
  }

  @Test func `strict makes errors of what is not declared, and of nothing that is only odd`() async throws {
    let text = file(["1 1 . A C . q ZZ=1", "1 2 . A A . . ."])
    #expect(try await checkText(text).errorList == [])
    let strict = try await checkText(text, isStrict: true)
    #expect(strict.errorList == ["5 filter-undeclared FILTER", "5 info-undeclared INFO/ZZ"].sorted { $0 < $1 })
    #expect(strict.warningList == ["6 alt-is-ref ALT"])
  }

  @Test func `REF and contigs are held to the FASTA`() async throws {
    let fasta = ">1\nACGTRNacgt\n>chr2\nACGT\n>3\nACGT\n"
    let contigs = "##contig=<ID=1,length=10>\n##contig=<ID=2>\n##contig=<ID=3,length=5>\n##contig=<ID=4>"
    let report = try await checkText(
      file(
        [
          "1 0 . N A . . .", "1 1 . a C . . .", "1 2 . A C . . .", "1 3 . GTA G . . .", "1 5 . G C . . .",
          "1 5 . C G . . .", "1 6 . A C . . .", "1 6 . N C . . .", "1 7 . ACGT A . . .", "1 11 . N A . . .",
          "2 1 . A C . . .", "3 1 . A C . . .", "4 1 . A C . . .",
        ], contigs: contigs), fasta: fasta)
    #expect(
      report.errorList == [
        "9 ref-mismatch REF", "12 ref-mismatch REF", "13 ref-mismatch REF", "17 contig-not-in-reference CHROM",
        "18 contig-length CHROM", "19 contig-not-in-reference CHROM",
      ])
    #expect(report.warningList == ["11 ref-ambiguous REF"])
    #expect(report.problems.contains { $0.line == 17 && $0.message.contains("chr2") })
  }

  @Test func `only so many of a kind are kept, the first, and all are counted`() async throws {
    let report = try await checkText(file((1...500).map { "1 \($0) . A Q . . ." }), batchBytes: 4096, limit: 7)
    #expect(report.problems.map(\.line) == Array(5...11) && report.errors == 500)
    #expect(report.text().hasSuffix("in.vcf: error alt-syntax: 493 more\n"))
    #expect(report.text(limit: 2).split(separator: "\n").count == 3)
  }

  @Test func `a file that is cut short says so, and what stands before is checked`() async throws {
    guard Peer.areInstalled("bgzip") else { return }
    let folder = try ScratchFolder()
    let text = file((1...60_000).map { "1 \($0) rs\($0 * 7919 % 100_003) A \($0 == 5 ? "Q" : "C") . . ." })
    try Data(text).write(to: URL(fileURLWithPath: folder.path("a.vcf")))
    try Peer.output("bgzip", folder.path("a.vcf"))
    let whole = try folder.bytes(of: "a.vcf.gz")
    try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: folder.path("b.vcf.gz")))
    try whole.dropLast(28).write(to: URL(fileURLWithPath: folder.path("c.vcf.gz")))
    #expect(try await checkFile(folder.path("a.vcf.gz")).errorList == ["9 alt-syntax ALT"])
    for name in ["b.vcf.gz", "c.vcf.gz"] {
      let report = try await checkFile(folder.path(name), batchBytes: 64 << 10)
      #expect(report.errorList.count == 2 && report.errorList[0] == "9 alt-syntax ALT")
      #expect(report.errorList[1].hasSuffix(" data-damaged line"))
    }
    await #expect(throws: InputError.self) { try await checkFile(folder.path("none.vcf")) }
  }

  @Test func `names of codes are kebab case, distinct and in the manual`() throws {
    let names = CheckCode.allCases.map(\.name)
    #expect(
      Set(names).count == names.count
        && names.allSatisfy { $0.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" } })
    let manual = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Docs/vcf-check.md")
    let text = String(decoding: try Data(contentsOf: manual), as: UTF8.self)
    for code in CheckCode.allCases {
      let row = text.split(separator: "\n").first { $0.hasPrefix("| `\(code.name)` |") }
      #expect(row != nil, "\(code.name)")
      #expect(row?.contains("| strict |") == code.isStrict, "\(code.name)")
    }
  }
}
