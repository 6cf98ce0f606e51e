/// What checking a file found.
public struct CheckReport: Sendable {
  /// The file's path.
  public var path: String
  /// The version that it was checked against.
  public var version: VCFVersion
  /// Data lines.
  public var records: Int
  /// The problems that were kept, in the order of lines.
  public var problems: [CheckProblem]
  /// How many problems of each kind there are, in the order of `CheckCode`.
  public var kinds: [Kind]

  /// A kind of problem and its number.
  public struct Kind: Sendable, Hashable {
    /// Error or warning.
    public var severity: CheckSeverity
    /// The kind.
    public var code: CheckCode
    /// How many there are.
    public var count: Int
  }

  /// - Parameter headerLines: how many lines the header has, where records are told by their number.
  init(path: String, version: VCFVersion, records: Int, problems: ProblemList, isStrict: Bool, headerLines: Int?) {
    self.path = path
    self.version = version
    self.records = records
    func severity(_ severity: CheckSeverity, _ code: CheckCode) -> CheckSeverity {
      isStrict && code.isStrict ? .error : severity
    }
    // Swift's sort keeps the order of equals.
    self.problems = problems.kept.sorted { $0.line < $1.line }.map { problem in
      var problem = problem
      problem.severity = severity(problem.severity, problem.code)
      if let headerLines, problem.line > headerLines { problem.record = problem.line - headerLines }
      return problem
    }
    kinds = []
    for code in CheckCode.allCases {
      var (errors, warnings) = (problems.count(.error, code), problems.count(.warning, code))
      if severity(.warning, code) == .error { (errors, warnings) = (errors + warnings, 0) }
      if errors > 0 { kinds.append(Kind(severity: .error, code: code, count: errors)) }
      if warnings > 0 { kinds.append(Kind(severity: .warning, code: code, count: warnings)) }
    }
  }

  /// How many errors there are.
  public var errors: Int { count(.error) }
  /// How many warnings there are.
  public var warnings: Int { count(.warning) }

  private func count(_ severity: CheckSeverity) -> Int {
    kinds.reduce(0) { $1.severity == severity ? $0 + $1.count : $0 }
  }

  /// The report as text: a line a problem, `FILE:LINE: error|warning CODE FIELD: what is wrong (VCF 4.x section n.n)`,
  /// with `FILE:record N` for a record of a BCF, then a line for each kind of which more were found than are shown.
  /// - Parameter limit: how many problems of a kind are shown.
  public func text(limit: Int = .max) -> String {
    var text = ""
    var shown = [Int](repeating: 0, count: 2 * CheckCode.allCases.count)
    func place(_ severity: CheckSeverity, _ code: CheckCode) -> Int {
      2 * Int(code.rawValue) + (severity == .error ? 0 : 1)
    }
    for problem in problems {
      let kind = place(problem.severity, problem.code)
      guard shown[kind] < limit else { continue }
      shown[kind] += 1
      text +=
        "\(path):\(problem.record.map { "record \($0)" } ?? "\(problem.line)"): \(problem.severity.rawValue) \(problem.code.name) \(problem.field.printable): "
      text += "\(problem.message.printable) (VCF \(version.name) section \(problem.section))\n"
    }
    for kind in kinds {
      let rest = kind.count - shown[place(kind.severity, kind.code)]
      if rest > 0 { text += "\(path): \(kind.severity.rawValue) \(kind.code.name): \(rest) more\n" }
    }
    return text
  }
}

extension CheckReport: Encodable {
  private enum Keys: String, CodingKey {
    case file, version, records, errors, warnings, kinds, problems
  }

  /// Writes the report as JSON's object.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(path, forKey: .file)
    try container.encode("VCFv" + version.name, forKey: .version)
    try container.encode(records, forKey: .records)
    try container.encode(errors, forKey: .errors)
    try container.encode(warnings, forKey: .warnings)
    try container.encode(kinds, forKey: .kinds)
    try container.encode(problems, forKey: .problems)
  }
}

extension CheckReport.Kind: Encodable {
  private enum Keys: String, CodingKey { case severity, code, count }

  /// Writes the kind as JSON's object.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(severity, forKey: .severity)
    try container.encode(code.name, forKey: .code)
    try container.encode(count, forKey: .count)
  }
}

extension CheckProblem: Encodable {
  private enum Keys: String, CodingKey { case line, record, severity, code, field, message, section }

  /// Writes the problem as JSON's object.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    if let record { try container.encode(record, forKey: .record) } else { try container.encode(line, forKey: .line) }
    try container.encode(severity, forKey: .severity)
    try container.encode(code.name, forKey: .code)
    try container.encode(field, forKey: .field)
    try container.encode(message, forKey: .message)
    try container.encode(section, forKey: .section)
  }
}
