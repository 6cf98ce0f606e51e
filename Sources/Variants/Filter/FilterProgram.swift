import GenomicFiles

/// What a node of a program does.
enum FilterNodeKind: UInt8, Sendable {
  // Numbers of the site.
  case number, missing, quality, position, type, alternateCount, lengthChange
  case info, infoElement, infoList, infoFlag
  case alleleCount, alleleNumber, minorCount, alleleFrequency, minorFrequency, missingCount, missingFraction
  // Numbers of the samples.
  case formatFirst, formatElement, formatList
  // Texts.
  case text, contig, reference, alternate, alternateElement, infoText, formatText, genotypeText
  // Numbers of other values.
  case arithmetic, fold, foldSamples, absolute, phred, length
  case countNumbers, countSamples, countTexts, binomialGenotype, binomialPair, binomialList, fisherList, fisherPair
  case passing, passingFraction
  // Conditions.
  case compare, compareTexts, matchTexts, genotypeClass, typeHas, filterIs, identifierIs, identifierIn
  case identifierMatches, logic
}

/// A step of a program. Plain values, so that the evaluator copies it without counting references.
struct FilterNode: Sendable {
  enum Value: UInt8, Sendable { case number, text, condition }

  var kind: FilterNodeKind
  var value: Value
  /// A comparison, arithmetic, logic or function, by raw value; for what only may be turned round: 1 where it is.
  var operation: UInt8 = 0
  /// Whether it has a value a sample.
  var isSample = false
  var left: Int32 = -1
  var right: Int32 = -1
  /// Into the table that the kind uses.
  var slot: Int32 = -1
  /// Into the selectors; -1 is all.
  var selector: Int32 = -1
  /// Into the masks of samples; -1 is all.
  var mask: Int32 = -1
  var number: Double = 0
}

/// A FORMAT field that a program reads.
struct FilterFormatSlot: Sendable {
  enum Kind: UInt8, Sendable { case integer, float, text, genotype }

  var key: [UInt8]
  var kind: Kind
  /// Whether more than the first value is wanted.
  var needsAll = false
}

/// A condition on FILTER: the names, none for `.`.
struct FilterNames: Sendable {
  var names: [[UInt8]]
}

/// A pattern of `~`.
struct FilterPattern: Sendable {
  var text: [UInt8]
  var ignoresCase: Bool
}

/// An expression compiled for one header.
struct FilterProgram: Sendable {
  var nodes: [FilterNode] = []
  var sampleCount: Int
  var infoKeys: [[UInt8]] = []
  var formats: [FilterFormatSlot] = []
  var texts: [[UInt8]] = []
  var selectors: [FilterSelector] = []
  var masks: [[Bool]] = []
  var patterns: [FilterPattern] = []
  var filters: [FilterNames] = []
  var lists: [Set<[UInt8]>] = []
  /// For each class of genotype, whether it satisfies the condition.
  var genotypeTables: [[Bool]] = []
  /// The slot of GT, where it is read.
  var genotypeSlot: Int?
  /// Whether alleles in GT are counted.
  var countsAlleles = false
  /// The slots of INFO/AC and INFO/AN where the header declares both.
  var declaredCounts: (ac: Int, an: Int)?
  /// What a reader of the expression may take otherwise.
  var notes: [String] = []

  var root: Int { nodes.count - 1 }
}

/// Classes of genotypes: what `GT="het"` and its like tell apart.
enum GenotypeClass: UInt8, Sendable, CaseIterable {
  case missing, haploidReference, haploidAlternate, homozygousReference, homozygousAlternate
  case heterozygousReference, heterozygousAlternates

  private var hasReference: Bool {
    self == .haploidReference || self == .homozygousReference || self == .heterozygousReference
  }

  /// The words for it where the condition asks for `key`; nil where `key` is no such word.
  func name(for key: String) -> String? {
    switch key.lowercased() {
    case "hom", "het", "hap":
      switch self {
      case .missing: "."
      case .haploidReference, .haploidAlternate: "hap"
      case .homozygousReference, .homozygousAlternate: "hom"
      case .heterozygousReference, .heterozygousAlternates: "het"
      }
    case "mis", "ref", "alt":
      if self == .missing { "mis" } else { hasReference && self != .heterozygousReference ? "ref" : "alt" }
    case "rr", "ra", "ar", "aa", "a", "r":
      switch self {
      case .missing: "."
      case .haploidReference: "r"
      case .haploidAlternate: "a"
      case .homozygousReference: "rr"
      case .homozygousAlternate: "aa"
      case .heterozygousReference: "ra"
      case .heterozygousAlternates: "aA"
      }
    default: nil
    }
  }

  /// A key as it is compared with names; nil where it is none.
  static func canonical(_ key: String) -> String? {
    guard GenotypeClass.missing.name(for: key) != nil else { return nil }
    if key == "aA" || key == "Aa" { return "aA" }
    return key.lowercased() == "ar" ? "ra" : key.lowercased()
  }
}
