import Service
import TestSupport
import Testing

@testable import KnowledgeBase

extension PostgreSQLTests {
  /// Makes a base in PostgreSQL one of format 3, as a release before it left it.
  private func takeBack(_ name: String) throws {
    let address = cluster.address(name)
    let base = try KnowledgeBase(path: address)
    let seal = try base.read { try FormatStep.three.seal($0) }
    try base.close()
    try cluster.sql(
      """
      DROP TABLE apus.migration;
      UPDATE apus.meta SET value = '3' WHERE key = 'format';
      UPDATE apus.meta SET value = '\(seal)' WHERE key = 'seal';
      ALTER TABLE apus.person_row ALTER COLUMN data SET STATISTICS 100
      """, in: name)
  }

  @Test(
    "A base of an older format is brought to this one in one transaction; damaged, newer ones and copies are refused")
  func migration() throws {
    var random = SplitMix64()
    let twins = try twins("migration")
    let address = cluster.address("migration")
    try twins.add(
      try (0..<5).map { try Generated.contribution("P\($0)", key: twins.file.key, using: &random, alleles: 12) })
    _ = try twins.file.classify(Self.events())
    _ = try twins.server.classify(Self.events())
    let digest = try twins.file.digest()
    try twins.server.close()
    try takeBack("migration")
    let error = #expect(throws: KnowledgeBaseError.self) { try KnowledgeBase(path: address) }
    #expect(error?.kind == .configuration && error?.description.contains("apus kb migrate") == true)
    let refused = #expect(throws: KnowledgeBaseError.self) {
      try MigrationTests.migrate(address, backup: folder("old.kb"))
    }
    #expect(refused?.description.contains("pg_dump") == true)
    // What fails at the last moment leaves it as it was.
    #expect(throws: Generated.Unexpected.self) {
      try MigrationTests.migrate(address) { throw Generated.Unexpected() }
    }
    #expect(try cluster.sql("SELECT value FROM apus.meta WHERE key = 'format'", in: "migration") == ["3"])
    let saved = try cluster.sql("SELECT value FROM apus.meta WHERE key = 'seal'", in: "migration")[0]
    try cluster.sql("UPDATE apus.meta SET value = 'x' WHERE key = 'seal'", in: "migration")
    let damaged = #expect(throws: KnowledgeBaseError.self) { try MigrationTests.migrate(address) }
    #expect(damaged?.kind == .damaged)
    try cluster.sql("UPDATE apus.meta SET value = '\(saved)' WHERE key = 'seal'", in: "migration")
    let found = try MigrationTests.migrate(address)
    #expect(found.digest == digest && found.steps.count == Schema.version - 3)
    #expect(try MigrationTests.migrate(address).steps.isEmpty)
    let base = try KnowledgeBase(path: address)
    #expect(try base.verify().problems.isEmpty)
    #expect(try base.digest() == digest)
    #expect(
      try cluster.sql(
        """
        SELECT count(*) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = 'apus'::regnamespace AND c.relname ~ '^person_row' AND c.relkind IN ('r', 'p')
          AND a.attnum > 0 AND coalesce(a.attstattarget, -1) <> 0
        """, in: "migration") == ["0"])
    // It is moved and used on as any other.
    try base.backUp(to: folder("copy.kb"))
    #expect(try KnowledgeBase(path: folder("copy.kb")).info().formatChanges == base.info().formatChanges)
    _ = try base.add([try Generated.contribution("NEW", key: base.key, using: &random)])
    try WithdrawalTests.withdraw(["NEW"], from: base)
    #expect(try base.digest() == digest)
    try base.close()
    try cluster.sql("UPDATE apus.meta SET value = '99' WHERE key = 'format'", in: "migration")
    let newer = #expect(throws: KnowledgeBaseError.self) { try MigrationTests.migrate(address) }
    #expect(newer?.description.contains("a later one") == true)
  }
}
