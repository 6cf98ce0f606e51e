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
  init(_ db: any StoreConnection) throws {
    for row in try db.rows("SELECT * FROM release_issue ORDER BY id") {
      issues.append(
        Issue(
          id: try row.integer("id"), release: try row.text("release"), created: try row.text("created"),
          policy: try row.text("policy"), rule: try Self.rule(row), partition: try row.text("partition"),
          showsStrata: try row.integer("strata") != 0, people: try row.number("people"),
          variants: try row.number("variants")))
    }
    for row in try db.rows("SELECT * FROM release_tranche") {
      tranches[try row.integer("id")] = try Self.rule(row)
    }
    for row in try db.rows("SELECT * FROM release_member") {
      members[try row.integer("contribution")] = try Member(row)
    }
    for row in try db.rows("SELECT * FROM release_group") {
      let key = GroupKey(
        tranche: try row.integer("tranche"), stratum: try row.text("stratum"), sex: Sex(rawValue: try row.text("sex")))
      groups[key] = GroupState(
        people: try row.number("people"), step: try row.number("step"), cells: try row.number("cells"))
    }
  }

  private static func rule(_ row: StoreRow) throws -> DisclosureRule {
    DisclosureRule(
      minimum: try row.number("minimum"), rounding: try row.number("rounding"), isExact: try row.integer("exact") != 0)
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

extension ReleaseLedger.Member {
  init(_ row: StoreRow) throws {
    self.init(
      tranche: try row.integer("tranche"), since: try row.integer("since"), held: try row.optionalInteger("held"))
  }
}
