import Genomics

/// Collects the alleles of one chunk, in any order, and writes it.
struct KnownChunkWriter {
  private var keys: [UInt32] = []
  private var referenceLengths: [UInt32] = []
  /// ALT of long alleles in `text`; empty for others.
  private var alternates: [Range<Int>] = []
  /// Values, fields innermost; empty for none.
  private var values: [Range<Int>] = []
  private var text: [UInt8] = []
  let fields: Int

  init(fields: Int) { self.fields = fields }

  /// The number of alleles taken.
  var count: Int { keys.count }

  /// Takes an allele, of which `values` come next, one call a field.
  mutating func append(place: Int, code: UInt32, referenceLength: Int, alternate: UnsafeRawBufferPointer) {
    keys.append(UInt32(place) << AlleleCode.bits | code)
    referenceLengths.append(UInt32(referenceLength))
    let start = text.count
    if code == AlleleCode.long { text.append(bytes: alternate) }
    alternates.append(start..<text.count)
  }

  /// Takes the next field's value of the last allele; empty for none.
  mutating func append(value: UnsafeRawBufferPointer) {
    let start = text.count
    text.append(bytes: value)
    values.append(start..<text.count)
  }

  /// The chunk's bytes. Alleles that are the same become one, with their different values joined by `&`.
  /// - Returns: the bytes, the rows, and the alleles that were joined to another.
  mutating func encode() -> (bytes: [UInt8], rows: Int, joined: Int) {
    var order = sorted()
    let joined = joinEqual(&order)
    var bytes: [UInt8] = []
    let longs = order.indices.filter { keys[order[$0]] & AlleleCode.long == AlleleCode.long }
    for value in [order.count, longs.count, fields, 0] { bytes.appendLittleEndian(UInt32(value)) }
    let directory = bytes.count
    bytes += [UInt8](repeating: 0, count: fields * KnownChunkLayout.field)
    appendKeys(order, &bytes)
    let longPlace = bytes.count
    bytes += [UInt8](repeating: 0, count: longs.count * KnownChunkLayout.longAllele)
    for field in 0..<fields { appendColumn(field, order, directory + field * KnownChunkLayout.field, &bytes) }
    for (number, index) in longs.enumerated() {
      let row = order[index]
      let place = longPlace + number * KnownChunkLayout.longAllele
      let entry = [index, Int(referenceLengths[row]), bytes.count, alternates[row].count]
      for (part, value) in entry.enumerated() { bytes.replace(at: place + 4 * part, with: UInt32(value)) }
      bytes += text[alternates[row]]
    }
    bytes.pad()
    return (bytes, order.count, joined)
  }

  // MARK: Rows

  private func sorted() -> [Int] {
    keys.indices.sorted { left, right in
      if keys[left] != keys[right] { return keys[left] < keys[right] }
      return isBefore(left, right) ?? (left < right)
    }
  }

  /// Whether a long allele stands before another of its key; nil where both are the same.
  private func isBefore(_ left: Int, _ right: Int) -> Bool? {
    if referenceLengths[left] != referenceLengths[right] { return referenceLengths[left] < referenceLengths[right] }
    let (first, second) = (text[alternates[left]], text[alternates[right]])
    return first.elementsEqual(second) ? nil : first.lexicographicallyPrecedes(second)
  }

  private mutating func joinEqual(_ order: inout [Int]) -> Int {
    var kept: [Int] = []
    kept.reserveCapacity(order.count)
    for row in order {
      guard let last = kept.last, keys[last] == keys[row], isBefore(last, row) == nil else {
        kept.append(row)
        continue
      }
      for field in 0..<fields { join(last * fields + field, row * fields + field) }
    }
    defer { order = kept }
    return order.count - kept.count
  }

  private mutating func join(_ into: Int, _ other: Int) {
    let (first, second) = (text[values[into]], text[values[other]])
    if second.isEmpty { return }
    let isKnown = first.split(separator: UInt8(ascii: "&")).contains { $0.elementsEqual(second) }
    if isKnown { return }
    let start = text.count
    text += first.isEmpty ? Array(second) : Array(first) + [UInt8(ascii: "&")] + Array(second)
    values[into] = start..<text.count
  }

  private func appendKeys(_ order: [Int], _ bytes: inout [UInt8]) {
    var bucket = 0
    for (row, index) in order.enumerated() {
      let own = Int(keys[index] >> AlleleCode.bits) >> KnownChunkLayout.bucketBits
      while bucket <= own {
        bytes.appendLittleEndian(UInt32(row))
        bucket += 1
      }
    }
    while bucket <= KnownChunkLayout.buckets {
      bytes.appendLittleEndian(UInt32(order.count))
      bucket += 1
    }
    for index in order { bytes.appendLittleEndian(keys[index]) }
  }

  // MARK: Columns

