import GenomicFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The INFO values of a record that statistics need, found in one pass over INFO. The first of a key counts.
struct StatsInfo {
  /// A value as it stands.
  enum Value {
    case absent
    /// The key without `=`.
    case flag
    case text(Range<Int>)
  }

  var alleleCounts = Value.absent
  var alleleNumber = Value.absent
  var depth = Value.absent
  var end = Value.absent
  var frequencies = Value.absent

  /// - Parameter tag: the key of allele frequencies; nil where they are not asked for.
  @inline(__always)
  init(_ view: VariantRecords, _ record: Int, tag: [UInt8]?) {
    let info = view.column(.info, of: record)
    guard let base = view.bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
    var start = info.lowerBound
    let end = info.upperBound
    while start < end {
      let semicolon = memchr(base + start, Int32(UInt8(ascii: ";")), end - start)
      let stop = semicolon.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? end
      let first = base[start]
      if first == UInt8(ascii: "A") || first == UInt8(ascii: "D"), stop - start >= 2 {
        let isKey = stop - start == 2 || base[start + 2] == UInt8(ascii: "=")
        if isKey {
          switch (first, base[start + 1]) {
          case (UInt8(ascii: "A"), UInt8(ascii: "C")): Self.take(&alleleCounts, start, stop, 2)
          case (UInt8(ascii: "A"), UInt8(ascii: "N")): Self.take(&alleleNumber, start, stop, 2)
          case (UInt8(ascii: "D"), UInt8(ascii: "P")): Self.take(&depth, start, stop, 2)
          default: break
          }
        }
      } else if first == UInt8(ascii: "E"), stop - start > 4, base[start + 1] == UInt8(ascii: "N"),
        base[start + 2] == UInt8(ascii: "D"), base[start + 3] == UInt8(ascii: "=")
      {
        Self.take(&self.end, start, stop, 3)
      }
      if let tag, Self.isKey(tag, base, start, stop) { Self.take(&frequencies, start, stop, tag.count) }
      start = stop + 1
    }
  }

  @inline(__always)
  private static func take(_ value: inout Value, _ start: Int, _ stop: Int, _ keyCount: Int) {
    guard case .absent = value else { return }
    value = stop - start == keyCount ? .flag : .text((start + keyCount + 1)..<stop)
  }

  private static func isKey(_ key: [UInt8], _ base: UnsafePointer<UInt8>, _ start: Int, _ stop: Int) -> Bool {
    let count = stop - start
    guard count >= key.count, count == key.count || base[start + key.count] == UInt8(ascii: "=") else { return false }
    return key.withUnsafeBufferPointer { memcmp($0.baseAddress ?? base, base + start, key.count) == 0 }
  }
}

/// Whole numbers as htslib reads them: as many digits as there are.
enum StatsNumber {
  /// nil where there is no digit, or none that 32 bits hold: missing.
  @inline(__always)
  static func integer(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
    var index = range.lowerBound
    let end = range.upperBound
    guard index < end else { return nil }
    let isNegative = bytes[index] == UInt8(ascii: "-")
    if isNegative || bytes[index] == UInt8(ascii: "+") { index += 1 }
    let firstDigit = index
    var value = 0
    while index < end {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      value = value * 10 + Int(digit)
      if value > Int(Int32.max) { return nil }
      index += 1
    }
    guard index > firstDigit else { return nil }
    return isNegative ? -value : value
  }
}
