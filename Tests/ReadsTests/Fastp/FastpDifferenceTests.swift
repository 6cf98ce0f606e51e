import EngineTestSupport
import Foundation
import GenomicFiles
import Genomics
import Reads
import Testing

/// What Apus does otherwise than fastp 0.23.2, on purpose: `Docs/fastp-differences.md` gives the reasons.
@Suite(.enabled(if: FastpPeer.isInstalled), .serialized)
struct FastpDifferenceTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func set(_ text1: String, _ text2: String? = nil) throws -> FastpSet {
    FastpSet("text", try folder.write(text1, "1.fastq"), try text2.map { try folder.write($0, "2.fastq") })
  }

  private func record(_ name: String, _ bases: String) -> String {
    "@\(name)\n\(bases)\n+\n\(String(repeating: "I", count: bases.count))\n"
  }

  /// A number of fastp's report.
  private func number(_ report: Any, _ path: String...) -> Double? {
    var value: Any? = report
    for key in path { value = (value as? [String: Any])?[key] }
    return (value as? NSNumber)?.doubleValue
  }

  private func text(_ result: FastpPeer.Result, _ mate: Int = 0) -> String {
    String(decoding: result.reads[mate], as: UTF8.self)
  }

  private let bases = "ACGTTGCATCAGGACTTCAGCATTACGACTTACGACAGTC"

  // MARK: Trimming

  @Test(arguments: [
    ("FS", false), ("MN", false), ("SH", false), ("VL", false), ("VH", false), ("A12", false), ("NA", false),
    ("LH", false), ("NS", true), ("NB", true), ("NDX", true), ("A0", true),
  ])
  func `tails of G are cut for newer instruments too`(name: String, isKnownToFastp: Bool) async throws {
    let start = bases + "ACTACTACTACTACT"
    let set = try set(record("\(name)1:1", start + String(repeating: "G", count: 20)))
    let ours = try await FastpPeer.ours(set, ReadOptions()).result
    #expect(text(ours).contains("\n\(start)\n"))
    #expect((text(try FastpPeer.theirs(set, ["-A"])) == text(ours)) == isKnownToFastp)
  }

  @Test(arguments: [
    ("TGGAATTCTCGGGTGCCAAGG", true), ("AATGATACGGCGACCACCGAGATCTACACTCTTTCCCTACACGACGCTCTTCCGATCT", false),
  ])
  func `other adapters are known`(adapter: String, isKnownToApus: Bool) async throws {
    var random = SeededGenerator(seed: 9)
    let reads = (0..<12_000).map { number -> String in
      let bases = random.text("ACGT", 100)
      guard random.oneIn(5) else { return record("r\(number)", bases) }
      return record("r\(number)", String((bases.prefix(random.int(20...40)) + adapter + bases).prefix(100)))
    }
    let set = try set(reads.joined())
    var options = ReadOptions()
    options.adapters.detects = true
    let found = try await FastpPeer.ours(set, options).summary.plan.adapter1
    #expect((found == Array(adapter.utf8)) == isKnownToApus)
    let theirs = try FastpPeer.theirs(set, []).report as? [String: Any]
    let cutting = theirs?["adapter_cutting"] as? [String: Any]
    #expect((cutting?["read1_adapter_sequence"] as? String == adapter) == !isKnownToApus)
  }

  @Test func `identifiers keep mates of one name together`() async throws {
    let set = try set(record("r/1", bases), record("r/2", bases))
    var options = ReadOptions()
    options.molecularIdentifiers = MolecularIdentifiers(place: .read1, length: 4)
    let ours = try await FastpPeer.ours(set, options).result
    let theirs = try FastpPeer.theirs(set, ["--umi", "--umi_loc=read1", "--umi_len=4"])
    #expect([0, 1].map { text(ours, $0).prefix(10) } == ["@r:ACGT/1\n", "@r:ACGT/2\n"])
    #expect([0, 1].map { text(theirs, $0).prefix(10) } == ["@r/1:ACGT\n", "@r/2:ACGT\n"])
  }

  @Test func `an identifier ends a name at a tab too, and the name behind + goes`() async throws {
    let set = try set("@r\tx\n\(bases)\n+r\tx\n\(String(repeating: "I", count: bases.count))\n")
    var options = ReadOptions()
    options.molecularIdentifiers = MolecularIdentifiers(place: .read1, length: 4)
    let ours = text(try await FastpPeer.ours(set, options).result)
    let theirs = text(try FastpPeer.theirs(set, ["--umi", "--umi_loc=read1", "--umi_len=4"]))
    #expect(ours.hasPrefix("@r:ACGT\tx\n") && ours.contains("\n+\n"))
    #expect(theirs.hasPrefix("@r\tx:ACGT\n") && theirs.contains("\n+r\tx\n"))
  }

  // MARK: Counting

  @Test func `reads that are dropped as duplicates are counted as that, not as passed`() async throws {
    let set = try set((0..<10).map { record("r\($0)", bases) }.joined())
    var options = ReadOptions()
    options.dropsDuplicates = true
    let (ours, summary) = try await FastpPeer.ours(set, options)
    // The smallest of its tables, which is a gigabyte.
    let theirs = try FastpPeer.theirs(
      set, ["-A", "-D", "--dup_calc_accuracy", "1"], evaluatesDuplicates: true)
    #expect(ours.reads == theirs.reads)
    #expect(number(theirs.report, "filtering_result", "passed_filter_reads") == 10)
    #expect(summary.filter.reads(.passed) == 1 && summary.filter.reads(.duplicate) == 9)
    #expect(number(ours.report, "filtering_result", "duplicate_reads") == 9)
  }

  @Test func `insert sizes are those of all pairs`() async throws {
    var random = SeededGenerator(seed: 3)
    let reads = (0..<2).map { _ in (0..<5000).map { record("r\($0)", random.text("ACGT", 50)) }.joined() }
    let set = try set(reads[0], reads[1])
    let ours = try await FastpPeer.ours(set, ReadOptions()).result
    let theirs = try FastpPeer.theirs(set, ["-w", "3"])
    let counted = (try #require(number(ours.report, "insert_size", "unknown")))
    #expect(counted >= 4999)
    #expect(try #require(number(theirs.report, "insert_size", "unknown")) < counted)
  }

  @Test func `codes of several bases count as N`() async throws {
    let set = try set(record("r", String(repeating: "Y", count: 20)))
    func share(_ result: FastpPeer.Result, _ base: String) -> Double? {
      let read = (result.report as? [String: Any])?["read1_before_filtering"] as? [String: Any]
      return ((read?["content_curves"] as? [String: Any])?[base] as? [NSNumber])?.first?.doubleValue
    }
    let ours = try await FastpPeer.ours(set, .passThrough).result
    let theirs = try FastpPeer.theirs(set, ["-A", "-Q", "-L", "-G"])
    #expect(share(ours, "N") == 1 && share(ours, "A") == 0)
    #expect(share(theirs, "N") == 0 && share(theirs, "A") == 1)
  }

  @Test func `beyond 65,536 distinct adapters, only short ones are listed`() async throws {
    var random = SeededGenerator(seed: 4)
    var texts = ["", ""]
    let common = random.text("ACGT", 20)
    for number in 0..<80_000 {
      let fragment = random.text("ACGT", 40)
      let other = String(decoding: NaiveTrimming.reverseComplement(Array(fragment.utf8)), as: UTF8.self)
      let tail = number.isMultiple(of: 8) ? common : random.text("ACGT", 20)
      texts[0] += record("r\(number)", fragment + tail)
      texts[1] += record("r\(number)", other + tail)
    }
    let set = try set(texts[0], texts[1])
    func listed(_ result: FastpPeer.Result) -> [String: Any] {
      let cutting = (result.report as? [String: Any])?["adapter_cutting"] as? [String: Any]
      return cutting?["read1_adapter_counts"] as? [String: Any] ?? [:]
    }
    let (ours, summary) = try await FastpPeer.ours(set, ReadOptions())
    let theirs = try FastpPeer.theirs(set, ["-G"])
    #expect(ours.reads == theirs.reads)
    #expect(listed(theirs)[common] != nil && listed(ours)[common] == nil)
    #expect((listed(ours)["others"] as? NSNumber)?.intValue == summary.filter.adapters1.total)
    #expect(
      summary.filter.adapterReads == number(theirs.report, "adapter_cutting", "adapter_trimmed_reads").map { Int($0) })
  }

  // MARK: Refusals

  /// A file, or two, that fastp takes and Apus refuses.
  struct Damaged: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var first: String
    var second: String?
    var kind: InputError.Kind
  }

  private static let records = (0..<50).map { "@r\($0)\nACGTACGTACGTACGTACGT\n+\nIIIIIIIIIIIIIIIIIIII\n" }
  private static let good = records.joined()

  private static func inside(_ record: String) -> String { good + record + good }

  static let damaged: [Damaged] = [
    Damaged(
      testDescription: "mates of other names", first: good, second: good.replacingOccurrences(of: "@r", with: "@s"),
      kind: .mismatch),
    Damaged(
      testDescription: "fewer second mates", first: good, second: records.dropLast(7).joined(), kind: .mismatch),
    Damaged(testDescription: "qualities too short", first: inside("@x\nACGT\n+\nII\n"), kind: .malformed),
    Damaged(testDescription: "a name without @", first: inside("x\nACGT\n+\nIIII\n"), kind: .malformed),
    Damaged(testDescription: "a separator without +", first: inside("@x\nACGT\nX\nIIII\n"), kind: .malformed),
    Damaged(testDescription: "characters that are no bases", first: inside("@x\nAC!*\n+\nIIII\n"), kind: .malformed),
    Damaged(testDescription: "a file without reads", first: "", kind: .empty),
    Damaged(
      testDescription: "qualities of Phred+64",
      first: (0..<1000).map { "@r\($0)\nACGTACGTACGTACGTACGT\n+\nhhhhhhhhhgfedcbaTJDB\n" }.joined(),
      kind: .unsupported),
  ]

  @Test(arguments: damaged)
  func `damaged files are refused`(damaged: Damaged) async throws {
    let set = try set(damaged.first, damaged.second)
    // A failing fastp would fail the test here.
    _ = try FastpPeer.theirs(set, ["-A"])
    let error = await #expect(throws: InputError.self) { try await FastpPeer.ours(set, ReadOptions()) }
    #expect(error?.kind == damaged.kind)
  }

  @Test(.enabled(if: Peer.areInstalled("gzip"))) func `a gzip file that ends early is refused`() async throws {
    var random = SeededGenerator(seed: 5)
    let path = try folder.write((0..<3000).map { record("r\($0)", random.text("ACGT", 60)) }.joined(), "whole.fastq")
    try Peer.output("gzip", path)
    let whole = try folder.bytes(of: "whole.fastq.gz")
    try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: folder.path("cut.fastq.gz")))
    let set = FastpSet("cut", folder.path("cut.fastq.gz"), nil)
    let theirs = try FastpPeer.theirs(set, ["-A"])
    #expect(try #require(number(theirs.report, "summary", "before_filtering", "total_reads")) < 3000)
    await #expect(throws: InputError.self) { try await FastpPeer.ours(set, ReadOptions()) }
  }
}
