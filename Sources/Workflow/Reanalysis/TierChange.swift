public import Interpretation

/// A variant of a case whose tiers are others than they were, and why.
public struct TierChange: Sendable, Hashable, Encodable {
  /// Where its highest tier went. Tiers under complete penetrance count, as in the report.
  public enum Direction: String, Sendable, Hashable, Encodable, CaseIterable {
    /// It had no tier.
    case appeared
    /// It has no tier any more.
    case vanished
    /// A higher one.
    case rose
    /// A lower one.
    case fell
    /// The same, by other genes, rules, modes or filters, or with rules that could or could not be asked.
    case basis
  }

  /// The kind of variant.
  public enum Kind: String, Sendable, Hashable, Encodable {
    case small
    case copyNumber = "copy-number"
    case shortTandemRepeat = "short-tandem-repeat"
  }

  /// One tier, by what it rests on.
  public struct Event: Sendable, Hashable, Encodable, Comparable {
    /// The tier.
    public var tier: Tier
    /// The gene.
    public var gene: String
    /// The rule that gave it.
    public var rule: String
    /// The mode of inheritance.
    public var mode: String?
    /// The filter of segregation.
    public var filter: String?
    /// Whether rules behind it could not be asked.
    public var isProvisional: Bool

    init(_ event: TierEvent) {
      tier = event.tier
      gene = event.gene
      rule = event.rule
      mode = event.mode?.rawValue
      filter = event.filter?.rawValue
      isProvisional = !event.provisional.isEmpty
    }

    private var key: (Int, String, String, String, String) { (tier.rank, gene, rule, mode ?? "", filter ?? "") }

    /// The highest tier first, then by name.
    public static func < (a: Self, b: Self) -> Bool {
      a.key == b.key ? !a.isProvisional && b.isProvisional : a.key < b.key
    }
  }

  /// The kind of variant.
  public var kind: Kind
  /// `contig-POS-REF-ALT` with POS counted from 1, or the name of a copy number or repeat.
  public var variant: String
  /// Where its highest tier went.
  public var direction: Direction
  /// The highest tier before; nil for none.
  public var from: Tier?
  /// The highest tier now; nil for none.
  public var to: Tier?
  /// Every tier before.
  public var before: [Event]
  /// Every tier now.
  public var now: [Event]
  /// Why: what of it differs. Never empty.
  public var why: [Reason]

  /// Something that differs.
  public struct Reason: Sendable, Hashable, Encodable {
    /// What kind of thing.
    public enum Kind: String, Sendable, Hashable, Encodable {
      /// What a source of classified variants tells.
      case source
      /// A rule of the profile that came out otherwise, with the data that it asked.
      case rule
      /// A panel's version, rating or mode.
      case panel
      /// The profile itself.
      case profile
      /// What the variant does, by the gene model.
      case consequence
      /// The other half of a pair changed.
      case partner
      /// Nothing that the two documents tell of the variant differs.
      case unattributed
    }

    /// What kind of thing.
    public var kind: Kind
    /// Its name: the source, the rule, the panel, the transcript, the partner.
    public var name: String
    /// Before; nil for nothing, or where it is not told.
    public var from: String?
    /// Now; nil for nothing, or where it is not told.
    public var to: String?
  }

  init?(
    _ kind: Kind, _ variant: String, from: (highest: Tier?, events: [TierEvent])?,
    to: (highest: Tier?, events: [TierEvent])?, why: [Reason]
  ) {
    func events(_ side: (highest: Tier?, events: [TierEvent])?) -> [Event] {
      Set((side?.events ?? []).filter { $0.penetrance == .complete }.map(Event.init)).sorted()
    }
    (before, now) = (events(from), events(to))
    guard before != now || from?.highest != to?.highest else { return nil }
    self.kind = kind
    self.variant = variant
    (self.from, self.to) = (from?.highest, to?.highest)
    direction =
      switch (from?.highest, to?.highest) {
      case (nil, nil): .basis
      case (nil, _): .appeared
      case (_, nil): .vanished
      case (let old?, let new?): new.rank < old.rank ? .rose : new.rank > old.rank ? .fell : .basis
      }
    self.why = why.isEmpty ? [Reason(kind: .unattributed, name: variant)] : why
  }
}
