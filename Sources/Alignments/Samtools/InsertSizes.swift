/// Insert sizes by orientation, as samtools stats counts them: each record of a pair once, sizes above 8000 as 8000.
struct InsertSizes: Sendable, Equatable {
  /// How the mates of a pair lie to each other.
  enum Orientation: Int { case inward, outward, other }

  /// The largest size that is told apart.
  static let largest = 8000
  /// The part of the pairs, the shortest, that mean and deviation are of: a float in samtools.
  private static let mainPart = Double(Float(0.99))

  private var counts = [Int](repeating: 0, count: 3 * (InsertSizes.largest + 1))

  /// Counts a record.
  mutating func add(_ size: Int, _ orientation: Orientation) {
    counts[3 * min(size, Self.largest) + orientation.rawValue] += 1
  }

  /// Adds another's counts.
  mutating func merge(_ other: InsertSizes) {
    for index in counts.indices { counts[index] += other.counts[index] }
  }

  /// What samtools prints: pairs are half the records, rounded down.
  struct Summary: Sendable, Equatable {
    var mean = 0.0
    var deviation = 0.0
    var inward = 0
    var outward = 0
    var other = 0
    /// The pairs of each size below the end of the main part: inward, outward, other.
    var sizes: [(Int, Int, Int)] = []
    var pairs: Int { inward + outward + other }

    static func == (a: Summary, b: Summary) -> Bool {
      a.mean == b.mean && a.deviation == b.deviation && a.inward == b.inward && a.outward == b.outward
        && a.other == b.other && a.sizes.elementsEqual(b.sizes, by: ==)
    }
  }

  /// Mean and deviation of the main part, in samtools' order of operations.
  var summary: Summary {
    var summary = Summary()
    let pairs = (0...Self.largest).map { (counts[3 * $0] / 2, counts[3 * $0 + 1] / 2, counts[3 * $0 + 2] / 2) }
    for (inward, outward, other) in pairs {
      summary.inward += inward
      summary.outward += outward
      summary.other += other
    }
    var total = summary.pairs
    var end = 0
    var bulk = 0.0
    var mean = 0.0
    for (size, pair) in pairs.enumerated() {
      let count = pair.0 + pair.1 + pair.2
      if count > 0 { end = size + 1 }
      bulk += Double(count)
      mean += Double(size * count)
      if bulk / Double(total) > Self.mainPart {
        end = size + 1
        total = Int(bulk)
        break
      }
    }
    let divisor = Double(total == 0 ? 1 : total)
    mean /= divisor
    var deviation = 0.0
    for size in 1..<max(end, 1) {
      let pair = pairs[size]
      deviation += Double(pair.0 + pair.1 + pair.2) * (Double(size) - mean) * (Double(size) - mean) / divisor
    }
    summary.mean = mean
    summary.deviation = deviation.squareRoot()
    summary.sizes = Array(pairs.prefix(end))
    return summary
  }
}
