import CCompression

/// Checksums of reads that do not depend on their order: the chain of custody from FASTQ to alignment.
///
/// The algorithm of `samtools checksum` (samtools 1.22): per read the CRC-32 of flag and bases (`sequence`), of name, NUL,
/// flag and bases (`name`), and of flag, bases and qualities as Phred + 33 (`quality`); over the reads the product modulo
/// 2^31 - 1, of factors that are never 0. The flag is one byte: 0 for a single read, 65 and 129 for first and second
/// mates. Names are without `@`, comment and `/1` or `/2`; bases are in upper case, and letters that BAM cannot hold are
/// N. So the values equal those of the same reads in an unaligned or aligned BAM or CRAM that holds each read once.
public struct ReadChecksum: Sendable, Hashable, Codable {
  /// Reads.
  public private(set) var reads = 0
  /// Flag and bases.
  public private(set) var sequence: UInt64 = 1
  /// Name, flag and bases.
  public private(set) var name: UInt64 = 1
  /// Flag, bases and qualities.
  public private(set) var quality: UInt64 = 1

  /// The flag of a single read.
  static let single: UInt8 = 0
  /// The flag of a first mate: paired (1) and first (64).
  static let firstMate: UInt8 = 65
  /// The flag of a second mate: paired (1) and second (128).
  static let secondMate: UInt8 = 129

  /// No reads.
  public init() {}

  /// Sums of reads.
  init(reads: Int, sequence: UInt64, name: UInt64, quality: UInt64) {
    self.reads = reads
    self.sequence = sequence
    self.name = name
    self.quality = quality
  }

  /// Whether the sums are such as products modulo the prime can be.
  var isInRange: Bool { reads >= 0 && [sequence, name, quality].allSatisfy { $0 > 0 && $0 < Self.prime } }

  /// The CRCs of one read.
  struct Read {
    var sequence: UInt32
    var name: UInt32
    var quality: UInt32

    /// - Precondition: bases are letters that BAM holds, in upper case.
    @inline(__always)
    init(
      flag: UInt8, name: UnsafeRawBufferPointer, bases: UnsafePointer<UInt8>, qualities: UnsafePointer<UInt8>,
      count: Int
    ) {
      var bytes: (UInt8, UInt8) = (0, flag)
      (self.sequence, self.name) = withUnsafeBytes(of: &bytes) { bytes in
        let flag = libdeflate_crc32(0, bytes.baseAddress! + 1, 1)
        let named = libdeflate_crc32(libdeflate_crc32(0, name.baseAddress, name.count), bytes.baseAddress, 2)
        return (libdeflate_crc32(flag, bases, count), libdeflate_crc32(named, bases, count))
      }
      quality = libdeflate_crc32(sequence, qualities, count)
    }
  }

  private static let prime: UInt64 = 1 << 31 - 1

  @inline(__always)
  private static func product(_ a: UInt64, _ crc: UInt32) -> UInt64 {
    var factor = UInt64(crc) & prime
    if factor == 0 || factor == prime { factor = 1 }
    return a * factor % prime
  }

  /// Adds a read.
  @inline(__always)
  mutating func add(_ read: Read) {
    reads += 1
    sequence = Self.product(sequence, read.sequence)
    name = Self.product(name, read.name)
    quality = Self.product(quality, read.quality)
  }

  /// Adds all reads of another sum.
  public mutating func merge(_ other: ReadChecksum) {
    reads += other.reads
    sequence = sequence * other.sequence % Self.prime
    name = name * other.name % Self.prime
    quality = quality * other.quality % Self.prime
  }

  /// The letter that BAM holds for a base: IUPAC codes and `=` in upper case, N for all else.
  static let letterInBAM: [UInt8] = {
    var table = [UInt8](repeating: UInt8(ascii: "N"), count: 256)
    for byte in "=ACMGRSVTWYHKDBN".utf8 {
      table[Int(byte)] = byte
      table[Int(byte | 0x20)] = byte
    }
    table[Int(UInt8(ascii: "="))] = UInt8(ascii: "=")
    // htslib takes U for T.
    table[Int(UInt8(ascii: "U"))] = UInt8(ascii: "T")
    table[Int(UInt8(ascii: "u"))] = UInt8(ascii: "T")
    return table
  }()
}

/// Where reads went, as checksums: what came in is what was kept and what was dropped.
public struct ReadCustody: Sendable, Hashable, Codable {
  /// Reads as they came in.
  public var input = ReadChecksum()
  /// Reads that went out, as they came in.
  public var kept = ReadChecksum()
  /// Reads that were dropped, as they came in.
  public var dropped = ReadChecksum()
  /// Reads as they went out.
  public var output = ReadChecksum()

  /// No reads.
  public init() {}

  init(input: ReadChecksum, kept: ReadChecksum, dropped: ReadChecksum, output: ReadChecksum) {
    self.input = input
    self.kept = kept
    self.dropped = dropped
    self.output = output
  }

  /// Whether every read that came in was either kept or dropped, by count and by checksum.
  public var balances: Bool {
    var sum = kept
    sum.merge(dropped)
    return sum == input && kept.reads == output.reads
  }

  /// Adds another part.
  public mutating func merge(_ other: ReadCustody) {
    input.merge(other.input)
    kept.merge(other.kept)
    dropped.merge(other.dropped)
    output.merge(other.output)
  }
}
