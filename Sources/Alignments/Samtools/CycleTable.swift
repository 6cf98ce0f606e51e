/// Counts by cycle of the machine and a value: a row a cycle, grown with the longest read.
///
/// 32 bits a cell, so that the rows of a usual read stay in the second-level cache; a cell grows by at most one a read,
/// and the cells are folded into 64 bits before the reads could overflow them.
struct CycleTable: Sendable, Equatable {
  /// Cycles beyond are not told apart: a row of qualities takes 256 bytes.
  static let mostCycles = 1 << 21

  /// Values of a row at first; all 256 of a byte once a larger value came.
  private(set) var width: Int
  private(set) var cycles = 0
  private var counts: [UInt32] = []
  /// What was folded; empty until then.
  private var folded: [UInt64] = []
  /// Reads that the cells may have counted since the last folding.
  private var reads = 0

  /// Nothing counted, of values below `width`.
  init(width: Int) { self.width = width }

  /// A value's count at a cycle, both from 0.
  subscript(cycle: Int, value: Int) -> Int {
    guard cycle < cycles, value < width else { return 0 }
    let cell = cycle * width + value
    return Int(counts[cell]) + (folded.isEmpty ? 0 : Int(folded[cell]))
  }

  /// Gives the cells to `body`, which may add 1 to any cell of one read's cycles: `cells[cycle * width + value]`.
  @inline(__always)
  mutating func withRead<Result>(length: Int, _ body: (UnsafeMutablePointer<UInt32>) -> Result) -> Result? {
    if length > cycles { grow(to: length) }
    if reads >= Int(UInt32.max) { fold() }
    reads += 1
    return counts.withUnsafeMutableBufferPointer { cells in cells.baseAddress.map(body) }
  }

  /// Makes room for every value of a byte.
  mutating func widen() {
    guard width < 256 else { return }
    counts = Self.widened(counts, from: width)
    folded = Self.widened(folded, from: width)
    width = 256
  }

  /// Adds another's counts.
  mutating func merge(_ other: CycleTable) {
    var other = other
    if other.width > width { widen() }
    if width > other.width { other.widen() }
    if other.cycles > cycles { grow(to: other.cycles) }
    if reads + other.reads > Int(UInt32.max) || !other.folded.isEmpty {
      fold()
      other.fold()
      for cell in other.folded.indices { folded[cell] += other.folded[cell] }
    } else {
      for cell in other.counts.indices { counts[cell] += other.counts[cell] }
      reads += other.reads
    }
  }

  /// The same counts, however they came about.
  static func == (a: CycleTable, b: CycleTable) -> Bool {
    for cycle in 0..<max(a.cycles, b.cycles) {
      for value in 0..<max(a.width, b.width) where a[cycle, value] != b[cycle, value] { return false }
    }
    return true
  }

  private static func widened<Count: FixedWidthInteger>(_ cells: [Count], from width: Int) -> [Count] {
    var wide = [Count](repeating: 0, count: cells.count / width * 256)
    for cell in cells.indices { wide[cell / width * 256 + cell % width] = cells[cell] }
    return wide
  }

  private mutating func grow(to length: Int) {
    // By half as much again, so that reads of many lengths do not copy the table each.
    let size = cycles == 0 ? length : max(length, min(cycles + cycles / 2, cycles + 65_536))
    // Exactly: an array that grows by itself doubles, and a row is 256 bytes.
    counts.reserveCapacity(size * width)
    counts += repeatElement(0, count: (size - cycles) * width)
    if !folded.isEmpty { folded += repeatElement(0, count: (size - cycles) * width) }
    cycles = size
  }

  private mutating func fold() {
    if folded.isEmpty { folded = [UInt64](repeating: 0, count: counts.count) }
    for cell in counts.indices {
      folded[cell] += UInt64(counts[cell])
      counts[cell] = 0
    }
    reads = 0
  }
}
