import GenomicFiles
import Genomics

/// Bits for the classes of allele that bcftools tells apart; no bit is the reference.
enum StatsAlleleClass {
  static let reference: UInt8 = 0
  static let snp: UInt8 = 1
  static let mnp: UInt8 = 2
  static let indel: UInt8 = 4
  static let other: UInt8 = 8
  static let breakend: UInt8 = 16
  static let overlap: UInt8 = 32

  /// An allele's class, and for an indel the number of bases gained (negative: lost).
  ///
  /// Measured on bcftools 1.16. Common bases are taken off the front first, then off the end but for one base: so `AC`
  /// to `AT` is a SNP, `AGC` to `TC` other, and a breakend is seen only where it begins or follows the whole REF.
  static func of(reference: UnsafeRawBufferPointer, alternate: UnsafeRawBufferPointer) -> (UInt8, Int) {
    let first = alternate[0]
    if alternate.count == 1 {
      if first == UInt8(ascii: "*") { return (overlap, 0) }
      if reference.count == 1 {
        // Case counts here and nowhere else: `A` to `a` is a SNP.
        return first == UInt8(ascii: ".") || first == UInt8(ascii: "X") || first == reference[0]
          ? (Self.reference, 0) : (snp, 1)
      }
    }
    if first == UInt8(ascii: "<") {
      let isUnspecified =
        alternate.elementsEqual("<*>".utf8) || alternate.elementsEqual("<NON_REF>".utf8)
        || alternate.elementsEqual("<X>".utf8)
      return (isUnspecified ? Self.reference : other, 0)
    }
    if isBracket(first) { return (breakend, 0) }
    return compare(reference, alternate)
  }

  private static func isBracket(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]") }

  private static func compare(_ reference: UnsafeRawBufferPointer, _ alternate: UnsafeRawBufferPointer) -> (UInt8, Int)
  {
    var start = 0
    while start < reference.count, start < alternate.count,
      Base.uppercased(reference[start]) == Base.uppercased(alternate[start])
    {
      start += 1
    }
    if start == reference.count {
      if start == alternate.count { return (Self.reference, 0) }
      return isBracket(alternate[start]) ? (breakend, 0) : (indel, alternate.count - reference.count)
    }
    if start == alternate.count { return (indel, alternate.count - reference.count) }
    var (refEnd, altEnd) = (reference.count - 1, alternate.count - 1)
    while refEnd > start, altEnd > start,
      Base.uppercased(reference[refEnd]) == Base.uppercased(alternate[altEnd])
    {
      refEnd -= 1
      altEnd -= 1
    }
    if refEnd > start, altEnd > start { return (refEnd == altEnd ? mnp : other, 0) }
    if refEnd == altEnd { return (snp, 1) }
    let isEqual = Base.uppercased(reference[refEnd]) == Base.uppercased(alternate[altEnd])
    return isEqual ? (indel, altEnd - refEnd) : (other, 0)
  }

  /// A base's number (A 0, C 1, G 2, T 3 in either case); -1 for anything else.
  @inline(__always)
  static func baseNumber(_ byte: UInt8) -> Int {
    switch byte & 0xDF {
    case UInt8(ascii: "A"): 0
    case UInt8(ascii: "C"): 1
    case UInt8(ascii: "G"): 2
    case UInt8(ascii: "T"): 3
    default: -1
    }
  }
}

/// The alleles of the record at hand. One value serves all records of a part, so that none allocates.
struct SiteAlleles {
  /// The number of alleles, the reference included.
  private(set) var count = 1
  /// All alternates' classes together.
  private(set) var classes: UInt8 = 0
  /// Each allele's class.
  private(set) var kinds: [UInt8] = [0]
  /// For indels, the bases gained or lost.
  private(set) var lengths: [Int] = [0]
  /// Each allele's first base, as a number.
  private(set) var bases: [Int] = [0]
  /// Where each allele stands in the batch.
  private(set) var texts: [Range<Int>] = [0..<0]
  /// How often each allele is called in this record's genotypes.
  var calls: [Int] = [0]
  /// Each allele's bin of frequency; the first is for singletons and alleles of unknown frequency.
  var bins: [Int] = [0]

  /// Whether the one alternate, an SNV, swaps A with G or C with T; nil where either is no base.
  ///
  /// bcftools asks the alleles' first bases, which are the same in `AC` to `AT`; this asks those that differ.
  private(set) var isTransition: Bool?

  /// Takes the alleles of a record.
  @inline(__always)
  mutating func read(_ view: VariantRecords, _ record: Int) {
    let ref = view.column(.ref, of: record)
    let alt = view.column(.alt, of: record)
    texts[0] = ref
    bases[0] = ref.isEmpty ? -1 : StatsAlleleClass.baseNumber(view.bytes[ref.lowerBound])
    calls[0] = 0
    classes = 0
    count = 1
    isTransition = nil
    if alt.isEmpty || (alt.count == 1 && view.bytes[alt.lowerBound] == UInt8(ascii: ".")) { return }
    view.forEachPart(of: alt, separator: UInt8(ascii: ",")) { text in
      append(text, view, ref)
      return true
    }
    if count == 2, classes == StatsAlleleClass.snp { isTransition = transition(view) }
  }

  @inline(__always)
  private func transition(_ view: VariantRecords) -> Bool? {
    var offset = 0
    let (ref, alt) = (texts[0], texts[1])
    while offset + 1 < ref.count,
      Base.uppercased(view.bytes[ref.lowerBound + offset]) == Base.uppercased(view.bytes[alt.lowerBound + offset])
    {
      offset += 1
    }
    let reference = StatsAlleleClass.baseNumber(view.bytes[ref.lowerBound + offset])
    let alternate = StatsAlleleClass.baseNumber(view.bytes[alt.lowerBound + offset])
    guard reference >= 0, alternate >= 0, reference != alternate else { return nil }
    return abs(reference - alternate) == 2
  }

  private mutating func append(_ text: Range<Int>, _ view: VariantRecords, _ ref: Range<Int>) {
    if count == kinds.count {
      kinds.append(0)
      lengths.append(0)
      bases.append(0)
      texts.append(text)
      calls.append(0)
      bins.append(0)
    }
    let (kind, length) =
      text.isEmpty || ref.isEmpty
      ? (StatsAlleleClass.other, 0) : StatsAlleleClass.of(reference: view[ref], alternate: view[text])
    kinds[count] = kind
    lengths[count] = length
    bases[count] = text.isEmpty ? -1 : StatsAlleleClass.baseNumber(view.bytes[text.lowerBound])
    texts[count] = text
    calls[count] = 0
    bins[count] = 0
    classes |= kind
    count += 1
  }
}
