import GRDB
import Genomics

/// What earlier releases of a base told, and of how many people.
///
/// People enter a release in *tranches*: all those who are new to it together. A tranche's labels are made once; they
/// change only when people leave it. So every release is a sum of labels of tranches that share nobody.
struct ReleaseLedger {
  /// A release that was made.
  struct Issue: Sendable, Hashable {
    var id: Int64
    var release: String
    var created: String
    var policy: String
    var rule: DisclosureRule
    /// The dimension that the groups are cut by; `all` for none.
    var partition: String
    var showsStrata: Bool
    var people: Int
    var variants: Int
  }

  /// A person's place.
  struct Member: Sendable, Hashable {
    var tranche: Int64
    /// The first release that holds the person.
    var since: Int64
    /// The first release that held the person back, with people who left; nil for none.
    var held: Int64?
  }

  /// A group whose labels were told.
  struct GroupKey: Sendable, Hashable {
    var tranche: Int64
    var stratum: String
    /// The sex, for X and Y; nil for everybody.
    var sex: Sex?
  }

  /// What is kept of a group.
  struct GroupState: Sendable, Hashable {
    /// The people whom the labels are of.
    var people: Int
    /// How often people left it between releases.
    var step: Int
    /// The labels that are kept of it.
    var cells = 0
  }

  var issues: [Issue] = []
  var tranches: [Int64: DisclosureRule] = [:]
  var members: [Int64: Member] = [:]
  var groups: [GroupKey: GroupState] = [:]

  init() {}

  /// Reads the ledger.
  init(_ db: Database) throws {
    for row in try Row.fetchAll(db, sql: "SELECT * FROM release_issue ORDER BY id") {
      issues.append(
        Issue(
          id: row["id"], release: row["release"], created: row["created"], policy: row["policy"], rule: Self.rule(row),
          partition: row["partition"], showsStrata: row["strata"], people: row["people"], variants: row["variants"]))
    }
    for row in try Row.fetchAll(db, sql: "SELECT * FROM release_tranche") { tranches[row["id"]] = Self.rule(row) }
    for row in try Row.fetchAll(db, sql: "SELECT * FROM release_member") {
      members[row["contribution"]] = Member(tranche: row["tranche"], since: row["since"], held: row["held"])
    }
    for row in try Row.fetchAll(db, sql: "SELECT * FROM release_group") {
      let key = GroupKey(tranche: row["tranche"], stratum: row["stratum"], sex: Sex(rawValue: row["sex"]))
      groups[key] = GroupState(people: row["people"], step: row["step"], cells: row["cells"])
    }
  }

  private static func rule(_ row: Row) -> DisclosureRule {
    DisclosureRule(minimum: row["minimum"], rounding: row["rounding"], isExact: row["exact"])
  }

  /// The strictest rule of all releases; nil before the first.
  var strictest: DisclosureRule? {
    issues.first.map { first in issues.dropFirst().reduce(first.rule) { $0.joined(with: $1.rule) } }
  }

  /// People of each release who left the base since: by the numbers of people kept, and those who are still there.
  func left(_ issue: Issue) -> Int {
    issue.people - members.values.count { $0.since <= issue.id && ($0.held ?? .max) > issue.id }
  }
}
