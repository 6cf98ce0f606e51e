/// What came of a rule. `unknown` (the data that the rule needs are missing) is never shown like `pass`.
public enum Outcome: String, Sendable, Equatable, CaseIterable {
  /// The rule was assessed and met.
  case pass
  /// The rule was assessed and asks for attention.
  case warn
  /// The rule was assessed and not met.
  case fail
  /// The rule could not be assessed, because something that it needs is missing.
  case unknown
  /// The rule does not apply to this case.
  case notAssessed

  /// The status that shows this outcome.
  public var status: Status {
    switch self {
    case .pass: .pass
    case .warn: .warn
    case .fail: .fail
    case .unknown: .unknown
    case .notAssessed: .notAssessed
    }
  }
}

/// State of a case, a sample, a figure or a rule. Each has a word and a glyph of its own shape, so that none depends on
/// colour.
public enum Status: String, Sendable, Equatable, CaseIterable {
  /// The case is held: nothing may be interpreted until it is released.
  case hold
  /// Results are provisional.
  case provisional
  /// A requirement is not met.
  case fail
  /// A requirement asks for attention.
  case warn
  /// Could not be assessed.
  case unknown
  /// Does not apply.
  case notAssessed
  /// A requirement is met.
  case pass
  /// Ready for the next step.
  case ready
  /// For information.
  case information

  /// The word that is shown.
  public var word: String {
    switch self {
    case .hold: "HOLD"
    case .provisional: "PROVISIONAL"
    case .fail: "Fail"
    case .warn: "Warning"
    case .unknown: "Unknown"
    case .notAssessed: "Not assessed"
    case .pass: "Pass"
    case .ready: "Ready"
    case .information: "Information"
    }
  }

  /// Whether a banner of this status stamps the browser's title and every printed page.
  var stampsPages: Bool { self == .hold || self == .provisional }
}
