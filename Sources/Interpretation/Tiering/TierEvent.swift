/// One tier that applies to a variant, by one gene, transcript, filter and rule.
public struct TierEvent: Sendable, Hashable, Codable {
  /// A gene's entry of a panel.
  public struct PanelHit: Sendable, Hashable, Codable {
    /// The panel.
    public var panel: Panel.Identity
    /// The panel of a super-panel that the entry is from.
    public var component: Panel.Identity?
    /// The symbol that the panel lists the gene by.
    public var symbol: String
    /// What both name the gene by.
    public var matchedBy: String
    /// The rating.
    public var rating: PanelRating
    /// The mode of inheritance as the panel writes it.
    public var mode: String
  }

  /// The tier.
  public var tier: Tier
  /// The rule that gave it.
  public var rule: String
  /// The gene's symbol, or its identifier where it has none.
  public var gene: String
  /// Transcripts in which the rule holds, MANE Select first, then the canonical one; empty where it asks for none.
  public var transcripts: [String]
  /// The consequence that counted; nil where none did (a known variant).
  public var term: String?
  /// Entries of panels that the tier rests on; none for tier 3.
  public var panels: [PanelHit]
  /// The mode of inheritance that the variant was tiered under; nil for copy numbers.
  public var mode: TieringMode?
  /// The filter of segregation that it passed; nil for copy numbers.
  public var filter: SegregationFilter?
  /// Complete, or incomplete where it passes with incomplete penetrance alone.
  public var penetrance: Penetrance
  /// Whether no pair's phase was shown: a pair is possible, no more.
  public var isPossible: Bool
  /// The other halves of pairs (`contig-POS-REF-ALT`, or the name of a copy number or repeat), those in trans first.
  public var partners: [String]
  /// Rules that could not be asked, so that the tier is provisional. Empty: none.
  public var provisional: [String]
  /// What was asked for this tier beside the variant's own trace.
  public var trace: [TraceLine]
}
