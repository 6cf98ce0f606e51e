import BeaconService
import Reports
import TestSupport
import Testing

@Suite("Questions that are refused")
struct RefusalTests {
  /// Parameters, and a word of the sentence that says why.
  private static let refused: [(JSONValue, String)] = [
    (["aminoacidChange": "V600E"], "proteins"),
    (["mateName": "chr2"], "breakends"),
    (["variantType": "DUP"], "small variants"),
    (["variantType": "EFO:0030070"], "small variants"),
    (["genomicAlleleShortForm": "NM_004006.2:c.4375C>T"], "substitution on a chromosome"),
    (["genomicAlleleShortForm": "NC_000020.11:g.100_101del"], "substitution on a chromosome"),
    (["genomicAlleleShortForm": "NC_000020.10:g.100000A>T"], "no chromosome of GRCh38"),
    (["assemblyId": "GRCh37", "referenceName": "20", "start": 1, "end": 2], "another"),
    (["assemblyId": "GCF_000001405.25"], "another"),
    (["assemblyId": "hg19"], "another"),
    (["referenceName": "NC_000020.10", "start": [1], "end": [2]], "no contig"),
    (["referenceName": "22", "start": [1], "end": [2]], "no contig"),
    (["referenceName": "20", "start": [1]], "needs alternateBases"),
    (["referenceName": "20", "end": [1]], "needs a start"),
    (["start": [1], "end": [2]], "need a referenceName"),
    (["referenceName": "20", "start": [5], "end": [5]], "not behind start"),
    (["referenceName": "20", "start": [5, 6], "end": [9]], "bracket"),
    (["referenceName": "20", "start": [5, 6]], "bracket"),
    (["referenceName": "20", "start": [6, 5], "end": [9, 10]], "less than"),
    (["referenceName": "20", "start": [1, 2, 3], "end": [9]], "one position or two"),
    (["referenceName": "20", "start": [-1], "end": [9]], "whole number"),
    (["referenceName": "20", "start": ["x"], "end": [9]], "whole number"),
    (["referenceName": "20", "start": [1], "end": [64_444_168]], "beyond the end"),
    (["referenceName": "20", "start": [1], "alternateBases": "Q"], "IUPAC"),
    (["geneId": 5], "short text"),
    (["geneId": ""], "short text"),
    (["variantMinLength": 9, "variantMaxLength": 2], "more than"),
    (["geneID": "SNAP25"], "no parameter"),
  ]

  @Test(
    "Parameters that the release cannot answer, or that say nothing, give a clear 400", arguments: 0..<refused.count)
  func parameters(_ index: Int) async throws {
    let site = try Self.site.get()
    let (parameters, word) = Self.refused[index]
    let answer = try await site.ask(parameters)
    #expect(answer.status == 400)
    #expect(answer.message.contains(word), "\(answer.message)")
    #expect(answer.json["error"]?["errorCode"]?.whole == 400)
    #expect(answer.json["responseSummary"] == nil)
  }

  private static let site = Result { try TestSite(variants: 300) }

  @Test("Bodies that are not what they should be give a 400")
  func bodies() async throws {
    let site = try Self.site.get()
    let meta: JSONValue = ["apiVersion": "v2.0"]
    for (body, word) in [
      ([:], "no object 'meta'"), (["meta": "x"], "no object 'meta'"), ([], "no JSON object"),
      (["meta": meta, "qeury": [:]], "not 'qeury'"), (["meta": meta, "query": []], "'query' is no JSON object"),
      (["meta": meta, "query": ["requestedGranularty": "record"]], "takes no 'requestedGranularty'"),
      (["meta": meta, "query": ["requestedGranularity": "RECORD"]], "boolean, count or record"),
      (["meta": meta, "query": ["requestedGranularity": 1]], "boolean, count or record"),
      (["meta": meta, "query": ["includeResultsetResponses": "SOME"]], "ALL, HIT, MISS or NONE"),
      (["meta": meta, "query": ["pagination": ["skip": -1]]], "whole number"),
      (["meta": meta, "query": ["pagination": ["nextPage": "abc"]]], "no page tokens"),
      (["meta": meta, "query": ["testMode": "yes"]], "true or false"),
      (["meta": meta, "query": ["filters": [["id": "HP:0002664"]]]], "not one of /filtering_terms"),
      (["meta": meta, "query": ["filters": [["id": "indication:R999.9"]]]], "not one of /filtering_terms"),
      (
        ["meta": meta, "query": ["filters": [["id": "indication", "operator": ">", "value": "R149.1"]]]], "operator ="
      ),
      (["meta": meta, "query": ["filters": [["id": "indication:R149.1", "scope": "individual"]]]], "variants only"),
      (["meta": meta, "query": ["filters": [["operator": "="]]]], "no 'id'"),
    ] as [(JSONValue, String)] {
      let answer = try await site.post(body)
      #expect(answer.status == 400)
      #expect(answer.message.contains(word), "\(answer.message)")
    }
    for (text, word) in [
      ("", "ends too early"), ("{\"meta\":{}", "ends too early"), ("{\"meta\":{} \"query\":{}}", "missing"),
      ("{\"meta\":{},\"meta\":{}}", "twice"),
      (String(repeating: "[", count: 60_000), "nested"), ("{\"meta\":{\"apiVersion\":\"\u{1}\"}}", "control"),
      ("{\"meta\":{\"apiVersion\":\"\\ud800\"}}", "surrogate"), ("{\"meta\":1e999}", "out of range"),
      ("nul", "no value"),
    ] {
      let answer = try await site.send(
        WebRequest(
          "POST", "/g_variants", headers: [("authorization", "Bearer \(site.tokens["record"] ?? "")")],
          body: Array(text.utf8)))
      #expect(answer.status == 400)
      #expect(answer.message.contains(word), "\(answer.message)")
    }
  }

