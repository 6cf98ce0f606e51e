import GRDB

/// The tables of a knowledge base in SQLite, version 2. Version 1 knew no genes and another digest of the reference.
///
/// Nothing in them is derived but by a fold over contributions; there are no counts that could be stale.
enum Schema {
  /// "APUS" as SQLite's application id.
  static let applicationID = 0x4150_5553
  static let version = 2

  static func create(_ db: Database) throws {
    try db.execute(
      sql: """
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(version);
        CREATE TABLE meta (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE contig (
          id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, length INTEGER NOT NULL, refget TEXT NOT NULL);
        CREATE TABLE contribution (
          id INTEGER PRIMARY KEY, pseudonym TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, sex TEXT NOT NULL,
          callability TEXT, annotation TEXT, consent TEXT NOT NULL);
        CREATE TABLE allele (
          id INTEGER PRIMARY KEY, contig TEXT NOT NULL, start INTEGER NOT NULL, reference TEXT NOT NULL,
          alternate TEXT NOT NULL, vrs TEXT NOT NULL, UNIQUE (contig, start, reference, alternate));
        CREATE INDEX allele_vrs ON allele (vrs);
        CREATE TABLE gene_set (id INTEGER PRIMARY KEY, genes TEXT NOT NULL UNIQUE);
        CREATE TABLE gene (
          gene_set INTEGER NOT NULL REFERENCES gene_set, id TEXT NOT NULL, symbol TEXT NOT NULL COLLATE NOCASE,
          PRIMARY KEY (gene_set, id, symbol)) WITHOUT ROWID;
        CREATE INDEX gene_id ON gene (id);
        CREATE INDEX gene_symbol ON gene (symbol);
        CREATE TABLE observation (
          allele INTEGER NOT NULL REFERENCES allele, contribution INTEGER NOT NULL REFERENCES contribution,
          genotype TEXT NOT NULL, genes INTEGER REFERENCES gene_set, PRIMARY KEY (allele, contribution)) WITHOUT ROWID;
        CREATE INDEX observation_genes ON observation (genes);
        CREATE INDEX observation_contribution ON observation (contribution);
        CREATE TABLE callable (
          contribution INTEGER NOT NULL REFERENCES contribution, contig TEXT NOT NULL, start INTEGER NOT NULL,
          "end" INTEGER NOT NULL, PRIMARY KEY (contribution, contig, start)) WITHOUT ROWID;
        """)
  }
}
