/// Base qualities by cycle, of reads in the order in which the machine read them.
struct QualityCycles: Sendable, Equatable {
  private var table = CycleTable(width: 64)
  /// Reads without qualities, by length: each of their cycles counts as 255.
  private var missing = LengthCounts()
  /// Bases by quality in cycles that are not told apart.
  private var beyond = [Int](repeating: 0, count: 256)
  private let mostCycles: Int

  /// Nothing counted, of reads with up to this many cycles that are told apart.
  init(mostCycles: Int = CycleTable.mostCycles) { self.mostCycles = mostCycles }

  /// Counts a read's qualities.
  mutating func add(_ qualities: UnsafeRawBufferPointer, isReverse: Bool) {
    let length = qualities.count
    guard let base = qualities.baseAddress?.assumingMemoryBound(to: UInt8.self), length > 0 else { return }
    if base[0] == 0xFF, qualities.allSatisfy({ $0 == 0xFF }) {
      missing.add(length)
      return
    }
    if table.width < 256, Self.exceed63(qualities) { table.widen() }
    let counted = min(length, mostCycles)
    let skipped = length - counted
    if skipped > 0 {
      for index in isReverse ? 0..<skipped : counted..<length { beyond[Int(base[index])] += 1 }
    }
    let width = table.width
    table.withRead(length: counted) { cells in
      if isReverse {
        var row = cells + (counted - 1) * width
        for index in skipped..<length {
          row[Int(base[index])] &+= 1
          row -= width
        }
      } else {
        var row = cells
        for index in 0..<counted {
          row[Int(base[index])] &+= 1
          row += width
        }
      }
    }
  }

  /// Adds another's counts.
  mutating func merge(_ other: QualityCycles) {
    table.merge(other.table)
    missing.merge(other.missing)
    for quality in beyond.indices { beyond[quality] += other.beyond[quality] }
  }

  /// The rows up to `cycles`, each of 256 counts, in order.
  func forEachRow(_ cycles: Int, _ body: (_ cycle: Int, _ counts: [Int]) -> Void) {
    var without = missing.total
    var row = [Int](repeating: 0, count: 256)
    for cycle in 0..<cycles {
      for value in 0..<table.width { row[value] = table[cycle, value] }
      without -= missing[cycle]
      row[255] = (table.width > 255 ? table[cycle, 255] : 0) + without
      body(cycle, row)
    }
  }

  /// Bases by quality, over all cycles; reads without qualities under 255.
  var histogram: [Int] {
    var sum = beyond
    for cycle in 0..<table.cycles {
      for value in 0..<table.width { sum[value] += table[cycle, value] }
    }
    sum[255] += missing.bases
    return sum
  }

  /// Bases of reads without qualities.
  var missingBases: Int { missing.bases }

  private static func exceed63(_ qualities: UnsafeRawBufferPointer) -> Bool {
    var bits: UInt64 = 0
    var index = 0
    while index + 8 <= qualities.count {
      bits |= qualities.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      index += 8
    }
    while index < qualities.count {
      bits |= UInt64(qualities[index])
      index += 1
    }
    return bits & 0xC0C0_C0C0_C0C0_C0C0 != 0
  }
}

/// Reads by length.
struct LengthCounts: Sendable, Equatable {
  private var short = [Int](repeating: 0, count: 1024)
  private var long: [Int: Int] = [:]
  private(set) var total = 0
  private(set) var bases = 0

  /// Counts a read.
  mutating func add(_ length: Int) {
    total += 1
    bases += length
    if length < short.count { short[length] += 1 } else { long[length, default: 0] += 1 }
  }

  /// Adds another's counts.
  mutating func merge(_ other: LengthCounts) {
    for length in short.indices { short[length] += other.short[length] }
    long.merge(other.long, uniquingKeysWith: +)
    total += other.total
    bases += other.bases
  }

  /// Reads of a length.
  subscript(length: Int) -> Int { length < short.count ? short[length] : long[length] ?? 0 }

  /// The lengths that there are, ascending, with their reads.
  var sorted: [(length: Int, count: Int)] {
    short.indices.filter { short[$0] > 0 }.map { ($0, short[$0]) }
      + long.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
