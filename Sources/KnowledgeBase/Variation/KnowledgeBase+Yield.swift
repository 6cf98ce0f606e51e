import Genomics

extension KnowledgeBase {
  /// Whether each proband of the base has a finding: one observation a person, without a word of whom.
  ///
  /// A proband is a person of whom a test code is told: relatives have none. A finding is an allele of tier 1 or 2, or a
  /// germline class Pathogenic or Likely_pathogenic as the latest that an event of the person's own case gave an allele. A
  /// proband without a finding whose tiers are not in the base (the case was not tiered, or a relative did not permit) is
  /// unknown.
  /// - Parameter dimension: `laboratory`, `region` or `trust`.
  public func yield(by dimension: String) throws -> [VariationObservation] {
    try read { db in
      let classified = try pathogenicPeople(db)
      return try people(db).compactMap { person in
        guard let details = ContributionDetails(text: person.details) else { throw damaged() }
        guard let indication = details.strata["indication"] else { return nil }
        var outcome: Bool? = classified.contains(person.id) ? true : nil
        if outcome == nil, details.versions["profile"] != nil {
          outcome = try reading { try labels(of: person.id, db) }.contains { Self.isHigh($0.tier) }
        }
        return VariationObservation(indication: indication, unit: details.strata[dimension], outcome: outcome)
      }
    }
  }

  /// Whether a tier is one of the two highest, however its profile writes it (`TIER1`, `Tier 1`).
  static func isHigh(_ tier: String?) -> Bool {
    let letters = tier?.lowercased().filter { $0.isLetter || $0.isNumber }
    return letters == "tier1" || letters == "tier2"
  }

  /// People whose own events say, as the latest of an allele, that it is pathogenic or likely so.
  private func pathogenicPeople(_ db: any StoreConnection) throws -> Set<Int64> {
    struct Key: Hashable {
      var person: Int64
      var contig: String
      var start: Int
      var reference: String
      var alternate: String
    }
    var events: [Key: [ClassificationEvent]] = [:]
    let rows = try db.rows(
      "SELECT \(StoredClassification.columns) FROM classification WHERE contribution IS NOT NULL")
    for row in rows {
      guard let stored = try? StoredClassification(row, contig: "."), let person = stored.contribution,
        let contig = try? row.text("contig")
      else { throw damaged("an event of classification is not the one that was added") }
      let event = stored.event
      let key = Key(
        person: person, contig: contig, start: event.start, reference: event.reference, alternate: event.alternate)
      events[key, default: []].append(event)
    }
    let grave = Set(["Pathogenic", "Likely_pathogenic"])
    return Set(
      events.filter { grave.contains(Classifications($0.value).latest(.germline)?.classification ?? "") }.keys
        .map(\.person))
  }
}
