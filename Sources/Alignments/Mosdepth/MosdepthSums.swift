import GenomicFiles

/// What mosdepth tells of a set of bases: a row of its summary, and a distribution.
public struct MosdepthSums: Sendable, Equatable {
  /// Bases.
  public private(set) var length = 0
  /// The sum of their depths.
  public private(set) var depthSum = 0
  /// The least depth; nil without bases.
  public private(set) var minimum: Int?
  /// The greatest depth.
  public private(set) var maximum = 0
  /// Bases by depth.
  public private(set) var histogram: [Int] = []

  /// mosdepth counts deeper bases at `depthLimit - 10`.
  static let depthLimit = 400_000
  /// Above this depth mosdepth's distributions have rows only for depths that occur.
  static let everyDepthUpTo = 300
  /// mosdepth's distributions leave out rows of a smaller fraction.
  static let smallestFraction = 8e-5

  /// Adds `count` bases of one depth.
  @inline(__always)
  mutating func add(_ count: Int, depth: Int) {
    guard count > 0 else { return }
    length += count
    depthSum += count * depth
    minimum = min(minimum ?? depth, depth)
    maximum = max(maximum, depth)
    let bin = depth > Self.depthLimit ? Self.depthLimit - 10 : depth
    if bin >= histogram.count { histogram += [Int](repeating: 0, count: bin + 1 - histogram.count) }
    histogram[bin] += count
  }

  /// Adds other bases.
  mutating func add(_ other: MosdepthSums) {
    length += other.length
    depthSum += other.depthSum
    if let least = other.minimum { minimum = min(minimum ?? least, least) }
    maximum = max(maximum, other.maximum)
    if other.histogram.count > histogram.count {
      histogram += [Int](repeating: 0, count: other.histogram.count - histogram.count)
    }
    for (depth, count) in other.histogram.enumerated() { histogram[depth] += count }
  }

  /// A row of the summary.
  /// - Parameter hidesMinimum: mosdepth writes 0 for the least depth of some rows, whatever it is (its issue 207).
  func summaryRow(_ name: String, hidesMinimum: Bool) -> String {
    let mean = length == 0 ? 0 : Double(depthSum) / Double(length)
    let least = hidesMinimum ? 0 : minimum ?? 0
    return "\(name)\t\(length)\t\(depthSum)\t\(fixedPoint(mean, places: 2))\t\(least)\t\(maximum)\n"
  }

  /// The rows of a distribution: the fraction of bases with at least each depth, deepest first. None without bases.
  func distribution(_ name: String) -> String {
    guard length > 0 else { return "" }
    var text = ""
    var fraction = 0.0
    for depth in histogram.indices.reversed() {
      if depth > Self.everyDepthUpTo, histogram[depth] == 0 { continue }
      // A sum of quotients, as mosdepth makes it: another order rounds otherwise.
      fraction += Double(histogram[depth]) / Double(length)
      if fraction < Self.smallestFraction { continue }
      text += "\(name)\t\(depth)\t\(fixedPoint(fraction, places: 2))\n"
    }
    return text
  }
}
