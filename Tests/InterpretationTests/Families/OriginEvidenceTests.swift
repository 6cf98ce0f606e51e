import EngineTestSupport
import Genomics
import Testing

@testable import Interpretation

/// F_ROH and what may be said of it, on 22 autosomes of 30 Mb.
struct OriginEvidenceTests {
  private let rules: ParentalOriginRules
  private static let length = 30_000_000

  init() throws { rules = try .standard() }

  private func origin(
    _ planted: [Int: [ClosedRange<Int>]], spacing: Int = 2500, thin: Set<Int> = [], autosomes: Int = 22,
    kind: PlantedTrio.Kind = .autozygous, seed: UInt64 = 3
  ) throws -> OriginEvidence {
    var random = SeededGenerator(seed: seed)
    let contigs = try #require(
      ContigDictionary(
        (1...autosomes).map { Contig(name: "chr\($0)", length: Self.length) } + [Contig(name: "chrX", length: 9)]))
    let chromosomes = (1...autosomes).map { number in
      var trio = PlantedTrio(
        planted: (planted[number] ?? []).map { ($0, kind) }, length: Self.length, spacing: spacing)
      if thin.contains(number) { trio.spacing = 100_000 }
      return ChromosomeOrigins(
        trio.sites(&random).map { $0.keeping(father: false, mother: false) }, contig: "chr\(number)",
        hasFather: false, hasMother: false, rules: rules)
    }
    return OriginEvidence(
      chromosomes.reversed(), scattered: [], hasFather: false, hasMother: false, contigs: contigs, warning: 0.0156,
      rules: rules)
  }

  @Test("F_ROH is what was planted over the autosomes' length, and several chromosomes speak of related parents")
  func relatedness() throws {
    let planted = [2: [5_000_000...12_000_000], 5: [1_000_000...9_000_000], 9: [20_000_000...28_000_000]]
    let found = try origin(planted)
    let fraction = try #require(found.fraction)
    #expect(abs(fraction - 23.0 / 660) < 0.001)
    #expect(found.autosomalLength == 660_000_000)
    #expect(found.isConsistentWithRelatedness == true)
    #expect(found.runs.map(\.region.contig) == ["chr2", "chr5", "chr9"])
    #expect(found.banners.contains { $0.contains("evidence consistent with parental relatedness") })
    // On two chromosomes, or below the limit, it is not spoken of.
    #expect(
      try origin([2: [5_000_000...17_000_000], 5: [1_000_000...13_000_000]]).isConsistentWithRelatedness == false)
    let few = try origin([2: [5_000_000...8_000_000], 5: [1_000_000...4_000_000], 9: [5_000_000...8_000_000]])
    #expect(few.isConsistentWithRelatedness == false && few.banners.isEmpty)
    #expect(try origin([:]).fraction == 0)
  }

  @Test(
    "A long run on one chromosome alone is a possible isodisomy segment",
    arguments: [
      ([4: [2_000_000...24_000_000]], [true]),
      // Interstitial, too short; at an end, long enough and too short.
      ([4: [5_000_000...20_000_000]], [false]), ([4: [1...7_000_000]], [true]),
      ([4: [23_000_000...30_000_000]], [true]), ([4: [1...4_000_000]], [false]),
      // On two chromosomes; beside many others.
      ([4: [2_000_000...24_000_000], 6: [2_000_000...24_000_000]], [false, false]),
      (
        [
          4: [2_000_000...24_000_000], 6: [5_000_000...12_000_000], 7: [5_000_000...12_000_000],
          8: [5_000_000...12_000_000],
        ], [false, false, false, false]
      ),
    ] as [([Int: [ClosedRange<Int>]], [Bool])])
  func isodisomy(_ planted: [Int: [ClosedRange<Int>]], _ expected: [Bool]) throws {
    let found = try origin(planted)
    #expect(found.runs.map(\.isPossibleIsodisomy) == expected)
    if expected == [true] {
      #expect(found.isConsistentWithRelatedness == false)
      #expect(found.banners.contains { $0.contains("possible isodisomy segment") })
    }
  }

  @Test("Half of the depth is no isodisomy")
  func depth() throws {
    let found = try origin([4: [2_000_000...24_000_000]], kind: .paternalDeletion)
    #expect(found.runs.count == 1 && !found.runs[0].isPossibleIsodisomy)
    #expect(abs((found.runs[0].depthRatio ?? 0) - 0.5) < 0.1)
  }

  @Test("Where calls do not cover the autosomes, F_ROH is not told, and says why")
  func notMeasured() throws {
    let thin = try origin([2: [5_000_000...12_000_000]], thin: [7])
    #expect(thin.fraction == nil && thin.isConsistentWithRelatedness == nil && thin.runs.count == 1)
    #expect(thin.notMeasured?.hasPrefix("the calls do not cover the autosomes: 1 of 22") == true)
    #expect(!thin.runs[0].isPossibleIsodisomy)
    let part = try origin([:], autosomes: 3)
    #expect(part.notMeasured == "the reference has 3 of the 22 autosomes")
  }

  @Test("Sites come in the file's order: one chromosome at a time is held, and a scattered one is not told of")
  func collector() {
    var collector = OriginCollector(rules: rules, hasFather: true, hasMother: true)
    func sites(_ positions: Range<Int>) -> [SiteGenotypes] {
      positions.map { SiteGenotypes(position: $0, proband: .heterozygous, father: .reference, mother: .alternate) }
    }
    collector.add(sites(1..<50), on: "1")
    collector.add(sites(50..<100), on: "1")
    collector.add(sites(1..<30), on: "2")
    collector.add(sites(100..<120), on: "1")
    collector.add([], on: "3")
    let found = collector.chromosomes()
    #expect(found.map(\.contig) == ["2", "3"] && collector.scattered == ["1"])
    #expect(found[0].sites == 29 && found[0].counts.biparental == 29)
  }

  @Test("Every threshold is read with its source; one that is missing, unknown or given twice is refused by name")
  func rulesAreData() throws {
    #expect(rules.thresholds.values.allSatisfy { !$0.source.isEmpty && !$0.unit.isEmpty })
    #expect(rules.unsourced.contains("origin.length (P)") && !rules.unsourced.contains { $0.hasPrefix("run.length") })
    let text = String(decoding: PackageResources.parental_origin_json, as: UTF8.self)
    for (change, with, told) in [
      (#""run.sites""#, #""run.places""#, "run.sites is missing"),
      (#""thresholds": {"#, #""thresholds": {"extra": 1,"#, "the key extra is not known"),
      (#""release": "2026-11","#, #""release": "2026-11", "release": "2026-12","#, "stands twice"),
      (#"{"value": 100,"#, #"{"value": -1,"#, "value"),
    ] {
      let changed = text.replacing(change, with: with)
      #expect(changed != text)
      let error = #expect(throws: InputError.self) {
        _ = try ParentalOriginRules(json: Array(changed.utf8), path: "rules.json")
      }
      #expect(error.map { "\($0)".contains(told) } == true, "\(String(describing: error))")
    }
  }
}
