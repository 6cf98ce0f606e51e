/// Bases by cycle, of reads of one strand: a row of 16 counts a cycle, by the code of BAM (`=ACMGRSVTWYHKDBN`).
struct BaseCycles: Sendable, Equatable {
  private var table = CycleTable(width: 16)
  private let mostCycles: Int

  /// Nothing counted, of reads with up to this many cycles that are told apart.
  init(mostCycles: Int = CycleTable.mostCycles) { self.mostCycles = mostCycles }

  /// Counts a read's bases.
  mutating func add(_ packed: UnsafeRawBufferPointer, length: Int, isReverse: Bool) {
    guard let bytes = packed.baseAddress?.assumingMemoryBound(to: UInt8.self), length > 0 else { return }
    guard length <= mostCycles else {
      table.withRead(length: mostCycles) { cells in
        for cycle in 0..<mostCycles {
          let index = isReverse ? length - 1 - cycle : cycle
          let pair = bytes[index / 2]
          cells[cycle * 16 + Int(index & 1 == 0 ? pair >> 4 : pair & 15)] &+= 1
        }
      }
      return
    }
    table.withRead(length: length) { cells in
      let pairs = length / 2
      if isReverse {
        var row = cells + (length - 1) * 16
        for index in 0..<pairs {
          let pair = bytes[index]
          row[Int(pair >> 4)] &+= 1
          (row - 16)[Int(pair & 15)] &+= 1
          row -= 32
        }
      } else {
        var row = cells
        for index in 0..<pairs {
          let pair = bytes[index]
          row[Int(pair >> 4)] &+= 1
          row[16 + Int(pair & 15)] &+= 1
          row += 32
        }
      }
      if length & 1 == 1 { cells[(isReverse ? 0 : length - 1) * 16 + Int(bytes[pairs] >> 4)] &+= 1 }
    }
  }

  /// Adds another's counts.
  mutating func merge(_ other: BaseCycles) { table.merge(other.table) }

  /// The bases at a cycle, from 0.
  subscript(cycle: Int) -> BaseCounts {
    var counts = BaseCounts(
      a: table[cycle, 1], c: table[cycle, 2], g: table[cycle, 4], t: table[cycle, 8], n: table[cycle, 15])
    for code in [0, 3, 5, 6, 7, 9, 10, 11, 12, 13, 14] { counts.other += table[cycle, code] }
    return counts
  }
}

/// Bases by letter.
struct BaseCounts: Sendable, Equatable {
  var a = 0
  var c = 0
  var g = 0
  var t = 0
  var n = 0
  /// `=` and the letters for several bases.
  var other = 0

  /// A, C, G and T.
  var known: Int { a + c + g + t }

  /// As the other strand has them.
  var complement: BaseCounts { BaseCounts(a: t, c: g, g: c, t: a, n: n, other: other) }

  static func + (x: Self, y: Self) -> Self {
    Self(a: x.a + y.a, c: x.c + y.c, g: x.g + y.g, t: x.t + y.t, n: x.n + y.n, other: x.other + y.other)
  }
}

/// How many of a read's bases are C or G (codes 2 and 4), 16 bases at a time.
///
/// A flag a base is summed in its own four bits, for 15 words at a time: counting bits needs an instruction that the
/// baseline of x86-64 does not have.
func countGC(_ packed: UnsafeRawBufferPointer, length: Int) -> Int {
  guard let base = packed.baseAddress, length > 0 else { return 0 }
  let whole = length / 2
  var count = 0
  var offset = 0
  while offset < whole {
    var sums: UInt64 = 0
    let end = min(whole, offset + 8 * 15)
    while offset + 8 <= end {
      sums &+= flagsGC(base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    if offset < end {
      var word: UInt64 = 0
      while offset < end {
        word = word << 8 | UInt64(base.load(fromByteOffset: offset, as: UInt8.self))
        offset += 1
      }
      count += sumOfNibbles(flagsGC(word))
    }
    count += sumOfNibbles(sums)
  }
  if length & 1 == 1 {
    let code = base.load(fromByteOffset: whole, as: UInt8.self) >> 4
    if code == 2 || code == 4 { count += 1 }
  }
  return count
}

/// 1 in the lowest bit of each four that are 2 or 4.
@inline(__always)
private func flagsGC(_ word: UInt64) -> UInt64 {
  func nonzero(_ bits: UInt64) -> UInt64 {
    let pairs = bits | bits >> 1
    return pairs | pairs >> 2
  }
  // No base is both, so one of the two is always nonzero.
  return ~(nonzero(word ^ 0x2222_2222_2222_2222) & nonzero(word ^ 0x4444_4444_4444_4444)) & 0x1111_1111_1111_1111
}

@inline(__always)
private func sumOfNibbles(_ word: UInt64) -> Int {
  let bytes = (word & 0x0F0F_0F0F_0F0F_0F0F) &+ (word >> 4 & 0x0F0F_0F0F_0F0F_0F0F)
  return Int((bytes &* 0x0101_0101_0101_0101) >> 56)
}
