/// Stretches of one contig, 0-based half-open: ascending, none empty, none touching.
public struct IntervalSet: Sendable, Hashable {
  /// The stretches.
  public private(set) var ranges: [Range<Int>]

  /// A set of what any of these covers, in any order.
  public init(_ ranges: [Range<Int>] = []) {
    self.ranges = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
      if let last = self.ranges.last, range.lowerBound <= last.upperBound {
        self.ranges[self.ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        self.ranges.append(range)
      }
    }
  }

  /// Whether a base is covered.
  public func contains(_ position: Int) -> Bool {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= position { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(position)
  }

  /// What this covers and `other` does not.
  public func subtracting(_ other: IntervalSet) -> IntervalSet {
    var result: [Range<Int>] = []
    var next = 0
    for range in ranges {
      var start = range.lowerBound
      while next < other.ranges.count, other.ranges[next].upperBound <= start { next += 1 }
      var index = next
      while index < other.ranges.count, other.ranges[index].lowerBound < range.upperBound {
        if start < other.ranges[index].lowerBound { result.append(start..<other.ranges[index].lowerBound) }
        start = max(start, other.ranges[index].upperBound)
        index += 1
      }
      if start < range.upperBound { result.append(start..<range.upperBound) }
    }
    return IntervalSet(result)
  }
}
