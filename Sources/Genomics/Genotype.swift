/// One sample's call: alleles in the order written, any ploidy, with phase.
///
/// Ploidy is the number of alleles: a male's call on non-PAR X is haploid because it has one allele, not because of a flag.
public struct Genotype: Sendable, Hashable {
  /// What a call says of zygosity.
  public enum Zygosity: String, Sendable, Hashable, CaseIterable {
    /// Every allele is the reference.
    case homozygousReference
    /// Two or more alleles, not all the same.
    case heterozygous
    /// Two or more alleles, all the same alternate.
    case homozygousAlternate
    /// One allele, the reference.
    case hemizygousReference
    /// One allele, an alternate.
    case hemizygousAlternate
    /// Some alleles are missing, some are not: neither heterozygous nor homozygous.
    case partlyMissing
    /// No allele is called.
    case missing
  }

  /// Allele indices (0 the reference, 1 the first alternate …); nil where missing.
  public var alleles: [Int?]
  /// For each allele, whether it is phased with those before it. The first is so by its own mark (VCF 4.4) or when all others are.
  public var phased: [Bool]

  /// Reads the text of a GT value, `0/1`, `1|0`, `1`, `./.`, `/0|1` …
  /// - Returns: nil where it breaks the grammar of VCF 4.5, section 1.6.2.
  public init?(text: some Sequence<UInt8>) {
    var alleles: [Int?] = []
    var phased: [Bool] = []
    var marks: [Bool?] = []
    var mark: Bool?
    var current: Int?
    var hasCurrent = false
    var isMissing = false
    for byte in text {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        guard !isMissing, (current ?? 0) < 1_000_000 else { return nil }
        current = (current ?? 0) * 10 + Int(byte - UInt8(ascii: "0"))
        hasCurrent = true
      case UInt8(ascii: "."):
        guard !hasCurrent else { return nil }
        hasCurrent = true
        isMissing = true
      case UInt8(ascii: "/"), UInt8(ascii: "|"):
        if hasCurrent {
          alleles.append(current)
          marks.append(mark)
        } else {
          // A mark before the first allele is the phase of that allele (VCF 4.4).
          guard alleles.isEmpty, mark == nil else { return nil }
        }
        mark = byte == UInt8(ascii: "|")
        current = nil
        hasCurrent = false
        isMissing = false
      default: return nil
      }
    }
    guard hasCurrent else { return nil }
    alleles.append(current)
    marks.append(mark)
    phased = marks.enumerated().map { index, mark in
      index == 0 ? mark ?? (marks.count > 1 && marks.dropFirst().allSatisfy { $0 == true }) : mark ?? false
    }
    self.alleles = alleles
    self.phased = phased
  }

  /// The number of alleles.
  public var ploidy: Int { alleles.count }

  /// The zygosity, from the allele list alone.
  public var zygosity: Zygosity {
    let called = alleles.compactMap { $0 }
    if called.isEmpty { return .missing }
    if called.count < alleles.count { return .partlyMissing }
    if called.count == 1 { return called[0] == 0 ? .hemizygousReference : .hemizygousAlternate }
    if called.allSatisfy({ $0 == called[0] }) { return called[0] == 0 ? .homozygousReference : .homozygousAlternate }
    return .heterozygous
  }
}
