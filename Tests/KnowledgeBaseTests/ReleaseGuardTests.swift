import GRDB
import Genomics
import TestSupport
import Testing

@testable import KnowledgeBase

@Suite("The ledger's guard: who is in a release is decided by membership, and small changes are withheld")
struct ReleaseGuardTests {
  private func isWithheld(_ world: ReleaseWorld, _ options: ReleaseOptions) -> Bool {
    do {
      try world.release(options)
      return false
    } catch let error as ReleaseError {
      return error.kind == .withheld
    } catch {
      return false
    }
  }

  @Test("Fewer people than the minimum: nothing is released, and nothing is entered")
  func few() throws {
    var random = SplitMix64()
    var world = try ReleaseWorld()
    let options = ReleaseOptions(policy: try ReleasePolicy("nhs-central"))
    for count in 0..<8 {
      #expect(isWithheld(world, options), "\(count) people")
      world.add(1, using: &random)
    }
    #expect(!isWithheld(world, options))
    #expect(try world.store.access { try ReleaseLedger($0) }.issues.count == 1)
  }

  @Test("One to seven more or fewer people: withheld; eight: released", arguments: 1...8)
  func changes(count: Int) throws {
    var random = SplitMix64()
    let options = ReleaseOptions(policy: try ReleasePolicy("nhs-central"))
    var grown = try ReleaseWorld()
    grown.add(40, using: &random)
    try grown.release(options)
    var shrunk = grown
    shrunk = try ReleaseWorld()
    shrunk.add(40, using: &random)
    try shrunk.release(options)
    grown.add(count, using: &random)
    try shrunk.withdraw((1...Int64(count)).map { $0 })
    #expect(isWithheld(grown, options) == (count < 8))
    #expect(isWithheld(shrunk, options) == (count < 8))
    // One comes and one goes: neither hides the other.
    var both = try ReleaseWorld()
    both.add(40, using: &random)
    try both.release(options)
    both.add(count, using: &random)
    try both.withdraw([1])
    #expect(isWithheld(both, options))
  }

  @Test("Every earlier release is asked, not the last alone")
  func everyRelease() throws {
    var random = SplitMix64()
    let options = ReleaseOptions(policy: try ReleasePolicy("nhs-central"))
    var world = try ReleaseWorld()
    world.add(60, using: &random)
    try world.release(options)
    try world.withdraw((1...8).map { Int64($0) })
    try world.release(options)
    // Nine left since the first release, one since the second.
    try world.withdraw([9])
    #expect(isWithheld(world, options))
    try world.withdraw((10...16).map { Int64($0) })
    #expect(!isWithheld(world, options))
  }

  @Test("The same people again: the same rows, and no new entry")
  func again() throws {
    var random = SplitMix64()
    let options = ReleaseOptions(policy: try ReleasePolicy("nhs-central"))
    var world = try ReleaseWorld(sites: [("1", 100), ("1", 500), ("X", 20_000), ("MT", 70), ("Y", 6000), ("X", 5000)])
    world.add(120, using: &random)
    try world.release(options)
    for step in 0..<3 {
      let first = try world.release(options)
      let second = try world.release(options)
      #expect("\(first.rows)" == "\(second.rows)")
      #expect(second.made.repeated != nil)
      #expect(try world.store.access { try ReleaseLedger($0) }.issues.count == step + 1)
      // Some of them may be held back since the last step, and then are in no release that they could leave.
      try world.withdraw(world.people.prefix(25).map(\.id))
      world.add(20, using: &random)
      try world.release(options)
    }
  }

  @Test("A looser policy after a stricter one is bound by the stricter; another dimension is withheld")
  func looser() throws {
    var random = SplitMix64()
    var world = try ReleaseWorld()
    world.add(60, using: &random)
    let central = try ReleasePolicy("nhs-central")
    let strict = ReleaseOptions(policy: central, minimum: 13)
    let minimum = try strict.rule.minimum
    try world.release(strict)
    world.add(minimum - 1, using: &random)
    for policy in [central, try ReleasePolicy("gel-airlock")] {
      #expect(isWithheld(world, ReleaseOptions(policy: policy)))
    }
    world.add(1, using: &random)
    let (made, _) = try world.release(ReleaseOptions(policy: try ReleasePolicy("gel-airlock")))
    #expect(made.terms.rule.minimum == minimum && !made.terms.rule.isExact)
    #expect(isWithheld(world, ReleaseOptions(policy: central, dimension: "sex")))
  }

  @Test("Strata are of one dimension, and everybody is their sum")
  func strata() throws {
    var random = SplitMix64()
    var world = try ReleaseWorld()
    world.add(200, using: &random)
    let options = ReleaseOptions(policy: try ReleasePolicy("nhs-central"), dimension: "region")
    let (_, rows) = try world.release(options)
    let row = try #require(rows.first)
    #expect(row.strata.map(\.stratum) == ["all", "E", "W"])
    #expect(
      row.strata[0].figures.copies
        == row.strata[1].figures.copies.flatMap { one in row.strata[2].figures.copies.map { one + $0 } })
    #expect(row.strata[0].figures.number == row.strata[1].figures.number + row.strata[2].figures.number)
    world.add(8, using: &random)
    #expect(isWithheld(world, ReleaseOptions(policy: try ReleasePolicy("nhs-central"), dimension: "sex")))
    let (_, plain) = try world.release(ReleaseOptions(policy: try ReleasePolicy("nhs-central")))
    #expect(plain.first?.strata.count == 1)
  }

  @Test("Random histories: in every tranche the minimum or more left between two labels, and nobody is in two")
  func histories() throws {
    var random = SplitMix64()
    var releases = 0
    for _ in 0..<40 {
      var world = try ReleaseWorld(sites: [])
      let minimum = random.pick([3, 5, 8])
      let options = ReleaseOptions(
        policy: try .small(minimum, 5), dimension: random.pick([nil, nil, "sex", "region"]))
      var told: [ReleaseLedger.GroupKey: Set<Int64>] = [:]
      for _ in 0..<25 {
        world.add(random.int(0...(2 * minimum)), using: &random)
        let leavers = world.people.shuffled(using: &random).prefix(random.int(0...minimum) * random.int(0...1))
        try world.withdraw(leavers.map(\.id))
        guard let (made, _) = try? world.release(options) else { continue }
        releases += 1
        var now: [ReleaseLedger.GroupKey: Set<Int64>] = [:]
        let inside = world.people.filter { person in made.plan.members[person.id].map { $0.held == nil } ?? false }
        #expect(inside.count == made.plan.places.count)
        for (person, place) in zip(inside, made.plan.places) {
          guard let place else { continue }
          now[made.plan.wholes[place.whole].key, default: []].insert(person.id)
          now[made.plan.sexes[place.sex].key, default: []].insert(person.id)
        }
        let tranches = Dictionary(grouping: now.filter { $0.key.sex == nil }) { $0.key.tranche }
        #expect(tranches.values.flatMap { $0.flatMap(\.value) }.count == Set(now.values.joined()).count)
        for (key, people) in now {
          guard let earlier = told[key] else {
            // A tranche is new as a whole.
            #expect(!told.keys.contains { $0.tranche == key.tranche })
            continue
          }
          #expect(people.isSubset(of: earlier))
          let left = earlier.count - people.count
          #expect(left == 0 || left >= minimum || earlier.count < minimum, "\(key): \(left) left")
        }
        // Keys that are there no more keep their people: they never come back.
        for (key, people) in now { told[key] = people }
        for key in told.keys where now[key] == nil { told[key] = [] }
      }
    }
    #expect(releases > 100, "the histories released too little to test: \(releases)")
  }
}
