import EngineTestSupport
import Reads
import Testing

/// Sequences kept, taken up again, and added lane by lane.
@Suite struct FastQCSequencesTests {
  private func sequences(_ reads: some Sequence<[UInt8]>) -> FastQCSequences {
    var sequences = FastQCSequences()
    for read in reads { read.withUnsafeBytes { sequences.add($0) } }
    return sequences
  }

  @Test(arguments: [FastQCCase.otherCodes, .withEmpty, .overrepresented, .moreThan100000Distinct])
  func `a kept state goes on as it was`(case: FastQCCase) throws {
    let reads = `case`.reads(seed: 4).sequences
    let half = sequences(reads[..<(reads.count / 2)])
    var again = try #require(FastQCSequences(half.state))
    #expect(again == half)
    for read in reads[(reads.count / 2)...] { read.withUnsafeBytes { again.add($0) } }
    #expect(again == sequences(reads))
  }

  @Test func `a state whose parts do not fit is refused`() {
    let good = sequences([Array("ACGT".utf8), Array("AC".utf8), Array("ACGT".utf8)]).state
    #expect(
      good
        == FastQCSequences.State(
          letters: Array("ACGTAC".utf8), lengths: [4, 2], counts: [2, 1], reads: 3, readsAtLimit: 3))
    let faults: [(inout FastQCSequences.State) -> Void] = [
      { $0.letters.removeLast() }, { $0.lengths[0] = 3 }, { $0.counts.append(1) }, { $0.readsAtLimit = 4 },
      { $0.readsAtLimit = 2 },
      { $0.counts[0] = 4 },
      { $0.counts[0] = 0 },
      {
        $0.letters = Array("ACAC".utf8); $0.lengths = [2, 2]
      },
      {
        $0.letters = [UInt8](repeating: 65, count: 78); $0.lengths = [76, 2]
      },
    ]
    for fault in faults {
      var state = good
      fault(&state)
      #expect(FastQCSequences(state) == nil)
    }
  }

  @Test func `lanes with few sequences add up to one file`() {
    let reads = FastQCCase.overrepresented.reads(seed: 6).sequences
    var lanes = sequences(reads[..<7_000])
    lanes.append(sequences(reads[7_000...]))
    #expect(lanes == sequences(reads))
  }

  @Test func `a short lane after a full one adds up to one file`() {
    let reads = FastQCCase.moreThan100000Distinct.reads(seed: 7).sequences
    var lanes = sequences(reads[..<210_000])
    #expect(lanes.isFrozen)
    lanes.append(sequences(reads[210_000...]))
    #expect(lanes == sequences(reads))
  }

  @Test func `case does not matter, and over 75 bases only the first 50 do`() {
    let head = String(repeating: "ACGTN", count: 10)
    let reads = [head + String(repeating: "A", count: 26), head.lowercased() + String(repeating: "c", count: 40)]
    let state = sequences(reads.map { Array($0.utf8) } + [Array(head.utf8)]).state
    #expect(state.lengths == [50])
    #expect(state.letters == Array(head.utf8))
    #expect(state.counts == [3])
    // 75 bases count whole.
    let whole = sequences([Array((head + String(repeating: "A", count: 25)).utf8)]).state
    #expect(whole.lengths == [75])
  }
}