  @Test("Methods, types, sizes and addresses that are not taken say so")
  func transport() async throws {
    let site = try Self.site.get()
    let token = [("authorization", "Bearer \(site.tokens["record"] ?? "")")]
    #expect(try await site.send(WebRequest("DELETE", "/g_variants", headers: token)).status == 405)
    #expect(try await site.send(WebRequest("POST", "/info", headers: token)).status == 405)
    let typed = token + [("content-type", "text/plain")]
    #expect(
      try await site.send(WebRequest("POST", "/g_variants", headers: typed, body: Array("{}".utf8))).status == 415)
    let long = [UInt8](repeating: 32, count: 65 << 10)
    #expect(try await site.send(WebRequest("POST", "/g_variants", headers: token, body: long)).status == 413)
    let far = "/g_variants?geneId=" + String(repeating: "A", count: 17 << 10)
    #expect(try await site.get(far).status == 414)
    #expect(try await site.get("/g_variants?geneId=A&geneId=B").status == 400)
    #expect(try await site.get("/g_variants?geneId=%ff").status == 400)
    #expect(try await site.get("/g_variants?geneId=%").status == 400)
    #expect(try await site.get("/g_variants?access_token=x").status == 400)
    #expect(try await site.get("/g_variants/a/b").status == 404)
    #expect(try await site.get("/info/x").status == 404)
    let two = [("authorization", "Bearer x"), ("authorization", "Bearer y")]
    #expect(try await site.send(WebRequest("GET", "/g_variants", headers: two)).status == 401)
    let head = await site.site.respond(to: WebRequest("HEAD", "/info"))
    #expect(head.status == 200 && head.body.isEmpty && head.headers.contains { $0.name == "content-length" })
  }

  @Test("A browser at the root is led to the pages, a program gets the beacon's description")
  func root() async throws {
    let site = try Self.site.get()
    let browser = await site.site.respond(to: WebRequest("GET", "/", headers: [("accept", "text/html,*/*")]))
    #expect(browser.status == 303 && browser.headers.contains { $0 == ("location", "/browse") })
    #expect(try await site.get("/", token: nil, accept: "*/*").json["response"]?["apiVersion"] == "v2.1.1")
  }

  @Test("Names of the contig and the assembly in every style mean the same")
  func aliases() async throws {
    let site = try Self.site.get()
    let variant = site.release.variants[3]
    for name in [
      "20", "chr20", "CHR20", "NC_000020.11", "refseq:NC_000020.11", "SQ.-A1QmD_MatoqxvgVxBLZTONHz9-c7nQo",
      "ga4gh:SQ.-A1QmD_MatoqxvgVxBLZTONHz9-c7nQo",
    ] {
      for assembly in ["GRCh38", "hg38", "grch38.p14", "GCF_000001405.40", "GCA_000001405.15", "SQCOL.synthetic"] {
        let answer = try await site.ask(
          [
            "referenceName": .string(name), "assemblyId": .string(assembly), "start": [.integer(variant.start)],
            "end": [.integer(variant.start + 1)],
          ])
        #expect(answer.ids.contains(variant.vrs), "\(name) \(assembly) \(answer.message)")
      }
    }
  }
}
