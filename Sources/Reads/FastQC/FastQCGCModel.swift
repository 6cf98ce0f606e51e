/// How FastQC spreads reads of one length over percents of G+C.
///
/// A read with k of n bases G or C stands for all percents from (k − ½)/n to (k + ½)/n; where several k claim a percent,
/// each gives it an equal part of a read.
struct FastQCGCModel {
  /// Bands of long reads: see `band`.
  static let bands = 2 * 101

  let length: Int
  /// The part of a read that a percent gets from each read that claims it.
  let increments: [Double]

  init(length: Int) {
    self.length = length
    increments = (0...100).map { percent in
      let first = Self.first(of: length) { Self.percents($0, of: length).upperBound >= percent }
      let end = Self.first(of: length) { Self.percents($0, of: length).lowerBound > percent }
      return 1 / Double(end - first)
    }
  }

  /// The first of the counts 0 to `length` from which a condition holds; `length` + 1 without one.
  private static func first(of length: Int, where holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, length + 1)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The percents that a read claims.
  static func percents(_ strong: Int, of length: Int) -> ClosedRange<Int> {
    func percent(_ count: Double) -> Int {
      // Halves go up, as Java rounds.
      Int((min(max(count, 0), Double(length)) * 100 / Double(length) + 0.5).rounded(.down))
    }
    return percent(Double(strong) - 0.5)...percent(Double(strong) + 0.5)
  }

  /// Over 100 bases a read claims one percent or two that follow each other: twice the first, plus one for two.
  static func band(_ strong: Int, of length: Int) -> Int {
    let percents = percents(strong, of: length)
    return 2 * percents.lowerBound + percents.count - 1
  }

  /// How many reads claim each percent.
  /// - Parameter counts: reads as `FastQCGCCounts` has them for this length.
  func readsByPercent(_ counts: [UInt64]) -> [UInt64] {
    var reads = [UInt64](repeating: 0, count: 101)
    for (index, count) in counts.enumerated() where count > 0 {
      let percents =
        length <= 1000 ? Self.percents(index, of: length) : index / 2...(index / 2 + index % 2)
      for percent in percents { reads[percent] += count }
    }
    return reads
  }
}
