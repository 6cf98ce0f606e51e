import GRDB

extension KnowledgeBase {
  /// SHA-256 over the settings, the contigs, and the seals of everybody's row, of withdrawals and of classifications: a
  /// row that is gone is found as one that was changed.
  static func wholeSeal(_ db: Database) throws -> String {
    var values: [String?] = []
    for name in ["purpose", "key", "token.rounds", "reference", "assembly", "filters"] {
      values.append(try meta(name, db))
    }
    for row in try Row.fetchAll(db, sql: "SELECT id, name, length, refget FROM contig ORDER BY id") {
      for value in row.databaseValues { values.append(value.description) }
    }
    for table in ["contribution", "withdrawal", "classification"] {
      values.append(table)
      for row in try Row.fetchAll(db, sql: "SELECT seal FROM \(table) ORDER BY seal") {
        for value in row.databaseValues { values.append(value.description) }
      }
    }
    return Seal.of(values)
  }

  /// Seals the base, at the end of whatever changes it.
  static func seal(_ db: Database) throws {
    try db.execute(sql: "INSERT OR REPLACE INTO meta VALUES ('seal', ?)", arguments: [try wholeSeal(db)])
  }
}
