import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

@Suite struct FASTQMateTests {
  struct Names: CustomTestStringConvertible, Sendable {
    var first: String
    var second: String
    var testDescription: String { "\(first) & \(second)" }

    init(_ first: String, _ second: String) {
      self.first = first
      self.second = second
    }
  }

  static let mates = [
    Names("r1", "r1"), Names("r1/1", "r1/2"), Names("r1/1 a", "r1/2 b"), Names("r1/1", "r1"), Names("r1", "r1/2"),
    Names("A:1:2 1:N:0:ATC", "A:1:2 2:N:0:ATC"), Names("A:1:2 1:Y:18:1", "A:1:2 2:Y:18:1"),
    // Three or four files: the second mates are the third or fourth read.
    Names("A:1:2 1:N:0:ATC", "A:1:2 3:N:0:ATC"), Names("A:1:2 2:N:0:ATC", "A:1:2 3:N:0:ATC"),
    Names("A:1:2\t1:N:0:ATC", "A:1:2\t2:N:0:ATC"), Names("ERR1.7 HWI:1#0/1", "ERR1.7 HWI:1#0/2"),
    Names("SRR001666.1.1", "SRR001666.1.2"), Names("SRR001666.1.1 a length=36", "SRR001666.1.2 a length=36"),
    Names("SRR001666.1 a length=36", "SRR001666.1 a length=36"), Names("r1 1", "r1 2"), Names("r1 x/1 y", "r1 x/2 y"),
    // Numbers that are no mate's.
    Names("r.2", "r.2"), Names("r2", "r2"), Names("SRR1.2", "SRR1.2"), Names("r/3", "r/3"),
    Names("A 12:N:0:", "A 13:N"),
    Names("@/1", "@/2"), Names("e\u{301}t\u{e9}/1", "e\u{301}t\u{e9}/2"),
  ]

  static let strangers = [
    Names("r1", "r2"), Names("r1/1", "r2/2"), Names("a 1:N:0:A", "b 2:N:0:A"),
    // Spots of a run, not mates: files out of step.
    Names("SRR001666.1", "SRR001666.2"), Names("SRR001666.1 a/1", "SRR001666.2 a/2"), Names("r.1", "r.2"),
    Names("r.5.1", "r.5.2"), Names("SRRX.5.1", "SRRX.5.2"), Names("SRR1..1", "SRR1..2"),
    Names("SRR1.5.2.1", "SRR1.5.2.2"),
    Names("r1/1", "r1/3"), Names("r/1", "s/2"), Names("r1", "R1"), Names("r1", "r1x"), Names("1", "2"),
  ]

  static let wrongMates = [
    Names("r1/2", "r1/1"), Names("r1/1", "r1/1"), Names("r1/2", "r1/2"), Names("r1/2", "r1"), Names("r1", "r1/1"),
    Names("A:1 2:N:0:A", "A:1 1:N:0:A"), Names("A:1 1:N:0:A", "A:1 1:N:0:A"), Names("A:1 3:N:0:A", "A:1 2:N:0:A"),
    Names("SRR1.5.2", "SRR1.5.1"), Names("SRR1.5.1", "SRR1.5.1"), Names("ERR1.7 HWI#0/2", "ERR1.7 HWI#0/1"),
    // The name's own mark goes before the comment's.
    Names("r1/2 1:N:0:A", "r1/2 2:N:0:A"), Names("SRR1.5.2 1:N:0:A", "SRR1.5.2 2:N:0:A"),
    Names("r1/2 1:N:0:A", "r1/1 2:N:0:A"),
  ]

  private func record(_ name: String) -> [UInt8] { Array("@\(name)\nACGT\n+\nIIII\n".utf8) }

  /// What comes of two files of one good pair and then the pair of these names, or of one interleaved.
  private func outcome(_ names: Names, isInterleaved: Bool) async throws -> (error: InputError?, file: String) {
    let folder = try TemporaryFolder()
    let text1 = record("first/1") + record(names.first)
    let text2 = record("first/2") + record(names.second)
    let both = record("first/1") + record("first/2") + record(names.first) + record(names.second)
    let path1 = try folder.write(isInterleaved ? both : text1, to: "1.fq")
    let path2 = isInterleaved ? nil : try folder.write(text2, to: "2.fq")
    let error = await failure { try await readPairs(path1, path2, RunResources(threads: 1)) }
    return (error as? InputError, path2 ?? path1)
  }

  @Test(arguments: mates, [false, true])
  func matesAreTaken(names: Names, isInterleaved: Bool) async throws {
    #expect(try await outcome(names, isInterleaved: isInterleaved).error == nil)
    #expect(NaiveFASTQ.areMates(Array(names.first.utf8), Array(names.second.utf8)))
  }

  @Test(arguments: strangers + wrongMates, [false, true])
  func readsThatAreNoMatesAreRefused(names: Names, isInterleaved: Bool) async throws {
    let (error, file) = try await outcome(names, isInterleaved: isInterleaved)
    #expect(error?.kind == .mismatch)
    #expect(error?.location.file == file)
    #expect(error?.location.record == (isInterleaved ? 4 : 2))
    let before = isInterleaved ? record("first/1") + record("first/2") + record(names.first) : record("first/2")
    #expect(error?.location.offset == before.count)
    #expect(error?.location.offsetBase == .data)
  }

