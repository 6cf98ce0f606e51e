import CCompression
import Genomics

/// Reads the integers that CRAM's structures are made of (CRAM 3.1 specification, section 2.3).
struct CRAMScanner {
  private let bytes: UnsafeRawBufferPointer
  /// Where the next byte stands.
  private(set) var place: Int

  init(_ bytes: UnsafeRawBufferPointer, at place: Int) {
    self.bytes = bytes
    self.place = place
  }

  /// A byte; nil at the end.
  mutating func byte() -> UInt8? {
    guard place < bytes.count else { return nil }
    defer { place += 1 }
    return bytes[place]
  }

  /// Four bytes, the lowest first.
  mutating func word() -> UInt32? {
    guard place + 4 <= bytes.count else { return nil }
    defer { place += 4 }
    return UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
  }

  /// An ITF8: leading ones of the first byte count the bytes that follow, at most four.
  mutating func itf8() -> Int? {
    guard let first = byte() else { return nil }
    let following = min((~first).leadingZeroBitCount, 4)
    // The fifth byte gives four bits only.
    var value = following == 4 ? UInt32(first & 0x0F) : UInt32(first) & (0x7F >> UInt32(following))
    for index in 0..<following {
      guard let next = byte() else { return nil }
      value = index == 3 ? value << 4 | UInt32(next & 0x0F) : value << 8 | UInt32(next)
    }
    return Int(Int32(bitPattern: value))
  }

  /// An LTF8: as ITF8, with eight bytes at most behind the first.
  mutating func ltf8() -> Int? {
    guard let first = byte() else { return nil }
    let following = (~first).leadingZeroBitCount
    var value = following >= 7 ? 0 : UInt64(first) & (0x7F >> UInt64(following))
    for _ in 0..<following {
      guard let next = byte() else { return nil }
      value = value << 8 | UInt64(next)
    }
    return Int(Int64(bitPattern: value))
  }
}

/// What stands in front of a container's blocks (CRAM 3.1 specification, section 7).
struct CRAMContainerHeader {
  /// The bytes of the header itself, its CRC-32 included.
  var size: Int
  /// The bytes of the blocks behind it.
  var length: Int
  /// The contig that all records are on; -1 for unmapped ones, -2 for several contigs.
  var contig: Int
  /// Where its first alignment starts, counted from 1, and how many bases all of them span.
  var start: Int
  var span: Int
  var records: Int
  var blocks: Int

  /// The largest container that is taken, in bytes.
  static let longest = 1 << 30

  enum Fault: Error {
    /// The bytes end inside the header.
    case short
    case checksum
    case malformed
  }

  init(_ bytes: UnsafeRawBufferPointer, at place: Int) throws(Fault) {
    var scanner = CRAMScanner(bytes, at: place)
    guard let length = scanner.word(), let contig = scanner.itf8(), let start = scanner.itf8(),
      let span = scanner.itf8(), let records = scanner.itf8(), scanner.ltf8() != nil, scanner.ltf8() != nil,
      let blocks = scanner.itf8(), let landmarks = scanner.itf8()
    else { throw .short }
    // A count of landmarks that makes no sense would wait for bytes to the end of the file.
    guard length <= Self.longest, records >= 0, blocks >= 0, (0...1 << 20).contains(landmarks) else {
      throw .malformed
    }
    for _ in 0..<landmarks { guard scanner.itf8() != nil else { throw .short } }
    let end = scanner.place
    guard let stored = scanner.word() else { throw .short }
    guard libdeflate_crc32(0, bytes.baseAddress.map { $0 + place }, end - place) == stored else { throw .checksum }
    size = scanner.place - place
    self.length = Int(length)
    self.contig = contig
    self.start = start
    self.span = span
    self.records = records
    self.blocks = blocks
  }

  /// Whether it is the container that ends a file: no records, and "EOF" for a start.
  var isEndOfFile: Bool { records == 0 && contig == -1 && start == 0x45_4F46 }
}

/// One block of a container (CRAM 3.1 specification, section 8).
struct CRAMBlock {
  var start: Int
  var method: UInt8
  var inflatedSize: Int
  var data: Range<Int>
  /// Behind its CRC-32.
  var end: Int

  /// Reads the block at `place` and checks its CRC-32.
  init(_ bytes: UnsafeRawBufferPointer, at place: Int) throws(CRAMContainerHeader.Fault) {
    var scanner = CRAMScanner(bytes, at: place)
    guard let method = scanner.byte(), scanner.byte() != nil, scanner.itf8() != nil, let size = scanner.itf8(),
      let inflated = scanner.itf8(), size >= 0, inflated >= 0
    else { throw .malformed }
    let dataStart = scanner.place
    guard dataStart + size + 4 <= bytes.count else { throw .malformed }
    var trailer = CRAMScanner(bytes, at: dataStart + size)
    guard libdeflate_crc32(0, bytes.baseAddress.map { $0 + place }, dataStart + size - place) == trailer.word() else {
      throw .checksum
    }
    start = place
    self.method = method
    inflatedSize = inflated
    data = dataStart..<(dataStart + size)
    end = dataStart + size + 4
  }
}
