import GenomicFiles

/// A genotype as statistics see it.
struct StatsGenotype {
  /// One of `StatsCall`.
  var code = StatsCall.missing
  /// The alternate that stands for the genotype; 0 where all alleles are the reference or it is not called.
  var first = 0
  /// The other alternate of a genotype of two; 0 where there is none.
  var second = 0
  /// The alleles of a genotype of two, for inheritance: -1 where missing. Of longer ones the first two.
  var alleles = (-1, -1)
  var ploidy = 0
  /// The byte behind it.
  var end = 0

  /// What makes a genotype none.
  enum Fault: Error {
    case malformed
    case alleleOutOfRange(Int)
  }

  /// Reads a genotype of any form that ends at a colon, a tab or `limit`, and counts the alleles called.
  ///
  /// The order of `first` and `second` in genotypes of more than two alleles is bcftools'.
  init(
    _ base: UnsafePointer<UInt8>, from start: Int, limit: Int, calls: inout [Int], alleleCount: Int
  ) throws(Fault) {
    var index = start
    var (hasReference, isPartlyMissing, called) = (false, false, 0)
    // A mark before the first allele is that allele's phase (VCF 4.4).
    if index < limit, base[index] == UInt8(ascii: "/") || base[index] == UInt8(ascii: "|") { index += 1 }
    while true {
      guard index < limit else { throw .malformed }
      var allele = -1
      if base[index] == UInt8(ascii: ".") {
        index += 1
        isPartlyMissing = true
      } else {
        let firstDigit = index
        allele = 0
        while index < limit, base[index] &- UInt8(ascii: "0") < 10 {
          allele = min(1_000_000, allele * 10 + Int(base[index] &- UInt8(ascii: "0")))
          index += 1
        }
        guard index > firstDigit else { throw .malformed }
        guard allele < alleleCount else { throw .alleleOutOfRange(allele) }
        calls[allele] += 1
        called += 1
        if allele == 0 { hasReference = true } else { take(allele) }
      }
      if ploidy == 0 { alleles.0 = allele } else if ploidy == 1 { alleles.1 = allele }
      ploidy += 1
      guard index < limit, base[index] == UInt8(ascii: "/") || base[index] == UInt8(ascii: "|") else { break }
      index += 1
    }
    guard index == limit || base[index] == UInt8(ascii: ":") || base[index] == UInt8(ascii: "\t") else {
      throw .malformed
    }
    end = index
    code = Self.code(
      called: called, ploidy: ploidy, isPartlyMissing: isPartlyMissing, hasReference: hasReference, first, second)
    if isPartlyMissing { (first, second) = (0, 0) }
  }

  /// Nothing called.
  init() {}

  @inline(__always)
  private mutating func take(_ allele: Int) {
    if first == 0 {
      first = allele
    } else if allele != first {
      if allele < first { (first, second) = (allele, first) } else { second = allele }
    }
  }

  private static func code(
    called: Int, ploidy: Int, isPartlyMissing: Bool, hasReference: Bool, _ first: Int, _ second: Int
  ) -> Int {
    if called == 0 { return StatsCall.missing }
    if isPartlyMissing { return StatsCall.partlyMissing }
    if ploidy == 1 { return first == 0 ? StatsCall.haploidReference : StatsCall.haploidAlternate }
    if first == 0 { return StatsCall.homozygousReference }
    if hasReference { return StatsCall.heterozygous }
    return second == 0 ? StatsCall.homozygousAlternate : StatsCall.twoAlternates
  }
}
