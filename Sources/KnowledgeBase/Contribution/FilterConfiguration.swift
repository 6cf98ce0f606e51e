import GenomicFiles
/// What a record had to pass to be taken in; the same words for everybody in a base, so that counts compare.
public struct FilterConfiguration: Sendable, Hashable {
  /// The configuration in one line.
  public let text: String

  init(text: String) { self.text = text }

  /// A configuration: the FILTER values taken in, the least depth of a callable base, and the least quality of a caller's
  /// reference call.
  public init(filters: [String], callableDepth: Int, callableQuality: Int) {
    text =
      "filter=\(filters.sorted().joined(separator: ",")) callable-depth=\(callableDepth) callable-quality=\(callableQuality)"
  }

  /// FILTER `PASS` or `.` (no filter applied); depth 10; quality 20 where a caller gives one.
  public static let standard = FilterConfiguration(
    filters: [".", "PASS"], callableDepth: ReferenceCallRule.depth, callableQuality: ReferenceCallRule.quality)
}
