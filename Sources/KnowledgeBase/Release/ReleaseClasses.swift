import Genomics

/// The classes of a release's alleles, read a contig at a time, and up to which event each release had them.
///
/// Events are numbered as they are added, and are never taken away: the number of the last one says which a release
/// counted, so that the same release comes out again however many were added since.
final class ReleaseClasses {
  private struct Place: Hashable {
    var start: Int
    var reference: String
    var alternate: String
  }

  private let base: KnowledgeBase
  private let rule: DisclosureRule
  private let earlier: [DisclosureRule]
  private let db: any StoreConnection
  /// The last event that a new release counts.
  private let newest: Int64
  private var loaded: (contig: RefgetDigest, last: Int64)?
  private var told: [Place: ReleasedClasses] = [:]

  /// - Parameters:
  ///   - rule: the release's.
  ///   - earlier: those of all releases before it.
  init(_ base: KnowledgeBase, rule: DisclosureRule, earlier: [DisclosureRule], _ db: any StoreConnection) throws {
    (self.base, self.rule, self.earlier, self.db) = (base, rule, earlier, db)
    newest = try db.integer("SELECT max(id) FROM classification") ?? 0
  }

  /// What is told of an allele's classes: nothing of one whose copies are not told.
  func classes(of row: ReleaseRow) throws -> ReleasedClasses? {
    guard row.strata.first?.figures.copies != nil else { return nil }
    let last = try row.repeats.map { try Self.last(of: $0, base, db) } ?? newest
    if loaded?.contig != row.contig.digest || loaded?.last != last {
      let events = try base.classifications(on: row.contig, upTo: last, db)
      let places = Dictionary(grouping: events) {
        Place(start: $0.start, reference: $0.reference, alternate: $0.alternate)
      }
      told = places.compactMapValues { ReleasedClasses(ClassifiedCases($0), rule: rule, earlier: earlier) }
      loaded = (row.contig.digest, last)
    }
    return told[Place(start: row.start, reference: row.reference, alternate: row.alternate)]
  }

  /// Enters up to which event a new release counted.
  func enter(issue: Int64) throws {
    try db.execute(
      "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      [Self.key(issue), "\(newest) \(Self.seal(issue, newest))"])
  }

  private static func key(_ issue: Int64) -> String { "release.events.\(issue)" }

  private static func seal(_ issue: Int64, _ last: Int64) -> String { Seal.of(["\(key(issue))", "\(last)"]) }

  /// The last event that an earlier release counted; none, for one of a version that told no classes.
  private static func last(of issue: Int64, _ base: KnowledgeBase, _ db: any StoreConnection) throws -> Int64 {
    guard let text = try KnowledgeBase.meta(key(issue), db) else { return 0 }
    let fields = text.split(separator: " ")
    guard fields.count == 2, let last = Int64(fields[0]), fields[1] == seal(issue, last) else {
      throw base.damaged("which classifications a release counted is not as it was written")
    }
    return last
  }
}
