import GenomicFiles
import Genomics

/// The sums of the sections by site, of one set of records.
struct SiteSums: Sendable, Equatable {
  var records = 0
  var withoutAlternate = 0
  var snps = 0
  var mnps = 0
  var indels = 0
  var others = 0
  var multiallelic = 0
  var multiallelicSNPs = 0
  /// Of first alternates.
  var firstTransitions = 0
  var firstTransversions = 0
  /// REF's number times four and the alternate's (A 0, C 1, G 2, T 3).
  var substitutions = [Int](repeating: 0, count: 16)
  /// By bin of frequency: transitions, transversions, and indels by what the repeat around them says.
  var frequencies: [FrequencyBin]
  /// By bin of frequency, 100 counts each: diploid genotypes by the fraction that is heterozygous.
  var heterozygosity: [[UInt32]]
  var quality = QualityHistogram()
  /// By length less one; the last holds all that are longer.
  var insertions = [Int](repeating: 0, count: SiteSums.longestIndel)
  var deletions = [Int](repeating: 0, count: SiteSums.longestIndel)
  /// By length plus `longestIndel`: heterozygous genotypes with AD, and the sum of their allele's shares.
  var shareCounts = [Int](repeating: 0, count: 2 * SiteSums.longestIndel + 1)
  /// In units of 2^-40, so that sums do not depend on their order.
  var shares = [Int](repeating: 0, count: 2 * SiteSums.longestIndel + 1)
  /// Records by bin of INFO's depth.
  var siteDepths: [Int]
  /// Indels whose repeat is none: fewer than two copies, or copies of a single base.
  var contextNotApplicable = 0
  /// By length of the repeat's word less one: deletions that fit and do not, insertions that fit and do not.
  var contexts = [Int](repeating: 0, count: 4 * IndelContext.longestWord)

  static let longestIndel = 60
  static let heterozygosityBins = 100

  struct FrequencyBin: Sendable, Equatable {
    var transitions = 0
    var transversions = 0
    var consistent = 0
    var inconsistent = 0
    var notApplicable = 0
    var indels: Int { consistent + inconsistent + notApplicable }
    var isEmpty: Bool { self == FrequencyBin() }

    static func += (sum: inout Self, part: Self) {
      sum.transitions += part.transitions
      sum.transversions += part.transversions
      sum.consistent += part.consistent
      sum.inconsistent += part.inconsistent
      sum.notApplicable += part.notApplicable
    }
  }

  init(frequencyBins: Int, depthBins: DepthBins) {
    frequencies = Array(repeating: FrequencyBin(), count: frequencyBins)
    heterozygosity = Array(repeating: [], count: frequencyBins)
    siteDepths = Array(repeating: 0, count: depthBins.count)
  }

  mutating func addHeterozygosity(_ fraction: Float, frequencyBin: Int) {
    if heterozygosity[frequencyBin].isEmpty {
      heterozygosity[frequencyBin] = Array(repeating: 0, count: Self.heterozygosityBins)
    }
    heterozygosity[frequencyBin][Int(fraction * Float(Self.heterozygosityBins - 1))] += 1
  }

  /// Adds the share of reads that an indel of some length has.
  mutating func addShare(_ share: Float, length: Int) {
    let index = Self.longestIndel + max(-Self.longestIndel, min(Self.longestIndel, length))
    shareCounts[index] += 1
    shares[index] += Int((Double(share) * 0x1p40).rounded())
  }

  mutating func merge(_ other: SiteSums) {
    records += other.records
    withoutAlternate += other.withoutAlternate
    snps += other.snps
    mnps += other.mnps
    indels += other.indels
    others += other.others
    multiallelic += other.multiallelic
    multiallelicSNPs += other.multiallelicSNPs
    firstTransitions += other.firstTransitions
    firstTransversions += other.firstTransversions
    contextNotApplicable += other.contextNotApplicable
    Self.add(other.substitutions, to: &substitutions)
    Self.add(other.insertions, to: &insertions)
    Self.add(other.deletions, to: &deletions)
    Self.add(other.shareCounts, to: &shareCounts)
    Self.add(other.shares, to: &shares)
    Self.add(other.siteDepths, to: &siteDepths)
    Self.add(other.contexts, to: &contexts)
    quality.merge(other.quality)
    for bin in frequencies.indices { frequencies[bin] += other.frequencies[bin] }
    for (bin, counts) in other.heterozygosity.enumerated() where !counts.isEmpty {
      if heterozygosity[bin].isEmpty {
        heterozygosity[bin] = counts
      } else {
        for index in counts.indices { heterozygosity[bin][index] += counts[index] }
      }
    }
  }

  private static func add(_ part: [Int], to sum: inout [Int]) {
    for index in sum.indices { sum[index] += part[index] }
  }
}

/// One set of records: all of them, or those with or without an ID.
struct StatsSet: Sendable {
  var sites: SiteSums
  let samples: SampleCells

  init(plan: StatsPlan) {
    sites = SiteSums(frequencyBins: plan.frequencies.count, depthBins: plan.options.depthBins)
    samples = SampleCells(
      samples: plan.selected.count, columns: plan.header.samples.count, depthBins: plan.options.depthBins.count)
  }

  mutating func merge(_ other: StatsSet) {
    sites.merge(other.sites)
    samples.merge(other.samples)
  }
}
