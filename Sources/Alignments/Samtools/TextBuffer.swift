#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Text in the making, with numbers as C's `printf` writes them, so that equal values are equal bytes.
struct TextBuffer {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ text: String) { bytes += text.utf8 }

  /// A tab and a decimal integer.
  mutating func append(tab number: Int) {
    bytes.append(UInt8(ascii: "\t"))
    if number >= 0, number < 10 {
      bytes.append(UInt8(ascii: "0") + UInt8(number))
    } else {
      bytes += String(number).utf8
    }
  }

  /// A tab and a number in a format of C's `printf` for one double: `%.2f`, `%g`.
  mutating func append(tab number: Double, _ format: StaticString) {
    bytes.append(UInt8(ascii: "\t"))
    append(number, format)
  }

  /// A tab and a share in percent with two decimal places. Most shares of long reads' last cycles are none or all.
  mutating func append(tab part: Int, percentOf whole: Int) {
    switch part {
    case 0: append("\t0.00")
    case whole: append("\t100.00")
    default: append(tab: 100 * Double(part) / Double(whole), "%.2f")
    }
  }

  /// A number in a format of C's `printf` for one double.
  mutating func append(_ number: Double, _ format: StaticString) {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
      guard let base = buffer.baseAddress else { return }
      let format = UnsafeRawPointer(format.utf8Start).assumingMemoryBound(to: CChar.self)
      let length = withVaList([number]) { vsnprintf(base, buffer.count, format, $0) }
      guard length > 0 else { return }
      bytes += UnsafeRawBufferPointer(start: base, count: min(Int(length), buffer.count - 1))
    }
  }

  mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }
}
