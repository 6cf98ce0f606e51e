extension KnowledgeBase {
  /// SHA-256 over the settings, the contigs, and the seals of everybody's row, of withdrawals, of classifications and of
  /// changes of format: a row that is gone is found as one that was changed.
  static func wholeSeal(_ db: any StoreConnection) throws -> String {
    try wholeSeal(db, tables: ["contribution", "withdrawal", "classification", "migration"])
  }

  /// - Parameter tables: those whose rows have seals, in the format's order.
  static func wholeSeal(_ db: any StoreConnection, tables: [String]) throws -> String {
    var values: [String?] = []
    for name in ["purpose", "key", "token.rounds", "reference", "assembly", "filters"] {
      values.append(try meta(name, db))
    }
    for row in try db.rows("SELECT id, name, length, refget FROM contig ORDER BY id") {
      values += row.values.map(\.sealed)
    }
    for table in tables {
      values.append(table)
      for row in try db.rows("SELECT seal FROM \(table) ORDER BY seal") { values += row.values.map(\.sealed) }
    }
    return Seal.of(values)
  }

  /// Seals the base, at the end of whatever changes it.
  static func seal(_ db: any StoreConnection) throws {
    try db.execute(
      "INSERT INTO meta VALUES ('seal', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      [try wholeSeal(db)])
  }
}
