/// Central suppression as NHS Digital's codonPython writes a count (`central_suppression_method`): 0 is 0, 1 to 7 are
/// `suppressed`, everything else is the nearest 5.
///
/// A release uses the same boxes; it tells nobody from too few by leaving both out.
public enum CentralSuppression {
  /// A count that is none.
  public struct Fault: Error, Sendable, Hashable {
    /// Why.
    public var reason: String
  }

  /// The largest count that is taken.
  public static let largest = 5_000_000_000

  /// The text for a count.
  /// - Parameter suppressed: what stands for 1 to 7: `5` or `*`.
  /// - Throws: `Fault` for what is negative, no whole number, or larger than `largest`.
  public static func text(_ value: Double, suppressed: String = "5") throws(Fault) -> String {
    guard value == value.rounded(), value.isFinite else { throw Fault(reason: "a count is a whole number") }
    guard value >= 0 else { throw Fault(reason: "a count is not negative") }
    guard value <= Double(largest) else { throw Fault(reason: "a count is at most \(largest)") }
    switch Int(value) {
    case 0: return "0"
    case 1...7: return suppressed
    case let count: return String(DisclosureRule(minimum: 8, rounding: 5, isExact: false).rounded(count))
    }
  }
}
