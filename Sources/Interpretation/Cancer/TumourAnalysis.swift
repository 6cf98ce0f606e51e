import Annotation
import Genomics

/// What `apus cancer` writes: what a somatic file holds, and everything that it rests on. Plain values throughout.
public struct TumourAnalysis: Sendable, Encodable {
  /// `apus-cancer/1`.
  public static let schema = "apus-cancer/1"

  /// The reference that everything is told on.
  public struct Reference: Sendable, Hashable, Codable {
    /// GRCh37 or GRCh38; nil where the lengths tell neither.
    public var name: String?
    /// The GA4GH digest of the reference's sequence collection.
    public var digest: String
  }

  /// The samples.
  public struct Samples: Sendable, Hashable, Codable {
    /// The tumour's sample.
    public var tumour: String
    /// nil for a tumour alone.
    public var normal: String?
    /// `tumour-normal` or `tumour-only`.
    public var mode: String
    /// `subtracted-by-caller` or `not-subtracted`.
    public var germline: String
  }

  /// How reads are counted in the file.
  public struct Layout: Sendable, Hashable, Codable {
    /// The layout.
    public var name: SomaticLayout
    /// What a fraction is.
    public var fraction: String
    /// What a depth is.
    public var depth: String
  }

  /// The rules that were used.
  public struct Rules: Sendable, Hashable, Codable {
    /// The profile's name.
    public var id: String
    /// In words.
    public var title: String
    /// The profile's own version.
    public var release: String
    /// SHA-256 of the profile's file.
    public var digest: String
    /// What a call must be to count.
    public var somatic: SomaticProfile.Somatic
    /// Where each section is from.
    public var origins: [String: SomaticProfile.Origin]
  }

  /// What was read, and what became of it: `alleles` is `variants` and all of `dropped`.
  public struct Counts: Sendable, Hashable, Codable {
    /// Records of the file.
    public var records: Int
    /// Alternate alleles of those.
    public var alleles: Int
    /// Somatic variants.
    public var variants: Int
    /// Those by type.
    public var byType: [String: Int]
    /// Alleles that are none, by why.
    public var dropped: [String: Int]
    /// Variants on contigs of which none counts in the burden.
    public var outsideBurdenContigs: Int
  }

  /// One of the 96 bars.
  public struct Bar: Sendable, Hashable, Codable {
    /// `A[C>A]A`.
    public var label: String
    /// `C>A`.
    public var substitution: String
    /// Substitutions.
    public var count: Int
  }

  /// Substitutions by class.
  public struct Catalogue: Sendable, Hashable, Codable {
    /// In the order substitution, base before, base behind.
    public var bars: [Bar]
    /// By substitution.
    public var six: [String: Int]
    /// Substitutions in the bars.
    public var total: Int
    /// Substitutions that are not, by why.
    public var skipped: [String: Int]
    /// Doublets by class (`AC>CA`), those that occur.
    public var doublets: [String: Int]
    /// Doublets of two records that were phased.
    public var doubletsFromPhase: Int
    /// Doublets of one record.
    public var doubletsFromRecords: Int
    /// Substitutions of several bases in one record that are no doublet of the classes, by why.
    public var multiBaseSkipped: [String: Int]
    /// Adjacent pairs that nobody phased: both are in the bars.
    public var adjacentUnphased: Int
  }

  /// Fractions of the variants.
  public struct Fractions: Sendable, Hashable, Codable {
    /// The width of a bin; the first begins at 0.
    public var binWidth: Double
    /// Counts by bin.
    public var bins: [Int]
    /// Variants with a known fraction.
    public var known: Int
    /// Variants without.
    public var unknown: Int
    /// Fractions that are the layout's second choice.
    public var secondChoice: Int
  }

  /// Names the schema.
  public var schema = Self.schema
  /// The reference.
  public var reference: Reference
  /// Names the cache's content.
  public var cache: String
  /// The samples.
  public var samples: Samples
  /// How reads are counted.
  public var layout: Layout
  /// The rules.
  public var rules: Rules
  /// What was read.
  public var counts: Counts
  /// The burden.
  public var burden: TumourBurden
  /// Substitutions by class.
  public var catalogue: Catalogue
  /// Fractions of the variants.
  public var fractions: Fractions
  /// What the fractions say of purity.
  public var purity: PurityEstimate
  /// nil where no table was given.
  public var signatures: SignatureFit?
  /// The case summary's warnings.
  public var caseSummary: [CaseWarning]
  /// Variants with a listed term, in the order of the file.
  public var variants: [CodingVariant]
  /// Entries of the user's lists of domains; nil without one.
  public var domainEntries: Int?
  /// What a reader has to know, in words.
  public var banners: [String]
  /// What was odd but legal in the file, with its count.
  public var fileWarnings: [String: Int]

