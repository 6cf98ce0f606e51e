import CPostgreSQL

extension PostgreSQLConnection {
  func writeRows(of person: Int64, _ body: (_ row: (Int64, [UInt8]) throws -> Void) throws -> Void) throws {
    try makeBoxes(for: person)
    let answer = try checked(
      PQexec(handle, "COPY person_row (contribution, contig, id, data) FROM STDIN (FORMAT binary)"))
    guard answer.status == PGRES_COPY_IN else { throw PostgreSQLError(state: answer.state) }
    // Rows in the binary format of COPY: a signature, then of each row the number of its columns, and of each column its
    // length and bytes; -1 at the end.
    var bytes = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    do {
      try body { key, data in
        bytes.append(bigEndian: Int16(4))
        for number in [person, Int64(PostgreSQLSchema.contig(ofKey: key)), key] {
          bytes.append(bigEndian: Int32(8))
          bytes.append(bigEndian: number)
        }
        bytes.append(bigEndian: Int32(data.count))
        bytes += data
        if bytes.count >= 1 << 18 {
          try put(bytes)
          bytes.removeAll(keepingCapacity: true)
        }
      }
      bytes.append(bigEndian: Int16(-1))
      try put(bytes)
    } catch {
      PQputCopyEnd(handle, "given up")
      drain()
      throw error
    }
    guard PQputCopyEnd(handle, nil) == 1 else { throw PostgreSQLError(isLost: true) }
    defer { drain() }
    _ = try checked(PQgetResult(handle))
  }

  private func put(_ bytes: [UInt8]) throws {
    let sent = bytes.withUnsafeBytes { buffer in
      buffer.withMemoryRebound(to: CChar.self) { PQputCopyData(handle, $0.baseAddress, Int32($0.count)) }
    }
    guard sent == 1 else { throw PostgreSQLError(isLost: true) }
  }

  /// Takes what is left of the answer to a statement.
  private func drain() {
    while let result = PQgetResult(handle) {
      PQclear(result)
      if PQstatus(handle) == CONNECTION_BAD { return }
    }
  }

  private func makeBoxes(for person: Int64) throws {
    let number = PostgreSQLSchema.box(of: person)
    let shelves = try shelves()
    guard let first = shelves.first else { throw PostgreSQLError(state: "XX001") }
    let name = PostgreSQLSchema.name(shelf: first, box: number)
    guard try !boxes(on: first).contains(name) else { return }
    for shelf in shelves { try run(PostgreSQLSchema.box(number, on: shelf)) }
  }

  func forEachRow(
    _ key: Int64, of people: [Int64], _ body: (_ index: Int, _ bytes: UnsafeRawBufferPointer) throws -> Void
  ) throws {
    guard let first = people.first, let last = people.last else { return }
    // The contig stands in the text, and partitions of others are no part of the plan. One question for everybody; of a
    // few, those between the first and the last are read in vain.
    let name = try name(
      of: """
        SELECT contribution, data FROM person_row
        WHERE contig = \(PostgreSQLSchema.contig(ofKey: key)) AND id = ? AND contribution >= ? AND contribution <= ?
        """)
    let sent = try PostgreSQLParameters([key, first, last]).withArrays {
      PQsendQueryPrepared(handle, name, $0, $1, $2, $3, 1)
    }
    guard sent == 1 else { throw PostgreSQLError(isLost: true) }
    defer { drain() }
    // A row at a time, or all of them would be held.
    PQsetSingleRowMode(handle)
    while let result = PQgetResult(handle) {
      let answer = try checked(result)
      for row in 0..<answer.count {
        guard let index = people.place(of: answer.integer(row, 0)) else { continue }
        try body(index, answer.bytes(row, 1))
      }
    }
  }

  func forEachBlock(
    rank: Int, of people: [Int64],
    _ body: (_ key: Int64, _ index: Int, _ bytes: UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let cursor = try cursor(
      "SELECT id, contribution, data FROM person_row WHERE contig = \(rank) ORDER BY id, contribution", [])
    while let part = try cursor.next() {
      for row in 0..<part.count {
        guard let index = people.place(of: part.integer(row, 1)) else { continue }
        try body(part.integer(row, 0), index, part.bytes(row, 2))
      }
    }
  }

  func rows(of person: Int64, _ keys: Range<Int64>?) throws -> any PersonRowCursor {
    let keys = keys ?? Int64.min..<Int64.max
    return try PostgreSQLRowCursor(
      cursor(
        "SELECT id, data FROM person_row WHERE contribution = ? AND id >= ? AND id < ? ORDER BY id",
        [person, keys.lowerBound, keys.upperBound]))
  }

  func countRows(of person: Int64) throws -> Int {
    try count("SELECT count(*) FROM person_row WHERE contribution = ?", [person])
  }

  func dropRows(of people: Set<Int64>) throws {
    try lockOut()
    let list = people.sorted().map { "\($0)" }.joined(separator: ", ")
    for number in Set(people.map(PostgreSQLSchema.box)).sorted() {
      for shelf in try shelves() {
        try rewrite(PostgreSQLSchema.name(shelf: shelf, box: number), where: "contribution NOT IN (\(list))")
      }
    }
    // Their numbers stood here, and are deleted: rows that are deleted stay in the files for a while.
    try rewrite("classification", where: "true")
    try rewrite("release_member", where: "true")
  }

  func replacePeople() throws {
    try lockOut()
    try run("TRUNCATE contribution")
  }

  /// Writes a table anew, in new files; the old ones go with the transaction's end.
  private func rewrite(_ table: String, where condition: String) throws {
    try run(
      """
      CREATE TEMPORARY TABLE apus_kept (LIKE \(table) INCLUDING STORAGE) ON COMMIT DROP;
      INSERT INTO pg_temp.apus_kept SELECT * FROM \(table) WHERE \(condition);
      TRUNCATE \(table);
      INSERT INTO \(table) SELECT * FROM pg_temp.apus_kept;
      DROP TABLE pg_temp.apus_kept
      """)
  }
}

/// A person's rows in order of their keys.
private final class PostgreSQLRowCursor: PersonRowCursor {
  private let cursor: PostgreSQLCursor
  private var part: PostgreSQLResult?
  private var row = 0

  init(_ cursor: PostgreSQLCursor) throws {
    self.cursor = cursor
    part = try cursor.next()
  }

  var key: Int64? { part?.integer(row, 0) }

  var bytes: UnsafeRawBufferPointer? { part?.bytes(row, 1) }

  func advance() throws {
    guard let part else { return }
    row += 1
    if row >= part.count {
      row = 0
      self.part = try cursor.next()
    }
  }
}

extension [Int64] {
  /// Where a number stands in the list, which ascends.
  fileprivate func place(of number: Int64) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == number ? low : nil
  }
}
