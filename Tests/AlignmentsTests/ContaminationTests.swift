import Alignments
import EngineTestSupport
import Testing

@Suite struct ContaminationTests {
  /// Ten thousand sites tell a tenth within half a point; the standard error with 1,000 is half a point itself.
  @Test(arguments: [0.0, 0.01, 0.03, 0.05, 0.1], seeds(3))
  func `what was planted is found within half a point`(share: Double, seed: UInt64) throws {
    var people = SimulatedPeople(seed: seed, sites: 10_000)
    let error = people.random.pick([0.001, 0.003, 0.01])
    let found = try #require(Contamination(people.observations(share: share, error: error)))
    // Five standard errors where that is more, for the seed that is fresh in every run.
    #expect(abs(found.fraction - share) < max(0.005, 5 * (found.standardError ?? 0)), "error \(error)")
    if seed < 2000 { #expect(abs(found.fraction - share) < 0.005, "error \(error)") }
    #expect(found.interval.contains(found.fraction))
    #expect(found.interval.upperBound - found.interval.lowerBound < 0.02)
  }

  /// What 1,000 sites allow (`Docs/sample-checks.md`): standard errors in points of the Cramér–Rao bound, an allele read
  /// as the other in 0.1 % of bases. At 10 % half a point is one standard error, whatever the method.
  @Test(arguments: [(0.01, 0.236), (0.03, 0.327), (0.05, 0.390), (0.1, 0.530)])
  func `the bound on what sites tell is as documented`(share: Double, points: Double) {
    let bound = ContaminationBound(error: 0.001)
    #expect(abs(100 * bound.standardError(share, sites: 1000) - points) < 0.012)
    // Rare alleles tell little of a contaminant.
    func single(_ frequency: Double) -> Double {
      ContaminationBound(error: 0.001, frequencies: [frequency]).standardError(share, sites: 1000)
    }
    #expect(single(0.05) > 1.5 * single(0.4))
  }

  /// With as few sites as are taken: within half a point in the root of the mean square up to 5 %, and no further from
  /// the truth than the bound allows, give or take what 40 samples leave open.
  @Test(arguments: [0.0, 0.01, 0.03, 0.05, 0.1])
  func `a thousand sites are used to the bound`(share: Double) throws {
    let samples = 40
    var square = 0.0
    for seed in 0..<UInt64(samples) {
      var people = SimulatedPeople(seed: 5000 + seed, sites: 1010)
      let found = try #require(Contamination(people.observations(share: share, error: 0.003)))
      square += (found.fraction - share) * (found.fraction - share) / Double(samples)
    }
    let points = 100 * square.squareRoot()
    print("contamination \(share): root mean square \(points) points")
    if share < 0.1 { #expect(points < 0.5) }
    if share > 0 {
      let bound = 100 * ContaminationBound(error: 0.001).standardError(share, sites: 1000)
      // 1.3: three standard deviations of a root of a mean of 40 squares.
      #expect(points < 1.34 * bound, "the bound is \(bound)")
    }
  }

  @Test(arguments: [0.0, 0.03, 0.1], seeds(2))
  func `a mild favour of the reference does not move it`(share: Double, seed: UInt64) throws {
    var people = SimulatedPeople(seed: seed, sites: 10_000)
    let found = try #require(Contamination(people.observations(share: share, favour: 0.02)))
    #expect(abs(found.fraction - share) < 0.006)
    #expect(abs(found.balance - 0.48) < 0.01)
  }

  @Test(arguments: seeds(3))
  func `alleles that change places change nothing`(seed: UInt64) throws {
    var people = SimulatedPeople(seed: seed, sites: 2000)
    let seen = people.observations(share: 0.04)
    let turned = seen.map {
      AlleleObservation(reference: $0.alternate, alternate: $0.reference, frequency: 1 - $0.frequency)
    }
    let (a, b) = (try #require(Contamination(seen)), try #require(Contamination(turned)))
    #expect(abs(a.fraction - b.fraction) < 2e-4)
    #expect(abs(a.balance + b.balance - 1) < 2e-3)
  }

  @Test(arguments: seeds(3))
  func `more planted is more found, and two persons can change places`(seed: UInt64) throws {
    var found: [Double] = []
    for share in [0.0, 0.02, 0.05, 0.1, 0.2, 0.9] {
      var people = SimulatedPeople(seed: seed, sites: 3000)
      found.append(try #require(Contamination(people.observations(share: share))).fraction)
    }
    #expect(found[..<5] == found[..<5].sorted()[...])
    #expect(abs(found[5] - 0.1) < 0.02)
  }

  @Test func `too few sites, too little depth and rare alleles are unknown`() {
    var people = SimulatedPeople(seed: 7, sites: 1200)
    let seen = people.observations(share: 0.05)
    #expect(Contamination(seen) != nil)
    #expect(Contamination(Array(seen[..<(Contamination.leastSites - 1)])) == nil)
    #expect(Contamination([]) == nil)
    #expect(Contamination(people.observations(share: 0.05, depth: 2)) == nil)
    #expect(
      Contamination(seen.map { AlleleObservation(reference: 30, alternate: 0, frequency: $0.frequency / 1000) }) == nil)
  }

  @Test func `sites of piled reads are left out`() throws {
    var people = SimulatedPeople(seed: 8, sites: 3000)
    var seen = people.observations(share: 0)
    for index in 0..<100 { seen[index * 30] = AlleleObservation(reference: 900, alternate: 100, frequency: 0.3) }
    let found = try #require(Contamination(seen))
    #expect(found.sites <= 2900)
    #expect(found.fraction < 0.005)
  }

  @Test(arguments: [0.0, 0.05], seeds(2))
  func `reads of two persons in a file are told apart from those of one`(share: Double, seed: UInt64) async throws {
    var people = SimulatedPeople(seed: seed, sites: 3000)
    let (one, other) = (people.person(), people.person())
    let folder = try ScratchFolder()
    let result = try await check(
      try folder.write(people.sam(one, other: other, share: share), "in.sam"),
      sites: try folder.write(people.vcf, "s.vcf"))
    let found = try #require(result.metric("contam.fraction"))
    #expect(abs(found - share) < 0.012)
    let lines = try #require(result.text(".selfSM")).split(separator: "\n").map { $0.split(separator: "\t") }
    #expect(lines.count == 2 && lines.allSatisfy { $0.count == 19 })
    #expect(lines[0][6] == "FREEMIX" && lines[1][0] == "s1")
    #expect(abs((Double(lines[1][6]) ?? 1) - found) < 1e-5)
    #expect(result.report.unknowns["contamination-unknown"] == nil)
  }

  @Test func `few sites make it unknown, never zero`() async throws {
    var people = SimulatedPeople(seed: 3, sites: 300)
    let folder = try ScratchFolder()
    let result = try await check(
      try folder.write(people.sam(people.person()), "in.sam"), sites: try folder.write(people.vcf, "s.vcf"))
    #expect(result.report.metrics.contains { $0.id == "contam.fraction" && $0.value == nil })
    #expect(result.report.unknowns["contamination-unknown"] == 1)
    #expect(result.text(".selfSM") == nil)
    #expect(result.text(".sample.tsv")?.contains("contamination\tunknown\tfraction\n") == true)
  }
}
