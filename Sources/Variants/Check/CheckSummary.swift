/// A report as part of another file's JSON, with the keys that the report itself has there.
public struct CheckSummary: Sendable, Codable, Equatable {
  /// A kind of problem and its number.
  public struct Kind: Sendable, Codable, Equatable {
    /// Error or warning.
    public var severity: String
    /// `CheckCode.name`.
    public var code: String
    /// How many there are.
    public var count: Int
  }

  /// A problem.
  public struct Problem: Sendable, Codable, Equatable {
    /// The line, counted from 1; nil where places are numbers of records.
    public var line: Int?
    /// The record, counted from 1, where places are numbers of records.
    public var record: Int?
    /// Error or warning.
    public var severity: String
    /// `CheckCode.name`.
    public var code: String
    /// The column, key or kind of header line.
    public var field: String
    /// What is wrong.
    public var message: String
    /// The section of the specification of the file's version.
    public var section: String
  }

  /// `VCFv4.x`, the version that the file was checked against.
  public var version: String
  /// How many errors there are.
  public var errors: Int
  /// How many warnings there are.
  public var warnings: Int
  /// How many problems of each kind there are.
  public var kinds: [Kind]
  /// The first problems of each kind, in the order of lines.
  public var problems: [Problem]

  /// The summary of a report.
  public init(_ report: CheckReport) {
    version = "VCFv" + report.version.name
    errors = report.errors
    warnings = report.warnings
    kinds = report.kinds.map { Kind(severity: $0.severity.rawValue, code: $0.code.name, count: $0.count) }
    problems = report.problems.map { problem in
      Problem(
        line: problem.record == nil ? problem.line : nil, record: problem.record, severity: problem.severity.rawValue,
        code: problem.code.name, field: problem.field, message: problem.message, section: problem.section)
    }
  }
}
