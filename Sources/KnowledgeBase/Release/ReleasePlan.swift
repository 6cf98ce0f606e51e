import Genomics

/// Who is in a release and in which group, decided by membership alone: no genotype is looked at.
struct ReleasePlan {
  /// A group of people whose labels a release tells.
  struct Group: Sendable {
    var key: ReleaseLedger.GroupKey
    var rule: DisclosureRule
    var people: Int
    /// The people whom the group's labels were last made of; nil for a group that is new.
    var earlierPeople: Int?
    /// How often people had left it by then.
    var step: Int

    /// People who left since the labels were made.
    var left: Int { earlierPeople.map { $0 - people } ?? 0 }
  }

  /// The groups of everybody, by stratum and tranche, for autosomes and mitochondrial DNA.
  var wholes: [Group] = []
  /// The groups by sex too, for X and Y.
  var sexes: [Group] = []
  /// Each person's group in `wholes`, and in `sexes`; nil for who is not in the release.
  var places: [(whole: Int, sex: Int)?] = []
  /// Rows for the ledger.
  var members: [Int64: ReleaseLedger.Member] = [:]
  var tranches: [Int64: DisclosureRule] = [:]
  /// New people who wait until there are enough of them.
  var waiting = 0
  /// People who are left out with those who left.
  var held = 0
  /// Groups that everybody left.
  var gone: [ReleaseLedger.GroupKey] = []
  /// Whether the release holds other people than the last one.
  var isChanged = false
  /// The number of the release.
  var issue: Int64

  /// People in the release.
  var people: Int { wholes.reduce(0) { $0 + $1.people } }
}

extension ReleasePlan {
  /// Plans a release.
  /// - Parameters:
  ///   - rule: the strictest of this release's and all earlier ones'.
  ///   - partition: the dimension that groups are cut by; `all` for none.
  /// - Throws: `ReleaseError` of kind `withheld`.
  init(_ people: [StoredPerson], _ ledger: ReleaseLedger, rule: DisclosureRule, partition: String) throws {
    let last = ledger.issues.last?.id ?? 0
    issue = last + 1
    members = ledger.members
    tranches = ledger.tranches
    let fresh = people.filter { ledger.members[$0.id] == nil }
    try Self.guardNumbers(people.count, fresh: fresh.count, ledger, minimum: rule.minimum)
    hold(people, ledger, partition)
    // A group of fewer than twice the minimum tells no figures for ever after; only a first release makes one.
    if fresh.count >= 2 * rule.minimum || (ledger.issues.isEmpty && !fresh.isEmpty) {
      let tranche = (ledger.tranches.keys.max() ?? 0) + 1
      tranches[tranche] = rule
      for person in fresh { members[person.id] = ReleaseLedger.Member(tranche: tranche, since: issue, held: nil) }
      isChanged = true
    } else {
      waiting = fresh.count
    }
    group(people, ledger, partition)
    if !gone.isEmpty || wholes.contains(where: { $0.left > 0 }) { isChanged = true }
  }

  private static func guardNumbers(_ people: Int, fresh: Int, _ ledger: ReleaseLedger, minimum: Int) throws {
    func refuse(_ reason: String) -> ReleaseError {
      ReleaseError(
        .withheld, "the release is withheld: \(reason) fewer than \(minimum) people",
        remedy: "wait until at least \(minimum) differ")
    }
    guard people >= minimum else {
      throw ReleaseError(
        .withheld, "the release is withheld: the base holds fewer than \(minimum) people",
        remedy: "contribute more people first")
    }
    guard fresh == 0 || fresh >= minimum else { throw refuse("since an earlier release the base gained") }
    for issue in ledger.issues {
      let left = ledger.left(issue)
      guard left == 0 || left >= minimum else { throw refuse("since an earlier release the base lost") }
    }
  }

  /// The stratum of a person.
  static func stratum(of person: StoredPerson, _ partition: String) -> String {
    switch partition {
    case "all": "all"
    case "sex": person.sex.rawValue
    default: person.strata[partition] ?? "unknown"
    }
  }

  /// Where people left a group, but fewer than the minimum, others leave with them, for good: those whose contributions'
  /// digests sort first, which tells nobody who they are.
  private mutating func hold(_ people: [StoredPerson], _ ledger: ReleaseLedger, _ partition: String) {
    var present: [ReleaseLedger.GroupKey: [StoredPerson]] = [:]
    for person in people {
      guard let member = members[person.id], member.held == nil else { continue }
      let stratum = Self.stratum(of: person, partition)
      for sex in [nil, person.sex] {
        present[.init(tranche: member.tranche, stratum: stratum, sex: sex), default: []].append(person)
      }
    }
    // Groups by sex first: who is left out of one is left out of the whole.
    let ordered = ledger.groups.keys.sorted { $0.order < $1.order }
    for key in ordered.filter({ $0.sex != nil }) + ordered.filter({ $0.sex == nil }) {
      guard let state = ledger.groups[key], let rule = ledger.tranches[key.tranche] else { continue }
      let still = (present[key] ?? []).filter { members[$0.id]?.held == nil }
      let left = state.people - still.count
      // Of a group this small no figure was ever told, nor is one now.
      guard left > 0, left < rule.minimum, key.sex == nil || state.people >= rule.minimum else { continue }
      for person in still.sorted(by: { ($0.digest, $0.id) < ($1.digest, $1.id) }).prefix(rule.minimum - left) {
        members[person.id]?.held = issue
        held += 1
      }
    }
  }

  private mutating func group(_ people: [StoredPerson], _ ledger: ReleaseLedger, _ partition: String) {
    var counts: [ReleaseLedger.GroupKey: Int] = [:]
    var keys: [(whole: ReleaseLedger.GroupKey, sex: ReleaseLedger.GroupKey)?] = []
    for person in people {
      guard let member = members[person.id], member.held == nil else {
        keys.append(nil)
        continue
      }
      let stratum = Self.stratum(of: person, partition)
      let whole = ReleaseLedger.GroupKey(tranche: member.tranche, stratum: stratum, sex: nil)
      let sex = ReleaseLedger.GroupKey(tranche: member.tranche, stratum: stratum, sex: person.sex)
      counts[whole, default: 0] += 1
      counts[sex, default: 0] += 1
      keys.append((whole, sex))
    }
    gone = ledger.groups.filter { $0.value.people > 0 && counts[$0.key] == nil }.keys.sorted { $0.order < $1.order }
    let all = counts.keys.sorted { $0.order < $1.order }.map { key in
      let state = ledger.groups[key]
      return Group(
        key: key, rule: tranches[key.tranche] ?? DisclosureRule(minimum: .max / 4, rounding: 5, isExact: false),
        people: counts[key] ?? 0, earlierPeople: state?.people, step: state?.step ?? 0)
    }
    wholes = all.filter { $0.key.sex == nil }
    sexes = all.filter { $0.key.sex != nil }
    let index = Dictionary(uniqueKeysWithValues: (wholes.enumerated().map { ($1.key, $0) }))
    let sexIndex = Dictionary(uniqueKeysWithValues: (sexes.enumerated().map { ($1.key, $0) }))
    places = keys.map { keys in
      keys.flatMap { keys in index[keys.whole].flatMap { one in sexIndex[keys.sex].map { (one, $0) } } }
    }
  }
}

extension ReleaseLedger.GroupKey {
  /// By stratum, tranche and sex.
  var order: (String, Int64, String) { (stratum, tranche, sex?.rawValue ?? "") }
}
