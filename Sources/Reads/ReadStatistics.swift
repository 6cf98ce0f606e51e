public import GenomicFiles

/// What is counted of the reads of one file: additive, so that parts merge in any order to the same totals.
public struct ReadStatistics: Sendable, Equatable {
  /// The classes that bases are counted in, in the order of `baseCounts`.
  public static let baseClasses: [Character] = ["A", "C", "G", "T", "N"]
  static let baseStride = 8
  /// Phred scores 0 to 93.
  public static let qualityCount = 94
  static let qualityStride = 96

  /// Reads.
  public private(set) var reads = 0
  /// Bases of all reads.
  public private(set) var bases = 0
  /// Reads by length, up to `cycleLimit`: `lengths[n]` reads are n bases long.
  public private(set) var lengths: [Int] = []
  /// Reads by length, of those longer than `cycleLimit`.
  public private(set) var longLengths: [Int: Int] = [:]
  /// Reads by GC content, rounded to whole percent: 101 counts. G and C over A, C, G and T; reads without any of these are left out.
  public private(set) var gcPercents = [Int](repeating: 0, count: 101)
  private var baseTable: [UInt64] = []
  private var qualityTable: [UInt64] = []

  /// Nothing counted.
  public init() {}

  /// Cycles from here on are counted as one, the last, so that memory does not grow with the longest read: a table row
  /// is 832 bytes a cycle.
  public static let cycleLimit = 1 << 16

  /// The length of the longest read, in bases.
  public var longest: Int { longLengths.keys.max() ?? max(0, lengths.count - 1) }

  /// The cycles that are counted: the length of the longest read, at most `cycleLimit`.
  public var cycles: Int { baseTable.count / Self.baseStride }

  /// Bases of a class (index in `baseClasses`) at a cycle, counted from 0. IUPAC codes count as N.
  public func baseCount(_ base: Int, cycle: Int) -> Int { Int(baseTable[cycle * Self.baseStride + base]) }

  /// Bases of a Phred score at a cycle, counted from 0.
  public func qualityCount(_ quality: Int, cycle: Int) -> Int {
    Int(qualityTable[cycle * Self.qualityStride + quality])
  }

  /// Bases of a class over all cycles.
  public func baseTotal(_ base: Int) -> Int { (0..<cycles).reduce(0) { $0 + baseCount(base, cycle: $1) } }

  /// Bases of a Phred score of at least `limit`.
  public func bases(atLeast limit: Int) -> Int {
    (0..<cycles).reduce(0) { sum, cycle in
      (limit..<Self.qualityCount).reduce(sum) { $0 + qualityCount($1, cycle: cycle) }
    }
  }

  /// The arithmetic mean of the Phred scores at a cycle (not the Phred score of the mean error); nil without bases.
  public func meanQuality(cycle: Int) -> Double? {
    var count = 0
    var sum = 0
    for quality in 0..<Self.qualityCount {
      let n = qualityCount(quality, cycle: cycle)
      count += n
      sum += n * quality
    }
    return count == 0 ? nil : Double(sum) / Double(count)
  }

  /// Adds another part.
  public mutating func merge(_ other: ReadStatistics) {
    reads += other.reads
    bases += other.bases
    Self.add(other.lengths, to: &lengths)
    longLengths.merge(other.longLengths, uniquingKeysWith: +)
    Self.add(other.gcPercents, to: &gcPercents)
    Self.add(other.baseTable, to: &baseTable)
    Self.add(other.qualityTable, to: &qualityTable)
  }

  private static func add<T: FixedWidthInteger>(_ part: [T], to whole: inout [T]) {
    if whole.count < part.count { whole += [T](repeating: 0, count: part.count - whole.count) }
    for index in part.indices { whole[index] += part[index] }
  }

  /// Counts some records of a batch. They must have been validated: qualities outside `!`…`~` would leave the table.
  public mutating func count(_ batch: FASTQBatch, _ records: Range<Int>) {
    batch.withRecords { view in
      for record in records {
        let sequence = view.line(1, of: record)
        let quality = view.line(3, of: record)
        count(
          sequence: UnsafeRawBufferPointer(rebasing: view.bytes[sequence]),
          quality: UnsafeRawBufferPointer(rebasing: view.bytes[quality]))
      }
    }
  }

  private mutating func count(sequence: UnsafeRawBufferPointer, quality: UnsafeRawBufferPointer) {
    let length = sequence.count
    reads += 1
    bases += length
    let rows = min(length, Self.cycleLimit)
    if cycles < rows {
      baseTable += [UInt64](repeating: 0, count: (rows - cycles) * Self.baseStride)
      qualityTable += [UInt64](repeating: 0, count: rows * Self.qualityStride - qualityTable.count)
    }
    if length <= Self.cycleLimit {
      if lengths.count <= length { lengths += [Int](repeating: 0, count: length + 1 - lengths.count) }
      lengths[length] += 1
    } else {
      longLengths[length, default: 0] += 1
    }
    var strong = 0
    var called = 0
    baseClassOfByte.withUnsafeBufferPointer { classes in
      baseTable.withUnsafeMutableBufferPointer { baseTable in
        qualityTable.withUnsafeMutableBufferPointer { qualityTable in
          guard var base = baseTable.baseAddress, var scores = qualityTable.baseAddress else { return }
          for index in 0..<rows {
            let class_ = Int(classes[Int(sequence[index])])
            // A 0, C 1, G 2, T 3, N 4.
            strong += class_ == 1 || class_ == 2 ? 1 : 0
            called += class_ < 4 ? 1 : 0
            base[class_] &+= 1
            scores[Int(quality[index] &- 33)] &+= 1
            base += Self.baseStride
            scores += Self.qualityStride
          }
          guard length > rows else { return }
          // Into the last row again.
          base -= Self.baseStride
          scores -= Self.qualityStride
          for index in rows..<length {
            let class_ = Int(classes[Int(sequence[index])])
            strong += class_ == 1 || class_ == 2 ? 1 : 0
            called += class_ < 4 ? 1 : 0
            base[class_] &+= 1
            scores[Int(quality[index] &- 33)] &+= 1
          }
        }
      }
    }
    if called > 0 { gcPercents[(200 * strong + called) / (2 * called)] += 1 }
  }
}

/// A 0, C 1, G 2, T 3 in either case, 4 for anything else.
private let baseClassOfByte: [UInt8] = {
  var table = [UInt8](repeating: 4, count: 256)
  for (index, letters) in ["Aa", "Cc", "Gg", "Tt"].enumerated() {
    for byte in letters.utf8 { table[Int(byte)] = UInt8(index) }
  }
  return table
}()
