import Genomics
import Testing

@testable import Interpretation

@Suite("Pharmacogenomics: the DPYD table")
struct PharmacogenomicsDPYDTests {
  /// Written down a second time from reference/interpretation.md 10.2, apart from the data file.
  static let variants: [(rsid: String, position: Int, ref: String, alt: String, activity: Double)] = [
    ("rs3918290", 97_450_058, "C", "T", 0), ("rs55886062", 97_515_787, "A", "C", 0),
    ("rs67376798", 97_082_391, "T", "A", 0.5), ("rs115232898", 97_699_474, "T", "C", 0.5),
  ]
  static let tag = (position: 97_573_863, ref: "C", alt: "T")
  static let causal = (position: 97_579_893, ref: "G", alt: "C")
  static let terms = [
    "2.0": "Normal Metabolizer", "1.5": "Intermediate Metabolizer", "1.0": "Intermediate Metabolizer",
    "0.5": "Poor Metabolizer", "0.0": "Poor Metabolizer",
  ]

  /// - Parameters:
  ///   - genotypes: GT a variant, in the order of `variants`; nil leaves the record out.
  static func result(
    _ genotypes: [String?], tag: String? = "0/0", causal: String? = "0/0"
  ) async throws -> DPYDResult {
    var vcf = VCFText()
    for (variant, genotype) in zip(variants, genotypes) {
      if let genotype { vcf.add("chr1", variant.position, variant.ref, variant.alt, genotype) }
    }
    if let tag { vcf.add("chr1", Self.tag.position, Self.tag.ref, Self.tag.alt, tag) }
    if let causal { vcf.add("chr1", Self.causal.position, Self.causal.ref, Self.causal.alt, causal) }
    return try await call(vcf, DefinitionSet(genes: [])).dpyd
  }

  @Test("Every combination of heterozygous and homozygous variants, without phase, has the sum of the two lowest")
  func combinations() async throws {
    let codes = ["0/0", "0/1", "1/1"]
    for number in 0..<243 {
      let copies = (0..<5).map { number / [1, 3, 9, 27, 81][$0] % 3 }
      var activities = [1.0, 1.0]
      for (index, count) in copies.enumerated() {
        let activity = index < 4 ? Self.variants[index].activity : 0.5
        activities += Array(repeating: activity, count: count)
      }
      let lowest = activities.sorted().prefix(2)
      let score = "\(lowest.reduce(0, +))"
      let result = try await Self.result(
        copies.prefix(4).map { codes[$0] }, tag: codes[copies[4]], causal: codes[copies[4]])
      #expect(result.activityScore == score, "\(copies)")
      #expect(result.phenotype?.text == Self.terms[score])
      #expect(result.outcome == .called)
      #expect(result.found.count == copies.reduce(0, +))
    }
  }

  @Test("With phase the lowest of each copy counts: two variants on one copy leave the other")
  func phased() async throws {
    for (first, second, expected) in [
      ("0|1", "0|1", "1.0"), ("0|1", "1|0", "0.0"), ("0/1", "0|1", "0.0"), ("1|1", "0|1", "0.0"),
    ] {
      let result = try await Self.result([first, second, "0/0", "0/0"])
      #expect(result.activityScore == expected, "\(first) \(second)")
    }
    let trans = try await Self.result(["0/1", "0/1", "0/0", "0/0"])
    #expect(trans.presumedInTrans)
    #expect(try await Self.result(["0|1", "0|1", "0/0", "0/0"]).presumedInTrans == false)
  }

  @Test("Each missing variant makes the score indeterminate and is listed; what was found bounds it")
  func missing() async throws {
    for index in Self.variants.indices {
      var genotypes: [String?] = ["0/0", "0/0", "0/0", "0/0"]
      genotypes[index] = index % 2 == 0 ? nil : "./."
      let result = try await Self.result(genotypes)
      let expected = try #require(DPYDTable.builtIn.variants.first { $0.position.rsid == Self.variants[index].rsid })
      #expect(result.outcome == .indeterminate)
      #expect(result.activityScore == nil)
      #expect(result.phenotype == nil)
      #expect(result.notCallable == [expected.name])
      #expect(result.reasons == ["not callable: \(expected.name)"])
    }
    let found = try await Self.result(["0/1", nil, "0/0", "0/0"])
    #expect(found.activityScoreAtMost == "1.0")
    #expect(found.found == ["c.1905+1G>A (*2A)"])
    let none = try await Self.result(["0/0", "0/0", "0/0", "0/0"], tag: nil, causal: nil)
    #expect(none.outcome == .indeterminate)
    #expect(none.notCallable.count == 2)
  }

  @Test(
    "HapB3: the intronic variant decides where it is called, the exonic one stands in with a warning",
    arguments: [
      // causal, tag, score, warning
      ("0/1", "0/1", "1.5", false), ("1/1", "1/1", "1.0", false), ("0/1", "0/0", "1.5", false),
      ("0/0", "0/1", "2.0", true), ("0/0", "1/1", "2.0", true), ("0/1", "1/1", "1.5", true),
      ("1/1", "0/1", "1.0", false), (nil, "0/1", "1.5", true), (nil, "1/1", "1.0", true), ("0/1", nil, "1.5", false),
      ("0/1", "./.", "1.5", false), ("./.", "0/1", "1.5", true), ("0|1", "1|0", "1.5", true),
      ("0|1", "0|1", "1.5", false),
    ] as [(String?, String?, String, Bool)])
  func hapB3(causal: String?, tag: String?, score: String, warns: Bool) async throws {
    let result = try await Self.result(["0/0", "0/0", "0/0", "0/0"], tag: tag, causal: causal)
    #expect(result.activityScore == score)
    #expect(result.warnings.contains { $0.contains("exonic") } == warns)
  }
}
