/// What FastQC's tables need beyond the counts by cycle, and does not depend on the order of reads.
///
/// A worker has one of its own and adds whole reads to it; parts merge in any order to the same state. The overrepresented
/// and duplicated sequences depend on the order and have `FastQCSequences` to themselves.
public struct FastQCCollector: Sendable, Equatable {
  /// Reads by mean quality character, rounded down: 128 counts. Empty reads have none.
  public var meanQualities = [UInt64](repeating: 0, count: 128)
  /// Reads by length and G+C.
  public var gc = FastQCGCCounts()
  /// Qualities by tile, of every tenth read.
  public var tiles = FastQCTileCounts()
  /// Where adapters begin.
  public var adapters = FastQCAdapterCounts()

  /// Nothing counted.
  public init() {}

  /// Counts a read.
  /// - Parameters:
  ///   - name: the first line of the record, with or without its `@`, comment and all, without its line end.
  ///   - sequence: letters in either case, `.`, `-` or `*`.
  ///   - qualities: as many characters, each `!` to `~`.
  ///   - index: the number of reads of the file before this one; FastQC samples by it.
  @inline(__always)
  public mutating func add(
    name: UnsafeRawBufferPointer, sequence: UnsafeRawBufferPointer, qualities: UnsafeRawBufferPointer, index: Int
  ) {
    if !qualities.isEmpty { meanQualities[qualities.byteSum / qualities.count] &+= 1 }
    gc.add(sequence)
    adapters.add(sequence)
    if FastQCTileCounts.isSampled(index) { tiles.add(name: name, qualities: qualities, index: index) }
  }

  /// Counts a read whose bases and qualities were summed by `CycleColumns`.
  @inline(__always)
  mutating func add(
    name: UnsafeRawBufferPointer, sequence: UnsafeRawBufferPointer, qualities: UnsafeRawBufferPointer, index: Int,
    _ sums: CycleColumns.Sums
  ) {
    if !qualities.isEmpty { meanQualities[sums.quality / qualities.count] &+= 1 }
    gc.add(strong: sums.strong, cutLength: FastQCGCCounts.cutLength(sequence.count))
    adapters.add(sequence)
    if FastQCTileCounts.isSampled(index) { tiles.add(name: name, qualities: qualities, index: index) }
  }

  /// Adds another part.
  public mutating func merge(_ other: FastQCCollector) {
    meanQualities.add(other.meanQualities)
    gc.merge(other.gc)
    tiles.merge(other.tiles)
    adapters.merge(other.adapters)
  }
}

extension UnsafeRawBufferPointer {
  /// The sum of the bytes. In short runs, so that 32 bits hold and the compiler takes vectors.
  @inline(__always)
  var byteSum: Int {
    var total = 0
    var start = 0
    while start < count {
      let end = Swift.min(count, start + 1 << 16)
      var sum: UInt32 = 0
      for index in start..<end { sum &+= UInt32(self[index]) }
      total += Int(sum)
      start = end
    }
    return total
  }
}

extension [UInt64] {
  /// Adds count to count, growing to the longer of both.
  mutating func add(_ other: [UInt64]) {
    grow(to: other.count)
    for index in other.indices { self[index] &+= other[index] }
  }

  /// Appends zeros up to `length`.
  @inline(__always)
  mutating func grow(to length: Int) {
    if count < length { append(contentsOf: repeatElement(0, count: length - count)) }
  }
}
