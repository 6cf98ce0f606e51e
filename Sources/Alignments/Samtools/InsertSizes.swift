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

  /// The pairs of one size.
  struct Pairs: Sendable, Equatable {
    var inward = 0
    var outward = 0
    var other = 0
    var total: Int { inward + outward + other }
  }

  /// What samtools prints: pairs are half the records, rounded down.
  struct Summary: Sendable, Equatable {
    var mean = 0.0
    var deviation = 0.0
    /// All pairs.
    var pairs = Pairs()
    /// By size, below the end of the main part.
    var sizes: [Pairs] = []
  }

  /// Mean and deviation of the main part, in samtools' order of operations.
  var summary: Summary {
    var summary = Summary()
    var sizes: [Pairs] = []
    for size in 0...Self.largest {
      let pairs = Pairs(
        inward: counts[3 * size] / 2, outward: counts[3 * size + 1] / 2, other: counts[3 * size + 2] / 2)
      summary.pairs.inward += pairs.inward
      summary.pairs.outward += pairs.outward
      summary.pairs.other += pairs.other
      sizes.append(pairs)
    }
    var total = summary.pairs.total
    var end = 0
    var bulk = 0.0
    var mean = 0.0
    for (size, pairs) in sizes.enumerated() {
      let count = pairs.total
      if count > 0 { end = size + 1 }
      bulk += Double(count)
      mean += Double(size * count)
      if bulk / Double(total) > Self.mainPart {
        end = size + 1
        total = Int(bulk)
        break
      }
    }
    let divisor = Double(max(total, 1))
    mean /= divisor
    var squares = 0.0
    for size in 1..<max(end, 1) {
      let distance = Double(size) - mean
      let weighted = Double(sizes[size].total) * distance
      squares += weighted * distance / divisor
    }
    summary.mean = mean
    summary.deviation = squares.squareRoot()
    summary.sizes = Array(sizes.prefix(end))
    return summary
  }
}
