import GRDB

extension ReleaseLedger {
  /// Takes a contribution that is withdrawn out of the ledger. How many people earlier releases held stays, so that the
  /// next one knows how many left.
  static func forget(contribution: Int64, _ db: Database) throws {
    try db.execute(sql: "DELETE FROM release_member WHERE contribution = ?", arguments: [contribution])
    if db.changesCount > 0 { try reseal(db) }
  }
}
