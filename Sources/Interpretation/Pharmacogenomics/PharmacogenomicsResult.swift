/// What pharmacogenes of one sample are, as far as the data tell: `apus-pgx/1`.
///
/// Evidence for decision support. Every position is listed with its state; what was not tested is listed; words of a
/// published table are quoted with the table's name.
public struct PharmacogenomicsResult: Sendable, Hashable, Encodable {
  /// Words of a published table.
  public struct QuotedTerm: Sendable, Hashable, Encodable {
    /// The words.
    public var text: String
    /// Whose they are.
    public var quotedFrom: String
  }

  /// The reference that positions were held against.
  public struct Reference: Sendable, Hashable, Encodable {
    /// GRCh38.
    public var assembly: String
    /// The GA4GH digest of its sequences, 32 letters, where it is known.
    public var digest: String?
  }

  /// The rules that come with Apus.
  public struct Rules: Sendable, Hashable, Encodable {
    /// Named alleles.
    public var namedAlleles: String
    /// The DPYD table.
    public var dpyd: String
    /// What reference calls without a record must have.
    public var referenceCalls: ReferenceThresholds
  }

  /// A gene without a test.
  public struct NotTested: Sendable, Hashable, Encodable {
    /// The gene.
    public var gene: String
    /// Why.
    public var reason: String
  }

  /// A call of another program, with what tables say of it.
  public struct Outside: Sendable, Hashable, Encodable {
    /// The call.
    public var call: OutsideCall
    /// What the gene's table says of the diplotype.
    public var phenotype: QuotedTerm?
    /// The activity score that it gives.
    public var activityScore: String?
    /// Where the call and the data, or the call and the table, differ.
    public var warnings: [String]
  }

  /// A text of the user's dosing table.
  public struct Dosing: Sendable, Hashable, Encodable {
    /// The gene.
    public var gene: String
    /// What the row was found by.
    public var match: DosingTable.Match
    /// With what.
    public var value: String
    /// The drug.
    public var drug: String
    /// The text, as it stands in the table.
    public var text: String
  }

  /// Texts of a dosing table, or why there are none.
  public struct DosingSection: Sendable, Hashable, Encodable {
    /// The table, where one was supplied.
    public var table: DosingTable.Provenance?
    /// Texts that apply.
    public var texts: [Dosing]
    /// Genes of the table that no text is given for, and why.
    public var withheld: [NotTested]
    /// What holds for the section.
    public var note: String
  }

  /// `apus-pgx/1`.
  public var schema = "apus-pgx/1"
  /// The sample's name in the VCF.
  public var sample: String
  /// The reference.
  public var reference: Reference
  /// Rules.
  public var rules: Rules
  /// The files of the definitions.
  public var definitions: [DefinitionSet.Source]
  /// The genes with definitions, by symbol.
  public var genes: [GeneResult]
  /// DPYD by the variants that laboratories test.
  public var dpyd: DPYDResult
  /// Calls of other programs.
  public var outsideCalls: [Outside]
  /// Genes that were not tested.
  public var notTestedGenes: [NotTested]
  /// What no gene's result covers.
  public var limits: [String]
  /// Dosing.
  public var dosing: DosingSection
}

/// What is known of one gene.
public struct GeneResult: Sendable, Hashable, Encodable {
  /// Whether the gene has a result.
  public enum Outcome: String, Sendable, Hashable, Encodable, CaseIterable {
    /// Named alleles explain the called positions.
    case called
    /// The data do not tell; `reasons` say why.
    case indeterminate
  }

  /// One allele of a diplotype.
  public struct Allele: Sendable, Hashable, Encodable {
    /// The name that is reported (the core allele of a suballele).
    public var name: String
    /// The definition that matched.
    public var matched: String
    /// Called positions that define it.
    public var score: Int
    /// Its function, in the table's words.
    public var function: PharmacogenomicsResult.QuotedTerm?
    /// Its activity value, as the table writes it.
    public var activityValue: String?
    /// Its defining positions that are not called: it may be another allele there.
    public var positionsNotCalled: [Int]
  }

  /// A diplotype (one allele where the gene is haploid) that explains the calls.
  public struct Diplotype: Sendable, Hashable, Encodable {
    /// `*1/*2`.
    public var name: String
    /// Its alleles.
    public var alleles: [Allele]
    /// The sum of their scores: a tie-break, no likelihood.
    public var score: Int
    /// What the phenotype table says of it.
    public var phenotype: PharmacogenomicsResult.QuotedTerm?
    /// The activity score that the table gives it.
    public var activityScore: String?
  }

