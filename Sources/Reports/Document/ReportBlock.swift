/// A piece of a section's content.
public indirect enum ReportBlock: Sendable, Equatable {
  /// A paragraph; line breaks are kept.
  case text(String)
  /// A bulleted list.
  case list([String])
  /// Cards with one large figure each.
  case keyFigures([KeyFigure])
  /// Labels with their values, such as provenance.
  case definitions([Definition])
  /// A table.
  case table(ReportTable)
  /// A plot with the table of its values behind it.
  case plot(Plot)
  /// Rules with what came of each.
  case outcomes(caption: String, [OutcomeRow])
  /// Blocks under a heading one level below the one that they stand in. Levels beyond the sixth stay at the sixth.
  case group(heading: String, [ReportBlock])
  /// Blocks that are folded away on the screen and always printed.
  case details(summary: String, [ReportBlock])
}

/// One large figure on a card.
public struct KeyFigure: Sendable, Equatable {
  /// What the figure is.
  public var label: String
  /// The figure, already formatted (see `NumberFormat`).
  public var value: String
  /// Unit, set small after the value.
  public var unit: String?
  /// A short remark below, such as the threshold that applies.
  public var note: String?
  /// Status of the figure, as a word with a glyph.
  public var status: Status?

  /// Makes a card from formatted text.
  public init(_ label: String, value: String, unit: String? = nil, note: String? = nil, status: Status? = nil) {
    self.label = label
    self.value = value
    self.unit = unit
    self.note = note
    self.status = status
  }

  /// Makes a card from a number; one that is not finite is shown as "–".
  public init(
    _ label: String, _ value: Double, _ format: NumberFormat, unit: String? = nil, note: String? = nil,
    status: Status? = nil
  ) {
    self.init(label, value: format.string(value), unit: unit, note: note, status: status)
  }
}

/// A label with its value.
public struct Definition: Sendable, Equatable {
  /// What the value is.
  public var label: String
  /// The value; any kind of cell.
  public var value: Cell

  /// Makes a pair of label and value.
  public init(_ label: String, _ value: Cell) {
    self.label = label
    self.value = value
  }
}

/// What came of one rule.
public struct OutcomeRow: Sendable, Equatable {
  /// The rule in words.
  public var rule: String
  /// What came of it.
  public var outcome: Outcome
  /// The value and threshold, or what was missing.
  public var evidence: String

  /// Makes a row.
  public init(rule: String, outcome: Outcome, evidence: String) {
    self.rule = rule
    self.outcome = outcome
    self.evidence = evidence
  }
}
