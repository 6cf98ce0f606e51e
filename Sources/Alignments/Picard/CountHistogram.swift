/// Counts by an integer key, and what htsjdk's `Histogram` says of them; sums are taken in its order, by ascending key.
struct CountHistogram: Equatable {
  /// The bins in ascending order of keys; a bin may be empty.
  private(set) var bins: [(key: Int, count: Int)]

  /// A histogram of these bins, whose keys must ascend.
  init(_ bins: [(key: Int, count: Int)]) { self.bins = bins }

  /// Bins for the keys 0, 1, 2 …, all of them there.
  init(counts: [Int]) { bins = counts.enumerated().map { ($0.offset, $0.element) } }

  static func == (a: Self, b: Self) -> Bool { a.bins.elementsEqual(b.bins) { $0 == $1 } }

  /// How many were counted.
  var count: Int { bins.reduce(0) { $0 + $1.count } }

  /// The sum of what was counted.
  var sum: Double { bins.reduce(0) { $0 + Double($1.count) * Double($1.key) } }

  /// The mean; not a number where nothing was counted.
  var mean: Double { sum / Double(count) }

  /// The standard deviation of a sample.
  var standardDeviation: Double {
    let mean = mean
    var total = 0.0
    for bin in bins {
      let distance = Double(bin.key) - mean
      total += Double(bin.count) * (distance * distance)
    }
    return (total / (Double(count) - 1)).squareRoot()
  }

  /// The median; the mean of the two in the middle of an even number. 0 where nothing was counted.
  var median: Double { Self.median(bins) }

  /// The median absolute deviation from the median.
  var medianAbsoluteDeviation: Double {
    // Medians are whole or half: twice a deviation is whole.
    let twice = Int(2 * median)
    var deviations: [Int: Int] = [:]
    for bin in bins { deviations[abs(2 * bin.key - twice), default: 0] += bin.count }
    return Self.median(deviations.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }) / 2
  }

  /// The key of the fullest bin; of equal ones the lowest.
  var mode: Int? {
    var best: (key: Int, count: Int)?
    for bin in bins where best.map({ $0.count < bin.count }) ?? true { best = bin }
    return best?.key
  }

  /// The lowest key at which the share of what was counted reaches `share`.
  func percentile(_ share: Double) -> Int? {
    let total = Double(count)
    guard total > 0 else { return nil }
    var soFar = 0.0
    for bin in bins {
      soFar += Double(bin.count)
      if soFar / total >= share { return bin.key }
    }
    return nil
  }

  /// How many were counted of a key.
  func count(of key: Int) -> Int {
    var range = 0..<bins.count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      if bins[middle].key == key { return bins[middle].count }
      range = bins[middle].key < key ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
    }
    return 0
  }

  /// Leaves out keys above a width.
  mutating func trim(toWidth width: Int) { while let last = bins.last, last.key > width { bins.removeLast() } }

  private static func median(_ bins: [(key: Int, count: Int)]) -> Double {
    let count = bins.reduce(0) { $0 + $1.count }
    guard count > 0 else { return 0 }
    // With one count htsjdk gives the first bin's key, also where that bin is empty.
    if count == 1 { return Double(bins[0].key) }
    let low = count % 2 == 0 ? count / 2 : (count + 1) / 2
    let high = count % 2 == 0 ? low + 1 : low
    var total = 0
    var lowKey: Int?
    for bin in bins {
      total += bin.count
      if lowKey == nil, total >= low { lowKey = bin.key }
      if total >= high, let lowKey { return Double(lowKey + bin.key) / 2 }
    }
    return 0
  }
}