  /// A position of the gene.
  public struct Position: Sendable, Hashable, Encodable {
    /// The contig, as the definitions name it.
    public var contig: String
    /// POS, counted from 1.
    public var position: Int
    /// dbSNP.
    public var rsid: String?
    /// REF.
    public var reference: String
    /// Documented ALTs.
    public var alternates: [String]
    /// The state.
    public var state: PositionCall.State
    /// `C/T`, `C|T`, where it is called.
    public var call: String?
    /// PS, where the call is of a named phase set.
    public var phaseSet: String?
    /// What the call rests on.
    public var evidence: PositionCall.Evidence
    /// Filters that the record failed.
    public var filters: [String]
    /// Why, in words.
    public var note: String?
    /// Alleles that the position defines, the reference allele apart.
    public var definesAlleles: [String]
  }

  /// What the publisher of the definitions picks where unphased data explain several diplotypes.
  public struct Priority: Sendable, Hashable, Encodable {
    /// The diplotype.
    public var pick: String
    /// Whose choice it is.
    public var quotedFrom: String
  }

  /// Variants that count one by one (DPYD).
  public struct Components: Sendable, Hashable, Encodable {
    /// Every variant, as often as there are copies of it.
    public var variants: [String]
    /// The variants of each strand; nil where phase does not tell.
    public var strands: [[String]]?
    /// The two that decide: the lowest activity of each strand, or the two lowest of all where phase does not tell.
    public var deciding: [String]
    /// Whether the two are taken to lie on different copies without proof.
    public var presumedInTrans: Bool
    /// Their sum, as the phenotype table writes it; nil where it is indeterminate.
    public var activityScore: String?
    /// What the table says of it.
    public var phenotype: PharmacogenomicsResult.QuotedTerm?
  }

  /// The gene.
  public var gene: String
  /// Who defines its alleles.
  public var definitionSource: String
  /// The version of the definitions, as their publisher writes it.
  public var definitionVersion: String
  /// The version of its phenotype table; nil where none was supplied.
  public var phenotypeVersion: String?
  /// The outcome.
  public var outcome: Outcome
  /// Why it is indeterminate.
  public var reasons: [String]
  /// 1 or 2 copies; nil where not told.
  public var ploidy: Int?
  /// Whether both strands are known.
  public var isEffectivelyPhased: Bool?
  /// How many assignments of sides to strands the phase allows.
  public var phaseAssignments: String?
  /// Whether undocumented bases were matched as the reference (genes of drug toxicity).
  public var undocumentedMatchedAsReference: Bool
  /// The diplotypes with the highest score: all of them.
  public var diplotypes: [Diplotype]
  /// Others that explain the calls, with lower scores.
  public var otherDiplotypes: [Diplotype]
  /// The publisher's choice among them.
  public var priority: Priority?
  /// Variants that count one by one.
  public var components: Components?
  /// Positions in each state.
  public var positionCounts: [String: Int]
  /// Every position.
  public var positions: [Position]
  /// Positions that define no allele and are shown with the gene.
  public var extraPositions: [Position]
  /// Alleles that the called positions cannot show at all.
  public var allelesNotTested: [String]
  /// Alleles of which some defining positions are not called.
  public var allelesPartlyTested: [String]
  /// What else a reader must know.
  public var warnings: [String]
}

/// DPYD by the variants that laboratories test before fluoropyrimidines.
public struct DPYDResult: Sendable, Hashable, Encodable {
  /// One variant.
  public struct Variant: Sendable, Hashable, Encodable {
    /// Its name.
    public var name: String
    /// Where it is.
    public var position: GeneResult.Position
    /// Copies that have it; nil where it is not called.
    public var copies: Int?
    /// The activity value of a copy that has it.
    public var activity: String
    /// What it is for.
    public var role: DPYDTable.Role
    /// Which laboratories test it.
    public var status: String
  }

  /// The table.
  public var table: String
  /// The outcome.
  public var outcome: GeneResult.Outcome
  /// Why it is indeterminate.
  public var reasons: [String]
  /// The gene activity score; nil where it is indeterminate.
  public var activityScore: String?
  /// The score that the called variants leave at most, where it is indeterminate.
  public var activityScoreAtMost: String?
  /// What the table's source says of the score.
  public var phenotype: PharmacogenomicsResult.QuotedTerm?
  /// Variants found, as often as there are copies.
  public var found: [String]
  /// Whether the two that decide are taken to lie on different copies without proof.
  public var presumedInTrans: Bool
  /// The variants.
  public var variants: [Variant]
  /// Variants of the table that are not called.
  public var notCallable: [String]
  /// HapB3's warnings and others.
  public var warnings: [String]
  /// What the table does not cover.
  public var notTested: String
}
