import BeaconService
import Reports
import TestSupport
import Testing

@Suite("Questions about variants")
struct QueryTests {
  typealias Variant = SyntheticRelease.Variant

  private static let site = Result { try TestSite() }
  private var site: TestSite { get throws { try Self.site.get() } }

  /// Every identifier that a question finds, page by page.
  private func all(_ parameters: JSONValue, _ site: TestSite, filters: JSONValue = []) async throws -> [String] {
    var ids: [String] = []
    for page in 0... {
      let answer = try await site.ask(
        parameters, [("pagination", ["skip": .integer(page), "limit": 100]), ("filters", filters)])
      #expect(answer.status == 200, "\(answer.message)")
      ids += answer.ids
      guard let total = answer.total, ids.count < total, !answer.ids.isEmpty else { break }
    }
    return ids
  }

  @Test("Ranges find what overlaps them, in order, with and without kinds, lengths and bases")
  func ranges() async throws {
    let site = try site
    let variants = site.release.variants
    var random = SplitMix64()
    for _ in 0..<150 {
      let anchor = random.pick(variants)
      let start = max(0, anchor.start + random.int(-40...40))
      let end = start + random.int(1...1_500)
      var parameters: [JSONValue.Member] = [
        .init("referenceName", .string(random.pick([anchor.contig, "chr\(anchor.contig)"]))),
        .init("start", [.integer(start)]), .init("end", [.integer(end)]), .init("assemblyId", "hg38"),
      ]
      var expected = variants.filter { $0.contig == anchor.contig && $0.start < end && $0.end > start }
      if random.chance(0.4) {
        let kind = random.pick(["SNP", "INS", "DEL", "INDEL"])
        parameters.append(.init("variantType", .string(kind)))
        expected = expected.filter { $0.type == kind }
      }
      if random.chance(0.3) {
        parameters.append(.init("alternateBases", .string(anchor.alternate)))
        expected = expected.filter { $0.alternate == anchor.alternate }
      }
      if random.chance(0.3) {
        let least = random.int(0...3)
        let most = least + random.int(1...4)
        parameters += [.init("variantMinLength", .integer(least)), .init("variantMaxLength", .integer(most))]
        expected = expected.filter { variant in
          let shared = variant.reference.first == variant.alternate.first ? 1 : 0
          return (least...most).contains(max(variant.reference.count, variant.alternate.count) - shared)
        }
      }
      let found = try await all(.object(parameters), site)
      #expect(found == expected.map(\.vrs))
      for (granularity, token) in [("boolean", "boolean"), ("count", "count")] {
        let answer = try await site.ask(.object(parameters), granularity: granularity, token: token)
        #expect(answer.exists == !expected.isEmpty)
        #expect(answer.total == (granularity == "count" ? expected.count : nil))
      }
    }
  }

  @Test("Brackets find what starts in one range and ends in the other")
  func brackets() async throws {
    let site = try site
    var random = SplitMix64()
    for _ in 0..<60 {
      let anchor = random.pick(site.release.variants)
      let start = [anchor.start - random.int(0...200), anchor.start + random.int(1...200)]
      let end = [anchor.end - random.int(0...200), anchor.end + random.int(1...200)]
      let parameters: JSONValue = [
        "referenceName": .string(anchor.contig), "start": .array(start.map(JSONValue.integer)),
        "end": .array(end.map(JSONValue.integer)),
      ]
      let expected = site.release.variants.filter {
        $0.contig == anchor.contig && $0.start >= start[0] && $0.start < start[1] && $0.end >= end[0] && $0.end < end[1]
      }
      #expect(!expected.isEmpty)
      #expect(try await all(parameters, site) == expected.map(\.vrs))
    }
  }

