import Genomics

/// The types of alternate alleles that TYPE tells apart, as bits; source: the classes of htslib 1.16, measured.
enum AlleleType {
  static let reference = 1
  static let snp = 1 << 1
  static let mnp = 1 << 2
  static let indel = 1 << 3
  static let other = 1 << 4
  static let breakend = 1 << 5
  static let overlap = 1 << 6

  /// The types of all alternates of a record; `reference` where there is none of another type.
  static func mask(reference: UnsafeRawBufferPointer, alternates: UnsafeRawBufferPointer) -> Int {
    if alternates.count == 1, alternates[0] == UInt8(ascii: ".") { return Self.reference }
    var mask = 0
    var start = 0
    while start <= alternates.count {
      var end = start
      while end < alternates.count, alternates[end] != UInt8(ascii: ",") { end += 1 }
      mask |= type(reference, UnsafeRawBufferPointer(rebasing: alternates[start..<end]))
      start = end + 1
    }
    return mask == 0 ? Self.reference : mask
  }

  /// The type of one alternate; 0 for what is no variant.
  private static func type(_ ref: UnsafeRawBufferPointer, _ alt: UnsafeRawBufferPointer) -> Int {
    guard let first = alt.first, !ref.isEmpty else { return 0 }
    if alt.count == 1, first == UInt8(ascii: "*") { return overlap }
    if alt.count == 1, ref.count == 1 {
      if first == UInt8(ascii: ".") || first == ref[0] || first == UInt8(ascii: "X") { return 0 }
      return snp
    }
    if first == UInt8(ascii: "<") {
      let isUnspecified = ["<X>", "<*>", "<NON_REF>"].contains { alt.elementsEqual($0.utf8) }
      return isUnspecified ? 0 : other
    }
    if isBracket(first) { return breakend }
    var common = 0
    while common < ref.count, common < alt.count, same(ref[common], alt[common]) { common += 1 }
    if common == ref.count {
      if common == alt.count { return 0 }
      return isBracket(alt[common]) ? breakend : indel
    }
    if common == alt.count { return indel }
    var (refEnd, altEnd) = (ref.count - 1, alt.count - 1)
    while refEnd > common, altEnd > common, same(ref[refEnd], alt[altEnd]) {
      refEnd -= 1
      altEnd -= 1
    }
    if altEnd == common || refEnd == common {
      if altEnd == refEnd { return snp }
      return same(ref[refEnd], alt[altEnd]) ? indel : other
    }
    return refEnd == altEnd ? mnp : other
  }

  private static func isBracket(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]") }
  private static func same(_ a: UInt8, _ b: UInt8) -> Bool { Base.uppercased(a) == Base.uppercased(b) }
}
