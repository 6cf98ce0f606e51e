/// How bad a problem is.
public enum CheckSeverity: String, Sendable, Encodable {
  /// The file does not conform to its version.
  case error
  /// The file conforms, or no version says that it does not, but a reader may stumble.
  case warning
}

/// A place where a file breaks the specification.
public struct CheckProblem: Sendable, Hashable {
  /// The line, counted from 1; of a BCF, that of its text.
  public var line: Int
  /// The record, counted from 1, where places are numbers of records: of a BCF's records.
  public var record: Int?
  /// Error or warning.
  public var severity: CheckSeverity
  /// The kind of problem.
  public var code: CheckCode
  /// The field: a column (`ALT`), a key (`INFO/AF`, `FORMAT/GT`), a kind of header line (`##INFO`, `#CHROM`) or `line`.
  public var field: String
  /// What is wrong. Says which sample column, never what stands in it.
  public var message: String
  /// The section of the specification of the file's version.
  public var section: String
}

/// Problems in the order of lines, the first ones of each kind, and the numbers of all.
struct ProblemList: Sendable {
  /// How many of a kind are kept; the rest is counted.
  let limit: Int
  private(set) var kept: [CheckProblem] = []
  /// Two a code: errors, then warnings.
  private(set) var counts = [Int](repeating: 0, count: 2 * CheckCode.allCases.count)

  /// How many problems there are of any kind.
  private(set) var total = 0

  init(limit: Int) { self.limit = limit }

  @inline(never)
  mutating func add(
    _ severity: CheckSeverity, _ code: CheckCode, line: Int, field: @autoclosure () -> String,
    section: @autoclosure () -> String, _ message: @autoclosure () -> String
  ) {
    let kind = Self.kind(severity, code)
    counts[kind] += 1
    total += 1
    guard counts[kind] <= limit else { return }
    kept.append(
      CheckProblem(
        line: line, severity: severity, code: code, field: field(), message: message(), section: section()))
  }

  /// Adds what a batch found whose first line is `firstLine`. Batches come in order, so the first of each kind are kept
  /// however the file was cut.
  mutating func add(_ other: ProblemList, firstLine: Int) {
    if other.total == 0 { return }
    var room = counts.map { limit - $0 }
    for problem in other.kept {
      let kind = Self.kind(problem.severity, problem.code)
      guard room[kind] > 0 else { continue }
      room[kind] -= 1
      var problem = problem
      problem.line += firstLine
      kept.append(problem)
    }
    total += other.total
    for kind in counts.indices { counts[kind] += other.counts[kind] }
  }

  /// Whether there is an error, or a warning that `--strict` makes one.
  func hasErrors(isStrict: Bool) -> Bool {
    if total == 0 { return false }
    return CheckCode.allCases.contains { count(.error, $0) > 0 || (isStrict && $0.isStrict && count(.warning, $0) > 0) }
  }

  func count(_ severity: CheckSeverity, _ code: CheckCode) -> Int { counts[Self.kind(severity, code)] }

  @inline(__always)
  private static func kind(_ severity: CheckSeverity, _ code: CheckCode) -> Int {
    2 * Int(code.rawValue) + (severity == .error ? 0 : 1)
  }
}
