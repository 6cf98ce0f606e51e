/// A sample's counts as bcftools defines them, added up from its cells.
struct SampleCounts {
  /// All calls of two or more reference alleles, whatever the record.
  var homozygousReference: Int
  /// Of SNPs and records without an alternate of bases.
  var heterozygous: Int
  var homozygous: Int
  var transitions: Int
  var transversions: Int
  var indels: Int
  var heterozygousInsertions: Int
  var heterozygousDeletions: Int
  var homozygousInsertions: Int
  var homozygousDeletions: Int
  var haploidReference: Int
  var haploidAlternate: Int
  /// Wholly or partly.
  var missing: Int

  static let insertions = [SiteClass.insertion, SiteClass.longInsertion]
  static let deletions = [SiteClass.deletion, SiteClass.longDeletion]

  init(_ cells: SampleCells, slot: Int, contexts: [Int]) {
    let all = 0..<SiteClass.count
    let snps = [SiteClass.reference] + SiteClass.snps
    let carried = [StatsCall.heterozygous, StatsCall.homozygousAlternate]
    func calls(_ codes: [Int], _ classes: some Sequence<Int>) -> Int {
      cells.calls(slot, codes, in: classes, contexts: contexts)
    }
    func several(_ count: MultiallelicCount) -> Int { cells.multiallelic(slot, count, contexts: contexts) }
    homozygousReference = calls([StatsCall.homozygousReference], all)
    heterozygous = calls([StatsCall.heterozygous], snps) + several(.heterozygous)
    homozygous = calls([StatsCall.homozygousAlternate], snps) + several(.homozygous)
    transitions = calls(carried, [SiteClass.transition, SiteClass.noTransition]) + several(.transitions)
    transversions =
      calls(carried, [SiteClass.transversion, SiteClass.hiddenTransition, SiteClass.noTransversion])
      + several(.transversions)
    indels = calls(carried, Self.insertions + Self.deletions) + several(.indels)
    heterozygousInsertions = calls([StatsCall.heterozygous], Self.insertions) + several(.heterozygousInsertions)
    heterozygousDeletions = calls([StatsCall.heterozygous], Self.deletions) + several(.heterozygousDeletions)
    homozygousInsertions = calls([StatsCall.homozygousAlternate], Self.insertions) + several(.homozygousInsertions)
    homozygousDeletions = calls([StatsCall.homozygousAlternate], Self.deletions) + several(.homozygousDeletions)
    haploidReference = calls([StatsCall.haploidReference], all)
    haploidAlternate = calls([StatsCall.haploidAlternate], all)
    missing = calls([StatsCall.missing, StatsCall.partlyMissing], all)
  }
}
