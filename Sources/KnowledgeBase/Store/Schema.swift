/// The tables of a knowledge base in SQLite, version 4. What brings older ones here is in `FormatStep`.
///
/// Nothing in them is derived from two people: each person's data are a table of that person's own (`PersonTable`), and
/// counts are a fold over them. So there are no counts that could be stale, and a withdrawal drops a table.
enum Schema {
  /// "APUS" as SQLite's application id.
  static let applicationID = 0x4150_5553
  static let version = 4

  /// What makes the tables in SQLite.
  static let sqlite = """
    PRAGMA application_id = \(applicationID);
    PRAGMA user_version = \(version);
    \(tables)
    """

  /// The tables, without those of people's rows.
  static let tables = """
    CREATE TABLE meta (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE contig (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, length INTEGER NOT NULL, refget TEXT NOT NULL);
    \(contribution(named: "contribution"));
    CREATE TABLE withdrawal (token TEXT PRIMARY KEY NOT NULL, date TEXT NOT NULL, seal TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE migration (
      format INTEGER PRIMARY KEY, previous INTEGER NOT NULL, date TEXT NOT NULL, program TEXT NOT NULL,
      seal TEXT NOT NULL);
    \(ClassificationSchema.tables)
    \(ReleaseSchema.tables)
    """

  /// The table of people. It has no index: it is written anew at a withdrawal, and an index's pages would have to be.
  static func contribution(named name: String) -> String {
    """
    CREATE TABLE \(name) (
      id INTEGER PRIMARY KEY, pseudonym TEXT NOT NULL, digest TEXT NOT NULL, sex TEXT NOT NULL,
      callability TEXT, annotation TEXT, details TEXT NOT NULL, observations INTEGER NOT NULL,
      unannotated INTEGER NOT NULL, consent TEXT NOT NULL, consent_date TEXT NOT NULL, consent_until TEXT,
      consent_checked TEXT NOT NULL, consent_state TEXT NOT NULL, seal TEXT NOT NULL)
    """
  }
}
