public import Genomics

/// What a referral says about the test that it orders: its test code and the directory's version, and nothing else of
/// the file.
public struct OrderedTest: Sendable, Hashable {
  /// The file.
  public var file: String
  /// The test code as written; nil where the referral has none.
  public var code: String?
  /// The directory's version as written; nil where the referral has none.
  public var directoryVersion: String?

  /// Reads `testCode` and `directoryVersion` from a referral in JSON, or `code` and `directoryVersion` of its `test`, as
  /// `apus-referral/1` has them; the rest is not looked at.
  /// - Throws: `InputError` of kind `malformed`, `truncated`, or `mismatch` where the two places contradict each other.
  public init(referral bytes: [UInt8], file: String) throws(InputError) {
    self.file = file
    let root = try JSONNode(bytes, file: file)
    for (name, node) in try root.members {
      switch name {
      case "testCode": try Self.set(&code, node)
      case "directoryVersion": try Self.set(&directoryVersion, node)
      case "test" where !node.isNull:
        for (name, node) in try node.members {
          if name == "code" { try Self.set(&code, node) }
          if name == "directoryVersion" { try Self.set(&directoryVersion, node) }
        }
      default: break
      }
    }
  }

  private static func set(_ value: inout String?, _ node: JSONNode) throws(InputError) {
    guard let text = try node.optionalText else { return }
    guard value == nil || value == text else {
      throw node.refusal("the referral says this twice, and not the same", .mismatch, remedy: "correct the referral")
    }
    value = text
  }

  /// What a change of the directory means for an order.
  public enum Effect: Sendable, Hashable {
    /// The new version has the test, with nothing of substance changed.
    case unchanged
    /// The new version has the test, and these aspects have changed.
    case changed([DirectoryDifference.Change])
    /// The old version has the test, and the new one has not.
    case vanished
    /// The new version has the test, and the old one has not.
    case appeared
    /// Neither version has the test.
    case unknownCode
    /// The referral names no test, or what it names is no test code.
    case noCode

    /// A stable word for tables and JSON.
    public var word: String {
      switch self {
      case .unchanged: "unchanged"
      case .changed: "changed"
      case .vanished: "vanished"
      case .appeared: "appeared"
      case .unknownCode: "unknown-code"
      case .noCode: "no-code"
      }
    }
  }

  /// What going from one version to another means for this order.
  public func effect(of difference: DirectoryDifference, from old: TestDirectory, to new: TestDirectory) -> Effect {
    guard let code = code.flatMap({ TestCode($0) }) else { return .noCode }
    switch (old.test(code: code.description), new.test(code: code.description)) {
    case (nil, nil): return .unknownCode
    case (_?, nil): return .vanished
    case (nil, _?): return .appeared
    case (_?, _?):
      let changes = difference.changes(of: code)
      return changes.isEmpty ? .unchanged : .changed(changes)
    }
  }
}
