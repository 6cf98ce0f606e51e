package import GRDB

/// The genes of each variant, in memory: for releases whose file finds variants by genes only.
package struct GeneIndex: Sendable {
  private var rows: [Int] = []
  private var symbols: [UInt32] = []
  private var names: [String] = []

  /// Reads them, unless the file has an index of its own by variant: then nil.
  package init?(_ db: Database) throws {
    let indexes = try String.fetchAll(db, sql: "SELECT name FROM pragma_index_list('gene')")
    for index in indexes {
      let first = try String.fetchOne(
        db, sql: "SELECT name FROM pragma_index_info(?) ORDER BY seqno LIMIT 1", arguments: [index])
      if first == "variant" { return nil }
    }
    var numbers: [String: UInt32] = [:]
    let cursor = try Row.fetchCursor(db, sql: "SELECT DISTINCT variant, symbol FROM gene ORDER BY variant, symbol")
    while let row = try cursor.next() {
      let symbol: String = row[1]
      if numbers[symbol] == nil {
        numbers[symbol] = UInt32(names.count)
        names.append(symbol)
      }
      rows.append(row[0])
      symbols.append(numbers[symbol] ?? 0)
    }
  }

  /// The symbols of a row, sorted.
  subscript(row: Int) -> [String] {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle] < row { low = middle + 1 } else { high = middle }
    }
    var found: [String] = []
    while low < rows.count, rows[low] == row {
      found.append(names[Int(symbols[low])])
      low += 1
    }
    return found
  }
}
