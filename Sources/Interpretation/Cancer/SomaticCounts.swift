/// What a pass over a somatic file counted. Filled in the order of the file, so that it is the same at any number of
/// threads and any size of batch.
public struct SomaticCounts: Sendable {
  /// Records of the file.
  public private(set) var records = 0
  /// Alternate alleles of those: the variants and all that were dropped.
  public private(set) var alleles = 0
  /// Alleles that are no somatic variants, by why.
  public private(set) var dropped: [SomaticDrop: Int] = [:]
  /// Somatic variants by type, each allele once.
  public private(set) var byType: [SomaticType: Int] = [:]
  /// Those with one of the burden's terms, on its chromosomes.
  public private(set) var inBurden: [SomaticType: Int] = [:]
  /// Those with a listed term, in the order of the file.
  public internal(set) var coding: [CodingVariant] = []
  /// Fractions in the tumour of all variants.
  public private(set) var fractions = FractionHistogram()
  /// Fractions of autosomal substitutions of sufficient depth, for purity.
  public private(set) var autosomal = FractionHistogram()
  /// Variants whose fraction is unknown.
  public private(set) var fractionsUnknown = 0
  /// Variants whose fraction is the layout's second choice.
  public private(set) var fractionsSecondChoice = 0
  /// Variants on contigs of which none counts in the burden.
  public private(set) var outsideBurdenContigs = 0
  /// Passed alleles with known fractions in tumour and normal, and those with more in the normal.
  public private(set) var paired = (all: 0, moreInNormal: 0)
  private var builder = CatalogueBuilder()
  private var contig = ""
  /// Alleles of the last place; of indels all of the contig, because aligning moves them before others.
  private var here: [SmallAllele] = []
  private var herePosition: Int32 = -1
  private var moved: Set<SmallAllele> = []

  init() {}

  /// The substitutions by class.
  public var catalogue: MutationCatalogue { builder.catalogue }
  /// The number of somatic variants.
  public var variants: Int { byType.values.reduce(0, +) }

  mutating func add(_ part: SomaticPart) {
    records += part.records
    alleles += part.alleles
    paired.all += part.paired
    paired.moreInNormal += part.moreInNormal
    for reason in SomaticDrop.allCases where part.drops[reason.rawValue] > 0 {
      dropped[reason, default: 0] += part.drops[reason.rawValue]
    }
    for run in part.runs {
      if run.contig.name != contig {
        builder.flush()
        contig = run.contig.name
        here.removeAll(keepingCapacity: true)
        herePosition = -1
        moved.removeAll(keepingCapacity: true)
      }
      for index in run.sites { add(part.sites[index], run.contig, part.coding) }
    }
  }

  /// Ends the last contig.
  mutating func finish() { builder.flush() }

  private mutating func isDuplicate(_ site: SomaticSite) -> Bool {
    guard site.type == .snv else { return !moved.insert(site.allele).inserted }
    if site.allele.start != herePosition {
      here.removeAll(keepingCapacity: true)
      herePosition = site.allele.start
    }
    if here.contains(site.allele) { return true }
    here.append(site.allele)
    return false
  }

  private mutating func add(_ site: SomaticSite, _ contig: SomaticContig, _ details: [CodingVariant]) {
    guard !isDuplicate(site) else {
      dropped[.duplicate, default: 0] += 1
      return
    }
    byType[site.type, default: 0] += 1
    if !contig.isInBurden { outsideBurdenContigs += 1 }
    if site.bin >= 0 {
      fractions.counts[Int(site.bin)] += 1
      if site.type == .snv, contig.isAutosome, site.isDeep { autosomal.counts[Int(site.bin)] += 1 }
    } else {
      fractionsUnknown += 1
    }
    if site.isFallback { fractionsSecondChoice += 1 }
    if site.coding >= 0 {
      let variant = details[Int(site.coding)]
      if variant.inBurden { inBurden[site.type, default: 0] += 1 }
      coding.append(variant)
    }
    if site.type == .snv { addSubstitution(site, contig) }
    if site.type == .mnv, site.allele.inserted == 2, contig.isInCatalogue, site.isBiallelic {
      builder.addDoublet(
        reference: (site.bases.r1, site.bases.r2), alternate: (site.bases.a1, site.bases.a2))
    }
  }

  private mutating func addSubstitution(_ site: SomaticSite, _ contig: SomaticContig) {
    guard contig.isInCatalogue else { return builder.skip(.contig) }
    guard site.isBiallelic else { return builder.skip(.multiallelic) }
    builder.add(
      CatalogueBuilder.Entry(
        position: Int(site.allele.start), reference: site.bases.r1, alternate: site.bases.a1,
        index: site.index >= 0 ? Int(site.index) : nil, phase: site.phase))
  }
}
