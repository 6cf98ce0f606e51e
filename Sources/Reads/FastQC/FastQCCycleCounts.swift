/// What an engine counts of every read anyway, and FastQC's tables by cycle and by length are made of.
///
/// Additive: parts merge by sums. A cycle is a position in the read, counted from 0; arrays by cycle are as long as the
/// longest read.
public struct FastQCCycleCounts: Sendable, Equatable {
  /// Scores a cycle is counted in: characters `!` (0) to `~` (93), whatever the file's encoding means by them.
  public static let qualityCount = 94

  /// Reads.
  public var reads = 0
  /// Reads by length in bases.
  public var lengths: [Int: Int] = [:]
  /// Adenine by cycle, in either case; so the three below.
  public var a: [Int]
  /// Cytosine by cycle.
  public var c: [Int]
  /// Guanine by cycle.
  public var g: [Int]
  /// Thymine by cycle.
  public var t: [Int]
  /// `N` by cycle. FastQC takes other IUPAC codes for called bases that are none of the four: they are counted nowhere.
  public var n: [Int]
  /// Bases by cycle and quality character: `qualities[cycle × 94 + character − 33]`. The sum over a cycle is the number
  /// of reads that reach it.
  public var qualities: [Int]

  /// Nothing counted.
  /// - Parameter cycles: the length of the longest read, in bases.
  public init(cycles: Int) {
    a = [Int](repeating: 0, count: cycles)
    c = a
    g = a
    t = a
    n = a
    qualities = [Int](repeating: 0, count: cycles * Self.qualityCount)
  }

  /// The length of the longest read, in bases.
  public var cycles: Int { a.count }

  /// Bases at a cycle.
  func bases(at cycle: Int) -> Int { qualities[row(cycle)].reduce(0, +) }

  /// The counts of a cycle's characters, from `!` on.
  func row(_ cycle: Int) -> Range<Int> { cycle * Self.qualityCount..<(cycle + 1) * Self.qualityCount }

  /// The lowest quality character; `~` without any.
  var lowestCharacter: UInt8 {
    let scores = (0..<Self.qualityCount).first { score in
      (0..<cycles).contains { qualities[$0 * Self.qualityCount + score] > 0 }
    }
    return UInt8(33 + (scores ?? Self.qualityCount - 1))
  }
}
