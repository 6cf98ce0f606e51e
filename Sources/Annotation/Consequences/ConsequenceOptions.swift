/// How consequences are written.
public struct ConsequenceOptions: Sendable {
  /// The fields of an entry, in order.
  public var fields: [CSQField]
  /// Which transcripts are told of; nil for all.
  public var choice: TranscriptChoice?

  /// Options.
  /// - Parameter fields: nil for those of the profile.
  public init(
    profile: CSQProfile = .everything, fields: [CSQField]? = nil, choice: TranscriptChoice? = nil
  ) {
    self.fields = fields ?? profile.fields(choice)
    self.choice = choice
  }
}
