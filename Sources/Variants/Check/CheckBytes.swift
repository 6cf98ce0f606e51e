import GenomicFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A stretch of a line.
typealias Bytes = UnsafeRawBufferPointer

extension UnsafeRawBufferPointer {
  /// The bytes from `start` to before `end`.
  @inline(__always)
  func cut(_ start: Int, _ end: Int) -> Bytes { Bytes(rebasing: self[start..<end]) }

  /// Where a byte stands first from `start` on.
  @inline(__always)
  func place(of byte: UInt8, from start: Int = 0) -> Int? {
    guard let base = baseAddress, start < count, let found = memchr(base + start, Int32(byte), count - start) else {
      return nil
    }
    return UnsafeRawPointer(found) - base
  }

  @inline(__always)
  func equals(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    guard let base = baseAddress else { return true }
    return memcmp(base, text.utf8Start, count) == 0
  }

  @inline(__always)
  func equals(_ other: Bytes) -> Bool {
    guard count == other.count else { return false }
    guard let base = baseAddress, let otherBase = other.baseAddress else { return true }
    return memcmp(base, otherBase, count) == 0
  }

  func begins(with text: StaticString) -> Bool {
    count >= text.utf8CodeUnitCount && cut(0, text.utf8CodeUnitCount).equals(text)
  }

  /// The bytes for a message: the first forty, with what cannot be printed escaped.
  var shown: String {
    let text = String(decoding: prefix(40), as: UTF8.self).printable
    return count > 40 ? text + "…" : text
  }

  /// Calls `body` with the parts between separators; an empty stretch has one empty part.
  @inline(__always)
  func forEachPart(separator: UInt8, _ body: (Bytes) -> Void) {
    var start = 0
    while let end = place(of: separator, from: start) {
      body(cut(start, end))
      start = end + 1
    }
    body(cut(start, count))
  }

  /// How often a byte stands here.
  @inline(__always)
  func occurrences(of byte: UInt8) -> Int {
    var number = 0
    for other in self where other == byte { number &+= 1 }
    return number
  }

  /// A hash that is the same in every process.
  @inline(__always)
  func mixed(_ seed: UInt64) -> UInt64 {
    var hash = seed ^ (UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15)
    var index = 0
    while index + 8 <= count {
      hash = (hash ^ loadUnaligned(fromByteOffset: index, as: UInt64.self)) &* 0xD6E8_FEB8_6659_FD93
      hash ^= hash >> 32
      index += 8
    }
    while index < count {
      hash = (hash ^ UInt64(self[index])) &* 0x0000_0100_0000_01B3
      index += 1
    }
    hash ^= hash >> 32
    hash = hash &* 0xD6E8_FEB8_6659_FD93
    return hash ^ (hash >> 29)
  }
}

/// Letters that the grammars of names go by.
enum NameGrammar {
  @inline(__always)
  static func isAlphanumeric(_ byte: UInt8) -> Bool { byte &- 48 < 10 || (byte | 32) &- 97 < 26 }

  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte &- 9 < 5 }

  /// A key of INFO or FORMAT as 4.3 defines it (section 1.6.1.8): a letter or `_`, then letters, digits, `_` and `.`.
  static func isKey(_ key: some Collection<UInt8>) -> Bool {
    guard let first = key.first, first == 95 || (first | 32) &- 97 < 26 else { return false }
    return key.dropFirst().allSatisfy { isAlphanumeric($0) || $0 == 95 || $0 == 46 }
  }

  /// A contig's name as 4.3 defines it (section 1.4.7), which is SAM's grammar.
  static func isContig(_ name: some Collection<UInt8>) -> Bool {
    guard let first = name.first, first != UInt8(ascii: "*"), first != UInt8(ascii: "=") else { return false }
    return name.allSatisfy { $0 > 32 && $0 < 127 && !forbidden.contains($0) }
  }

  private static let forbidden = Set("\\,\"`'()[]{}<>".utf8)

  /// A contig's name as 4.1 and 4.2 have it: no blanks, commas or angle brackets; colons are the caller's matter.
  static func isOldContig(_ name: some Collection<UInt8>) -> Bool {
    !name.isEmpty
      && name.allSatisfy {
        !isBlank($0) && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">")
          && $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: "]")
      }
  }
}

extension String {
  /// With control characters, and marks that turn the direction of writing, escaped: what a terminal may show.
  var printable: String {
    var text = ""
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
        text += scalar.escaped(asASCII: true)
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
