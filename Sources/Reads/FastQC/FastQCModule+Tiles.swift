extension FastQCModule {
  /// Quality by tile and cycle, as the difference from the mean of all tiles; nil without tiles.
  static func tileQuality(_ table: FastQCTileTable) -> FastQCModule? {
    guard !table.isAbandoned, table.longest > 0 else { return nil }
    let offset = table.encoding.offset
    let groups = FastQCBaseGroups.groups(length: table.longest)
    let numbers = table.tiles.keys.sorted()
    var means = numbers.map { number in
      groups.map { table.tiles[number]?.mean($0, offset: offset) ?? 0 }
    }
    var worst = 0.0
    for group in groups.indices {
      let average = means.reduce(0) { $0 + $1[group] } / Double(numbers.count)
      for tile in means.indices {
        means[tile][group] -= average
        // Not `max`: a value that is no number leaves the worst as it is.
        if abs(means[tile][group]) > worst { worst = abs(means[tile][group]) }
      }
    }
    var module = FastQCModule(
      name: "Per tile sequence quality", verdict: Verdict(fail: worst > 10, warn: worst > 5))
    module.table = FastQCTable("Tile", "Base", "Mean")
    let labels = groups.map(FastQCBaseGroups.label)
    for (tile, number) in numbers.enumerated() {
      for group in groups.indices { module.table.addRow(["\(number)", labels[group]], [means[tile][group]]) }
    }
    return module
  }
}

extension FastQCTileTable {
  /// The encoding that the first tile tells alone: first in the order of Java's table, not the lowest.
  fileprivate var encoding: FastQCEncoding {
    let byArrival = tiles.sorted { ($0.value.firstRead, $0.key) < ($1.value.firstRead, $1.key) }
    let first = JavaHashOrder.order(of: byArrival.map(\.key)).first.map { byArrival[$0].value }
    return FastQCEncoding(lowestCharacter: min(first?.lowest ?? 126, 126))
  }
}

extension FastQCTileTable.Tile {
  /// The mean of the means of some cycles; 0 without bases.
  fileprivate func mean(_ group: Range<Int>, offset: Int) -> Double {
    var sum = 0.0
    var counted = 0
    for cycle in group.clamped(to: 0..<cycles.count / 4) {
      let cell = cycles[4 * cycle..<4 * cycle + 4].map(Int.init)
      guard cell[0] + cell[2] > 0 else { continue }
      counted += 1
      let (bases, total) = offset < 64 ? (cell[0] + cell[2], cell[1] + cell[3]) : (cell[2], cell[3])
      sum += Double(total - bases * offset) / Double(bases)
    }
    return counted == 0 ? 0 : sum / Double(counted)
  }
}
