import Crypto

/// The container: 64 bytes of head, a table of sections of 64 bytes each, then the sections, each at a multiple of 64.
///
/// Head (little endian): magic 8, format version u32, number of sections u32, length of the file u64, SHA-256 of head
/// and table with this digest as zeros 32, zeros 8. Entry of the table: name 16 (ASCII, zeros behind), offset u64,
/// length u64, SHA-256 of the section 32. What lies between sections is zeros.
enum CacheLayout {
  static let magic = Array("APUSANN\n".utf8)
  /// 2: the provenance names the digest of the whole assembly. 3: the reference's bases, versions of proteins,
  /// selenocysteines, differences between transcripts and the reference.
  static let version: UInt32 = 3
  static let alignment = 64
  static let digestRange = 24..<56

  /// A section's place in the file, in bytes.
  struct Section {
    var name: String
    var range: Range<Int>
    var sha256: [UInt8]
  }

  /// A section to be written: its bytes come when they are asked for, so that the file is never whole in memory.
  struct Content {
    var name: String
    var count: Int
    var sha256: [UInt8]
    /// Gives the bytes, piece by piece.
    var write: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void

    /// A section that is in memory.
    init(_ name: String, _ bytes: [UInt8]) {
      self.init(name, count: bytes.count, sha256: Array(SHA256.hash(data: bytes))) { body in
        try bytes.withUnsafeBytes(body)
      }
    }

    /// A section of known length and digest.
    init(
      _ name: String, count: Int, sha256: [UInt8],
      write: @escaping ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
    ) {
      self.name = name
      self.count = count
      self.sha256 = sha256
      self.write = write
    }
  }

  /// Gives the file's bytes for these sections, piece by piece.
  static func write(_ sections: [Content], _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    var table: [UInt8] = []
    var offset = alignment * (1 + sections.count)
    for section in sections {
      table += Array(section.name.utf8) + [UInt8](repeating: 0, count: 16 - section.name.utf8.count)
      table.appendLittleEndian(UInt64(offset))
      table.appendLittleEndian(UInt64(section.count))
      table += section.sha256
      offset += padded(section.count)
    }
    var head = magic
    head.appendLittleEndian(version)
    head.appendLittleEndian(UInt32(sections.count))
    head.appendLittleEndian(UInt64(offset))
    head += [UInt8](repeating: 0, count: 40)
    head += table
    head.replaceSubrange(digestRange, with: Array(SHA256.hash(data: head)))
    try head.withUnsafeBytes(body)
    for section in sections {
      var written = 0
      try section.write { bytes in
        written += bytes.count
        try body(bytes)
      }
      precondition(written == section.count, "a section has the length that it states")
      try [UInt8](repeating: 0, count: padded(section.count) - section.count).withUnsafeBytes(body)
    }
  }

  /// Reads head and table, and checks their digest, the file's length and that the sections lie in it.
  static func decode(_ file: UnsafeRawBufferPointer, path: String) throws(CacheError) -> [Section] {
    guard file.count >= alignment, file[..<8].elementsEqual(magic) else {
      throw CacheError(
        .notACache, path: path, "the file is no annotation cache", remedy: "make one with apus cache build")
    }
    let found = file.littleEndian(UInt32.self, at: 8)
    guard found == version else {
      throw CacheError(
        .notACache, path: path, "the cache has format \(found), this version of Apus reads format \(version)",
        remedy: "make it again with apus cache build")
    }
    let count = Int(file.littleEndian(UInt32.self, at: 12))
    guard count <= 1024, file.count >= alignment * (1 + count), file.littleEndian(UInt64.self, at: 16) == file.count
    else { throw damaged(path, "its length is not the one that it states") }
    var head = Array(file[..<(alignment * (1 + count))])
    head.replaceSubrange(digestRange, with: [UInt8](repeating: 0, count: digestRange.count))
    guard Array(SHA256.hash(data: head)) == Array(file[digestRange]) else {
      throw damaged(path, "its section table differs from its digest")
    }
    var sections: [Section] = []
    for index in 0..<count {
      let entry = alignment * (1 + index)
      let name = String(decoding: file[entry..<(entry + 16)].prefix { $0 != 0 }, as: UTF8.self)
      guard let offset = Int(exactly: file.littleEndian(UInt64.self, at: entry + 16)),
        let length = Int(exactly: file.littleEndian(UInt64.self, at: entry + 24)), offset % alignment == 0,
        offset <= file.count, length <= file.count - offset
      else { throw damaged(path, "section \(name) lies outside the file") }
      sections.append(
        Section(
          name: name, range: offset..<(offset + length), sha256: Array(file[(entry + 32)..<(entry + 64)])))
    }
    return sections
  }

  /// Compares a section with its digest, and what lies behind it with zeros.
  static func verify(_ section: Section, in file: UnsafeRawBufferPointer, path: String) throws(CacheError) {
    guard sha256(UnsafeRawBufferPointer(rebasing: file[section.range])) == section.sha256 else {
      throw damaged(path, "section \(section.name) differs from its digest")
    }
    try verifyPadding(section, in: file, path: path)
  }

  /// Compares what lies behind a section with zeros.
  static func verifyPadding(_ section: Section, in file: UnsafeRawBufferPointer, path: String) throws(CacheError) {
    let end = min(file.count, section.range.lowerBound + padded(section.range.count))
    guard file[section.range.upperBound..<end].allSatisfy({ $0 == 0 }) else {
      throw damaged(path, "what lies behind section \(section.name) is not empty")
    }
  }

  /// SHA-256 of bytes.
  static func sha256(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var hasher = SHA256()
    hasher.update(bufferPointer: bytes)
    return Array(hasher.finalize())
  }

  static func damaged(_ path: String, _ reason: String) -> CacheError {
    CacheError(.damaged, path: path, "the cache is damaged: \(reason)", remedy: "make it again with apus cache build")
  }

  /// Lower-case hexadecimal digits of bytes.
  static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  private static func padded(_ count: Int) -> Int { (count + alignment - 1) / alignment * alignment }
}

extension [UInt8] {
  mutating func appendLittleEndian(_ value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}

extension UnsafeRawBufferPointer {
  @inline(__always)
  func littleEndian<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type, at offset: Int) -> T {
    T(littleEndian: loadUnaligned(fromByteOffset: offset, as: T.self))
  }
}
