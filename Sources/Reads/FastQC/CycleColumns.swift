/// Counts of bases and qualities by cycle for FastQC's tables alone, as one worker fills them for one file.
///
/// Sixteen cycles are counted at once: a block of them has a column of bytes for each letter and for each of the few
/// scores that binned qualities have, and a comparison's mask, which is -1 where it holds, is taken from the column.
/// Other scores are counted one by one. Columns are emptied before a byte could overflow.
struct CycleColumns: ~Copyable {
  typealias Vector = ByteVectors.Vector

  /// What is known of a read when it was counted.
  struct Sums {
    /// G and C, in either case, of the bases that FastQC looks at.
    var strong: Int
    /// The sum of the quality characters.
    var quality: Int
  }

  /// Cycles of a block.
  static let lanes = 16
  /// Columns of a block: the letters, and scores that are counted there.
  static let letters: [UInt8] = Array("ACGTN".utf8)
  static let columns = 9
  static let commonScores = 4
  /// The longest read that goes into columns: a byte holds the count of G and C over its blocks.
  static let longest = 255 * lanes
  /// Reads after which scores are chosen for columns.
  private static let sampledReads = 1000

  private var blocks: UnsafeMutablePointer<Vector>
  /// Counts of other scores by cycle.
  private var scores: UnsafeMutablePointer<UInt16>
  private var capacity = 0
  /// Cycles that reads have reached, and those that blocks have.
  private var cycles = 0
  private var readsInColumns = 0
  private var readsInScores = 0
  /// The characters of the scores that have columns; 255 for none.
  private var common = SIMD4<UInt8>(repeating: .max)
  private var isSampled = false
  /// As many ones as the longest read has bases, and as many zeros: from its middle less n on, ones for n bases.
  private let masks: UnsafeMutablePointer<UInt8>
  private var statistics = ReadStatistics()

  init() {
    blocks = .allocate(capacity: 0)
    scores = .allocate(capacity: 0)
    masks = .allocate(capacity: 2 * Self.longest + Self.lanes)
    masks.initialize(repeating: .max, count: Self.longest)
    (masks + Self.longest).initialize(repeating: 0, count: Self.longest + Self.lanes)
  }

  deinit {
    blocks.deallocate()
    scores.deallocate()
    masks.deallocate()
  }

  /// Counts a read.
  /// - Parameters:
  ///   - cut: the first bases, of which G and C are summed.
  ///   - room: bytes that may be read behind the qualities.
  /// - Precondition: the sequence lies before its qualities, which lie in `!`…`~`.
  @inline(__always)
  mutating func count(
    _ sequence: UnsafePointer<UInt8>, _ quality: UnsafePointer<UInt8>, _ count: Int, cut: Int, room: Int
  ) -> Sums {
    statistics.countLength(count)
    guard count <= Self.longest else { return countLong(sequence, quality, count, cut: cut) }
    if count > cycles || readsInColumns == Int(UInt8.max) || readsInScores == Int(UInt16.max) { makeRoom(for: count) }
    readsInColumns += 1
    readsInScores += 1
    return countBlocks(sequence, quality, count, cut: cut, isPadded: room >= Self.lanes)
  }

  @inline(__always)
  private func countBlocks(
    _ sequence: UnsafePointer<UInt8>, _ quality: UnsafePointer<UInt8>, _ count: Int, cut: Int, isPadded: Bool
  ) -> Sums {
    let common = (
      Vector(repeating: common[0]), Vector(repeating: common[1]), Vector(repeating: common[2]),
      Vector(repeating: common[3])
    )
    var block = blocks
    var strong = Vector.zero
    var sum = SIMD8<UInt16>.zero
    var rest = Vector.zero
    let strongMask = UnsafeRawPointer(masks + (Self.longest - cut))
    let mask = UnsafeRawPointer(masks + (Self.longest - count))
    var place = 0
    while place < count {
      var bases: Vector
      var scores: Vector
      if place &+ Self.lanes <= count || isPadded {
        bases = UnsafeRawPointer(sequence + place).loadUnaligned(as: Vector.self)
        scores = UnsafeRawPointer(quality + place).loadUnaligned(as: Vector.self)
      } else {
        bases = Self.partial(sequence + place, count &- place)
        scores = Self.partial(quality + place, count &- place)
      }
      let used = mask.loadUnaligned(fromByteOffset: place, as: Vector.self)
      bases &= used & Vector(repeating: 0xDF)
      scores &= used

      let c = ByteVectors.equal(bases, Vector(repeating: UInt8(ascii: "C")))
      let g = ByteVectors.equal(bases, Vector(repeating: UInt8(ascii: "G")))
      block[0] &-= ByteVectors.equal(bases, Vector(repeating: UInt8(ascii: "A")))
      block[1] &-= c
      block[2] &-= g
      block[3] &-= ByteVectors.equal(bases, Vector(repeating: UInt8(ascii: "T")))
      block[4] &-= ByteVectors.equal(bases, Vector(repeating: UInt8(ascii: "N")))
      strong &-= (c | g) & strongMask.loadUnaligned(fromByteOffset: place, as: Vector.self)

      let (first, second) = (ByteVectors.equal(scores, common.0), ByteVectors.equal(scores, common.1))
      let (third, fourth) = (ByteVectors.equal(scores, common.2), ByteVectors.equal(scores, common.3))
      block[5] &-= first
      block[6] &-= second
      block[7] &-= third
      block[8] &-= fourth
      rest |= used & ~(first | second | third | fourth)
      sum &+= ByteVectors.pairSums(scores)
      block += Self.columns
      place &+= Self.lanes
    }
    if !ByteVectors.isZero(rest) { countRest(quality, count) }
    return Sums(strong: ByteVectors.total(ByteVectors.pairSums(strong)), quality: ByteVectors.total(sum))
  }

