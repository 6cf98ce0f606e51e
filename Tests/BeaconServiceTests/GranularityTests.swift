import BeaconService
import Reports
import TestSupport
import Testing

@Suite("Who is told how much")
struct GranularityTests {
  /// A question that has an answer, and one that has none.
  private static func questions(_ site: TestSite) -> [JSONValue] {
    let hit = site.release.variants[0]
    return [
      ["referenceName": "20", "start": [.integer(hit.start)], "end": [.integer(hit.end)], "assemblyId": "GRCh38"],
      ["referenceName": "20", "start": [50], "end": [60], "assemblyId": "GRCh38"],
    ]
  }

  @Test("No, wrong, malformed and expired tokens are told nothing, whatever they ask for")
  func refused() async throws {
    let site = try TestSite(variants: 300)
    for token in [nil, "wrong", "malformed", "empty", "expired-boolean", "expired-count", "expired-record"] as [String?]
    {
      for granularity in [nil, "boolean", "count", "record"] as [String?] {
        for question in Self.questions(site) {
          for included in ["ALL", "HIT", "MISS", "NONE"] {
            var query: [JSONValue.Member] = [
              .init("requestParameters", question), .init("includeResultsetResponses", .string(included)),
            ]
            if let granularity { query.append(.init("requestedGranularity", .string(granularity))) }
            let answer = try await site.post(["meta": ["apiVersion": "v2.0"], "query": .object(query)], token: token)
            #expect(answer.status == 401, "\(token ?? "none") \(granularity ?? "none")")
            #expect(answer.json["responseSummary"] == nil && answer.json["response"] == nil)
            #expect(answer.returned == "boolean")
            #expect(answer.headers.contains { $0.name == "www-authenticate" })
          }
        }
      }
    }
  }

  @Test("A good token is told the least of its role and what it asks for", arguments: Granularity.allCases)
  func granted(role: Granularity) async throws {
    let site = try TestSite(variants: 300)
    for granularity in [nil, .boolean, .count, .record] as [Granularity?] {
      let expected = min(role, granularity ?? .boolean)
      for (question, isHit) in zip(Self.questions(site), [true, false]) {
        var query: [JSONValue.Member] = [
          .init("requestParameters", question), .init("includeResultsetResponses", "ALL"),
        ]
        if let granularity { query.append(.init("requestedGranularity", .string(granularity.rawValue))) }
        let answer = try await site.post(
          ["meta": ["apiVersion": "v2.0"], "query": .object(query)], token: role.rawValue)
        #expect(answer.status == 200)
        #expect(answer.returned == expected.rawValue)
        #expect(answer.exists == isHit)
        #expect((answer.total != nil) == (expected >= .count))
        #expect((answer.sets != nil) == (expected == .record))
        let text = String(decoding: answer.json.compact, as: UTF8.self)
        if expected < .record { #expect(!text.contains("variantInternalId") && !text.contains("alleleFrequency")) }
      }
    }
  }

  @Test("The same holds for GET, and for one variant by its identifier")
  func byGet() async throws {
    let site = try TestSite(variants: 300)
    let id = site.release.variants[5].vrs
    for target in ["/g_variants?geneId=GENE20X0", "/g_variants/\(id)?testMode=false"] {
      for role in Granularity.allCases {
        for granularity in Granularity.allCases {
          let answer = try await site.get(
            "\(target)&requestedGranularity=\(granularity.rawValue)", token: role.rawValue)
          #expect(answer.status == 200)
          #expect(answer.returned == min(role, granularity).rawValue)
          #expect((answer.sets != nil) == (min(role, granularity) == .record))
        }
        let plain = try await site.get(target, token: role.rawValue)
        #expect(plain.returned == "boolean")
      }
      for token in [nil, "wrong", "expired-record"] as [String?] {
        #expect(try await site.get("\(target)&requestedGranularity=record", token: token).status == 401)
      }
    }
  }

  @Test("A public beacon tells strangers yes or no, and a bad token still nothing")
  func strangers() async throws {
    let site = try TestSite(variants: 300, isPublic: true)
    for granularity in ["boolean", "count", "record"] {
      let target = "/g_variants?geneId=GENE20X0&requestedGranularity=\(granularity)"
      let answer = try await site.get(target, token: nil)
      #expect(answer.status == 200)
      #expect(answer.returned == "boolean" && answer.exists == true)
      #expect(answer.total == nil && answer.sets == nil)
      for token in ["wrong", "malformed", "expired-record"] {
        #expect(try await site.get(target, token: token).status == 401)
      }
    }
    let levels = try await site.get("/configuration", token: nil).json["response"]?["securityAttributes"]?[
      "securityLevels"]
    #expect(levels == ["PUBLIC", "CONTROLLED"])
  }

  @Test("A token that expires while the service runs is refused from the next day on")
  func expiring() async throws {
    let site = try TestSite(variants: 300)
    #expect(try await site.get("/g_variants?geneId=GENE20X0").status == 200)
    site.advance(31 * 86_400)
    #expect(try await site.get("/g_variants?geneId=GENE20X0").status == 401)
  }

  @Test("What describes the service needs no token")
  func open() async throws {
    let site = try TestSite(variants: 300)
    for path in [
      "/", "/info", "/service-info", "/configuration", "/map", "/entry_types", "/filtering_terms", "/datasets",
    ] {
      #expect(try await site.get(path, token: nil).status == 200, "\(path)")
    }
    let security = try await site.get("/configuration").json["response"]?["securityAttributes"]
    #expect(security?["securityLevels"] == ["CONTROLLED"] && security?["defaultGranularity"] == "boolean")
  }
}