  private func appendColumn(_ field: Int, _ order: [Int], _ entry: Int, _ bytes: inout [UInt8]) {
    let place = bytes.count
    var encoding = KnownEncoding.none
    var width = 0
    var count = 0
    if let numbers = numbers(of: field, order) {
      encoding = .numbers
      count = 1
      width = 4
      appendStrings([numbers.prefix], &bytes)
      for number in numbers.values { bytes.appendLittleEndian(number) }
    } else {
      let (strings, codes) = strings(of: field, order)
      if !strings.isEmpty {
        encoding = .strings
        count = strings.count
        appendStrings(strings, &bytes)
        width = count < 1 << 8 ? 1 : count < 1 << 16 ? 2 : 4
        for code in codes {
          switch width {
          case 1: bytes.append(UInt8(truncatingIfNeeded: code))
          case 2: bytes.appendLittleEndian(UInt16(truncatingIfNeeded: code))
          default: bytes.appendLittleEndian(code)
          }
        }
        bytes.pad()
      }
    }
    for (part, value) in [Int(encoding.rawValue), width, place, count].enumerated() {
      bytes.replace(at: entry + 4 * part, with: UInt32(value))
    }
  }

  private func appendStrings(_ strings: [Range<Int>], _ bytes: inout [UInt8]) {
    var end = 0
    for string in strings {
      end += string.count
      bytes.appendLittleEndian(UInt32(end))
    }
    for string in strings { bytes += text[string] }
    bytes.pad()
  }

  /// Distinct values in the order of their first row, and each row's number from 1; 0 for none.
  private func strings(of field: Int, _ order: [Int]) -> ([Range<Int>], [UInt32]) {
    text.withUnsafeBytes { text in
      var table = ByteStringTable(capacity: order.count)
      var codes: [UInt32] = []
      codes.reserveCapacity(order.count)
      for row in order {
        let value = values[row * fields + field]
        codes.append(value.isEmpty ? 0 : UInt32(table.number(of: value, in: text)) + 1)
      }
      return (table.strings, codes)
    }
  }

  /// The values as a prefix and numbers, as names in a register are (`rs123`): where that is smaller than strings.
  private func numbers(of field: Int, _ order: [Int]) -> (prefix: Range<Int>, values: [UInt32])? {
    var prefix: Range<Int>?
    var found: [UInt32] = []
    found.reserveCapacity(order.count)
    var last: UInt32 = 0
    var changes = 0
    for row in order {
      let value = values[row * fields + field]
      guard !value.isEmpty else {
        found.append(0)
        continue
      }
      guard let (digits, number) = trailingNumber(value) else { return nil }
      let own = value.lowerBound..<digits
      if let prefix {
        guard text[prefix].elementsEqual(text[own]) else { return nil }
      } else {
        prefix = own
      }
      if number != last { changes += 1 }
      last = number
      found.append(number + 1)
    }
    // Few values are smaller as strings.
    guard let prefix, changes > order.count / 2, changes > 256 else { return nil }
    return (prefix, found)
  }

  /// The number that a value ends with, and where it starts: digits without a leading zero, behind no digit.
  private func trailingNumber(_ value: Range<Int>) -> (start: Int, number: UInt32)? {
    var start = value.upperBound
    while start > value.lowerBound, text[start - 1] &- UInt8(ascii: "0") < 10 { start -= 1 }
    let digits = text[start..<value.upperBound]
    guard let first = digits.first, first != UInt8(ascii: "0") || digits.count == 1, digits.count <= 9 else {
      return nil
    }
    return (start, digits.reduce(0) { 10 * $0 + UInt32($1 - UInt8(ascii: "0")) })
  }
}

/// Numbers byte strings in the order of their first appearance.
private struct ByteStringTable {
  private(set) var strings: [Range<Int>] = []
  private var slots: [UInt32]
  private var mask: Int

  init(capacity: Int) {
    mask = 1023
    slots = [UInt32](repeating: 0, count: mask + 1)
  }

  mutating func number(of string: Range<Int>, in text: UnsafeRawBufferPointer) -> Int {
    var slot = hash(string, text) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if UnsafeRawBufferPointer(rebasing: text[strings[number]])
        .elementsEqual(UnsafeRawBufferPointer(rebasing: text[string]))
      {
        return number
      }
      slot = (slot + 1) & mask
    }
    strings.append(string)
    slots[slot] = UInt32(strings.count)
    if 2 * strings.count > mask { grow(text) }
    return strings.count - 1
  }

  private mutating func grow(_ text: UnsafeRawBufferPointer) {
    mask = 4 * mask + 3
    slots = [UInt32](repeating: 0, count: mask + 1)
    for (number, string) in strings.enumerated() {
      var slot = hash(string, text) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(number) + 1
    }
  }

  /// FNV-1a, with its high bits brought down.
  private func hash(_ string: Range<Int>, _ text: UnsafeRawBufferPointer) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in string { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: hash ^ hash >> 29) & Int.max
  }
}
