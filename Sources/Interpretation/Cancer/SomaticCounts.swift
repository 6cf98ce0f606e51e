/// What a pass over a somatic file counted. Filled in the order of the file, so that it is the same at any number of
/// threads and any size of batch.
public struct SomaticCounts: Sendable {
  /// Records of the file.
  public private(set) var records = 0
  /// Alternate alleles of those: the variants and all that were dropped.
  public private(set) var alleles = 0
  /// Alleles that are no somatic variants, by why.
  public private(set) var dropped: [SomaticDrop: Int] = [:]
  /// Somatic variants by type's place, each allele once.
  private var types = [Int](repeating: 0, count: SomaticType.allCases.count)
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
  private var seen = SeenAlleles()

  init() {}

  /// The substitutions by class.
  public var catalogue: MutationCatalogue { builder.catalogue }
  /// The number of somatic variants.
  public var variants: Int { types.reduce(0, +) }
  /// Somatic variants by type, each allele once; those types that occur.
  public var byType: [SomaticType: Int] {
    var found: [SomaticType: Int] = [:]
    for type in SomaticType.allCases where types[type.place] > 0 { found[type] = types[type.place] }
    return found
  }

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
        seen.forget()
      }
      part.sites.withUnsafeBufferPointer { sites in
        for index in run.sites { add(sites[index], run.contig, part.coding) }
      }
    }
  }

  /// Ends the last contig.
  mutating func finish() { builder.flush() }

  @inline(__always)
  private mutating func add(_ site: SomaticSite, _ contig: SomaticContig, _ details: [CodingVariant]) {
    guard !seen.isKnown(site) else {
      dropped[.duplicate, default: 0] += 1
      return
    }
    types[site.type.place] += 1
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
    switch site.type {
    case .snv: addSubstitution(site, contig)
    case .mnv: addMultiBase(site, contig)
    case .indel, .delins: break
    }
  }

  private mutating func addMultiBase(_ site: SomaticSite, _ contig: SomaticContig) {
    guard contig.isInCatalogue else { return builder.skipMultiBase(CatalogueSkip.contig.rawValue) }
    guard site.isBiallelic else { return builder.skipMultiBase(CatalogueSkip.multiallelic.rawValue) }
    guard site.allele.inserted == 2 else { return builder.skipMultiBase(MutationCatalogue.threeOrMore) }
    builder.addDoublet(reference: (site.bases.r1, site.bases.r2), alternate: (site.bases.a1, site.bases.a2))
  }

  @inline(__always)
  private mutating func addSubstitution(_ site: SomaticSite, _ contig: SomaticContig) {
    guard contig.isInCatalogue else { return builder.skip(.contig) }
    guard site.isBiallelic else { return builder.skip(.multiallelic) }
    builder.add(
      CatalogueBuilder.Entry(
        position: Int(site.allele.start), reference: site.bases.r1, alternate: site.bases.a1,
        index: site.index, phase: site.phase))
  }
}
