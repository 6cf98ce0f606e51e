/// What is counted of the reads of one file: additive, so that parts merge in any order to the same totals.
public struct ReadStatistics: Sendable, Equatable {
  /// The classes that bases are counted in, in the order of `baseCounts`. IUPAC codes count as N.
  public static let baseClasses: [Character] = ["A", "T", "C", "G", "N"]
  static let baseStride = 8
  /// Phred scores 0 to 93.
  public static let qualityCount = 94
  static let qualityStride = NarrowCounts.scores

  /// Bases from this cycle on are counted in the totals alone, so that memory does not grow with the longest read.
  public static let cycleLimit = 1 << 16

  /// Reads.
  public internal(set) var reads = 0
  /// Bases of all reads.
  public internal(set) var bases = 0
  /// Reads by length, up to `cycleLimit`: `lengths[n]` reads are n bases long.
  public internal(set) var lengths: [Int] = []
  /// Reads by length, of those longer than `cycleLimit`.
  public internal(set) var longLengths: [Int: Int] = [:]
  /// Reads by GC content, rounded to whole percent: 101 counts. G and C over A, C, G and T; reads without any of these
  /// are left out.
  public internal(set) var gcPercents = [Int](repeating: 0, count: 101)
  /// 5-mers of A, T, C, G (0 to 3, first base in the highest bits); those with another letter are left out.
  public internal(set) var fiveMers = [Int](repeating: 0, count: NarrowCounts.fiveMers)
  var baseTable: [UInt64] = []
  var qualitySums: [UInt64] = []
  var qualityTable: [UInt64] = []
  /// Letters by cycle that are none of A, C, G, T and N.
  var ambiguous: [UInt64] = []
  /// Bases behind the last cycle, by score and class.
  var beyond = [UInt64](repeating: 0, count: NarrowCounts.beyondCount)

  /// Nothing counted.
  public init() {}

  /// The tables by cycle and what stands beside them, as a state file keeps them.
  var tables: [[UInt64]] { [baseTable, qualitySums, qualityTable, ambiguous, beyond] }

  /// Takes tables from a state file.
  /// - Returns: whether their sizes agree; else nothing is taken.
  mutating func take(_ tables: [[UInt64]]) -> Bool {
    let rows = tables[0].count / Self.baseStride
    guard rows <= Self.cycleLimit, tables[0].count == rows * Self.baseStride, tables[1].count == tables[0].count,
      tables[2].count == rows * Self.qualityStride, tables[3].count <= rows, tables[4].count == beyond.count
    else { return false }
    baseTable = tables[0]
    qualitySums = tables[1]
    qualityTable = tables[2]
    ambiguous = tables[3]
    beyond = tables[4]
    return true
  }

  /// The length of the longest read, in bases.
  public var longest: Int { longLengths.keys.max() ?? max(0, lengths.count - 1) }

  /// The cycles that are counted: the length of the longest read, at most `cycleLimit`.
  public var cycles: Int { baseTable.count / Self.baseStride }

  /// Bases of a class (index in `baseClasses`) at a cycle, counted from 0.
  public func baseCount(_ base: Int, cycle: Int) -> Int { Int(baseTable[cycle * Self.baseStride + base]) }

  /// Of the bases that count as N at a cycle, those that are another letter.
  public func ambiguousCount(cycle: Int) -> Int { cycle < ambiguous.count ? Int(ambiguous[cycle]) : 0 }

  /// The sum of the Phred scores of a class's bases at a cycle.
  public func qualitySum(_ base: Int, cycle: Int) -> Int { Int(qualitySums[cycle * Self.baseStride + base]) }

  /// Bases of a Phred score at a cycle, counted from 0.
  public func qualityCount(_ quality: Int, cycle: Int) -> Int {
    Int(qualityTable[cycle * Self.qualityStride + quality])
  }

  /// Bases of a class of all reads.
  public func baseTotal(_ base: Int) -> Int {
    let far = (0..<Self.qualityCount).reduce(0) { $0 + Int(beyond[$1 * BaseClass.count + base]) }
    return (0..<cycles).reduce(far) { $0 + baseCount(base, cycle: $1) }
  }

  /// G and C of all reads.
  public var strongTotal: Int { baseTotal(2) + baseTotal(3) }

  /// Bases of a Phred score of at least `limit`.
  public func bases(atLeast limit: Int) -> Int {
    let far = beyond[(limit * BaseClass.count)...].reduce(0) { $0 + Int($1) }
    return (0..<cycles).reduce(far) { sum, cycle in
      (limit..<Self.qualityCount).reduce(sum) { $0 + qualityCount($1, cycle: cycle) }
    }
  }

  /// Bases at a cycle.
  public func depth(cycle: Int) -> Int { (0..<BaseClass.count).reduce(0) { $0 + baseCount($1, cycle: cycle) } }

