/// One person, referral or clock as a report of variation counts it. Nothing tells who it is.
public struct VariationObservation: Sendable, Hashable {
  /// The clinical indication (`R27`); nil where it is not told.
  public var indication: String?
  /// The laboratory, region or Trust; nil where it is not told.
  public var unit: String?
  /// Whether what is counted is so; nil where that is not known, which is never taken for no.
  public var outcome: Bool?
  /// Calendar days that a stopped clock took.
  public var days: Int?

  /// An observation.
  /// - Parameter indication: a code of an indication or of one of its tests, whose part before the point counts.
  public init(indication: String?, unit: String?, outcome: Bool?, days: Int? = nil) {
    self.indication = indication.flatMap(Self.indication)
    self.unit = unit.flatMap { $0.contains { !$0.isWhitespace } ? $0 : nil }
    self.outcome = outcome
    self.days = days
  }

  private static func indication(_ code: String) -> String? {
    code.split(separator: ".", maxSplits: 1).first.map(String.init)
  }
}
