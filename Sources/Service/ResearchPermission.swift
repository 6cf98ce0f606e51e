/// The leave to take one person's data into a research base.
///
/// Its initialiser is not public: only `ConsentDecision` makes one, from a record of discussion that says yes
/// (DESIGN.md decision 10).
public struct ResearchPermission: Sendable, Hashable {
  /// Whose data. An identifier: never logged, never stored in a base.
  public let participant: String
  /// The form with its version.
  public let form: String
  /// The form's date.
  public let date: CalendarDate
  /// The last day on which the choice is valid; nil for no end.
  public let validUntil: CalendarDate?
  /// Whether the choice was made for a child, and must be asked for anew when the child is of age.
  public let isForChild: Bool

  init(participant: String, form: String, date: CalendarDate, validUntil: CalendarDate?, isForChild: Bool) {
    self.participant = participant
    self.form = form
    self.date = date
    self.validUntil = validUntil
    self.isForChild = isForChild
  }
}
