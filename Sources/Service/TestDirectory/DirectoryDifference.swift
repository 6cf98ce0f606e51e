/// What differs between two versions of the directory.
public struct DirectoryDifference: Sendable, Hashable {
  /// What can change about a test.
  public enum Aspect: String, Sendable, Hashable, CaseIterable {
    /// The clinical indication has another name.
    case renamed
    /// The test is done by another method.
    case method
    /// Other panels, genes or texts are looked at.
    case targets
    /// The same method is spelled in another way.
    case methodSpelling = "method-spelling"
    /// The same targets are written in another way, such as a panel under its new name.
    case targetSpelling = "target-spelling"
    /// The test's own name.
    case testName = "test-name"
    /// The specialty.
    case specialty
    /// Who may have the test.
    case eligibility
    /// The commissioning category.
    case commissioning

    /// Whether a referral for the test must be looked at again: another way of writing the same is no reason.
    public var isOfSubstance: Bool {
      switch self {
      case .renamed, .method, .targets, .eligibility, .commissioning: true
      case .methodSpelling, .targetSpelling, .testName, .specialty: false
      }
    }
  }

  /// One aspect of one test.
  public struct Change: Sendable, Hashable {
    /// The test.
    public var code: TestCode
    /// What has changed.
    public var aspect: Aspect
    /// As the old version has it; nil where it says nothing.
    public var old: String?
    /// As the new version has it; nil where it says nothing.
    public var new: String?
  }

  /// The tests that the new version alone has, by code.
  public let added: [DirectoryTest]
  /// The tests that the old version alone has, by code.
  public let removed: [DirectoryTest]
  /// What has changed about the tests of both, by code, then in the order of `Aspect`.
  public let changes: [Change]

  /// Compares two versions, code by code. Names are compared without regard to spaces, methods by the closed list, and
  /// targets as sets: panels by number, genes by symbol.
  public init(from old: TestDirectory, to new: TestDirectory) {
    let before = Dictionary(old.tests.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    let after = Set(new.tests.map(\.code))
    added = new.tests.filter { before[$0.code] == nil }
    removed = old.tests.filter { !after.contains($0.code) }
    changes = new.tests.flatMap { test in before[test.code].map { Self.changes(from: $0, to: test) } ?? [] }
  }

  private static func changes(from old: DirectoryTest, to new: DirectoryTest) -> [Change] {
    var changes: [Change] = []
    let code = new.code
    func note(_ aspect: Aspect, _ old: String?, _ new: String?) {
      changes.append(Change(code: code, aspect: aspect, old: old, new: new))
    }
    func compare(_ aspect: Aspect, _ old: String?, _ new: String?) {
      if old.map({ tidied($0) }) != new.map({ tidied($0) }) { note(aspect, old, new) }
    }
    compare(.renamed, old.name, new.name)
    if old.method.id != new.method.id {
      note(.method, old.method.name, new.method.name)
    } else if old.methodAsWritten != new.methodAsWritten {
      note(.methodSpelling, old.methodAsWritten, new.methodAsWritten)
    }
    let isSameTarget = Set(old.targets.map(\.identity)) == Set(new.targets.map(\.identity))
    if old.targetsAsWritten != new.targetsAsWritten || !isSameTarget {
      note(isSameTarget ? .targetSpelling : .targets, old.targetsAsWritten, new.targetsAsWritten)
    }
    compare(.testName, old.testName, new.testName)
    compare(.specialty, old.specialty, new.specialty)
    compare(.eligibility, old.eligibility, new.eligibility)
    compare(.commissioning, old.commissioning, new.commissioning)
    return changes
  }

  private static func tidied(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The changes of one test, those of substance alone.
  public func changes(of code: TestCode) -> [Change] { changes.filter { $0.code == code && $0.aspect.isOfSubstance } }
}
