/// Rules of tiering as data: a versioned file that every result names.
public struct TieringProfile: Sendable, Hashable {
  /// Which rules of segregation.
  public enum Segregation: String, Sendable, Hashable, CaseIterable {
    /// Filters over the family, in both penetrance passes.
    case family
    /// The newborn guide's rules for one person.
    case singleton
  }

  /// What the profile says of one rule that traces name.
  public struct Rule: Sendable, Hashable {
    /// Where it is from.
    public var source: String
    /// How well that is established.
    public var mark: SourceMark
  }

  /// Lists of consequences.
  public enum Impact: String, Sendable, Hashable, CaseIterable {
    /// Tier 1.
    case high
    /// Tier 2; Tier 1 when de novo.
    case moderate
    /// In genes that code for no protein.
    case nonCoding = "non-coding"
    /// On no list, and told as a near miss in genes of the panels.
    case told
  }

  /// A consequence that the profile lists.
  public struct ImpactTerm: Sendable, Hashable {
    /// The term of the Sequence Ontology, as CSQ has it today.
    public var term: String
    /// Other names and accessions of the same consequence.
    public var aliases: [String]
    /// The list.
    public var impact: Impact
    /// Where that is from.
    public var rule: Rule
  }

  /// Its identifier.
  public var id: String
  /// What it is, in words.
  public var title: String
  /// The release of the rules.
  public var release: String
  /// Which rules of segregation.
  public var segregation: Segregation
  /// Rules by identifier.
  public var rules: [String: Rule]
  /// Consequences.
  public var impacts: [ImpactTerm]
  /// Biotypes of transcripts whose consequences count.
  public var biotypes: Set<String>
  /// Biotypes of genes that code for no protein.
  public var nonCodingBiotypes: Set<String>
  /// Consequences that lie outside a transcript: by these alone a known variant is not of the gene.
  public var outsideTerms: Set<String>
  /// Datasets of allele frequencies with their limits.
  public var frequencies: [FrequencyDataset]
  /// The rule of known variants.
  public var known: KnownRule
  /// Conditions of de novo.
  public var deNovo: DeNovoRule
  /// Conditions of the mitochondrial genome.
  public var mitochondrial: MitochondrialRule
  /// Rules of copy numbers.
  public var structural: StructuralRule
  /// The fraction of the autosomes in runs of homozygosity from which a warning is given.
  public var homozygosityWarning: Double
  /// SHA-256 of its text, in hexadecimal digits.
  public var digest: String
  /// Whether a listed consequence matters outside the panels' genes too.
  var sieve: [String: Bool]
  /// The index in `impacts` of a consequence by any of its names.
  var places: [String: Int]

  /// What the profile says of a consequence; nil where it lists it nowhere.
  public func impact(of term: String) -> ImpactTerm? { places[term].map { impacts[$0] } }
}

/// A dataset of allele frequencies: how the cache's sources name it, and what each population may not exceed.
public struct FrequencyDataset: Sendable, Hashable {
  /// A population's limits: `>` fails; nil where the mode is not tested.
  public struct Row: Sendable, Hashable {
    /// The population, in capitals; `ALL` for the whole dataset.
    public var population: String
    /// How many people it is from.
    public var individuals: Int
    /// The limit under dominant modes.
    public var dominant: Double?
    /// The limit under recessive modes.
    public var recessive: Double?
    /// The limit in the mitochondrial genome.
    public var mitochondrial: Double?
    /// The field of the frequency in the source, by any of these names.
    public var fields: [String]
    /// The field of the number of alleles called, by any of these names.
    public var numberFields: [String]
  }

  /// Its name in `FrequencyKey`.
  public var id: String
  /// Its name and version in words.
  public var title: String
  /// What cache sources of it are called, by any of these names.
  public var sources: [String]
  /// Its populations.
  public var rows: [Row]
  /// Where the limits are from.
  public var rule: TieringProfile.Rule
}

/// Where to look for a dataset's population among the INFO keys of a cache's sources (`NAME_FIELD`).
public struct FrequencyField: Sendable, Hashable {
  /// What is looked for.
  public var key: FrequencyKey
  /// Names of the source; the first that the cache has counts.
  public var sources: [String]
  /// Names of the frequency's field; the first that the source has counts.
  public var fields: [String]
  /// Names of the field of the number of alleles; the first that the source has counts.
  public var numberFields: [String]
}

/// Where to look for known variants among the INFO keys of a cache's sources.
public struct KnownSource: Sendable, Hashable {
  /// Names of the source; every one that the cache has counts.
  public var sources: [String]
  /// The field of the significance.
  public var significance: String
  /// The field of the review status.
  public var reviewStatus: String
  /// The field of single classifications behind a conflict.
  public var conflicting: String
}

/// The rule of known pathogenic and likely pathogenic variants ("criterion 6").
public struct KnownRule: Sendable, Hashable {
  /// Significances of which one must stand in the source's, in lower case with spaces.
  public var significances: [String]
  /// Significances of a conflict, in lower case with spaces.
  public var conflicts: [String]
  /// Review statuses, in lower case with spaces and without commas.
  public var reviewStatuses: [String]
  /// The dataset whose frequency is limited.
  public var frequency: FrequencyKey
  /// The frequency must be below this.
  public var below: Double
  /// In a conflict: how many single classifications must be (likely) pathogenic; nil where a conflict passes as such.
  public var conflictPathogenicAtLeast: Int?
  /// In a conflict: how many single classifications may be (likely) benign.
  public var conflictBenignAtMost: Int?
  /// Whether several bases that change together may match by protein.
  public var matchesProteinOfMNV: Bool
  /// Sources.
  public var sources: KnownSource
}

/// When a call of three people can show a variant de novo.
public struct DeNovoRule: Sendable, Hashable {
  /// DP of all three, at least.
  public var depth: Int
  /// GQ of all three, at least.
  public var quality: Int
  /// Reads with the allele in a parent called 0/0 from which mosaicism is told as possible.
  public var parentalReads: Int
}

/// When a call of the mitochondrial genome counts.
public struct MitochondrialRule: Sendable, Hashable {
  /// DP, at least.
  public var depth: Int
  /// The level of heteroplasmy (AD of the allele ÷ DP), at least.
  public var level: Double
}

/// Rules of copy numbers.
public struct StructuralRule: Sendable, Hashable {
  /// Bases, at least.
  public var length: Int
  /// Bases, up to which two kinds of callers must agree.
  public var twoCallersBelow: Int
  /// The reciprocal overlap that they must have, as a fraction of each.
  public var reciprocalOverlap: Double
  /// The limit of both frequencies of a loss.
  public var lossFrequency: Double
  /// The limit of both frequencies of a gain.
  public var gainFrequency: Double
  /// The dataset's name in words.
  public var dataset: String
}

extension TieringProfile {
  /// Where the frequencies that the rules ask for are found.
  public var frequencyFields: [FrequencyField] {
    frequencies.flatMap { dataset in
      dataset.rows.map { row in
        FrequencyField(
          key: FrequencyKey(dataset.id, row.population), sources: dataset.sources, fields: row.fields,
          numberFields: row.numberFields)
      }
    }
  }

  /// The frequencies that the rules ask for.
  public var frequencyKeys: [FrequencyKey] { frequencyFields.map(\.key) }

  /// Where known variants are found.
  public var knownSources: [KnownSource] { [known.sources] }

  /// Every consequence that is on a list, or told where it is on none, by all its names.
  public var listedTerms: Set<String> { Set(impacts.flatMap { [$0.term] + $0.aliases }) }
}
