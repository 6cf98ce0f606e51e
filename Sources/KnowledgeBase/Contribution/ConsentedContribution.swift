public import Service

/// A contribution with the leave to use it: the only thing that a knowledge base takes in.
public struct ConsentedContribution: Sendable {
  /// The contribution.
  public let contribution: Contribution
  /// The form and date that the leave rests on, without the person's identifier.
  public let basis: String

  /// Joins a contribution and a permission of the same person.
  /// - Parameter key: the key that the contribution's pseudonym was made with.
  /// - Throws: `PermissionError` of kind `otherPerson`.
  public init(_ contribution: Contribution, _ permission: ResearchPermission, key: PseudonymKey) throws(PermissionError)
  {
    guard key.pseudonym(of: permission.participant) == contribution.pseudonym else {
      throw PermissionError(
        .otherPerson, "a permission is not of the person whose data are to enter; give each person's own record")
    }
    self.contribution = contribution
    basis =
      "\(permission.form) \(permission.date)" + (permission.validUntil.map { " until \($0)" } ?? "")
      + (permission.isForChild ? " child" : "")
  }
}
