/// What a record had to pass to be taken in; the same words for everybody in a base, so that counts compare.
public struct FilterConfiguration: Sendable, Hashable {
  /// The configuration in one line.
  public let text: String

  init(text: String) { self.text = text }

  /// A configuration: the FILTER values taken in, and the least depth of a callable base.
  public init(filters: [String], callableDepth: Int) {
    text = "filter=\(filters.sorted().joined(separator: ",")) callable-depth=\(callableDepth)"
  }

  /// FILTER `PASS` or `.` (no filter applied); depth 10.
  public static let standard = FilterConfiguration(filters: [".", "PASS"], callableDepth: 10)
}
