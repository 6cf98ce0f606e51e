import GRDB
import Reports

/// What was found.
package struct FoundVariants: Sendable {
  /// How many there are, whatever the page; nil where only existence was asked for.
  package var total: Int?
  /// Whether there is any.
  package var exists: Bool
  /// The variants of the page.
  package var variants: [ReleasedVariant]
}

extension ReleaseDatabase {
  /// The most rows that one question may look at; a broader one is refused, not cut off.
  package static let mostRows = 250_000

  /// Answers a question.
  /// - Throws: `RequestFault` where it is too broad.
  package func find(_ query: VariantQuery, granularity: Granularity, offset: Int = 0, size: Int = 0) async throws
    -> FoundVariants
  {
    try await read { db in try self.find(query, granularity, offset: offset, size: size, db) }
  }

  private func find(_ query: VariantQuery, _ granularity: Granularity, offset: Int, size: Int, _ db: Database) throws
    -> FoundVariants
  {
    let (indexed, order) = query.indexed(longest: longest)
    let residual = query.residual
    let base = Self.base(indexed)
    let total: Int
    var page: [ReleasedVariant]?
    if query.isOpen {
      total = manifest.variants
    } else if case .sequence = query.place {
      // A handful of rows, compared one by one in whatever notation.
      let all = try Self.rows(base, residual: residual, order: order, offset: 0, size: Self.mostRows, db)
        .filter { query.isAsked(($0.start, $0.reference, $0.alternate)) }
      total = all.count
      page = Array(all.dropFirst(offset).prefix(size))
    } else if residual.isEmpty, granularity == .record, size > 0, offset == 0 {
      // A first page that is not full has everything, and needs no count.
      let first = try Self.rows(base, residual: [], order: order, offset: 0, size: size, db)
      page = first
      total = first.count < size ? first.count : try Self.count(base, residual: [], db)
    } else {
      total = try Self.count(base, residual: residual, db)
    }
    var found = FoundVariants(total: granularity == .boolean ? nil : total, exists: total > 0, variants: [])
    guard granularity == .record, size > 0, offset < total else { return found }
    guard offset <= Self.mostRows else {
      throw RequestFault.bad("the page is beyond the first \(Self.mostRows) results; narrow the question")
    }
    found.variants =
      try page ?? Self.rows(base, residual: residual, order: order, offset: offset, size: size, db)
    for index in found.variants.indices { found.variants[index].genes = try genes(found.variants[index].row, db) }
    return found
  }

  private static func base(_ conditions: [Fragment]) -> Fragment {
    var base = Fragment("FROM variant")
    if !conditions.isEmpty { base.sql += " WHERE " + conditions.map(\.sql).joined(separator: " AND ") }
    base.arguments = conditions.flatMap(\.arguments)
    return base
  }

  private static func count(_ base: Fragment, residual: [Fragment], _ db: Database) throws -> Int {
    let condition = residual.isEmpty ? "1" : residual.map(\.sql).joined(separator: " AND ")
    let statement = try db.cachedStatement(
      sql: """
        SELECT count(*), coalesce(sum(\(condition)), 0)
        FROM (SELECT start, reference, alternate, type \(base.sql) LIMIT \(mostRows + 1))
        """)
    let arguments = residual.flatMap(\.arguments) + base.arguments
    guard let row = try Row.fetchOne(statement, arguments: StatementArguments(arguments)) else { return 0 }
    let looked: Int = row[0]
    guard looked <= mostRows else {
      throw RequestFault.bad(
        "the question looks at more than \(mostRows) variants; narrow it to a shorter range or a gene")
    }
    return row[1]
  }

  private static func rows(
    _ base: Fragment, residual: [Fragment], order: String, offset: Int, size: Int, _ db: Database
  ) throws -> [ReleasedVariant] {
    var sql = "SELECT id, contig, start, \"end\", reference, alternate, type, vrs, counts, classifications \(base.sql)"
    if !residual.isEmpty {
      sql += (base.sql.contains(" WHERE ") ? " AND " : " WHERE ") + residual.map(\.sql).joined(separator: " AND ")
    }
    sql += " ORDER BY \(order) LIMIT ? OFFSET ?"
    let arguments: [any DatabaseValueConvertible & Sendable] =
      base.arguments + residual.flatMap(\.arguments) + [size, offset]
    let cursor = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: StatementArguments(arguments))
    var variants: [ReleasedVariant] = []
    while let row = try cursor.next() { variants.append(try Self.variant(row)) }
    return variants
  }

  private static func variant(_ row: Row) throws -> ReleasedVariant {
    let counts = try StratumCounts.list(row[8] as String? ?? "[]")
    let classifications = try (row[9] as String?).map { try JSONValue(parsing: $0.utf8) }
    return ReleasedVariant(
      row: row[0], contig: row[1], start: row[2], end: row[3], reference: row[4], alternate: row[5], type: row[6],
      vrs: row[7], counts: counts,
      classifications: classifications.flatMap(Classifications.init), genes: [])
  }

  private func genes(_ row: Int, _ db: Database) throws -> [String] {
    if let genes { return genes[row] }
    let statement = try db.cachedStatement(sql: "SELECT DISTINCT symbol FROM gene WHERE variant = ? ORDER BY symbol")
    return try String.fetchAll(statement, arguments: [row])
  }
}