  @Test("An exact change is found as the release has it, trimmed, and by its HGVS name")
  func sequences() async throws {
    let site = try site
    for variant in site.release.variants.prefix(400) {
      let plain: JSONValue = [
        "referenceName": .string(variant.contig), "start": [.integer(variant.start)],
        "referenceBases": .string(variant.reference), "alternateBases": .string(variant.alternate),
        "assemblyId": "GRCh38",
      ]
      #expect(try await all(plain, site) == [variant.vrs])
      let other: JSONValue = [
        "referenceName": .string(variant.contig), "start": [.integer(variant.start)],
        "referenceBases": .string(variant.reference), "alternateBases": .string(variant.alternate + "GATTACAGATTACA"),
      ]
      #expect(try await all(other, site).isEmpty)
      guard variant.type == "INS" || variant.type == "DEL" else { continue }
      let trimmed: JSONValue = [
        "referenceName": .string("chr" + variant.contig), "start": [.integer(variant.start + 1)],
        "referenceBases": .string(String(variant.reference.dropFirst())),
        "alternateBases": .string(String(variant.alternate.dropFirst())),
      ]
      #expect(try await all(trimmed, site).contains(variant.vrs))
    }
    let snp = try #require(site.release.variants.first { $0.type == "SNP" && $0.contig == "20" })
    let name = "NC_000020.11:g.\(snp.start + 1)\(snp.reference)>\(snp.alternate)"
    #expect(try await all(["genomicAlleleShortForm": .string(name)], site) == [snp.vrs])
  }

  @Test("N and other letters of the code stand for their bases")
  func wildcards() async throws {
    let site = try site
    let variant = try #require(site.release.variants.first { $0.type == "INS" && $0.alternate.count >= 4 })
    let pattern = String(variant.alternate.prefix(1)) + "N" + String(variant.alternate.dropFirst(2))
    let parameters: JSONValue = [
      "referenceName": .string(variant.contig), "start": [.integer(variant.start)], "alternateBases": .string(pattern),
    ]
    #expect(try await all(parameters, site).contains(variant.vrs))
  }

  @Test("Genes are found by symbol in any case, alone and within a range")
  func genes() async throws {
    let site = try site
    let expected = site.release.variants.filter { $0.gene == "GENE21X3" }
    #expect(!expected.isEmpty)
    #expect(try await all(["geneId": "gene21x3"], site) == expected.map(\.vrs))
    let identifier = "HGNC:\("GENE21X3".hashDigits)"
    #expect(try await all(["geneId": .string(identifier)], site) == expected.map(\.vrs))
    let half = expected[expected.count / 2].start
    let some = try await all(
      ["geneId": "GENE21X3", "referenceName": "21", "start": [0], "end": [.integer(half)]], site)
    #expect(some == expected.filter { $0.start < half }.map(\.vrs))
    #expect(try await all(["geneId": "NOSUCHGENE"], site).isEmpty)
  }

  @Test("Indications filter, in each of the ways to write them")
  func filters() async throws {
    let site = try site
    let gene: JSONValue = ["geneId": "GENE20X1"]
    let expected = site.release.variants.filter { $0.gene == "GENE20X1" && $0.indications.contains("R149.1") }.map(
      \.vrs)
    #expect(!expected.isEmpty)
    for filter: JSONValue in [
      ["id": "indication:R149.1"], ["id": "indication", "operator": "=", "value": "R149.1"], "indication:R149.1",
    ] {
      #expect(try await all(gene, site, filters: [filter]) == expected)
    }
    let get = try await site.get(
      "/g_variants?geneId=GENE20X1&filters=indication:R149.1&requestedGranularity=count", token: "count")
    #expect(get.total == expected.count)
    let both = site.release.variants.filter { $0.gene == "GENE20X1" && $0.indications.count == 2 }.map(\.vrs)
    #expect(try await all(gene, site, filters: [["id": "indication:R149.1"], ["id": "indication:R67.1"]]) == both)
  }

