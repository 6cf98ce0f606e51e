import Crypto

/// The container of an annotation cache: sections, each at a multiple of 64, written one behind the other, and behind
/// them the table that tells where they stand.
///
/// Head (little endian): magic 8, format version u32, zeros up to 64. Entry of the table: name 16 (ASCII, zeros behind),
/// offset u64, length u64, SHA-256 of the section 32. Trailer: offset of the table u64, length of the file u64, number of
/// sections u32, zeros 4, SHA-256 of head, table and trailer with this digest as zeros 32, magic 8. What lies between
/// sections is zeros.
enum CacheLayout {
  static let magic = Array("APUSANN\n".utf8)
  /// 2: the provenance names the digest of the whole assembly. 3: the reference's bases, versions of proteins,
  /// selenocysteines, differences between transcripts and the reference; sources of known variants; the table stands at
  /// the end, so that sections larger than memory can be written. 4: MANE counterparts, support levels, APPRIS, CCDS, HGNC
  /// ids and sources of symbols; mature miRNAs; regulatory features.
  static let version: UInt32 = 4
  static let alignment = 64
  private static let trailerDigest = 24..<56

  /// A section's place in the file, in bytes.
  struct Section {
    var name: String
    var range: Range<Int>
    var sha256: [UInt8]
  }

  /// What a file begins with.
  static var head: [UInt8] {
    var head = magic
    head.appendLittleEndian(version)
    return head + [UInt8](repeating: 0, count: alignment - head.count)
  }

  /// What a file ends with.
  /// - Parameter offset: where the table stands.
  static func tail(_ sections: [Section], at offset: Int) -> [UInt8] {
    var tail: [UInt8] = []
    for section in sections {
      tail += Array(section.name.utf8) + [UInt8](repeating: 0, count: 16 - section.name.utf8.count)
      tail.appendLittleEndian(UInt64(section.range.lowerBound))
      tail.appendLittleEndian(UInt64(section.range.count))
      tail += section.sha256
    }
    let trailer = tail.count
    tail.appendLittleEndian(UInt64(offset))
    tail.appendLittleEndian(UInt64(offset + tail.count - 8 + alignment))
    tail.appendLittleEndian(UInt32(sections.count))
    tail += [UInt8](repeating: 0, count: 4 + trailerDigest.count)
    tail += magic
    let digest = SHA256.hash(data: head + tail)
    tail.replaceSubrange(
      (trailer + trailerDigest.lowerBound)..<(trailer + trailerDigest.upperBound), with: Array(digest))
    return tail
  }

  /// Reads head, table and trailer, and checks their digest, the file's length and that the sections lie in it.
  /// - Returns: the sections, and the digest, which names the content.
  static func decode(
    _ file: UnsafeRawBufferPointer, path: String
  ) throws(CacheError) -> (sections: [Section], digest: [UInt8]) {
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
    let trailer = file.count - alignment
    guard trailer >= alignment, file.count % alignment == 0, file[(file.count - 8)...].elementsEqual(magic),
      file.littleEndian(UInt64.self, at: trailer + 8) == file.count
    else { throw damaged(path, "it is cut, or its length is not the one that it states") }
    let count = Int(file.littleEndian(UInt32.self, at: trailer + 16))
    guard count <= 4096, let offset = Int(exactly: file.littleEndian(UInt64.self, at: trailer)), offset >= alignment,
      offset == trailer - alignment * count
    else { throw damaged(path, "its section table lies outside the file") }
    let stated = Array(file[(trailer + trailerDigest.lowerBound)..<(trailer + trailerDigest.upperBound)])
    var checked = Array(file[..<alignment]) + Array(file[offset...])
    let place = checked.count - alignment
    checked.replaceSubrange(
      (place + trailerDigest.lowerBound)..<(place + trailerDigest.upperBound),
      with: [UInt8](repeating: 0, count: trailerDigest.count))
    guard Array(SHA256.hash(data: checked)) == stated else {
      throw damaged(path, "its section table differs from its digest")
    }
    var sections: [Section] = []
    for index in 0..<count {
      let entry = offset + alignment * index
      let name = String(decoding: file[entry..<(entry + 16)].prefix { $0 != 0 }, as: UTF8.self)
      guard let start = Int(exactly: file.littleEndian(UInt64.self, at: entry + 16)),
        let length = Int(exactly: file.littleEndian(UInt64.self, at: entry + 24)), start % alignment == 0,
        start <= offset, length <= offset - start
      else { throw damaged(path, "section \(name) lies outside the file") }
      sections.append(
        Section(name: name, range: start..<(start + length), sha256: Array(file[(entry + 32)..<(entry + 64)])))
    }
    return (sections, stated)
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
    let end = min(file.count, (section.range.upperBound + alignment - 1) / alignment * alignment)
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
