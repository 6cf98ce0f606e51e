/// The order of genotypes in fields of Number=G (VCF 4.5, section 1.6.2, "GL").
enum GenotypeOrder {
  /// The number of genotypes of `ploidy` alleles out of `alleles`.
  static func count(alleles: Int, ploidy: Int) -> Int { choose(alleles + ploidy - 1, ploidy) }

  /// The place of the genotype with `copies` of `allele` and otherwise the reference.
  static func index(of allele: Int, copies: Int, ploidy: Int) -> Int {
    // Sorted alleles a1 ≤ … ≤ aP stand at the sum over m of C(a_m + m - 1, m); the reference adds nothing.
    var sum = 0
    for m in (ploidy - copies + 1)..<(ploidy + 1) { sum += choose(allele + m - 1, m) }
    return sum
  }

  /// Int.max where the number does not fit: no record has that many values.
  private static func choose(_ n: Int, _ k: Int) -> Int {
    guard k >= 0, k <= n else { return 0 }
    var result = 1
    for step in 0..<min(k, n - k) {
      let (product, overflow) = result.multipliedReportingOverflow(by: n - step)
      if overflow { return Int.max }
      result = product / (step + 1)
    }
    return result
  }
}
