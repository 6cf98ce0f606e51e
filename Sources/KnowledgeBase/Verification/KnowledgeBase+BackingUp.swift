import GRDB
import GenomicFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension KnowledgeBase {
  /// Copies the base as it is now, while others read it and one may wait to write. The copy has its name only when it is
  /// whole, and has the base's key: it is a base like the other.
  ///
  /// A withdrawal does not reach copies: those made before it are to be destroyed, or withdrawn from as well.
  /// - Parameter path: a file that is not there yet, or the address of a database in PostgreSQL that holds no base.
  /// - Throws: `KnowledgeBaseError` of kind `exists`, `busy` or `failed`.
  public func backUp(to path: String) throws {
    if let address = PostgreSQLAddress(path) {
      try copy(into: PostgreSQLStore(address), named: address.name)
      return try requireEqual(try KnowledgeBase(path: path))
    }
    guard content(at: path) == .absent else {
      throw KnowledgeBaseError(.exists, path: path, "exists already", remedy: "name another file")
    }
    try Self.makingWhole(path) { partial in
      let copy = try Self.translating(path) { try SQLiteStore(path: partial) }
      if let own = store as? SQLiteStore {
        try Self.translating(path) { try own.queue.backup(to: copy.queue) }
      } else {
        try self.copy(into: copy, named: path)
      }
      try Self.translating(path) { try copy.close() }
      let made = try KnowledgeBase(opening: partial)
      try requireEqual(made)
      try Self.translating(path) { try made.close() }
    }
  }

  /// Copies a base in SQLite as it is now, of whatever format.
  /// - Throws: `KnowledgeBaseError` of kind `exists`, `busy`, `failed`, or `configuration` for a base in PostgreSQL.
  func backUpOlder(to path: String) throws {
    guard let own = store as? SQLiteStore, PostgreSQLAddress(path) == nil else {
      throw KnowledgeBaseError(
        .configuration, path: self.path, "a base of an older format is copied from SQLite to a file alone",
        remedy: "use the server's own tools (pg_dump --schema=apus), and run again without --backup")
    }
    guard content(at: path) == .absent else {
      throw KnowledgeBaseError(.exists, path: path, "exists already", remedy: "name another file")
    }
    try Self.makingWhole(path) { partial in
      try Self.translating(path) {
        let copy = try SQLiteStore(path: partial)
        try own.queue.backup(to: copy.queue)
        try copy.close()
      }
      let made = try KnowledgeBase(path: partial, formats: Schema.oldest...Schema.version)
      try requireEqual(made)
      try Self.translating(path) { try made.close() }
    }
  }

  private func requireEqual(_ copy: KnowledgeBase) throws {
    guard try read({ try storedDigest($0) }) == copy.read({ try copy.storedDigest($0) }) else {
      throw KnowledgeBaseError(
        .busy, path: path, "the base was changed while it was copied",
        remedy: "remove the copy, if there is one, and run the backup again")
    }
  }

  /// Copies every row into a store that holds no base: the tables of both have the same columns.
  private func copy(into other: any Store, named name: String) throws {
    do {
      try store.access { db in
        try db.begin(.reading)
        defer { db.rollBack() }
        try Self.writing(other) { made in
          try made.createTables()
          try copy(db, into: made)
        }
      }
    } catch let error as any StoreFailure {
      // Which of the two it is of shows by its kind.
      let isOfOther = (error is PostgreSQLError) == (other is PostgreSQLStore)
      throw error.told(isOfOther ? name : path)
    }
  }

  private func copy(_ db: any StoreConnection, into other: any StoreConnection) throws {
    for table in PostgreSQLSchema.definitions.map(\.name) {
      try db.forEachRow("SELECT * FROM \(table)", []) { row in
        // A setting that SQLite has another place for.
        if table == "meta", row["key"] == .text("format") { return }
        let places = row.values.map { _ in "?" }.joined(separator: ", ")
        try other.execute("INSERT INTO \(table) VALUES (\(places))", row.values)
      }
    }
    if let reference = try reference(db) { try other.settle(reference) }
    for person in try db.integers("SELECT id FROM contribution ORDER BY id") {
      let cursor = try db.rows(of: person, nil)
      try other.writeRows(of: person) { write in
        while let key = cursor.key {
          guard let bytes = cursor.bytes else { throw ByteReader.Damaged() }
          try write(key, Array(bytes))
          try cursor.advance()
        }
      }
    }
  }

  /// Gives a file its name when it is whole.
  /// - Parameter make: makes the file at the path it is given.
  static func makingWhole(_ path: String, _ make: (String) throws -> Void) throws {
    let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let partial = "\(path[..<slash]).\(path[slash...]).\(getpid()).partial"
    defer {
      unlink(partial)
      unlink(partial + "-journal")
    }
    try make(partial)
    // A link never replaces what appeared at the path meanwhile; some file systems have none.
    guard link(partial, path) == 0 || (errno != EEXIST && rename(partial, path) == 0) else {
      throw KnowledgeBaseError(
        .exists, path: path, "the base cannot be given its name", remedy: "check the folder and its permissions")
    }
  }
}
