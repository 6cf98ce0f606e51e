public import Service

extension KnowledgeBase {
  /// What came of bringing a base to this format.
  public struct Migration: Sendable, Hashable {
    /// The format that it had.
    public var from: Int
    /// The format that it has.
    public var to: Int
    /// What was done, a sentence a step; none where it had this format already.
    public var steps: [String]
    /// The base's digest, before and after.
    public var digest: String
    /// Whether a copy of the base as it was lies where one was asked for.
    public var isBackedUp: Bool
  }

  /// Brings a base of an older format to this one: all steps in one transaction, or none.
  ///
  /// Before the first step the base must have its seal, and after the last one everything is verified as `verify` does, and
  /// the digest must be what it was; else the base stays as it is. One that has this format already is not changed.
  /// - Parameters:
  ///   - path: the base's.
  ///   - backup: where a copy of it as it is now is to lie; nil for none. A base in PostgreSQL has the server's own tools.
  ///   - today: the day that is remembered.
  ///   - program: the version of Apus that is remembered.
  /// - Throws: `KnowledgeBaseError`: `configuration` for a format that is newer, or too old; `damaged`; `busy`; `exists`.
  public static func migrate(
    path: String, backup: String?, today: CalendarDate, program: String
  ) throws -> Migration {
    try migrate(path: path, backup: backup, today: today, program: program, steps: FormatStep.all) {}
  }

  /// - Parameter beforeCommit: called when everything is written and verified, and nothing is committed.
  static func migrate(
    path: String, backup: String?, today: CalendarDate, program: String, steps: [FormatStep],
    beforeCommit: () throws -> Void
  ) throws -> Migration {
    let base = try KnowledgeBase(path: path, formats: Schema.oldest...Schema.version)
    let (format, digest) = try base.read { (try $0.format() ?? 0, try base.storedDigest($0)) }
    guard format < Schema.version else {
      return Migration(from: format, to: format, steps: [], digest: digest, isBackedUp: false)
    }
    if let backup { try base.backUpOlder(to: backup) }
    let due = steps.filter { $0.from >= format }
    guard due.map(\.from) == Array(format..<Schema.version), let first = due.first else {
      throw Schema.refusal(of: format, path: base.path)
    }
    try translating(base.path) {
      try writing(base.store) { db in
        guard try db.format() == format, try base.storedDigest(db) == digest else {
          throw KnowledgeBaseError(
            .busy, path: base.path, "the base was changed meanwhile", remedy: "run it again, with another backup")
        }
        guard try meta("seal", db) == first.seal(db) else {
          throw base.damaged("its settings, contigs, people, withdrawals or classifications are not as they were")
        }
        for step in due {
          try step.change(db)
          try db.setFormat(step.from + 1)
          try FormatChange(format: step.from + 1, previous: step.from, date: today.description, program: program)
            .insert(db)
        }
        try seal(db)
        let found = try base.verification(db)
        guard found.problems.isEmpty, found.digest == digest else {
          throw base.damaged(
            "the base is damaged, and stays in format \(format): \(found.problems.first ?? "its digest would change")")
        }
        try beforeCommit()
      }
    }
    return Migration(
      from: format, to: Schema.version, steps: due.map { "\($0.from) to \($0.from + 1): \($0.summary)" },
      digest: digest, isBackedUp: backup != nil)
  }

  /// Refuses to write where somebody brought the base to another format since it was opened.
  func requireFormat(_ db: any StoreConnection) throws {
    guard try db.format() == Schema.version else {
      throw KnowledgeBaseError(
        .configuration, path: path, "the base was brought to another format while it was open",
        remedy: "run again, with the version of Apus that did it")
    }
  }
}

/// A change of a base's format, as it is remembered.
public struct FormatChange: Sendable, Hashable {
  /// The format that it made.
  public var format: Int
  /// The format before.
  public var previous: Int
  /// The day.
  public var date: String
  /// The version of Apus that made it.
  public var program: String

  private var seal: String { Seal.of(["\(format)", "\(previous)", date, program]) }

  func insert(_ db: any StoreConnection) throws {
    try db.execute("INSERT INTO migration VALUES (?, ?, ?, ?, ?)", [format, previous, date, program, seal])
  }

  /// Every one, ascending.
  /// - Throws: `ByteReader.Damaged` for a row that is not as it was written.
  static func all(_ db: any StoreConnection) throws -> [FormatChange] {
    try db.rows("SELECT format, previous, date, program, seal FROM migration ORDER BY format").map { row in
      let one = FormatChange(
        format: try row.number("format"), previous: try row.number("previous"), date: try row.text("date"),
        program: try row.text("program"))
      guard try row.text("seal") == one.seal else { throw ByteReader.Damaged() }
      return one
    }
  }
}
