/// A value of GT, taken apart (section 1.6.2; 1.4.2 in 4.1 and 4.2).
struct GenotypeText {
  private(set) var isGood = true
  private(set) var ploidy = 0
  /// The highest allele; nil where all are missing.
  private(set) var highest: Int?
  /// A mark stands before the first allele (since 4.4).
  private(set) var hasLeadingMark = false
  /// Both marks stand between alleles.
  private(set) var isMixed = false

  init(_ text: Bytes) {
    var marks: (unphased: Bool, phased: Bool) = (false, false)
    var at = 0
    func isMark(_ place: Int) -> Bool {
      place < text.count && (text[place] == UInt8(ascii: "/") || text[place] == UInt8(ascii: "|"))
    }
    if isMark(0) {
      hasLeadingMark = true
      at = 1
    }
    while true {
      if at < text.count, text[at] == UInt8(ascii: ".") {
        at += 1
      } else {
        let start = at
        var allele = 0
        while at < text.count, text[at] &- 48 < 10, at - start < 9 {
          allele = allele * 10 + Int(text[at] &- 48)
          at += 1
        }
        guard at > start else {
          isGood = false
          return
        }
        highest = max(highest ?? 0, allele)
      }
      ploidy += 1
      guard at < text.count else { break }
      guard isMark(at) else {
        isGood = false
        return
      }
      if text[at] == UInt8(ascii: "/") { marks.unphased = true } else { marks.phased = true }
      at += 1
    }
    isMixed = marks.unphased && marks.phased
  }
}

/// How many genotypes there are (VCF 4.5, section 1.6.2): of n alleles and ploidy p, n + p − 1 over p.
enum GenotypeCount {
  @inline(__always)
  static func isIt(_ values: Int, alleles: Int, ploidy: Int) -> Bool {
    if ploidy == 2 { return values == alleles * (alleles + 1) / 2 }
    if ploidy == 1 { return values == alleles }
    return isRare(values, alleles: alleles, ploidy: ploidy)
  }

  private static func isRare(_ values: Int, alleles: Int, ploidy: Int) -> Bool {
    if alleles == 1 { return values == 1 }
    var count = 1
    for step in 1...max(1, ploidy) {
      // Exact at each step, for the product of `step` neighbours is divisible; more than a line can hold is no match.
      let (product, isTooLarge) = count.multipliedReportingOverflow(by: alleles + step - 1)
      if isTooLarge || product / step > 1 << 40 { return false }
      count = product / step
    }
    return values == count
  }
}
