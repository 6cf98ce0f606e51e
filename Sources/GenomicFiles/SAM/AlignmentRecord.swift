/// Bits of an alignment's FLAG (SAM specification, section 1.4).
///
/// Computed and inlinable: a stored constant would be fetched through its initialiser at each use in another module.
public struct AlignmentFlags: OptionSet, Sendable, Hashable {
  /// The 16 bits.
  public let rawValue: UInt16

  /// Flags of these bits.
  @inlinable
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The template has several segments.
  @inlinable public static var paired: AlignmentFlags { AlignmentFlags(rawValue: 0x1) }
  /// Each segment is properly aligned according to the aligner.
  @inlinable public static var properPair: AlignmentFlags { AlignmentFlags(rawValue: 0x2) }
  /// This segment is unmapped.
  @inlinable public static var unmapped: AlignmentFlags { AlignmentFlags(rawValue: 0x4) }
  /// The next segment is unmapped.
  @inlinable public static var mateUnmapped: AlignmentFlags { AlignmentFlags(rawValue: 0x8) }
  /// SEQ is reverse complemented.
  @inlinable public static var reverse: AlignmentFlags { AlignmentFlags(rawValue: 0x10) }
  /// SEQ of the next segment is reverse complemented.
  @inlinable public static var mateReverse: AlignmentFlags { AlignmentFlags(rawValue: 0x20) }
  /// The first segment of the template.
  @inlinable public static var read1: AlignmentFlags { AlignmentFlags(rawValue: 0x40) }
  /// The last segment of the template.
  @inlinable public static var read2: AlignmentFlags { AlignmentFlags(rawValue: 0x80) }
  /// A secondary alignment.
  @inlinable public static var secondary: AlignmentFlags { AlignmentFlags(rawValue: 0x100) }
  /// Not passing filters.
  @inlinable public static var qualityFail: AlignmentFlags { AlignmentFlags(rawValue: 0x200) }
  /// A PCR or optical duplicate.
  @inlinable public static var duplicate: AlignmentFlags { AlignmentFlags(rawValue: 0x400) }
  /// A supplementary alignment.
  @inlinable public static var supplementary: AlignmentFlags { AlignmentFlags(rawValue: 0x800) }
}

/// A borrowed view of one alignment in BAM encoding (SAM specification, section 4.2).
///
/// Positions count from 0. Valid while its batch's bytes are borrowed.
public struct AlignmentRecord {
  /// The record's bytes after `block_size`.
  @usableFromInline let base: UnsafeRawPointer
  /// How many there are.
  @usableFromInline let size: Int

  @inlinable
  init(base: UnsafeRawPointer, size: Int) {
    self.base = base
    self.size = size
  }

