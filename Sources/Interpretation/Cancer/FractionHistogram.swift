/// Fractions counted in bins of one width.
///
/// Counted finely, so that borders of 1 and 2 % and the case summary's 6 % are borders of bins.
public struct FractionHistogram: Sendable, Hashable {
  /// The number of bins from 0 to 1.
  public static let fine = 200
  /// The number of bins in which it is drawn.
  public static let drawn = 50

  /// By fine bin; the last has 1 in it.
  public var counts = [Int](repeating: 0, count: fine)

  /// An empty histogram.
  public init() {}

  /// The number of fractions.
  public var total: Int { counts.reduce(0, +) }

  /// Counts by drawn bin of 0.02.
  public var bins: [Int] {
    let width = Self.fine / Self.drawn
    return (0..<Self.drawn).map { counts[($0 * width)..<(($0 + 1) * width)].reduce(0, +) }
  }

  /// How many lie below a border; nil where the border is none of a fine bin.
  public func count(below border: Double) -> Int? {
    let bin = (border * Double(Self.fine)).rounded()
    guard abs(bin - border * Double(Self.fine)) < 1e-6, bin >= 0, bin <= Double(Self.fine) else { return nil }
    return counts[..<Int(bin)].reduce(0, +)
  }
}
