/// What brings a base from one format to the next.
///
/// A step names tables and rules as they were: it does not change when later formats do. It runs inside the transaction of
/// the whole migration, and must leave what the base's digest is over as it is.
struct FormatStep: Sendable {
  /// The format that it is for; the next one is what it makes.
  let from: Int
  /// What it does, for whoever runs it.
  let summary: String
  /// The base's seal by the rule of its format.
  let seal: @Sendable (any StoreConnection) throws -> String
  /// Makes the change.
  let change: @Sendable (any StoreConnection) throws -> Void

  /// Every step, one a format, ascending.
  static let all = [three]

  /// Format 4 remembers its changes of format, under the base's seal. In PostgreSQL bases of format 3 may be older than the
  /// rule that the server keeps no statistics of people's columns.
  static let three = FormatStep(
    from: 3, summary: "remembers changes of format, under the base's seal",
    seal: { try KnowledgeBase.wholeSeal($0, tables: ["contribution", "withdrawal", "classification"]) },
    change: { db in
      let table = """
        CREATE TABLE migration (
          format INTEGER PRIMARY KEY, previous INTEGER NOT NULL, date TEXT NOT NULL, program TEXT NOT NULL,
          seal TEXT NOT NULL);
        """
      guard let server = db as? PostgreSQLConnection else { return try db.run(table) }
      try server.run(PostgreSQLSchema.translated(table))
      try server.dropStatistics()
    })
}

extension Schema {
  /// The oldest format that can be brought to this one. Versions 1 and 2 had a row an allele and a row an observation, and
  /// neither the day of a choice nor what people are counted by.
  static let oldest = 3

  /// Why a base of another format is not read, and what to do.
  static func refusal(of format: Int, path: String) -> KnowledgeBaseError {
    let remedy =
      if format > version {
        "use the version of Apus that made it, or a later one"
      } else if format >= oldest {
        "bring it to this format with apus kb migrate, which keeps a copy with --backup"
      } else {
        """
        formats before \(oldest) kept neither the days of choices nor strata, so that they cannot be brought to this one: \
        make a new base with apus kb init and add the cases again
        """
      }
    return KnowledgeBaseError(
      .configuration, path: path, "the base has format \(format), this version of Apus reads format \(version)",
      remedy: remedy)
  }
}
