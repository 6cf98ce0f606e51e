#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The entries `KEY=VALUE` of an annotation, as views of its bytes: not to outlive them.
///
/// Every record has the same keys in the same order, so that a key is looked for behind the one that was asked last.
struct AnnotationEntries {
  private let text: UnsafeRawBufferPointer
  private var entries: [(key: Range<Int>, value: Range<Int>)] = []
  private var next = 0

  /// - Parameter text: entries with `;` between them. What has no `=` is left out.
  init(_ text: UnsafeRawBufferPointer) {
    self.text = text
    entries.reserveCapacity(32)
    var start = 0
    while start < text.count {
      let end = text.index(of: UInt8(ascii: ";"), from: start) ?? text.count
      if let equals = text.index(of: UInt8(ascii: "="), from: start), equals < end {
        entries.append((start..<equals, (equals + 1)..<end))
      }
      start = end + 1
    }
  }

  /// The value of a key; nil where it is not there.
  mutating func value(of key: [UInt8]) -> UnsafeRawBufferPointer? {
    for step in entries.indices {
      let place = next + step < entries.count ? next + step : next + step - entries.count
      guard text.equals(key, in: entries[place].key) else { continue }
      next = place
      return UnsafeRawBufferPointer(rebasing: text[entries[place].value])
    }
    return nil
  }

  /// The value that a key has for an allele, where it has one for each; nil for `.` or none.
  /// - Parameter allele: counted from 1.
  mutating func value(of key: [UInt8], allele: Int) -> UnsafeRawBufferPointer? {
    guard let list = value(of: key) else { return nil }
    var start = 0
    for _ in 1..<max(1, allele) {
      guard let comma = list.index(of: UInt8(ascii: ","), from: start) else { return nil }
      start = comma + 1
    }
    let end = list.index(of: UInt8(ascii: ","), from: start) ?? list.count
    if start == end || (end == start + 1 && list[start] == UInt8(ascii: ".")) { return nil }
    return UnsafeRawBufferPointer(rebasing: list[start..<end])
  }
}

extension UnsafeRawBufferPointer {
  /// Where a byte stands first at or behind a place.
  fileprivate func index(of byte: UInt8, from start: Int) -> Int? {
    guard let base = baseAddress, start < count, let found = memchr(base + start, Int32(byte), count - start) else {
      return nil
    }
    return UnsafeRawPointer(found) - base
  }

  fileprivate func equals(_ bytes: [UInt8], in range: Range<Int>) -> Bool {
    guard range.count == bytes.count else { return false }
    guard let base = baseAddress, !bytes.isEmpty else { return bytes.isEmpty }
    return bytes.withUnsafeBytes { own in
      own.baseAddress.map { memcmp(base + range.lowerBound, $0, own.count) == 0 } ?? true
    }
  }
}
