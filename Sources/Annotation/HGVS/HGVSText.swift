/// What names are put together of, appended to a buffer.
enum HGVSText {
  /// Appends a number in decimal digits.
  @inline(__always)
  static func append(_ number: Int, to output: inout [UInt8]) {
    if number < 10, number >= 0 {
      output.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number))
      return
    }
    appendDigits(number, to: &output)
  }

  private static func appendDigits(_ number: Int, to output: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var rest = number.magnitude
      var first = 20
      repeat {
        let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 10)
        first -= 1
        digits[first] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: remainder)
        rest = quotient
      } while rest > 0
      if number < 0 { output.append(UInt8(ascii: "-")) }
      output.append(contentsOf: UnsafeBufferPointer(rebasing: digits[first..<20]))
    }
  }

  /// Appends fixed text.
  @inline(__always)
  static func append(_ text: StaticString, to output: inout [UInt8]) {
    output.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends a text of the cache; what would end a VCF's value or entry is replaced as `CSQ` replaces it.
  static func append(_ text: MappedText, to output: inout [UInt8]) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "|"), UInt8(ascii: ","), UInt8(ascii: ";"): output.append(UInt8(ascii: "&"))
      case UInt8(ascii: "="), UInt8(ascii: " "), UInt8(ascii: "\t"): output.append(UInt8(ascii: "_"))
      default: output.append(byte)
      }
    }
  }

  /// `=`, which INFO may not hold as such (VCF 4.3, section 1.0.2).
  static func appendEquals(to output: inout [UInt8]) { append("%3D", to: &output) }

  private static let residues: [UInt8] = {
    // A to Z; U is selenocysteine, X an unknown residue.
    let names = [
      "Ala", "Xaa", "Cys", "Asp", "Glu", "Phe", "Gly", "His", "Ile", "Xaa", "Lys", "Leu", "Met", "Asn", "Xaa", "Pro",
      "Gln", "Arg", "Ser", "Thr", "Sec", "Val", "Trp", "Xaa", "Tyr", "Xaa",
    ]
    return names.flatMap { Array($0.utf8) }
  }()

  /// Appends a residue's three letters; `Ter` for `*`.
  /// - Precondition: `residue` is a capital or `*`.
  static func append(residue: UInt8, to output: inout [UInt8]) {
    guard residue != UInt8(ascii: "*") else { return append("Ter", to: &output) }
    let first = 3 * Int(residue &- UInt8(ascii: "A"))
    output.append(contentsOf: residues[first..<(first + 3)])
  }
}