  /// Fewer than sixteen bytes, and zeros.
  @inline(never)
  private static func partial(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Vector {
    var vector = Vector.zero
    withUnsafeMutableBytes(of: &vector) { $0.copyMemory(from: UnsafeRawBufferPointer(start: bytes, count: count)) }
    return vector
  }

  /// Counts scores that have no column.
  @inline(never)
  private func countRest(_ quality: UnsafePointer<UInt8>, _ count: Int) {
    let common = common
    var row = scores
    if common[0] == .max {
      for cycle in 0..<count {
        row[Int(quality[cycle] &- 33)] &+= 1
        row += ReadStatistics.qualityStride
      }
      return
    }
    for cycle in 0..<count {
      let score = quality[cycle]
      if score != common[0], score != common[1], score != common[2], score != common[3] {
        row[Int(score &- 33)] &+= 1
      }
      row += ReadStatistics.qualityStride
    }
  }

  /// Counts a read base by base: one in thousands.
  @inline(never)
  private mutating func countLong(
    _ sequence: UnsafePointer<UInt8>, _ quality: UnsafePointer<UInt8>, _ count: Int, cut: Int
  ) -> Sums {
    let near = min(count, ReadStatistics.cycleLimit)
    statistics.reserve(cycles: near)
    for cycle in 0..<near { statistics.countCycle(cycle, base: sequence[cycle] & 0xDF, quality: quality[cycle]) }
    return Sums(
      strong: UnsafeRawBufferPointer(start: sequence, count: cut).strongBases,
      quality: UnsafeRawBufferPointer(start: quality, count: count).byteSum)
  }

  @inline(never)
  private mutating func makeRoom(for count: Int) {
    emptyColumns()
    if readsInScores == Int(UInt16.max) { emptyScores() }
    guard count > cycles else { return }
    if count > capacity {
      emptyScores()
      blocks.deallocate()
      scores.deallocate()
      capacity = (count + count / 2 + Self.lanes - 1) & ~(Self.lanes - 1)
      blocks = .allocate(capacity: capacity / Self.lanes * Self.columns)
      blocks.initialize(repeating: .zero, count: capacity / Self.lanes * Self.columns)
      scores = .allocate(capacity: capacity * ReadStatistics.qualityStride)
      scores.initialize(repeating: 0, count: capacity * ReadStatistics.qualityStride)
    }
    cycles = count
  }

  private mutating func emptyColumns() {
    readsInColumns = 0
    statistics.reserve(cycles: cycles)
    for block in 0..<(cycles + Self.lanes - 1) / Self.lanes {
      let column = UnsafeRawPointer(blocks + block * Self.columns).assumingMemoryBound(to: UInt8.self)
      let covered = block * Self.lanes..<min(cycles, (block + 1) * Self.lanes)
      for (index, letter) in Self.letters.enumerated() {
        statistics.add(column + index * Self.lanes, letter: letter, covered)
      }
      for index in 0..<Self.commonScores where common[index] < .max {
        statistics.add(column + (Self.letters.count + index) * Self.lanes, quality: common[index], covered)
      }
    }
    blocks.update(repeating: .zero, count: (cycles + Self.lanes - 1) / Self.lanes * Self.columns)
    if !isSampled, readsInScores >= Self.sampledReads { chooseScores() }
  }

  private mutating func emptyScores() {
    readsInScores = 0
    statistics.reserve(cycles: cycles)
    for cycle in 0..<cycles {
      for score in 0..<ReadStatistics.qualityStride {
        let count = scores[cycle * ReadStatistics.qualityStride + score]
        if count > 0 { statistics.add(UInt64(count), quality: UInt8(33 + score), cycle: cycle) }
      }
    }
    scores.update(repeating: 0, count: cycles * ReadStatistics.qualityStride)
  }

  /// Gives columns to the most frequent scores, where nearly all bases have one of them.
  private mutating func chooseScores() {
    isSampled = true
    var seen = [Int](repeating: 0, count: ReadStatistics.qualityStride)
    for cycle in 0..<cycles {
      for score in seen.indices { seen[score] += Int(scores[cycle * ReadStatistics.qualityStride + score]) }
    }
    let frequent = seen.indices.sorted { seen[$0] > seen[$1] }.prefix(Self.commonScores)
    let all = seen.reduce(0, +)
    guard all - frequent.reduce(0, { $0 + seen[$1] }) <= all / 200 else { return }
    for (index, score) in frequent.enumerated() where seen[score] > 0 { common[index] = UInt8(33 + score) }
  }

  /// Moves the counts to totals of what came in and what went out, which are all reads.
  mutating func empty(into before: inout ReadStatistics, _ after: inout ReadStatistics) {
    emptyColumns()
    emptyScores()
    statistics.settleLetters()
    before.merge(statistics)
    after.merge(statistics)
    statistics = ReadStatistics()
  }
}
