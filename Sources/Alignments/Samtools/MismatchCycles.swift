import GenomicFiles

/// Mismatches to the reference by cycle and quality, and in the first column bases N.
struct MismatchCycles: Sendable, Equatable {
  /// Column 0: N; column q + 1: mismatches of quality q. Missing qualities (255) fall into column 0, as in samtools.
  private var table = CycleTable(width: 64)

  /// Counts at a cycle, from 0.
  subscript(cycle: Int, column: Int) -> Int { table[cycle, column] }

  /// Adds another's counts.
  mutating func merge(_ other: MismatchCycles) { table.merge(other.table) }

  /// Counts a mapped read's mismatches. Cycles count hard-clipped bases. A skip (N) does not move on in the reference:
  /// samtools reads on where it was.
  ///
  /// - Parameter wholeLength: the read's length with its hard-clipped bases.
  mutating func add(_ record: AlignmentRecord, _ cigar: Cigar, wholeLength: Int, _ reference: ContigBases) {
    let read = record.packedSequence
    let isReverse = record.flags.contains(.reverse)
    var place = record.position
    var base = 0
    var hardClipped = 0
    reference.bytes.withUnsafeBytes { bases in
      for operation in cigar {
        let length = operation.length
        switch operation.code {
        case 0, 7, 8:
          let end = min(base + length, base + max(0, bases.count - place))
          Self.forEachDifference(read, bases, place: place, bases: base..<end) { index, code, other in
            guard code == 15 || other != 0 && code != 0 else { return }
            let cycle = isReverse ? wholeLength - (hardClipped + index) - 1 : hardClipped + index
            guard cycle < CycleTable.mostCycles else { return }
            let column = code == 15 ? 0 : Int(record.qualities[index] &+ 1)
            if column >= table.width { table.widen() }
            let width = table.width
            table.withRead(length: cycle + 1) { cells in cells[cycle * width + column] &+= 1 }
          }
          place += length
          base += length
        case 1, 4: base += length
        case 2: place += length
        case 5: hardClipped += length
        default: break
        }
      }
    }
  }

  /// Gives the bases that are not letter for letter the reference's, with both codes of BAM; 0 for a letter of the
  /// reference other than A, C, G and T. Also gives every N.
  private static func forEachDifference(
    _ read: UnsafeRawBufferPointer, _ reference: UnsafeRawBufferPointer, place: Int, bases: Range<Int>,
    _ body: (_ index: Int, _ code: UInt8, _ reference: UInt8) -> Void
  ) {
    let letters = Letters.pairs
    letters.withUnsafeBufferPointer { letters in
      func compare(_ index: Int) {
        let code = index & 1 == 0 ? read[index / 2] >> 4 : read[index / 2] & 15
        let other = Letters.code(reference[place + index - bases.lowerBound])
        if code != other || code == 15 { body(index, code, other) }
      }
      var index = bases.lowerBound
      if index & 1 == 1, index < bases.upperBound {
        compare(index)
        index += 1
      }
      // Eight bases at once: nearly all are equal.
      while index + 8 <= bases.upperBound {
        let bytes = read.loadUnaligned(fromByteOffset: index / 2, as: UInt32.self)
        let word =
          UInt64(letters[Int(bytes & 255)]) | UInt64(letters[Int(bytes >> 8 & 255)]) << 16
          | UInt64(letters[Int(bytes >> 16 & 255)]) << 32 | UInt64(letters[Int(bytes >> 24)]) << 48
        let there = reference.loadUnaligned(fromByteOffset: place + index - bases.lowerBound, as: UInt64.self)
        var rest = word ^ UInt64(littleEndian: there)
        while rest != 0 {
          let offset = rest.trailingZeroBitCount >> 3
          compare(index + offset)
          rest &= ~(0xFF << UInt64(truncatingIfNeeded: 8 &* offset))
        }
        index += 8
      }
      while index < bases.upperBound {
        compare(index)
        index += 1
      }
    }
  }
}

/// The letters of two bases by their byte in BAM, the first in the low half. N and `=` are letters of no reference, so
/// that they are looked at.
private enum Letters {
  static let pairs: [UInt16] = {
    let letters = Array("=ACMGRSVTWYHKDB".utf8) + [0]
    return (0..<256).map { UInt16(letters[$0 >> 4]) | UInt16(letters[$0 & 15]) << 8 }
  }()

  @inline(__always)
  static func code(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "A"): 1
    case UInt8(ascii: "C"): 2
    case UInt8(ascii: "G"): 4
    case UInt8(ascii: "T"): 8
    default: 0
    }
  }
}
