import Crypto
import GRDB
import GenomicFiles
import Genomics

/// The SQLite file of a release as it is served, and a scratch file of the lines that the others are made of, so that
/// memory holds one allele. One transaction makes it; it is read-only afterwards.
final class ReleaseStore {
  /// "APRL" as SQLite's application id.
  static let applicationID = 0x4150_524C

  private let queue: DatabaseQueue
  let scratch: DatabaseQueue
  private var hasher = SHA256()
  private var count: Int64 = 0

  init(path: String, scratch scratchPath: String) throws {
    queue = try Self.queue(path)
    scratch = try Self.queue(scratchPath)
    try queue.inDatabase { db in
      try db.execute(
        sql: """
          PRAGMA application_id = \(Self.applicationID);
          PRAGMA user_version = 1;
          BEGIN IMMEDIATE;
          CREATE TABLE meta (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;
          CREATE TABLE variant (
            id INTEGER PRIMARY KEY, contig TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
            reference TEXT NOT NULL, alternate TEXT NOT NULL, type TEXT NOT NULL, vrs TEXT NOT NULL,
            counts TEXT NOT NULL, classifications TEXT);
          CREATE TABLE gene (symbol TEXT NOT NULL COLLATE NOCASE, gene TEXT NOT NULL, variant INTEGER NOT NULL);
          CREATE TABLE indication (code TEXT NOT NULL, variant INTEGER NOT NULL);
          """)
    }
    try scratch.inDatabase {
      try $0.execute(
        sql: """
          BEGIN IMMEDIATE;
          CREATE TABLE line (
            id INTEGER PRIMARY KEY, contig TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
            record TEXT NOT NULL, json TEXT NOT NULL);
          """)
    }
  }

  private static func queue(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    configuration.prepareDatabase { db in
      // The folder is whole or has no name: nothing here needs a journal.
      try db.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096")
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Adds an allele.
  func add(_ row: ReleaseRow, indications: Bool) throws {
    count += 1
    let json = row.json.line
    hasher.update(data: Array("\(json)\n".utf8))
    let id = count
    try queue.inDatabase { db in
      try db.cachedStatement(sql: "INSERT INTO variant VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").execute(
        arguments: [
          id, row.contig.name, row.start, row.end, row.reference, row.alternate, row.type, row.vrs, row.counts.line,
          row.classes?.json.line,
        ])
      for gene in row.genes?.genes ?? [] {
        try db.cachedStatement(sql: "INSERT INTO gene VALUES (?, ?, ?)").execute(
          arguments: [gene.symbol.isEmpty ? gene.id : gene.symbol, gene.id.isEmpty ? "." : gene.id, id])
      }
      guard indications else { return }
      for one in row.strata where one.dimension == "indication" && one.figures.isListed {
        try db.cachedStatement(sql: "INSERT INTO indication VALUES (?, ?)").execute(arguments: [one.stratum, id])
      }
    }
    try scratch.inDatabase {
      try $0.cachedStatement(sql: "INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)").execute(
        arguments: [id, row.contig.name, row.start, row.end, row.record, json])
    }
  }

  /// Ends both files.
  /// - Returns: the release's name: 24 hexadecimal digits of what it says, without the day on which it was made.
  func end(_ manifest: ReleaseManifest) throws -> String {
    var undated = manifest
    undated.created = ""
    hasher.update(data: Array(ReleaseJSON.object(undated.members(release: "")).line.utf8))
    let release = String(hexadecimal(hasher.finalize()).prefix(24))
    let text = ReleaseJSON.object(manifest.members(release: release)).line
    try queue.inDatabase { db in
      try db.execute(sql: "INSERT INTO meta VALUES ('release', ?)", arguments: [text])
      try db.execute(
        sql: """
          CREATE INDEX variant_place ON variant (contig, start);
          CREATE INDEX variant_vrs ON variant (vrs);
          CREATE INDEX gene_symbol ON gene (symbol);
          CREATE INDEX gene_gene ON gene (gene);
          CREATE INDEX indication_code ON indication (code);
          COMMIT;
          """)
    }
    try queue.close()
    try scratch.inDatabase { try $0.execute(sql: "COMMIT") }
    return release
  }

  /// A line of the scratch file.
  struct Line: Sendable {
    var contig: String
    var start: Int
    var end: Int
    var record: String
    var json: String
  }

  /// Up to `limit` lines behind the one of that number.
  static func lines(_ scratch: DatabaseQueue, behind id: Int64, limit: Int) throws -> [Line] {
    try scratch.inDatabase {
      try Row.fetchAll($0, sql: "SELECT * FROM line WHERE id > ? ORDER BY id LIMIT ?", arguments: [id, limit]).map {
        Line(contig: $0["contig"], start: $0["start"], end: $0["end"], record: $0["record"], json: $0["json"])
      }
    }
  }
}