  /// The arithmetic mean of the Phred scores at a cycle (not the Phred score of the mean error); nil without bases.
  public func meanQuality(cycle: Int) -> Double? {
    let count = depth(cycle: cycle)
    let sum = (0..<BaseClass.count).reduce(0) { $0 + qualitySum($1, cycle: cycle) }
    return count == 0 ? nil : Double(sum) / Double(count)
  }

  /// Adds another part.
  public mutating func merge(_ other: ReadStatistics) {
    reads += other.reads
    bases += other.bases
    Self.add(other.lengths, to: &lengths)
    longLengths.merge(other.longLengths, uniquingKeysWith: +)
    Self.add(other.gcPercents, to: &gcPercents)
    Self.add(other.fiveMers, to: &fiveMers)
    Self.add(other.baseTable, to: &baseTable)
    Self.add(other.qualitySums, to: &qualitySums)
    Self.add(other.qualityTable, to: &qualityTable)
    Self.add(other.beyond, to: &beyond)
    Self.add(other.ambiguous, to: &ambiguous)
  }

  private static func add<T: FixedWidthInteger>(_ part: [T], to whole: inout [T]) {
    if whole.count < part.count { whole += [T](repeating: 0, count: part.count - whole.count) }
    for index in part.indices { whole[index] += part[index] }
  }

  /// Counts a read's length and GC content.
  @inline(__always)
  mutating func countRead(length: Int, strong: Int, called: Int) {
    countLength(length)
    if called > 0 { gcPercents[(200 * strong + called) / (2 * called)] += 1 }
  }

  /// Counts a read's length alone.
  @inline(__always)
  mutating func countLength(_ length: Int) {
    reads += 1
    bases += length
    if length <= Self.cycleLimit {
      if lengths.count <= length { lengths += [Int](repeating: 0, count: length + 1 - lengths.count) }
      lengths[length] += 1
    } else {
      longLengths[length, default: 0] += 1
    }
  }

  /// Counts letters that are none of A, C, G, T and N.
  mutating func countAmbiguous(_ read: WorkingRead) {
    guard read.letters == .mixed else { return }
    for cycle in 0..<min(read.length, Self.cycleLimit)
    where BaseCode.ofAny(read.sequence[cycle]) == BaseCode.other && read.sequence[cycle] | 0x20 != UInt8(ascii: "n") {
      if ambiguous.count <= cycle { ambiguous += [UInt64](repeating: 0, count: cycle + 1 - ambiguous.count) }
      ambiguous[cycle] += 1
    }
  }

  /// Makes the tables by cycle at least so long.
  mutating func reserve(cycles rows: Int) {
    guard cycles < rows else { return }
    baseTable += [UInt64](repeating: 0, count: rows * Self.baseStride - baseTable.count)
    qualitySums += [UInt64](repeating: 0, count: rows * Self.baseStride - qualitySums.count)
    qualityTable += [UInt64](repeating: 0, count: rows * Self.qualityStride - qualityTable.count)
  }

  /// Adds narrow counts.
  mutating func add(_ narrow: borrowing NarrowCounts) {
    let rows = narrow.cycles
    reserve(cycles: rows)
    guard narrow.reads > 0 else { return }
    for cycle in 0..<rows { addRow(cycle, narrow) }
    addFiveMers(narrow)
    for index in beyond.indices { beyond[index] += narrow.beyond[index] }
  }

  private mutating func addRow(_ cycle: Int, _ narrow: borrowing NarrowCounts) {
    let called = narrow.called + cycle * NarrowCounts.stride
    let others = narrow.others + cycle * NarrowCounts.scores
    for score in 0..<NarrowCounts.scores {
      var all = UInt64(others[score])
      addCount(all, score, BaseClass.n, cycle)
      for code in 0..<NarrowCounts.codes {
        let count = UInt64(called[Int(narrow.places[33 + score]) + code])
        addCount(count, score, BaseCode.classes[code], cycle)
        all += count
      }
      qualityTable[cycle * Self.qualityStride + score] += all
    }
  }

  @inline(__always)
  private mutating func addCount(_ count: UInt64, _ score: Int, _ base: Int, _ cycle: Int) {
    guard count != 0 else { return }
    baseTable[cycle * Self.baseStride + base] += count
    qualitySums[cycle * Self.baseStride + base] += count * UInt64(score)
  }

  private mutating func addFiveMers(_ narrow: borrowing NarrowCounts) {
    for word in 0..<NarrowCounts.fiveMers {
      fiveMers[Self.inClasses(word)] += Int(Int32(bitPattern: narrow.fiveMers[word]))
    }
    for word in 0..<NarrowCounts.sixMers {
      let count = Int(narrow.sixMers[word])
      fiveMers[Self.inClasses(word >> 2)] += count
      fiveMers[Self.inClasses(word & (NarrowCounts.fiveMers - 1))] += count
    }
  }

  /// A 5-mer of codes (A, C, T, G) as one of classes (A, T, C, G): where the bits of a base differ, both turn.
  private static func inClasses(_ word: Int) -> Int {
    let differ = (word ^ word >> 1) & 0x155
    return word ^ (differ | differ << 1)
  }
}
