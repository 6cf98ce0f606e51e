#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Keys and their places in a list, found from bytes without making a string.
struct KeyTable: Sendable {
  /// A key: its first letters as numbers, so that most are told by a comparison or two.
  fileprivate struct Entry: Sendable {
    var word: UInt64
    /// Which bits of a word are the key's.
    var mask: UInt64
    /// The next eight.
    var secondWord: UInt64
    var secondMask: UInt64
    var length: Int
    /// Where the letters stand among those of all keys.
    var start: Int
  }

  private var slots: [Int32]
  private var entries: [Entry] = []
  private var letters: [UInt8] = []

  /// A table of distinct names.
  init(_ names: [String]) {
    var size = 16
    while size < 4 * names.count { size *= 2 }
    slots = Array(repeating: -1, count: size)
    for (place, name) in names.enumerated() {
      let bytes = Array(name.utf8)
      bytes.withUnsafeBytes { key in
        let count = min(8, key.count)
        let second = max(0, min(8, key.count - 8))
        entries.append(
          Entry(
            word: key.word(at: 0, count: count, mask: Self.mask(count)), mask: Self.mask(count),
            secondWord: key.word(at: 8, count: second, mask: Self.mask(second)), secondMask: Self.mask(second),
            length: key.count, start: letters.count))
        var slot = Int(truncatingIfNeeded: key.mixed(0)) & (size - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
        slots[slot] = Int32(place)
      }
      letters += bytes
    }
    // So that there is an address where all keys are empty.
    letters.append(0)
  }

  private static func mask(_ count: Int) -> UInt64 { count >= 8 ? .max : (1 << (8 * UInt64(count))) - 1 }

  func place(of key: Bytes) -> Int? { withFinder { $0.place(of: key) } }

  /// Gives the table in a form for hot loops, for the time of `body`.
  @inline(__always)
  func withFinder<R>(_ body: (KeyFinder) throws -> R) rethrows -> R {
    try slots.withUnsafeBufferPointer { slots in
      try entries.withUnsafeBufferPointer { entries in
        try letters.withUnsafeBytes { letters in
          try body(KeyFinder(slots: slots, entries: entries, letters: letters))
        }
      }
    }
  }
}

/// A borrowed `KeyTable`.
struct KeyFinder {
  fileprivate let slots: UnsafeBufferPointer<Int32>
  fileprivate let entries: UnsafeBufferPointer<KeyTable.Entry>
  fileprivate let letters: UnsafeRawBufferPointer

  /// A table of nothing.
  static var none: KeyFinder {
    KeyFinder(
      slots: UnsafeBufferPointer(start: nil, count: 0), entries: UnsafeBufferPointer(start: nil, count: 0),
      letters: Bytes(start: nil, count: 0))
  }

  /// The place of a key; nil where the table lacks it.
  func place(of key: Bytes) -> Int? {
    guard !slots.isEmpty else { return nil }
    var slot = Int(truncatingIfNeeded: key.mixed(0)) & (slots.count - 1)
    while true {
      let place = Int(slots[slot])
      if place < 0 { return nil }
      let entry = entries[place]
      if entry.length == key.count, letters.cut(entry.start, entry.start + entry.length).equals(key) { return place }
      slot = (slot + 1) & (slots.count - 1)
    }
  }

  /// Where the key of a place ends, if it is what stands at `at`; nil if it is not.
  /// - Parameter room: how many bytes from the first of `text` on can be read.
  @inline(__always)
  func end(of place: Int, in text: Bytes, at: Int, room: Int) -> Int? {
    let entry = entries[place]
    guard at &+ 16 <= room, entry.length <= 16, let base = text.baseAddress else {
      return slowEnd(of: place, in: text, at: at)
    }
    let first = UInt64(littleEndian: (base + at).loadUnaligned(as: UInt64.self))
    let second = UInt64(littleEndian: (base + at + 8).loadUnaligned(as: UInt64.self))
    let differs = ((first & entry.mask) ^ entry.word) | ((second & entry.secondMask) ^ entry.secondWord)
    return differs == 0 && at &+ entry.length <= text.count ? at &+ entry.length : nil
  }

  @inline(never)
  private func slowEnd(of place: Int, in text: Bytes, at: Int) -> Int? {
    let entry = entries[place]
    let end = at + entry.length
    guard end <= text.count else { return nil }
    return letters.cut(entry.start, entry.start + entry.length).equals(text.cut(at, end)) ? end : nil
  }
}

extension UnsafeRawBufferPointer {
  /// `count` bytes, 8 at most, as a number; `mask` has their bits.
  @inline(__always)
  fileprivate func word(at place: Int, count: Int, mask: UInt64) -> UInt64 {
    if place &+ 8 <= self.count {
      return UInt64(littleEndian: loadUnaligned(fromByteOffset: place, as: UInt64.self)) & mask
    }
    var word: UInt64 = 0
    for index in 0..<count { word |= UInt64(self[place + index]) << (8 * UInt64(index)) }
    return word
  }
}