  init(
    _ input: TumourInput, _ counts: SomaticCounts, _ layout: SomaticLayout, cache: AnnotationCache, notes: [String],
    readerWarnings: [String: Int]
  ) {
    let profile = input.profile
    let hasNormal = input.normal != nil
    reference = Reference(name: cache.build.assembly, digest: cache.build.assemblyDigest)
    self.cache = cache.digest
    samples = Samples(
      tumour: input.tumour, normal: input.normal, mode: hasNormal ? "tumour-normal" : "tumour-only",
      germline: hasNormal ? "subtracted-by-caller" : "not-subtracted")
    self.layout = Layout(name: layout, fraction: layout.definition, depth: layout.depthDefinition)
    rules = Rules(
      id: profile.id, title: profile.title, release: profile.release, digest: profile.digest, somatic: profile.somatic,
      origins: profile.origins)
    self.counts = Counts(
      records: counts.records, alleles: counts.alleles, variants: counts.variants,
      byType: Dictionary(uniqueKeysWithValues: counts.byType.map { ($0.key.rawValue, $0.value) }),
      dropped: Dictionary(uniqueKeysWithValues: counts.dropped.map { ($0.key.name, $0.value) }),
      outsideBurdenContigs: counts.outsideBurdenContigs)
    burden = TumourBurden(counts.inBurden, hasNormal: hasNormal, profile.burden)
    catalogue = Catalogue(counts.catalogue)
    fractions = Fractions(
      binWidth: 1 / Double(FractionHistogram.drawn), bins: counts.fractions.bins, known: counts.fractions.total,
      unknown: counts.fractionsUnknown, secondChoice: counts.fractionsSecondChoice)
    purity = PurityEstimate(
      counts.autosomal, isSubtracted: hasNormal, isKnown: counts.fractions.total > 0, profile.purity)
    signatures = input.signatures.map {
      SignatureFit(counts.catalogue.single, $0, sparse: input.isSparse, profile.signatures)
    }
    caseSummary = CaseWarnings.all(
      CaseWarnings.Supplied(
        contamination: input.contamination, tumourContent: input.tumourContent, hasNormal: hasNormal,
        normalMeanDepth: input.normalMeanDepth, normalShareAt15: input.normalShareAt15),
      purity: purity, fractions: counts.fractions, profile.warnings)
    variants = counts.coding
    domainEntries = input.domains?.entries
    fileWarnings = readerWarnings
    banners = Self.banners(input, counts, layout, cache) + notes
  }

  private static func banners(
    _ input: TumourInput, _ counts: SomaticCounts, _ layout: SomaticLayout, _ cache: AnnotationCache
  ) -> [String] {
    var banners: [String] = []
    if input.normal == nil {
      banners.append(
        "Germline not subtracted: no normal was given. Variants, catalogue, fractions and signatures hold germline variants, and no burden is told."
      )
    }
    let swap = input.profile.swap
    if counts.paired.all >= max(1, swap.leastVariants),
      Double(counts.paired.moreInNormal) > swap.share * Double(counts.paired.all)
    {
      banners.append(
        "Tumour and normal look exchanged: \(counts.paired.moreInNormal) of \(counts.paired.all) passed variants have the larger fraction in the normal."
      )
    }
    if counts.variants == 0, let missing = counts.dropped[.filterMissing], missing > 0 {
      banners.append(
        "\(missing) alleles have no FILTER: the caller's filters were not run, and nothing counts as passed.")
    }
    let skipped = counts.catalogue.skipped.values.reduce(0, +)
    if Double(skipped) > 0.3 * Double(skipped + counts.catalogue.total), skipped > 0 {
      banners.append(
        "\(skipped) of \(skipped + counts.catalogue.total) substitutions are not in the catalogue: see the reasons before it is used."
      )
    }
    if let half = layout.missingHalf(counts.byType) { banners.append(half) }
    if counts.variants > 0, counts.outsideBurdenContigs == counts.variants {
      banners.append("No variant lies on a chromosome of which variants count in the burden.")
    }
    if let named = input.signatures?.namedAssembly, let assembly = cache.build.assembly, named.rawValue != assembly {
      banners.append("The signatures are named \(named.rawValue), and the reference is \(assembly).")
    }
    if input.signatures != nil, input.profile.burden.assay != .genome {
      banners.append(
        "What was sequenced is \(input.profile.burden.assay == .exome ? "an exome" : "a panel"): exposures are right only with signatures made for it, and not with those of whole genomes."
      )
    }
    return banners
  }
}

extension TumourAnalysis.Catalogue {
  init(_ counted: MutationCatalogue) {
    bars = SubstitutionClass.labels.enumerated().map { index, label in
      TumourAnalysis.Bar(
        label: label, substitution: SubstitutionClass.substitutions[index / 16], count: counted.single[index])
    }
    six = Dictionary(uniqueKeysWithValues: zip(SubstitutionClass.substitutions, counted.six))
    total = counted.total
    skipped = counted.skipped
    doublets = [:]
    for (label, count) in zip(DoubletClass.labels, counted.doublet) where count > 0 { doublets[label] = count }
    doubletsFromPhase = counted.doubletsFromPhase
    doubletsFromRecords = counted.doubletsFromRecords
    multiBaseSkipped = counted.multiBaseSkipped
    adjacentUnphased = counted.adjacentUnphased
  }
}
