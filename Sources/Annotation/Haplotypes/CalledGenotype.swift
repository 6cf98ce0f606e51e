/// A genotype's alleles, read again and again into the same buffer; -1 is a missing one.
///
/// Grammar: VCF 4.5, section 1.6.2, with the mark of phase before the first allele.
struct CalledGenotype {
  private(set) var alleles: [Int] = []
  /// Whether every allele is phased with the one before it.
  private(set) var isPhased = false

  /// Whether a text calls nothing but the reference, which most do.
  static func isReference(_ text: UnsafeRawBufferPointer) -> Bool {
    if text.isEmpty { return false }
    if text.count == 3 {
      return text[0] == UInt8(ascii: "0") && text[2] == UInt8(ascii: "0")
        && (text[1] == UInt8(ascii: "|") || text[1] == UInt8(ascii: "/"))
    }
    return text.count == 1 && text[0] == UInt8(ascii: "0")
  }

  /// Reads a text.
  /// - Parameter limit: the greatest allele number.
  /// - Returns: false where it is no genotype of the record.
  mutating func read(_ text: UnsafeRawBufferPointer, limit: Int) -> Bool {
    alleles.removeAll(keepingCapacity: true)
    isPhased = true
    var index = 0
    // A mark before the first allele tells of that allele.
    if let first = text.first, first == UInt8(ascii: "|") || first == UInt8(ascii: "/") {
      if first == UInt8(ascii: "/") { isPhased = false }
      index = 1
    }
    while true {
      guard index < text.count else { return false }
      if text[index] == UInt8(ascii: ".") {
        alleles.append(-1)
        index += 1
      } else {
        var value = 0
        let start = index
        while index < text.count, text[index] &- UInt8(ascii: "0") < 10 {
          value = value * 10 + Int(text[index] &- UInt8(ascii: "0"))
          guard value <= limit else { return false }
          index += 1
        }
        guard index > start else { return false }
        alleles.append(value)
      }
      if index == text.count { return true }
      switch text[index] {
      case UInt8(ascii: "|"): break
      case UInt8(ascii: "/"): isPhased = false
      default: return false
      }
      index += 1
    }
  }
}
