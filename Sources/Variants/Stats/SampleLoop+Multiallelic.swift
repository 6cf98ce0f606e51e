// Genotypes of records with several alternates: what a sample counts as depends on the classes of its own alleles.
extension SampleLoop {
  /// Counts a call. Rules of `bcftools stats` 1.16, measured; for JSON each class once.
  func countMultiallelic(
    _ call: StatsGenotype, _ counts: UnsafeMutablePointer<UInt32>, _ slot: Int, _ scratch: inout StatsScratch
  ) {
    let (first, second) = (call.first, call.second)
    guard first > 0 else { return }
    let (firstKind, secondKind) = (scratch.alleles.kinds[first], second > 0 ? scratch.alleles.kinds[second] : 0)
    let kinds = firstKind | secondKind
    func add(_ count: MultiallelicCount) { counts[count.rawValue] += 1 }
    func isIndel(_ allele: Int, shorterThanLong isLoss: Bool) -> Bool {
      guard allele > 0, scratch.alleles.kinds[allele] == StatsAlleleClass.indel else { return false }
      let length = scratch.alleles.lengths[allele]
      return abs(length) < SiteClass.longIndel && (length < 0) == isLoss
    }
    let hasSNV = kinds & StatsAlleleClass.snp != 0
    let hasIndel = kinds & StatsAlleleClass.indel != 0
    if hasSNV { add(.snvCarriers) }
    if isIndel(first, shorterThanLong: false) || isIndel(second, shorterThanLong: false) { add(.insertionCarriers) }
    if isIndel(first, shorterThanLong: true) || isIndel(second, shorterThanLong: true) { add(.deletionCarriers) }
    guard call.code != StatsCall.haploidAlternate else { return }
    let isHeterozygous = call.code != StatsCall.homozygousAlternate
    if hasSNV { add(isHeterozygous ? .heterozygousSNVs : .homozygousSNVs) }
    if hasIndel { add(isHeterozygous ? .heterozygousIndels : .homozygousIndels) }

    if hasSNV || kinds == StatsAlleleClass.reference {
      add(isHeterozygous ? .heterozygous : .homozygous)
      if firstKind == StatsAlleleClass.snp {
        let alternate = scratch.alleles.bases[first]
        // bcftools leaves the sample here, so an indel beside an alternate that is no base goes uncounted.
        guard alternate >= 0 else { return }
        add(abs(scratch.alleles.bases[0] - alternate) == 2 ? .transitions : .transversions)
      }
    }
    guard hasIndel else { return }
    add(.indels)
    guard isHeterozygous else {
      add(scratch.alleles.lengths[first] < 0 ? .homozygousDeletions : .homozygousInsertions)
      return
    }
    var (gains, loses) = (false, false)
    for turn in 0..<2 {
      let (allele, other) = turn == 0 ? (first, second) : (second, first)
      guard allele > 0, scratch.alleles.kinds[allele] == StatsAlleleClass.indel else { continue }
      if scratch.alleles.lengths[allele] < 0 { loses = true } else { gains = true }
      if wantsShares { scratch.shares.append((slot, allele, other)) }
    }
    if loses { add(.heterozygousDeletions) }
    if gains { add(.heterozygousInsertions) }
  }
}
