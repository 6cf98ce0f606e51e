import GenomicFiles
import Genomics

/// The content of `--json`: the GA4GH's variant metrics and what they rest on.
///
/// Where `bcftools stats` 1.16 is wrong, the text is equal to it and this is right: `Docs/vcf-stats.md` lists where.
public struct VariantStatsReport: Sendable, Codable, Equatable {
  /// `apus-vcf-stats/1`.
  public var schema = "apus-vcf-stats/1"
  /// The version that the file declares.
  public var version: String
  /// Records read, also those that filters or regions left out.
  public var recordsRead: Int
  /// Records counted.
  public var all: SiteMetrics
  /// Records counted whose FILTER is PASS.
  public var pass: SiteMetrics
  /// The GA4GH's metrics of each sample counted, in order; of the sites where there is none.
  public var ga4gh: [GA4GHVariantMetrics]
  /// Each sample counted.
  public var samples: [SampleMetrics]
  /// Contigs with records, in the order of their first, or of the header where it declares them.
  public var contigs: [ContigMetrics]
  /// Regions or targets that hold records counted, in the order given.
  public var regions: [RegionMetrics]
  /// Each trio of the pedigree whose three members are samples.
  public var trios: [TrioMetrics]
  /// Males of the pedigree: calls on X outside the pseudoautosomal regions.
  public var maleX: [MaleXMetrics]

  /// A sample's calls, of all records and of PASS records.
  public struct SampleMetrics: Sendable, Codable, Equatable {
    /// The sample.
    public var sample: String
    /// Of all records.
    public var all: CallMetrics
    /// Of records whose FILTER is PASS.
    public var pass: CallMetrics
    /// Of FORMAT's DP, or the sum of AD where a record has no DP; nil without either.
    public var meanDepth: Double?
  }

  /// Calls by zygosity, and records by what of them the sample carries.
  public struct CallMetrics: Sendable, Codable, Equatable {
    /// Calls of two or more reference alleles.
    public var homozygousReference: Int
    /// Calls of two or more alleles that are not all the same.
    public var heterozygous: Int
    /// Calls of two or more of one alternate.
    public var homozygousAlternate: Int
    /// Calls of the reference alone.
    public var haploidReference: Int
    /// Calls of one alternate alone.
    public var haploidAlternate: Int
    /// Calls with some alleles missing.
    public var partlyMissing: Int
    /// Calls with all alleles missing.
    public var missing: Int
    /// Records of which an SNV is carried.
    public var snvs: Int
    /// Records of which an insertion of fewer than 50 bases is carried.
    public var insertions: Int
    /// Records of which a deletion of fewer than 50 bases is carried.
    public var deletions: Int
    /// Records of one SNV, a transition, that is carried.
    public var transitions: Int
    /// Records of one SNV, a transversion, that is carried.
    public var transversions: Int
  }

  /// A contig and its denominators.
  public struct ContigMetrics: Sendable, Codable, Equatable {
    /// The contig.
    public var contig: String
    /// The length in bases that the header declares.
    public var length: Int?
    /// Records read, also those that filters or regions left out.
    public var recordsRead: Int
    /// Records counted that have GT.
    public var recordsWithGenotypes: Int
    /// Of all records.
    public var all: SiteMetrics
    /// Of records whose FILTER is PASS.
    public var pass: SiteMetrics
  }

  /// A region and its records.
  public struct RegionMetrics: Sendable, Codable, Equatable {
    /// The contig.
    public var contig: String
    /// Counted from 0.
    public var start: Int
    /// The base behind the last, counted from 0.
    public var end: Int
    /// Of all records.
    public var all: SiteMetrics
    /// Of records whose FILTER is PASS.
    public var pass: SiteMetrics
  }

  /// A child and its inheritance.
  public struct TrioMetrics: Sendable, Codable, Equatable {
    /// The child.
    public var child: String
    /// The father.
    public var father: String
    /// The mother.
    public var mother: String
    /// What was found.
    public var counts: MendelianCounts
  }

  /// A male's calls on X outside the pseudoautosomal regions.
  public struct MaleXMetrics: Sendable, Codable, Equatable {
    /// The sample.
    public var sample: String
    /// The version of the table of regions.
    public var regions: String
    /// Calls with all alleles, of any ploidy.
    public var called: Int
    /// Calls of two different alleles, which one X does not have.
    public var heterozygous: Int
  }
}

