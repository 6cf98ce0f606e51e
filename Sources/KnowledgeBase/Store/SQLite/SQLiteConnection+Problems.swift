import GRDB

extension SQLiteConnection {
  /// SQLite's own check of pages; the tables are those of this format, and one a person.
  func problems() throws -> (problems: [String], isReadable: Bool) {
    var problems = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }.map { "SQLite: \($0)" }
    let sql = "SELECT coalesce(sql, '') || ' ' || type || ' ' || name || ' ' || tbl_name FROM sqlite_schema"
    let people: [Int64]
    do { people = try Int64.fetchAll(db, sql: "SELECT id FROM contribution") } catch is DatabaseError { people = [] }
    let empty = try DatabaseQueue()
    var expected = try empty.write { fresh in
      try fresh.execute(sql: Schema.sqlite)
      for person in people { try fresh.execute(sql: PersonTable.create(person)) }
      return try String.fetchAll(fresh, sql: sql)
    }
    try empty.close()
    var found = try String.fetchAll(db, sql: sql)
    expected.sort()
    found.sort()
    if expected != found { problems.append("the tables are not those of the format and the people") }
    return (problems, expected == found)
  }
}
