import Genomics

extension PostgreSQLConnection {
  func format() throws -> Int? {
    try text("SELECT value FROM meta WHERE key = 'format'").flatMap { Int($0) }
  }

  func setFormat(_ format: Int) throws {
    try execute("UPDATE meta SET value = ? WHERE key = 'format'", ["\(format)"])
  }

  func createTables() throws {
    guard try text("SELECT current_setting('server_encoding')") == "UTF8" else {
      throw KnowledgeBaseError(
        .configuration, path: address.name, "the database is not in UTF-8",
        remedy: "make one with the encoding UTF8 (CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0)")
    }
    try run(PostgreSQLSchema.script)
  }

  func settle(_ reference: ReferenceContigs) throws {
    let ranks = ContigRanks(reference).entries.enumerated().filter { ContigName.canonical($1.name) != nil }.map(
      \.offset)
    for rank in [PostgreSQLSchema.noContig] + ranks { try run(PostgreSQLSchema.shelf(rank)) }
    // References have thousands of contigs that hardly anybody has a variant on.
    try run(PostgreSQLSchema.shelf(nil))
  }

  func unsettle() throws {
    try lockOut()
    for shelf in try shelves() { try run("DROP TABLE \(shelf)") }
  }

  /// The partitions of people's rows, by name.
  func shelves() throws -> [String] { try partitions(of: "person_row") }

  /// Has the server keep no statistics of people's columns, as new tables have it.
  func dropStatistics() throws {
    var script = ""
    for shelf in try shelves() {
      for table in [shelf] + (try boxes(on: shelf)) {
        script += PostgreSQLSchema.withoutStatistics(table, PostgreSQLSchema.rowNames) + "\n"
      }
    }
    script += PostgreSQLSchema.withoutStatistics("person_row", PostgreSQLSchema.rowNames) + "\n"
    let people = PostgreSQLSchema.definitions.first { $0.name == "contribution" }?.columns.map(\.name) ?? []
    try run(script + PostgreSQLSchema.withoutStatistics("contribution", people))
  }

  private func partitions(of table: String) throws -> [String] {
    try texts(
      """
      SELECT c.relname::text FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = to_regclass(?) ORDER BY c.relname
      """, [table])
  }

  /// The boxes of a shelf, by name.
  func boxes(on shelf: String) throws -> [String] { try partitions(of: shelf) }

  /// Keeps readers out until the transaction's end: what they have begun to read is to be written anew, and they would
  /// find it empty.
  func lockOut() throws { try run("LOCK TABLE meta IN ACCESS EXCLUSIVE MODE") }

  /// The tables are those of the format, their indexes hold, and every box is on its shelf.
  func problems() throws -> (problems: [String], isReadable: Bool) {
    var found: [String: [String]] = [:]
    for row in try rows(
      """
      SELECT c.relname::text AS name, a.attname::text AS column, format_type(a.atttypid, a.atttypmod) AS type,
        a.attnotnull AS required, a.attcollation = 0 OR l.collname = 'C' AS sorts
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_collation l ON l.oid = a.attcollation
      WHERE n.nspname = 'apus' AND c.relkind IN ('r', 'p') ORDER BY c.relname, a.attnum
      """)
    {
      let (name, type) = (try row.text("name"), try row.text("type"))
      found[name, default: []].append(
        "\(try row.text("column")) \(type) \(try row.integer("required")) \(try row.integer("sorts"))")
    }
    func described(_ columns: [PostgreSQLSchema.Column]) -> [String] {
      columns.map { "\($0.name) \($0.type) \($0.isRequired ? 1 : 0) 1" }
    }
    var expected = Dictionary(
      uniqueKeysWithValues: PostgreSQLSchema.definitions.map { ($0.name, described($0.columns)) })
    var tables = ["person_row"]
    for shelf in try shelves() { tables += [shelf] + (try boxes(on: shelf)) }
    for table in tables { expected[table] = described(PostgreSQLSchema.rowTable) }
    var problems: [String] = []
    if expected != found { problems.append("the tables are not those of the format and the people") }
    if try exists(
      """
      SELECT 1 FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'apus' AND NOT (i.indisvalid AND i.indisready)
      """)
    {
      problems.append("an index is not valid")
    }
    if expected == found { problems += try indexProblems() }
    return (problems, expected == found)
  }

  /// Both indexes of people's rows have what the rows have: a question reads by the one, `verify` by the other.
  private func indexProblems() throws -> [String] {
    func sum(_ rows: String, _ settings: String) throws -> String? {
      try run(settings)
      return try text("SELECT concat(count(*), ' ', sum(hashint8(id # (contribution << 1)))) FROM \(rows)")
    }
    let heap = try sum(
      "person_row",
      """
      SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off;
      SET LOCAL enable_bitmapscan = off
      """)
    let byIndex =
      "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = on; SET LOCAL enable_indexonlyscan = on"
    let indexes = try ["contribution, id", "id, contribution"].map {
      try sum("(SELECT id, contribution FROM person_row ORDER BY \($0) OFFSET 0) r", byIndex)
    }
    try run("SET LOCAL enable_seqscan = on; SET LOCAL enable_bitmapscan = on")
    return indexes.contains { $0 != heap } ? ["an index of people's rows has not what they have"] : []
  }
}
