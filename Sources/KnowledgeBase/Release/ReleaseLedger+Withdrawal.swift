extension ReleaseLedger {
  /// Takes a contribution that is withdrawn out of the ledger. How many people earlier releases held stays, so that the
  /// next one knows how many left.
  static func forget(contribution: Int64, _ db: any StoreConnection) throws {
    if try db.execute("DELETE FROM release_member WHERE contribution = ?", [contribution]) > 0 { try reseal(db) }
  }
}
