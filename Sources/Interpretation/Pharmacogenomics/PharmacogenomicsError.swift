/// Why pharmacogenomics refuses to work (exit code 78): the reference or a table of the user's does not allow it.
public struct PharmacogenomicsError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The class of fault; each is a stable code.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The assembly cannot be told from the reference's contigs.
    case assemblyNotProven = "pgx-assembly-not-proven"
    /// The reference is another assembly than the definitions'.
    case otherAssembly = "pgx-other-assembly"
    /// The dosing table does not carry what signs it.
    case unsignedTable = "pgx-unsigned-table"
    /// The folder holds no definitions.
    case noDefinitions = "pgx-no-definitions"
  }

  /// The class of fault.
  public var kind: Kind
  /// `WHERE: what is wrong; what to do`.
  public var description: String

  /// An error.
  public init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