  @inlinable @inline(__always)
  func integer<T: FixedWidthInteger>(_ offset: Int, _ type: T.Type) -> T {
    T(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: T.self))
  }

  /// The contig's index in the header, -1 for none.
  @inlinable @inline(__always) public var contig: Int { Int(integer(0, Int32.self)) }
  /// The leftmost aligned base, counted from 0; -1 for none.
  @inlinable @inline(__always) public var position: Int { Int(integer(4, Int32.self)) }
  /// The length of the name with its NUL, in bytes.
  @inlinable @inline(__always) var nameLength: Int { Int(integer(8, UInt8.self)) }
  /// Mapping quality, Phred; 255 when it is not available.
  @inlinable @inline(__always) public var mappingQuality: UInt8 { integer(9, UInt8.self) }
  /// The number of CIGAR operations as stored.
  @inlinable @inline(__always) public var storedCigarCount: Int { Int(integer(12, UInt16.self)) }
  /// FLAG.
  @inlinable @inline(__always) public var flags: AlignmentFlags { AlignmentFlags(rawValue: integer(14, UInt16.self)) }
  /// The length of SEQ in bases.
  @inlinable @inline(__always) public var sequenceLength: Int { Int(integer(16, Int32.self)) }
  /// The mate's contig, -1 for none.
  @inlinable @inline(__always) public var mateContig: Int { Int(integer(20, Int32.self)) }
  /// The mate's position, counted from 0; -1 for none.
  @inlinable @inline(__always) public var matePosition: Int { Int(integer(24, Int32.self)) }
  /// TLEN, signed, in bases.
  @inlinable @inline(__always) public var templateLength: Int { Int(integer(28, Int32.self)) }
  /// The bytes of the name, without NUL.
  @inlinable @inline(__always) public var name: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: base + 32, count: nameLength - 1)
  }

  @inlinable @inline(__always) var cigarOffset: Int { 32 + nameLength }
  @inlinable @inline(__always) var sequenceOffset: Int { cigarOffset + 4 * storedCigarCount }
  @inlinable @inline(__always) var qualityOffset: Int { sequenceOffset + (sequenceLength + 1) / 2 }
  @inlinable @inline(__always) var tagsOffset: Int { qualityOffset + sequenceLength }

  /// The CIGAR: operations in order. Long ones, kept in the CG tag (SAM specification, section 4.2.2), are found there.
  @inlinable @inline(__always) public var cigar: Cigar {
    let count = storedCigarCount
    if count == 2, let long = longCigar { return long }
    return Cigar(base: base + cigarOffset, count: count)
  }

  /// Whether the CIGAR stands in the CG tag.
  var cigarIsInTag: Bool { storedCigarCount == 2 && longCigar != nil }

  /// The 4-bit bases, two a byte, the first in the high bits (`=ACMGRSVTWYHKDBN`).
  @inlinable @inline(__always) public var packedSequence: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: base + sequenceOffset, count: (sequenceLength + 1) / 2)
  }

  /// Base qualities, Phred without offset; all 0xFF when absent.
  @inlinable @inline(__always) public var qualities: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: base + qualityOffset, count: sequenceLength)
  }

  /// The tags as stored.
  @inlinable @inline(__always) public var tags: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: base + tagsOffset, count: size - tagsOffset)
  }

  /// The base after the last aligned one, counted from 0; `position + 1` where no operation consumes the reference.
  public var end: Int {
    var length = 0
    for operation in cigar where operation.consumesReference { length += operation.length }
    return position + max(length, 1)
  }

  /// A CIGAR of two placeholder operations, `kS mN`, means that the real one is in CG:B,I.
  @usableFromInline var longCigar: Cigar? {
    let stored = Cigar(base: base + cigarOffset, count: 2)
    guard stored[0].code == 4, stored[0].length == sequenceLength, stored[1].code == 3,
      let value = TagScanner(tags).value(UInt8(ascii: "C"), UInt8(ascii: "G")), value.type == UInt8(ascii: "B"),
      value.subtype == UInt8(ascii: "I")
    else { return nil }
    return Cigar(base: value.data, count: value.count)
  }
}

/// CIGAR operations in BAM encoding, borrowed.
public struct Cigar: RandomAccessCollection {
  @usableFromInline let base: UnsafeRawPointer
  /// The number of operations.
  public let count: Int

  @inlinable
  init(base: UnsafeRawPointer, count: Int) {
    self.base = base
    self.count = count
  }

  /// One operation.
  public struct Operation: Sendable, Hashable {
    @usableFromInline let bits: UInt32
    @inlinable init(bits: UInt32) { self.bits = bits }
    /// The operation's code: its index in `MIDNSHP=X`.
    @inlinable @inline(__always) public var code: UInt32 { bits & 15 }
    /// Its length in bases.
    @inlinable @inline(__always) public var length: Int { Int(bits >> 4) }
    /// Whether it consumes the reference: M D N = X.
    @inlinable @inline(__always) public var consumesReference: Bool { 0x18D >> code & 1 != 0 }
    /// Whether it consumes the read: M I S = X.
    @inlinable @inline(__always) public var consumesQuery: Bool { 0x193 >> code & 1 != 0 }
    /// Whether it aligns read bases to reference bases: M = X.
    @inlinable @inline(__always) public var isAligned: Bool { 0x181 >> code & 1 != 0 }
  }

  /// The first operation.
  @inlinable @inline(__always) public var startIndex: Int { 0 }
  /// Behind the last operation.
  @inlinable @inline(__always) public var endIndex: Int { count }
  /// One operation.
  @inlinable @inline(__always) public subscript(index: Int) -> Operation {
    Operation(bits: UInt32(littleEndian: base.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)))
  }
}
