public import Genomics

/// A file of `apus-test-directory/1`, as far as a referral asks it. Fields that it does not know are left alone: the
/// directory's own reader checks them.
public struct MinimalDirectory: DirectoryLookup, Sendable {
  /// The version, `5.1`.
  public let version: String
  private let entries: [String: DirectoryEntry]

  /// Reads a file.
  /// - Throws: `InputError` of kind `malformed` or `unsupported`, also for a test code that stands twice.
  public init(parsing bytes: [UInt8], path: String) throws(InputError) {
    let remedy = "give a file that apus directory import made"
    let tree = try JSONTree(parsing: bytes, path: path)
    guard tree.text("schema") == "apus-test-directory/1" else {
      throw InputError(
        .unsupported, at: InputLocation(file: path), "schema is not apus-test-directory/1", remedy: remedy)
    }
    guard let version = tree.text("version"), !version.isEmpty else {
      throw InputError(.malformed, at: InputLocation(file: path), "version is missing", remedy: remedy)
    }
    self.version = version
    var entries: [String: DirectoryEntry] = [:]
    for (index, one) in (tree["indications"]?.elements ?? []).enumerated() {
      let location = InputLocation(file: path, record: index + 1)
      guard let code = one.text("testCode"), let name = one.text("name"), let method = one.text("method") else {
        throw InputError(.malformed, at: location, "an indication lacks testCode, name or method", remedy: remedy)
      }
      let entry = DirectoryEntry(
        testCode: code, clinicalIndicationCode: one.text("clinicalIndicationCode"), name: name, method: method,
        isWholeGenome: Self.isWholeGenome(method), eligibility: one.text("eligibility"))
      guard entries.updateValue(entry, forKey: code) == nil else {
        throw InputError(.malformed, at: location, "\(code) stands twice", remedy: remedy)
      }
    }
    self.entries = entries
  }

  /// The entry of a test code; nil where this version has none.
  public func entry(testCode: String) -> DirectoryEntry? { entries[testCode] }

  /// The test codes of a clinical indication, sorted.
  public func testCodes(indication: String) -> [String] {
    entries.values.filter { $0.clinicalIndicationCode == indication }.map(\.testCode).sorted()
  }

  /// `WGS` as a word of its own: `WES or Large Panel` is not it.
  private static func isWholeGenome(_ method: String) -> Bool {
    let words = method.lowercased().split { !$0.isLetter }
    return words.contains("wgs") || method.lowercased().contains("whole genome")
  }
}
