/// The tables of a base in PostgreSQL: those of SQLite by the same names and columns, but for people's rows, which stand
/// in one table.
///
/// `person_row` is partitioned by contig (`-1` for rows of no contig), and each part by people: a *shelf* a contig, and on
/// each a *box* of 256 people. A withdrawal writes anew the boxes that the people are in, and no others.
enum PostgreSQLSchema {
  /// People of a box.
  static let box: Int64 = 256

  /// The box of a person.
  static func box(of person: Int64) -> Int64 { (person - 1) / box }

  /// The partition for the rows of no contig.
  static let noContig = -1

  /// The contig of a row: its rank, for blocks.
  static func contig(ofKey key: Int64) -> Int {
    key >= PersonTable.key(.block) && key < PersonTable.key(.vrs) ? PersonTable.place(of: key).rank : noContig
  }

  /// What makes an empty base.
  static var script: String {
    """
    CREATE SCHEMA apus;
    \(translated(Schema.tables))
    CREATE TABLE person_row (\(rowColumns), PRIMARY KEY (contribution, id, contig)) PARTITION BY LIST (contig);
    CREATE INDEX person_row_id ON person_row (id, contribution);
    \(withoutStatistics("person_row", rowNames))
    INSERT INTO meta VALUES ('format', '\(Schema.version)');
    \(definitions.first { $0.name == "contribution" }.map { withoutStatistics($0.name, $0.columns.map(\.name)) } ?? "")
    """
  }

  static let rowNames = ["contribution", "contig", "id", "data"]
  private static let rowColumns = """
    contribution BIGINT NOT NULL, contig BIGINT NOT NULL, id BIGINT NOT NULL, data BYTEA NOT NULL
    """

  /// SQLite's definitions as PostgreSQL's: text sorts by its bytes, as there.
  static func translated(_ script: String) -> String {
    script.replacing(" WITHOUT ROWID", with: "").replacing("INTEGER", with: "BIGINT")
      .replacing("TEXT", with: "TEXT COLLATE \"C\"")
  }

  /// The server's statistics would keep values of people after they have left. A partitioned table has statistics of its
  /// own, of all partitions, which no partition's setting prevents.
  static func withoutStatistics(_ table: String, _ columns: [String]) -> String {
    columns.map { "ALTER TABLE \(table) ALTER COLUMN \($0) SET STATISTICS 0;" }.joined(separator: "\n")
  }

  /// Makes the shelf of a contig.
  /// - Parameter rank: the contig's; nil for contigs without a shelf of their own.
  static func shelf(_ rank: Int?) -> String {
    let values = rank.map { "FOR VALUES IN (\($0))" } ?? "DEFAULT"
    return """
      CREATE TABLE \(name(rank)) PARTITION OF person_row \(values) PARTITION BY RANGE (contribution);
      \(withoutStatistics(name(rank), rowNames))
      """
  }

  private static func name(_ rank: Int?) -> String {
    switch rank {
    case noContig: "person_row_none"
    case let rank?: "person_row_\(rank)"
    case nil: "person_row_other"
    }
  }

  static func name(shelf: String, box: Int64) -> String { "\(shelf)_\(box)" }

  /// Makes a box on a shelf, and puts it there when it is made: others read the shelf meanwhile.
  static func box(_ number: Int64, on shelf: String) -> String {
    let name = name(shelf: shelf, box: number)
    return """
      CREATE TABLE \(name) (\(rowColumns)) WITH (toast_tuple_target = 8160);
      ALTER TABLE \(name) ALTER COLUMN data SET STORAGE EXTERNAL;
      \(withoutStatistics(name, rowNames))
      ALTER TABLE \(shelf) ATTACH PARTITION \(name)
        FOR VALUES FROM (\(number * box + 1)) TO (\((number + 1) * box + 1));
      """
  }

  // MARK: What the tables must be

  struct Table {
    var name: String
    var columns: [Column]
  }

  struct Column {
    var name: String
    var type: String
    var isRequired: Bool
  }

  /// The tables of `Schema`, read from their definitions.
  static let definitions: [Table] = translated(Schema.tables).split(separator: ";").compactMap { statement in
    let words = statement.split(whereSeparator: { $0.isWhitespace })
    guard words.count > 3, words[0] == "CREATE", words[1] == "TABLE", let open = statement.firstIndex(of: "("),
      let close = statement.lastIndex(of: ")")
    else { return nil }
    // Columns end at commas that stand in no brackets.
    var parts = [""]
    var depth = 0
    for character in statement[statement.index(after: open)..<close] {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character == ",", depth == 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    let columns = parts.compactMap { part -> Column? in
      let words = part.split(whereSeparator: { $0.isWhitespace })
      guard words.count >= 2, words[0] != "PRIMARY" else { return nil }
      return Column(
        name: words[0].filter { $0 != "\"" }, type: words[1].lowercased(),
        isRequired: part.contains("NOT NULL") || part.contains("PRIMARY KEY"))
    }
    return Table(name: String(words[2]), columns: columns)
  }

  static let rowTable = ["contribution", "contig", "id", "data"].map {
    Column(name: $0, type: $0 == "data" ? "bytea" : "bigint", isRequired: true)
  }
}