  @Test(arguments: wrongMates)
  func aWrongMateIsSaidToBeOne(names: Names) async throws {
    let reason = try #require(try await outcome(names, isInterleaved: false).error?.reason)
    // Where the names differ by the mark alone the reads are a pair the wrong way round, not strangers.
    #expect(reason.contains("mate ") || !NaiveFASTQ.areSameName(names.first, names.second))
  }

  /// The quick look takes no pair that the close look would refuse.
  @Test func theQuickLookIsRight() throws {
    var random = SplitMix64()
    var quick = 0
    for _ in 0..<60_000 {
      let names = random.pick(Self.mates + Self.strangers + Self.wrongMates)
      var (name1, name2) = (Array(names.first.utf8), Array(names.second.utf8))
      let prefix = random.letters(random.int(0...20), of: "ab:/. 12")
      (name1, name2) = (prefix + name1, prefix + name2)
      for _ in 0..<random.int(0...2) { name1[random.int(0...(name1.count - 1))] = random.pick(Array("12/:. \tN".utf8)) }
      let text = [name1, name2].flatMap { Array("@".utf8) + $0 + Array("\nA\n+\nI\n".utf8) }
      var scan = FASTQLineScan()
      text.withUnsafeBytes { bytes in
        scan.scan(bytes)
        scan.ends.withUnsafeBufferPointer { ends in
          let view = FASTQRecords(bytes: bytes, lineEnds: ends)
          guard view.areUsualMates(0, view, 1) else { return }
          quick += 1
          if view.mateFault(of: 0, with: view, 1) != nil {
            Issue.record("\(String(decoding: name1, as: UTF8.self)) & \(String(decoding: name2, as: UTF8.self))")
          }
        }
      }
    }
    #expect(quick > 300)
  }

  @Test(arguments: [(3, 2), (2, 3), (1, 0), (0, 1)])
  func unequalNumbersOfMatesAreRefused(counts: (Int, Int)) async throws {
    let folder = try TemporaryFolder()
    func text(_ count: Int) -> [UInt8] { (0..<count).flatMap { record("r\($0)") } }
    for wrap in [{ $0 }, { gzipMember($0) }, { try bgzf($0) }] as [([UInt8]) throws -> [UInt8]] {
      let paths = [
        try folder.write(try wrap(text(counts.0)), to: "1.fq"), try folder.write(try wrap(text(counts.1)), to: "2.fq"),
      ]
      for setting in Setting.all {
        let error = await failure { try await readPairs(paths[0], paths[1], setting.resources) } as? InputError
        #expect(error?.kind == .mismatch)
        #expect(error?.location.file == paths[counts.0 > counts.1 ? 0 : 1])
        #expect(error?.location.record == min(counts.0, counts.1) + 1)
        #expect(error?.location.offset == text(min(counts.0, counts.1)).count)
      }
    }
  }

  @Test func anInterleavedFileOfAnOddNumberOfReadsIsRefused() async throws {
    let folder = try TemporaryFolder()
    for pairs in [0, 1, 500] {
      let text = (0..<pairs).flatMap { record("r\($0)/1") + record("r\($0)/2") }
      for tail in ["", "\n\n"] {
        let path = try folder.write(text + record("last/1") + Array(tail.utf8), to: "odd.fq")
        for unwraps in [false, true] {
          for setting in Setting.all {
            let error =
              await failure {
                try await readPairs(path, nil, setting.resources, FASTQOptions(unwraps: unwraps))
              } as? InputError
            #expect(error?.kind == .mismatch)
            #expect(error?.location.record == 2 * pairs + 1)
            #expect(error?.location.offset == text.count)
          }
        }
      }
    }
  }

  /// Faults of both files and of their pairing, of which the first in the order of pairs is said at any batch size.
  @Test func theFirstFaultIsTheSameAtEverySetting() async throws {
    let folder = try TemporaryFolder()
    func text(_ mate: Int, _ faults: [Int: String]) -> [UInt8] {
      (0..<900).flatMap { faults[$0].map { Array($0.utf8) } ?? record("r\($0)/\(mate)") }
    }
    let broken = "@x\nA C\n+\nIII\n"
    let cases: [(first: [Int: String], second: [Int: String], file: Int, record: Int)] = [
      ([700: broken], [20: broken], 1, 20), ([20: broken], [700: broken], 0, 20), ([20: broken], [20: broken], 0, 20),
      ([700: broken], [20: "@y/2\nA\n+\nI\n"], 1, 20), ([20: "@y/1\nA\n+\nI\n"], [700: broken], 1, 20),
    ]
    for (first, second, file, expected) in cases {
      let paths = [try folder.write(text(1, first), to: "1.fq"), try folder.write(text(2, second), to: "2.fq")]
      for setting in Setting.all {
        let error = await failure { try await readPairs(paths[0], paths[1], setting.resources) } as? InputError
        #expect(error?.location.file == paths[file])
        #expect(error?.location.record == expected + 1)
      }
    }
  }
}