  @Test("Pages: the total is that of all, skip counts pages, and pages join without gap or repetition")
  func pages() async throws {
    let site = try site
    let question: JSONValue = ["referenceName": "20", "start": [0], "end": [120_000]]
    let expected = site.release.variants.filter { $0.contig == "20" && $0.start < 120_000 }
    for limit in [1, 7, 10, 100] {
      var ids: [String] = []
      for page in 0..<((expected.count + limit - 1) / limit + 1) where limit > 1 || page < 20 {
        let answer = try await site.ask(
          question, [("pagination", ["skip": .integer(page), "limit": .integer(limit)])])
        #expect(answer.total == expected.count)
        #expect(answer.sets?.first?["resultsCount"]?.whole == expected.count)
        #expect(answer.ids.count <= limit)
        ids += answer.ids
      }
      #expect(ids == expected.prefix(limit == 1 ? 20 : expected.count).map(\.vrs))
    }
    let most = try await site.ask(question, [("pagination", ["limit": 0])])
    #expect(most.ids.count == min(100, expected.count))
    let usual = try await site.ask(question)
    #expect(usual.ids.count == 10)
    let far = try await site.ask(question, [("pagination", ["skip": 1_000_000_000_000_000, "limit": 100])])
    #expect(far.status == 200 && far.ids.isEmpty && far.total == expected.count)
    let get = try await site.get(
      "/g_variants?referenceName=20&start=0&end=120000&skip=2&limit=5&requestedGranularity=record")
    #expect(get.ids == expected[10..<15].map(\.vrs))
  }

  @Test("Without any condition the whole release is meant")
  func everything() async throws {
    let site = try site
    let answer = try await site.get("/g_variants?requestedGranularity=record&limit=3")
    #expect(answer.total == site.release.variants.count)
    #expect(answer.ids == site.release.variants.prefix(3).map(\.vrs))
  }

  @Test("includeResultsetResponses lists the dataset as it says", arguments: ["ALL", "HIT", "MISS", "NONE"])
  func included(_ included: String) async throws {
    let site = try site
    for (gene, isHit) in [("GENE20X0", true), ("NOSUCHGENE", false)] {
      let answer = try await site.ask(["geneId": .string(gene)], [("includeResultsetResponses", .string(included))])
      let isListed = included == "ALL" || (included == "HIT" && isHit) || (included == "MISS" && !isHit)
      #expect(answer.exists == isHit)
      #expect(answer.sets?.count == (isListed ? 1 : 0))
      if isListed {
        #expect(answer.sets?.first?["exists"] == .bool(isHit))
        #expect((answer.sets?.first?["results"]?.elements?.isEmpty == false) == isHit)
      }
    }
  }

  @Test("One variant by its identifier, or by place and alleles")
  func identifiers() async throws {
    let site = try site
    for variant in site.release.variants.prefix(60) {
      for id in [
        variant.vrs, "\(variant.contig)-\(variant.start + 1)-\(variant.reference)-\(variant.alternate)",
        "chr\(variant.contig)-\(variant.start + 1)-\(variant.reference)-\(variant.alternate)",
      ] {
        let answer = try await site.get("/g_variants/\(id)?requestedGranularity=record")
        #expect(answer.ids == [variant.vrs], "\(id)")
      }
    }
    let none = try await site.get("/g_variants/ga4gh:VA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA?requestedGranularity=record")
    #expect(none.status == 200 && none.exists == false)
    #expect(try await site.get("/g_variants/whatever").status == 400)
  }

  @Test("Suppressed counts are absent, and so is what could be computed from them")
  func suppressed() async throws {
    let site = try site
    for variant in site.release.variants.prefix(300) {
      let answer = try await site.get("/g_variants/\(variant.vrs)?requestedGranularity=record")
      let result = try #require(answer.results.first)
      let counts = try #require(result["extensions"]?.elements?.first?["value"]?.elements)
      for stratum in counts {
        if variant.count == nil {
          for name in ["AC", "het", "hom", "hemi"] { #expect(stratum[name] == nil) }
          #expect(stratum["suppressed"] == ["AC", "het", "hom", "hemi"])
        } else {
          #expect(stratum["AC"]?.whole != nil && stratum["suppressed"] == nil)
        }
      }
      #expect((result["frequencyInPopulations"] == nil) == (variant.count == nil))
      if let count = variant.count, let number = variant.number {
        let first = result["frequencyInPopulations"]?.elements?.first?["frequencies"]?.elements?.first
        #expect(first?["alleleFrequency"] == .number(Double(count) / Double(number)))
        #expect(first?["population"] == "all")
      }
    }
  }
}
