import EngineTestSupport
import Testing

@testable import Interpretation

@Suite("Where a case's alleles start") struct AlleleStartsTests {
  @Test("What is written is read again; what meets others is what a set tells", arguments: seeds(20))
  func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var starts = AlleleStarts()
    var truth: [String: Set<Int>] = [:]
    for contig in ["chr1", "2", "MT"] {
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        let run = (0..<Int.random(in: 0...200, using: &random)).map { _ in
          UInt32.random(in: 0...(Bool.random(using: &random) ? 300 : 250_000_000), using: &random)
        }
        starts.append(run, on: contig, isWhole: true)
        truth[contig, default: []].formUnion(run.map { Int($0) })
      }
    }
    let sorted = starts.sorted
    let read = try #require(AlleleStarts(sorted.bytes))
    #expect(read == sorted)
    var others: [String: [Int]] = ["absent": [1, 2]]
    var expected: [String: [Int]] = [:]
    for (contig, own) in truth {
      let asked = Set(own.prefix(20) + (0..<50).map { _ in Int.random(in: 0...400, using: &random) })
      others[contig] = asked.sorted()
      let met = asked.intersection(own).sorted()
      if !met.isEmpty { expected[contig] = met }
    }
    #expect(read.meeting(others) == expected)
    for cut in stride(from: 0, to: sorted.bytes.count, by: max(1, sorted.bytes.count / 50)) {
      // A part is refused, or is whole contigs.
      if let part = AlleleStarts(Array(sorted.bytes.prefix(cut))) {
        #expect(part.contigs.allSatisfy { sorted.contigs[$0.key] == $0.value })
      }
    }
  }
}
