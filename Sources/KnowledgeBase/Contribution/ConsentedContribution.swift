public import Service

/// A contribution with the leave to use it: the only thing that a knowledge base takes in.
public struct ConsentedContribution: Sendable {
  /// The contribution.
  public let contribution: Contribution
  /// The form and date that the leave rests on, without the person's identifier.
  public let basis: String
  /// The day of the choice.
  public let date: CalendarDate
  /// The last day on which the choice is valid; nil for no end.
  public let validUntil: CalendarDate?
  /// The day on which the choice was read.
  public let decidedOn: CalendarDate

  /// Joins a contribution and a permission of the same person.
  /// - Parameters:
  ///   - key: the key that the contribution's pseudonym was made with.
  ///   - decidedOn: the day on which the permission was asked for; nil where that is not known, and it counts as read on
  ///     the day of the choice.
  /// - Throws: `PermissionError` of kind `otherPerson`.
  public init(
    _ contribution: Contribution, _ permission: ResearchPermission, key: PseudonymKey, decidedOn: CalendarDate? = nil
  ) throws(PermissionError) {
    guard key.pseudonym(of: permission.participant) == contribution.pseudonym else {
      throw PermissionError(
        .otherPerson, "a permission is not of the person whose data are to enter; give each person's own record")
    }
    self.contribution = contribution
    date = permission.date
    validUntil = permission.validUntil
    self.decidedOn = decidedOn ?? permission.date
    basis = Self.basis(of: permission)
  }

  /// The form and date of a permission.
  static func basis(of permission: ResearchPermission) -> String {
    "\(permission.form) \(permission.date)" + (permission.validUntil.map { " until \($0)" } ?? "")
      + (permission.isForChild ? " child" : "")
  }
}
