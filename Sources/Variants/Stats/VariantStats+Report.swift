import GenomicFiles
import Genomics

extension VariantStats {
  /// The report of all that was counted.
  public func report() -> VariantStatsReport {
    let contigs = orderedContigs()
    var (all, pass, autosomes) = (SiteMetrics(), SiteMetrics(), SiteMetrics())
    for contig in contigs {
      all.merge(contig.sums.all)
      pass.merge(contig.sums.pass)
      if ContigPlace(contig.name, header: header).place(at: 0) == .autosome { autosomes.merge(contig.sums.pass) }
    }
    let cells = mergedCells()
    let names = part.plan.selected.map { header.samples[$0] }
    return VariantStatsReport(
      version: header.version, recordsRead: contigs.reduce(0) { $0 + $1.read }, all: all, pass: pass,
      ga4gh: names.isEmpty
        ? [GA4GHVariantMetrics(autosomes)]
        : names.enumerated().map { GA4GHVariantMetrics(sample: $1, cells, slot: $0) },
      samples: part.plan.selected.enumerated().map { slot, column in
        let depths = cells.depthCounts[column]
        return VariantStatsReport.SampleMetrics(
          sample: header.samples[column],
          all: .init(cells, slot: slot, contexts: StatsContext.indices(passOnly: false)),
          pass: .init(cells, slot: slot, contexts: StatsContext.indices(passOnly: true)),
          meanDepth: depths == 0 ? nil : Double(Int64(bitPattern: cells.depthSums[column])) / Double(depths))
      },
      contigs: contigs.map {
        VariantStatsReport.ContigMetrics(
          contig: $0.name, length: header.contigs[$0.name]?.length, recordsRead: $0.read,
          recordsWithGenotypes: $0.withGenotypes, all: $0.sums.all, pass: $0.sums.pass)
      },
      regions: regions(), trios: trios(), maleX: maleX(cells))
  }

  /// Contigs in the header's order, then the others by name: parts know no order of their own.
  private func orderedContigs() -> [ContigSums] {
    part.contigs.sorted { first, second in
      switch (header.contigs.index(of: first.name), header.contigs.index(of: second.name)) {
      case (let a?, let b?): a < b
      case (nil, nil): first.name < second.name
      case (let a, _): a != nil
      }
    }
  }

  /// The cells of all sets together.
  private func mergedCells() -> SampleCells {
    let cells = SampleCells(
      samples: part.plan.selected.count, columns: header.samples.count, depthBins: part.plan.options.depthBins.count)
    for set in part.sets { cells.merge(set.samples) }
    return cells
  }

  private func regions() -> [VariantStatsReport.RegionMetrics] {
    guard let intervals = part.plan.regions ?? part.plan.targets else { return [] }
    return part.regions.sorted { $0.key < $1.key }.map { index, sums in
      let region = intervals.regions[index]
      return VariantStatsReport.RegionMetrics(
        contig: region.contig, start: region.start.value, end: region.end.value, all: sums.all, pass: sums.pass)
    }
  }

  private func trios() -> [VariantStatsReport.TrioMetrics] {
    zip(part.plan.trios, part.trios).map { trio, counts in
      VariantStatsReport.TrioMetrics(
        child: header.samples[trio.child], father: header.samples[trio.father], mother: header.samples[trio.mother],
        counts: counts)
    }
  }

  private func maleX(_ cells: SampleCells) -> [VariantStatsReport.MaleXMetrics] {
    guard let pedigree = part.plan.options.pedigree else { return [] }
    let contexts = StatsContext.indices(passOnly: false, place: .nonPARX)
    let different = [StatsCall.heterozygous, StatsCall.twoAlternates]
    let same = [
      StatsCall.homozygousReference, StatsCall.homozygousAlternate, StatsCall.haploidReference,
      StatsCall.haploidAlternate,
    ]
    return part.plan.selected.enumerated().compactMap { slot, column in
      guard pedigree[header.samples[column]]?.sex == .male else { return nil }
      func calls(_ codes: [Int]) -> Int { cells.calls(slot, codes, in: 0..<SiteClass.count, contexts: contexts) }
      let heterozygous = calls(different)
      return VariantStatsReport.MaleXMetrics(
        sample: header.samples[column], regions: PseudoautosomalRegions.version,
        called: heterozygous + calls(same), heterozygous: heterozygous)
    }
  }
}
