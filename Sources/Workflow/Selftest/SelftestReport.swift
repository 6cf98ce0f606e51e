public import Reports

/// One check of an installation: what must hold, and what was found.
public struct SelftestCheck: Codable, Sendable, Hashable {
  /// Its number, such as `V-01`; it stays the same from version to version.
  public var id: String
  /// What must hold.
  public var title: String
  /// What was expected.
  public var expected: String
  /// What was found.
  public var found: String
  /// Whether what was found is what was expected.
  public var passed: Bool
}

/// What an installation's own check found (`apus-selftest/1`): a record for a laboratory's file.
public struct SelftestReport: Codable, Sendable, Hashable {
  /// A library or part and its version.
  public struct Part: Codable, Sendable, Hashable {
    /// Its name.
    public var name: String
    /// Its version.
    public var version: String

    /// A part of a version.
    public init(name: String, version: String) {
      self.name = name
      self.version = version
    }
  }

  /// The digest of an output.
  public struct Digest: Codable, Sendable, Hashable {
    /// Its name in the list, such as `variants-normalised`.
    public var name: String
    /// SHA-256 of its lines that are no comments, 64 hexadecimal digits.
    public var sha256: String
  }

  /// The format's name and version.
  public static let currentSchema = "apus-selftest/1"

  /// `apus-selftest/1`.
  public var schema = SelftestReport.currentSchema
  /// The version of Apus.
  public var apus: String
  /// When, where it was asked for; ISO 8601 in UTC.
  public var moment: String?
  /// System, release and processor; no name of a machine.
  public var system: String
  /// Libraries and what else decides bytes, in order.
  public var parts: [Part]
  /// Threads of the run that was held against the one with a single thread.
  public var threads: Int
  /// Where the expected digests are from: `built in`, or the name of the list that was given.
  public var digestsFrom: String
  /// The checks in order.
  public var checks: [SelftestCheck]
  /// The outputs' digests, by name.
  public var digests: [Digest]

  /// Whether every check passed.
  public var passed: Bool { checks.allSatisfy(\.passed) }

  /// The checks that failed, in order.
  public var failures: [SelftestCheck] { checks.filter { !$0.passed } }

  /// The document, with its verdict.
  /// - Throws: never for these values.
  public func json() throws -> JSONValue {
    guard case .object(var members) = try JSONValue(encoding: self) else { return .null }
    members.append(.init("passed", .bool(passed)))
    return .object(members)
  }

  /// The table for people and for `cut`: a line a part and a check, columns by tabs.
  public var table: String {
    var lines = ["apus\t\(apus)", "system\t\(system)"] + parts.map { "\($0.name)\t\($0.version)" }
    lines.append("#RESULT\tCHECK\tWHAT MUST HOLD\tEXPECTED\tFOUND")
    lines += checks.map {
      [$0.passed ? "PASS" : "FAIL", $0.id, $0.title, $0.expected, $0.found].joined(separator: "\t")
    }
    lines.append("checks\t\(checks.count)\tpassed\t\(checks.count(where: \.passed))\tfailed\t\(failures.count)")
    return lines.joined(separator: "\n") + "\n"
  }

  /// The list of digests, as `--expected` takes it: a name and 64 hexadecimal digits a line.
  public var digestList: String { digests.map { "\($0.name)\t\($0.sha256)\n" }.joined() }
}
