import GRDB

@testable import KnowledgeBase

/// Bases of format 3 as they were made, for what brings them forward: the tables and the rule of the seal are those of
/// that format, and follow nothing that changes later.
enum FormatThree {
  /// The tables, word for word: SQLite keeps the text.
  private static let tables = """
    PRAGMA application_id = 1095783763;
    PRAGMA user_version = 3;
    CREATE TABLE meta (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE contig (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, length INTEGER NOT NULL, refget TEXT NOT NULL);
    CREATE TABLE contribution (
      id INTEGER PRIMARY KEY, pseudonym TEXT NOT NULL, digest TEXT NOT NULL, sex TEXT NOT NULL,
      callability TEXT, annotation TEXT, details TEXT NOT NULL, observations INTEGER NOT NULL,
      unannotated INTEGER NOT NULL, consent TEXT NOT NULL, consent_date TEXT NOT NULL, consent_until TEXT,
      consent_checked TEXT NOT NULL, consent_state TEXT NOT NULL, seal TEXT NOT NULL);
    CREATE TABLE withdrawal (token TEXT PRIMARY KEY NOT NULL, date TEXT NOT NULL, seal TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE classification (
      id INTEGER PRIMARY KEY, contig TEXT NOT NULL, start INTEGER NOT NULL, reference TEXT NOT NULL,
      alternate TEXT NOT NULL, event TEXT NOT NULL, digest TEXT NOT NULL UNIQUE, contribution INTEGER,
      seal TEXT NOT NULL);
    CREATE INDEX classification_site ON classification (contig, start, reference, alternate);
    CREATE TABLE release_issue (
      id INTEGER PRIMARY KEY, release TEXT NOT NULL, created TEXT NOT NULL, policy TEXT NOT NULL,
      minimum INTEGER NOT NULL, rounding INTEGER NOT NULL, exact INTEGER NOT NULL, partition TEXT NOT NULL,
      strata INTEGER NOT NULL, people INTEGER NOT NULL, variants INTEGER NOT NULL);
    CREATE TABLE release_tranche (
      id INTEGER PRIMARY KEY, minimum INTEGER NOT NULL, rounding INTEGER NOT NULL, exact INTEGER NOT NULL);
    CREATE TABLE release_group (
      tranche INTEGER NOT NULL REFERENCES release_tranche, stratum TEXT NOT NULL, sex TEXT NOT NULL,
      people INTEGER NOT NULL, step INTEGER NOT NULL, cells INTEGER NOT NULL,
      PRIMARY KEY (tranche, stratum, sex)) WITHOUT ROWID;
    CREATE TABLE release_member (
      contribution INTEGER PRIMARY KEY, tranche INTEGER NOT NULL REFERENCES release_tranche,
      since INTEGER NOT NULL, held INTEGER, seal TEXT NOT NULL);
    CREATE TABLE release_cell (
      contig TEXT NOT NULL, tranche INTEGER NOT NULL, stratum TEXT NOT NULL, sex TEXT NOT NULL,
      start INTEGER NOT NULL, reference TEXT NOT NULL, alternate TEXT NOT NULL, label TEXT NOT NULL,
      step INTEGER NOT NULL, seal TEXT NOT NULL,
      PRIMARY KEY (contig, tranche, stratum, sex, start, reference, alternate)) WITHOUT ROWID;
    CREATE TABLE release_lake (generation INTEGER NOT NULL);
    CREATE TABLE release_seal (id INTEGER PRIMARY KEY, members INTEGER NOT NULL, seal TEXT NOT NULL);
    """

  /// Makes a base of format 3 with what a base of today holds.
  static func make(_ path: String, of base: String) throws {
    var configuration = Configuration()
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA page_size = 8192; PRAGMA secure_delete = ON") }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.write { try $0.execute(sql: tables) }
    try queue.inDatabase { db in
      try db.execute(sql: "ATTACH ? AS now", arguments: [base])
      defer { try? db.execute(sql: "DETACH now") }
      try db.inTransaction {
        for person in try Int.fetchAll(db, sql: "SELECT id FROM now.contribution") {
          try db.execute(sql: "CREATE TABLE person_\(person) (id INTEGER PRIMARY KEY, data BLOB NOT NULL)")
        }
        for table in try String.fetchAll(db, sql: "SELECT name FROM main.sqlite_schema WHERE type = 'table'") {
          try db.execute(sql: "INSERT INTO main.\(table) SELECT * FROM now.\(table)")
        }
        try db.execute(sql: "UPDATE main.meta SET value = ? WHERE key = 'seal'", arguments: [try seal(db)])
        return .commit
      }
    }
    try queue.close()
  }

  /// SHA-256 over settings, contigs, and the seals of three tables.
  private static func seal(_ db: Database) throws -> String {
    var values: [String?] = []
    for name in ["purpose", "key", "token.rounds", "reference", "assembly", "filters"] {
      values.append(try String.fetchOne(db, sql: "SELECT value FROM main.meta WHERE key = ?", arguments: [name]))
    }
    for row in try Row.fetchAll(db, sql: "SELECT id, name, length, refget FROM main.contig ORDER BY id") {
      let texts: (String, String) = (row["name"], row["refget"])
      let numbers: (Int, Int) = (row["id"], row["length"])
      values += ["\(numbers.0)", String(reflecting: texts.0), "\(numbers.1)", String(reflecting: texts.1)]
    }
    for table in ["contribution", "withdrawal", "classification"] {
      values.append(table)
      values += try String.fetchAll(db, sql: "SELECT seal FROM main.\(table) ORDER BY seal").map {
        String(reflecting: $0)
      }
    }
    return Seal.of(values)
  }
}