/// Seven metrics of the GA4GH WGS quality control standard, with its spelling: PASS records on autosomes.
public struct GA4GHVariantMetrics: Sendable, Codable, Equatable {
  /// nil where the file has no samples: sites are counted, not calls.
  public var sample: String?
  /// Records with an SNV.
  public var count_snvs: Int
  /// Of fewer than 50 bases.
  public var count_insertions: Int
  /// Of fewer than 50 bases.
  public var count_deletions: Int
  /// nil without homozygous calls.
  public var ratio_heterozygous_homzygous_snv: Double?
  /// nil without homozygous calls.
  public var ratio_heterozygous_homzygous_indel: Double?
  /// nil without deletions.
  public var ratio_insertion_deletion: Double?
  /// Of records with one alternate.
  public var ratio_transitions_transversions_snv: Double?
}

extension GA4GHVariantMetrics {
  /// Of sites.
  init(_ sites: SiteMetrics) {
    count_snvs = sites.snvs
    count_insertions = sites.insertions
    count_deletions = sites.deletions
    ratio_insertion_deletion = Self.ratio(sites.insertions, sites.deletions)
    ratio_transitions_transversions_snv = Self.ratio(sites.transitions, sites.transversions)
  }

  /// Of a sample's calls.
  init(sample: String, _ cells: SampleCells, slot: Int) {
    let contexts = StatsContext.indices(passOnly: true, place: .autosome)
    func calls(_ codes: [Int], _ classes: [Int]) -> Int {
      cells.calls(slot, codes, in: classes, contexts: contexts)
    }
    func several(_ count: MultiallelicCount) -> Int { cells.multiallelic(slot, count, contexts: contexts) }
    let counts = VariantStatsReport.CallMetrics(cells, slot: slot, contexts: contexts)
    let indels = SampleCounts.insertions + SampleCounts.deletions
    self.sample = sample
    count_snvs = counts.snvs
    count_insertions = counts.insertions
    count_deletions = counts.deletions
    ratio_heterozygous_homzygous_snv = Self.ratio(
      calls([StatsCall.heterozygous], SiteClass.snps) + several(.heterozygousSNVs),
      calls([StatsCall.homozygousAlternate], SiteClass.snps) + several(.homozygousSNVs))
    ratio_heterozygous_homzygous_indel = Self.ratio(
      calls([StatsCall.heterozygous], indels) + several(.heterozygousIndels),
      calls([StatsCall.homozygousAlternate], indels) + several(.homozygousIndels))
    ratio_insertion_deletion = Self.ratio(counts.insertions, counts.deletions)
    ratio_transitions_transversions_snv = Self.ratio(counts.transitions, counts.transversions)
  }

  /// Two decimals, as the standard has them.
  private static func ratio(_ count: Int, _ other: Int) -> Double? {
    other == 0 ? nil : (Double(count) / Double(other) * 100).rounded() / 100
  }
}

extension VariantStatsReport.CallMetrics {
  init(_ cells: SampleCells, slot: Int, contexts: [Int]) {
    func calls(_ codes: [Int], _ classes: some Sequence<Int> = 0..<SiteClass.count) -> Int {
      cells.calls(slot, codes, in: classes, contexts: contexts)
    }
    func several(_ count: MultiallelicCount) -> Int { cells.multiallelic(slot, count, contexts: contexts) }
    let carried = [StatsCall.heterozygous, StatsCall.homozygousAlternate, StatsCall.haploidAlternate]
    homozygousReference = calls([StatsCall.homozygousReference])
    heterozygous = calls([StatsCall.heterozygous, StatsCall.twoAlternates])
    homozygousAlternate = calls([StatsCall.homozygousAlternate])
    haploidReference = calls([StatsCall.haploidReference])
    haploidAlternate = calls([StatsCall.haploidAlternate])
    partlyMissing = calls([StatsCall.partlyMissing])
    missing = calls([StatsCall.missing])
    snvs = calls(carried, SiteClass.snps) + several(.snvCarriers)
    insertions = calls(carried, [SiteClass.insertion]) + several(.insertionCarriers)
    deletions = calls(carried, [SiteClass.deletion]) + several(.deletionCarriers)
    transitions = calls(carried, [SiteClass.transition, SiteClass.hiddenTransition])
    transversions = calls(carried, [SiteClass.transversion])
  }
}
