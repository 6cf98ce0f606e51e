/// One chunk of a source in the mapped cache: finds an allele, and reads its values. Nothing is allocated or locked.
struct KnownChunk {
  // Points into the mapped file, which the cache keeps.
  let bytes: UnsafeRawBufferPointer
  let rows: Int
  private let longs: Int
  private let buckets: Int
  private let keys: Int
  private let longPlace: Int

  /// - Returns: nil where the bytes cannot be a chunk of so many fields. Places inside are checked by the chunk's
  ///   checksum, which the caller compares first.
  init?(_ bytes: UnsafeRawBufferPointer, fields: Int) {
    guard bytes.count >= KnownChunkLayout.head, bytes.u32(at: 8) == fields else { return nil }
    self.bytes = bytes
    rows = bytes.u32(at: 0)
    longs = bytes.u32(at: 4)
    buckets = KnownChunkLayout.head + fields * KnownChunkLayout.field
    keys = buckets + 4 * (KnownChunkLayout.buckets + 1)
    longPlace = keys + 4 * rows
    guard longPlace + longs * KnownChunkLayout.longAllele <= bytes.count else { return nil }
  }

  /// The row of an allele; nil where the source does not have it.
  /// - Parameters:
  ///   - place: where REF starts, counted from the chunk's first base.
  ///   - alternate: ALT in its canonical form; looked at only for long alleles.
  func row(
    place: Int, code: UInt32, referenceLength: Int, alternate: UnsafeRawBufferPointer
  ) -> Int? {
    let key = UInt32(place) << AlleleCode.bits | code
    let bucket = buckets + 4 * (place >> KnownChunkLayout.bucketBits)
    var low = bytes.u32(at: bucket)
    var high = bytes.u32(at: bucket + 4)
    let end = high
    while low < high {
      let middle = (low + high) / 2
      if UInt32(truncatingIfNeeded: bytes.u32(at: keys + 4 * middle)) < key { low = middle + 1 } else { high = middle }
    }
    guard low < end, bytes.u32(at: keys + 4 * low) == Int(key) else { return nil }
    return code == AlleleCode.long ? longRow(low, key, referenceLength, alternate) : low
  }

  /// Calls `body` with ALT and row of every substitution of one to four bases that starts at a place.
  func forEachSubstitution(place: Int, _ body: (_ alternate: [UInt8], _ row: Int) -> Void) {
    let key = UInt32(place) << AlleleCode.bits
    let bucket = buckets + 4 * (place >> KnownChunkLayout.bucketBits)
    var low = bytes.u32(at: bucket)
    let end = bytes.u32(at: bucket + 4)
    var high = end
    while low < high {
      let middle = (low + high) / 2
      if UInt32(truncatingIfNeeded: bytes.u32(at: keys + 4 * middle)) < key { low = middle + 1 } else { high = middle }
    }
    // Codes of substitutions are the lowest ones.
    while low < end {
      let code = UInt32(truncatingIfNeeded: bytes.u32(at: keys + 4 * low)) &- key
      guard let alternate = AlleleCode.substitution(code) else { return }
      body(alternate, low)
      low += 1
    }
  }

  /// Place in the chunk and code of a row's allele, as `KnownChunkLayout` packs them.
  func key(of row: Int) -> UInt32 { UInt32(truncatingIfNeeded: bytes.u32(at: keys + 4 * row)) }

  /// ALT and the length of REF of each long allele, by row.
  var longAlleles: [Int: (referenceLength: Int, alternate: [UInt8])] {
    var found: [Int: (referenceLength: Int, alternate: [UInt8])] = [:]
    for index in 0..<longs {
      let (place, count) = (longEntry(index, 8), longEntry(index, 12))
      found[longEntry(index, 0)] = (longEntry(index, 4), Array(bytes[place..<(place + count)]))
    }
    return found
  }

  private func longRow(
    _ first: Int, _ key: UInt32, _ referenceLength: Int, _ alternate: UnsafeRawBufferPointer
  ) -> Int? {
    var low = 0
    var high = longs
    while low < high {
      let middle = (low + high) / 2
      if longEntry(middle, 0) < first { low = middle + 1 } else { high = middle }
    }
    while low < longs, bytes.u32(at: keys + 4 * longEntry(low, 0)) == Int(key) {
      if longEntry(low, 4) == referenceLength, longEntry(low, 12) == alternate.count,
        bytes[longEntry(low, 8)..<(longEntry(low, 8) + alternate.count)].elementsEqual(alternate)
      {
        return longEntry(low, 0)
      }
      low += 1
    }
    return nil
  }

  private func longEntry(_ index: Int, _ offset: Int) -> Int {
    bytes.u32(at: longPlace + index * KnownChunkLayout.longAllele + offset)
  }

  /// Appends a row's value of a field.
  /// - Returns: false where the row has none.
  func append(field: Int, of row: Int, to output: inout [UInt8]) -> Bool {
    guard let column = KnownColumn(bytes, field: field) else { return false }
    let code = column.code(of: row)
    guard code > 0 else { return false }
    if column.encoding == .numbers {
      output.append(bytes: column.string(0))
      output.append(contentsOf: String(code - 1).utf8)
    } else {
      output.append(bytes: column.string(code - 1))
    }
    return true
  }
}
