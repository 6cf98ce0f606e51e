/// Rows in the manner of the genomic patient-level contract monitoring (PLCM) return: the stages of a test with their
/// turnaround (reference/service.md 3).
///
/// Only what that page establishes is written: the stages and the three fields of turnaround. It is no complete return.
public struct ContractMonitoringRow: Sendable, Hashable {
  /// The stages of a test, in their order.
  public enum Stage: String, Sendable, Hashable, CaseIterable {
    /// Preparation.
    case testPreparation = "TESTPREP"
    /// Transfer of the sample.
    case sampleTransfer = "TESTTRASAM"
    /// Plating.
    case plating = "TESTPLATE"
    /// Transfer of the plate.
    case plateTransfer = "TESTTRAPLATE"
    /// The test itself.
    case test = "TESTTEST"
    /// SNP genotyping.
    case snp = "TESTSNP"
    /// Bioinformatics.
    case bioinformatics = "TESTBIOINFO"
    /// Decision support.
    case decisionSupport = "TESTDSS"
    /// The report.
    case report = "TESTREPORT"
  }

  /// The referral, by an identifier that is no NHS number.
  public var referral: String
  /// The test code.
  public var testCode: String
  /// The laboratory (ODS code); nil where it is not told.
  public var laboratory: String?
  /// The stage.
  public var stage: Stage
  /// The standard in calendar days; nil where it is not established.
  public var standard: Int?
  /// Where the clock stands; nil for a stage that has none.
  public var state: TurnaroundState?

  /// A row of one stage.
  public init(
    referral: String, testCode: String, laboratory: String?, stage: Stage, standard: Int?, state: TurnaroundState?
  ) {
    self.referral = referral
    self.testCode = testCode
    self.laboratory = laboratory
    self.stage = stage
    self.standard = standard
    self.state = state
  }

  static let columns = [
    "REFERRAL", "TEST CODE", "LABORATORY", "STAGE", "TURNAROUND TIME (CALENDAR DAYS)",
    "TURNAROUND TIME (CALENDAR DAYS) STANDARD", "TURNAROUND TIME (CALENDAR DAYS) COMPLIANT",
  ]

  /// `Y` or `N` at the report of a clock that has stopped; blank at every other stage, and where nothing is known.
  var compliant: String {
    guard stage == .report, standard != nil, let state else { return "" }
    return switch state {
    case .met: "Y"
    case .missed: "N"
    case .unknown, .cancelled, .running, .overdue: ""
    }
  }

  /// The rows as CSV (RFC 4180) with a heading and line ends of carriage return and line feed, in the order given.
  ///
  /// An identifier that could be an NHS number is refused, and a text that a spreadsheet would take for a formula is
  /// quoted with an apostrophe before it.
  /// - Throws: `ContractMonitoringError`.
  public static func csv(_ rows: [ContractMonitoringRow]) throws(ContractMonitoringError) -> String {
    var text = columns.map(field).joined(separator: ",") + "\r\n"
    for (index, row) in rows.enumerated() {
      guard !NHSNumber.mayStand(in: row.referral), NHSNumber.verdict(row.referral) != .denyList else {
        throw ContractMonitoringError(row: index + 1)
      }
      let fields = [
        row.referral, row.testCode, row.laboratory ?? "", row.stage.rawValue,
        row.state?.daysTaken.map(String.init) ?? "", row.standard.map(String.init) ?? "", row.compliant,
      ]
      text += fields.map(field).joined(separator: ",") + "\r\n"
    }
    return text
  }

  private static func field(_ text: String) -> String {
    let safe = text.first.map { "=+-@\t\r".contains($0) } == true ? "'" + text : text
    guard safe.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return safe }
    return "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}

/// A row of a return whose referral could be an NHS number. The value is not told.
public struct ContractMonitoringError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The row, from 1.
  public var row: Int

  /// What is wrong and what to do.
  public var description: String {
    "row \(row): the referral's identifier could be an NHS number; give the referral's own identifier"
  }
}
