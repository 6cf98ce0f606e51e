/// The test directory as a referral asks it.
public struct ReferralDirectory: DirectoryLookup, Sendable {
  private let directory: TestDirectory

  /// A version of the directory.
  public init(_ directory: TestDirectory) { self.directory = directory }

  /// The version; empty where the file tells none, which no order's version equals.
  public var version: String { directory.version ?? "" }

  /// The entry of a test code; nil where this version has none.
  public func entry(testCode: String) -> DirectoryEntry? {
    directory.test(code: testCode).map { test in
      DirectoryEntry(
        testCode: test.code.description, clinicalIndicationCode: test.code.indication, name: test.name,
        method: test.methodAsWritten, isWholeGenome: test.method.group == "wgs",
        specialties: [], eligibility: test.eligibility)
    }
  }

  /// The test codes of a clinical indication, sorted; none where this version has none.
  public func testCodes(indication: String) -> [String] {
    directory.tests(indication: indication).map(\.code.description).sorted()
  }
}
