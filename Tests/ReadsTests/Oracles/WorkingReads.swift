import EngineTestSupport

@testable import Reads

/// Gives a read to work on, over copies of its bases and scores.
func withWorkingRead<R>(_ bases: [UInt8], _ scores: [UInt8] = [], _ body: (inout WorkingRead) -> R) -> R {
  // One more, so that a read without bases has an address too.
  var text = bases + [0]
  var qualities = (scores.isEmpty ? [UInt8](repeating: 40, count: bases.count) : scores).map { $0 + 33 } + [0]
  return text.withUnsafeMutableBufferPointer { text in
    qualities.withUnsafeMutableBufferPointer { qualities in
      guard let sequence = text.baseAddress, let quality = qualities.baseAddress else { preconditionFailure("no room") }
      var read = WorkingRead(sequence: sequence, quality: quality, length: bases.count)
      return body(&read)
    }
  }
}

extension SeededGenerator {
  /// Bases of few kinds, so that runs, matches and near misses come up.
  mutating func bases(_ lengths: ClosedRange<Int>) -> [UInt8] {
    let letters = pick([
      "ACGT", "ACGTN", "GGGGGGGA", "GGGGGGGGGGNT", "AAAAAAAC", "AC", "N", "ACGTacgtRYN", "TTTTTTTTTTCN",
    ])
    return bases(Array(letters.utf8), int(lengths))
  }

  mutating func bases(_ letters: [UInt8], _ count: Int) -> [UInt8] { (0..<count).map { _ in pick(letters) } }

  /// The bases with some of them wrong.
  mutating func damaged(_ bases: [UInt8], oneIn odds: Int) -> [UInt8] {
    bases.map { oneIn(odds) ? pick(Array("ACGTN".utf8)) : $0 }
  }

  mutating func scores(_ count: Int, _ range: ClosedRange<Int> = 2...40) -> [UInt8] {
    (0..<count).map { _ in UInt8(int(range)) }
  }
}
