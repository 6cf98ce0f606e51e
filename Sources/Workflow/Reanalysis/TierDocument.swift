import Genomics
import Interpretation

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a case's tiers are, as far as two tierings of it are compared.
struct TierDocument: Sendable {
  /// A small variant with what it does and what is known of it.
  struct Variant: Sendable, Decodable {
    var tiered: TieredVariant
    var consequences: [TranscriptConsequence]
    var known: [KnownEvidence]?

    private enum Key: String, CodingKey { case consequences, known }

    init(_ one: TierReport.Variant) {
      tiered = one.tiered
      consequences = one.consequences
      known = one.known
    }

    init(from decoder: any Decoder) throws {
      tiered = try TieredVariant(from: decoder)
      let container = try decoder.container(keyedBy: Key.self)
      consequences = try container.decode([TranscriptConsequence].self, forKey: .consequences)
      known = try container.decodeIfPresent([KnownEvidence].self, forKey: .known)
    }

    /// The allele in one word, as partners of a pair name it.
    var key: String { "\(tiered.contig)-\(tiered.position)-\(tiered.reference)-\(tiered.alternate)" }
  }

  var cache: String
  var profile: TieringResult.Profile
  /// Those that may be told of: of a document that was read against another, without variants whose tiers are the same
  /// in both.
  var variants: [Variant]
  var structural: [TieredStructural]
  var repeats: [TieredRepeat]
  var provisional: String?
  /// Variants with the same tiers in the document that this one was read against.
  var unchanged: Set<String> = []

  /// What a report tells.
  init(_ report: TierReport) {
    cache = report.cache
    profile = report.result.profile
    variants = report.variants.map { Variant($0) }
    structural = report.result.structural
    repeats = report.result.repeats
    provisional = report.provisional
  }

  /// Reads `tiers.json`, in full only what is not the same in another tiering of the case: of thousands of variants few
  /// change, and most of a document is why.
  /// - Throws: `InputError` for anything else.
  init(_ bytes: [UInt8], against other: TierDocument, path: String) throws(InputError) {
    let decoder = JSONDecoder()
    if let key = Known.key { decoder.userInfo[key] = Known(other) }
    guard let one = try? decoder.decode(Stored.self, from: Data(bytes)), one.schema == TierReport.schema else {
      throw InputError(
        .malformed, at: InputLocation(file: path), "the file is not \(TierReport.schema)",
        remedy: "run the case again with this version")
    }
    cache = one.cache
    profile = one.profile
    structural = one.structural
    repeats = one.repeats
    provisional = one.provisional
    variants = []
    for variant in one.variants {
      switch variant {
      case .same(let key): unchanged.insert(key)
      case .other(let variant): variants.append(variant)
      }
    }
  }
}

/// The file's content.
private struct Stored: Decodable {
  var schema: String
  var cache: String
  var profile: TieringResult.Profile
  var variants: [StoredVariant]
  var structural: [TieredStructural]
  var repeats: [TieredRepeat]
  var provisional: String?
}

/// The tiers of the document that is read against, by variant.
private struct Known: Sendable {
  static let key = CodingUserInfoKey(rawValue: "known tiers")
  let outlines: [String: TierOutline]

  init(_ document: TierDocument) {
    outlines = Dictionary(document.variants.map { ($0.key, TierOutline($0.tiered)) }) { first, _ in first }
  }
}

private enum StoredVariant: Decodable {
  case same(String)
  case other(TierDocument.Variant)

  private enum Key: String, CodingKey {
    case contig, position, reference, alternate, highest, tiers
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let place = try container.decode(Int.self, forKey: .position)
    let names = try [Key.contig, .reference, .alternate].map { try container.decode(String.self, forKey: $0) }
    let key = "\(names[0])-\(place)-\(names[1])-\(names[2])"
    if let known = Known.key.flatMap({ decoder.userInfo[$0] as? Known }), let other = known.outlines[key] {
      let outline = TierOutline(
        highest: try container.decodeIfPresent(String.self, forKey: .highest),
        events: try container.decode([TierOutline.Event].self, forKey: .tiers))
      if outline == other {
        self = .same(key)
        return
      }
    }
    self = .other(try TierDocument.Variant(from: decoder))
  }
}

/// As much of a variant's tiers as a change is told by.
private struct TierOutline: Sendable, Equatable {
  struct Event: Sendable, Hashable, Decodable {
    var tier: String
    var gene: String
    var rule: String
    var mode: String?
    var filter: String?
    var penetrance: String
    var provisional: [String]
  }

  let highest: String?
  let events: Set<Event>

  /// Tiers under complete penetrance; of what makes one provisional, that there is something.
  init(highest: String?, events: [Event]) {
    self.highest = highest
    self.events = Set(
      events.filter { $0.penetrance == Penetrance.complete.rawValue }.map { event in
        var event = event
        event.provisional = event.provisional.isEmpty ? [] : [""]
        return event
      })
  }

  init(_ variant: TieredVariant) {
    self.init(
      highest: variant.highest?.rawValue,
      events: variant.tiers.map {
        Event(
          tier: $0.tier.rawValue, gene: $0.gene, rule: $0.rule, mode: $0.mode?.rawValue, filter: $0.filter?.rawValue,
          penetrance: $0.penetrance.rawValue, provisional: $0.provisional)
      })
  }
}
