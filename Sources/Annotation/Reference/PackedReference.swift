/// The reference's bases in the mapped cache: two bits a base, and a table of the runs of other letters. Nothing is
/// allocated on access.
///
/// Four bases a byte, the first in the lowest bits: A 0, C 1, G 2, T 3; what another letter stands on is 0. Each contig
/// begins with a byte of its own.
struct PackedReference: @unchecked Sendable {
  // Point into the mapped file, which the cache keeps.
  private let index: RecordTable
  private let others: RecordTable
  private let bytes: UnsafeRawBufferPointer

  /// A run of one letter other than A, C, G and T; positions count from 0, half-open.
  struct Run: Equatable {
    var start: Int
    var end: Int
    var letter: UInt8
  }

  /// Takes the three sections; nil where one points outside another.
  init?(index: RecordTable, others: RecordTable, bytes: UnsafeRawBufferPointer) {
    for contig in 0..<index.count {
      let first = index.bytes.littleEndian(UInt64.self, at: contig * index.stride)
      let length = index.bytes.littleEndian(UInt64.self, at: contig * index.stride + 8)
      guard let first = Int(exactly: first), let length = Int(exactly: length), length <= Int(UInt32.max),
        first <= bytes.count, (length + 3) / 4 <= bytes.count - first,
        index.u32(contig, 16) + index.u32(contig, 20) <= others.count
      else { return nil }
    }
    self.index = index
    self.others = others
    self.bytes = bytes
  }

  /// The number of contigs.
  var count: Int { index.count }

  /// Bases of a contig.
  func length(_ contig: Int) -> Int { Int(index.bytes.littleEndian(UInt64.self, at: contig * index.stride + 8)) }

  /// The place and length of the contig's RefSeq accession in the cache's strings; empty where it has none.
  func accession(_ contig: Int) -> Range<Int> {
    index.u32(contig, 24)..<(index.u32(contig, 24) + index.u32(contig, 28))
  }

  /// SHA-256 of the contig's packed bytes.
  func digest(_ contig: Int) -> UnsafeRawBufferPointer {
    let start = contig * index.stride + 32
    return UnsafeRawBufferPointer(rebasing: index.bytes[start..<(start + 32)])
  }

  /// The contig's packed bytes.
  func packed(_ contig: Int) -> UnsafeRawBufferPointer {
    let first = Int(index.bytes.littleEndian(UInt64.self, at: contig * index.stride))
    return UnsafeRawBufferPointer(rebasing: bytes[first..<(first + (length(contig) + 3) / 4)])
  }

  /// The letter at a position, counted from 0, in upper case; 0 outside the contig.
  func base(_ contig: Int, _ position: Int) -> UInt8 {
    var cursor = ReferenceCursor(self, contig)
    return cursor.base(position)
  }

  /// The letters of a range, counted from 0, half-open; what lies outside the contig is left out.
  func letters(_ contig: Int, _ range: Range<Int>) -> [UInt8] {
    let range = range.clamped(to: 0..<length(contig))
    let packed = packed(contig)
    return [UInt8](unsafeUninitializedCapacity: range.count) { letters, count in
      count = range.count
      let target = UnsafeMutableRawBufferPointer(letters)
      Self.fours.withUnsafeBufferPointer { fours in
        var position = range.lowerBound
        // To the first base of a byte, then byte by byte.
        while position < range.upperBound {
          let four = fours[Int(packed[position &>> 2])]
          let place = position - range.lowerBound
          if position & 3 == 0, range.upperBound - position >= 4 {
            target.storeBytes(of: four.littleEndian, toByteOffset: place, as: UInt32.self)
            position += 4
          } else {
            letters[place] = UInt8(truncatingIfNeeded: four &>> UInt32((position & 3) * 8))
            position += 1
          }
        }
      }
      overlay(contig, range, letters)
    }
  }

  /// Writes the other letters of a range over what stands for them.
  private func overlay(_ contig: Int, _ range: Range<Int>, _ letters: UnsafeMutableBufferPointer<UInt8>) {
    let (table, first, count) = runs(contig)
    var (low, high) = (0, count)
    // The first run that ends behind the range's begin.
    while low < high {
      let middle = (low + high) / 2
      if table.u32(first + middle, 4) <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    while low < count, table.u32(first + low, 0) < range.upperBound {
      let run = (table.u32(first + low, 0)..<table.u32(first + low, 4)).clamped(to: range)
      let letter = UInt8(truncatingIfNeeded: table.u32(first + low, 8))
      for place in run { letters[place - range.lowerBound] = letter }
      low += 1
    }
  }

  /// The four letters of each byte, the first in the lowest byte.
  private static let fours: [UInt32] = (0..<256 as Range<UInt32>).map { byte in
    var four: UInt32 = 0
    for place in 0..<4 as Range<UInt32> {
      let code = (byte >> (2 * place)) & 3
      four |= (((0x5447_4341 as UInt32) >> (8 * code)) & 0xFF) << (8 * place)
    }
    return four
  }

  /// The runs of other letters of a contig.
  func runs(_ contig: Int) -> (table: RecordTable, first: Int, count: Int) {
    (others, index.u32(contig, 16), index.u32(contig, 20))
  }
}

/// Reads letters of one contig near one another: keeps the stretch that the last one stood in.
struct ReferenceCursor {
  private let packed: UnsafeRawBufferPointer
  /// Bases of the contig.
  let length: Int
  private let table: RecordTable
  private let firstRun: Int
  private let runCount: Int
  // A stretch of one letter, or of packed ones where `letter` is 0.
  private var low = 0
  private var high = 0
  private var letter: UInt8 = 0

  init(_ reference: PackedReference, _ contig: Int) {
    packed = reference.packed(contig)
    length = reference.length(contig)
    (table, firstRun, runCount) = reference.runs(contig)
  }

  /// The letter at a position, counted from 0, in upper case; 0 outside the contig.
  @inline(__always)
  mutating func base(_ position: Int) -> UInt8 {
    if position < low || position >= high {
      guard position >= 0, position < length else { return 0 }
      find(position)
    }
    if letter != 0 { return letter }
    let code = UInt32(packed[position &>> 2] &>> UInt8(truncatingIfNeeded: (position & 3) &* 2)) & 3
    // The letters A, C, G and T, the first in the lowest byte.
    return UInt8(truncatingIfNeeded: (0x5447_4341 as UInt32) &>> (code &* 8))
  }

  private mutating func find(_ position: Int) {
    var first = 0
    var last = runCount
    // The first run that ends behind the position.
    while first < last {
      let middle = (first + last) / 2
      if table.u32(firstRun + middle, 4) <= position { first = middle + 1 } else { last = middle }
    }
    low = first > 0 ? table.u32(firstRun + first - 1, 4) : 0
    high = length
    letter = 0
    guard first < runCount else { return }
    let start = table.u32(firstRun + first, 0)
    if start <= position {
      low = start
      high = table.u32(firstRun + first, 4)
      letter = UInt8(truncatingIfNeeded: table.u32(firstRun + first, 8))
    } else {
      high = start
    }
  }
}
