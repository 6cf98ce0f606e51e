import BeaconService
import Reports
import TestSupport
import Testing

/// Answers against the JSON schemas of Beacon v2.1, by the Python package jsonschema.
@Suite("Schemas of Beacon")
struct SchemaTests {
  /// A Python that has jsonschema: the system's, or that of `Scripts/setup --tests`.
  private static let python: String? = {
    guard SharedData.has("ga4gh/beacon-v2/framework/json/responses"), let folder = try? TemporaryFolder() else {
      return nil
    }
    let own = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    for python in ["python3", "/\(own)/.tools/bin/python3"]
    where (try? Peer.run("'\(python)' -c 'import jsonschema, referencing'", in: folder)) != nil { return python }
    print("SKIPPED: tests of Beacon's schemas, which need Python's jsonschema")
    return nil
  }()

  private static var isThere: Bool { python != nil }

  /// Lines of a schema's path, a tab and a document; prints what does not validate.
  ///
  /// The schemas refer to VRS 1.3 on the web, which is not at hand: a small schema of the location stands for it.
  private static let validator = #"""
    import json, pathlib, sys
    import jsonschema
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT202012
    root = pathlib.Path(sys.argv[1])
    BASE = "https://raw.githubusercontent.com/ga4gh-beacon/beacon-v2/main/"
    NUMBER = {"type": "object", "required": ["type", "value"], "additionalProperties": False,
              "properties": {"type": {"const": "Number"}, "value": {"type": "integer", "minimum": 0}}}
    VRS = {"definitions": {"MolecularVariation": {"not": {}}, "SystemicVariation": {"not": {}}, "Location": {
        "type": "object", "additionalProperties": False, "required": ["type", "sequence_id", "interval"],
        "properties": {"type": {"const": "SequenceLocation"}, "sequence_id": {"type": "string", "pattern": r"^\w[^:]+:.+$"},
                       "interval": {"type": "object", "required": ["type", "start", "end"], "additionalProperties": False,
                                    "properties": {"type": {"const": "SequenceInterval"}, "start": NUMBER, "end": NUMBER}}}}}}
    def retrieve(uri):
        if uri.startswith("https://w3id.org/ga4gh/schema/vrs/1.3/"):
            return Resource.from_contents(VRS, default_specification=DRAFT202012)
        path = root / uri.removeprefix(BASE)
        if not path.exists() and path.name == "info.json":
            # The models refer to the framework's.
            path = root / "framework/json/common/info.json"
        return Resource.from_contents(json.loads(path.read_text()), default_specification=DRAFT202012)
    registry = Registry(retrieve=retrieve)
    validators, count, faults = {}, 0, 0
    for line in open(sys.argv[2], encoding="utf-8"):
        name, document = line.rstrip("\n").split("\t", 1)
        if name not in validators:
            validators[name] = jsonschema.Draft202012Validator(
                {"$ref": BASE + name}, registry=registry, format_checker=jsonschema.FormatChecker())
        count += 1
        for error in validators[name].iter_errors(json.loads(document)):
            faults += 1
            print(name, list(error.absolute_path), error.message[:300])
    print("validated", count, "faults", faults)
    """#

  private static let responses = "framework/json/responses/"

  private func validate(_ documents: [(schema: String, json: JSONValue)]) throws -> String {
    let folder = try TemporaryFolder()
    try folder.write(Self.validator, to: "validate.py")
    let lines = documents.map { "\($0.schema)\t\(String(decoding: $0.json.compact, as: UTF8.self))\n" }
    try folder.write(lines.joined(), to: "documents.tsv")
    return try Peer.run(
      "'\(try #require(Self.python))' validate.py '\(SharedData.path("ga4gh/beacon-v2"))' documents.tsv", in: folder
    ).text
  }

  @Test("The validator refuses what the schemas refuse", .enabled(if: isThere))
  func canFail() throws {
    let outcome = try validate([
      (Self.responses + "beaconInfoResponse.json", ["meta": [:], "response": [:]]),
      (
        "models/json/beacon-v2-default-model/genomicVariations/defaultSchema.json",
        ["variantInternalId": "x", "variation": ["variantType": "SNP", "alternateBases": "A", "location": [:]]]
      ),
    ])
    #expect(outcome.contains("'beaconId' is a required property"))
    #expect(!outcome.contains("faults 0"))
  }

  @Test("Every kind of answer, error and page of results validates", .enabled(if: isThere))
  func answers() async throws {
    let site = try TestSite(variants: 600)
    var documents: [(schema: String, json: JSONValue)] = []
    for (path, schema) in [
      ("/", "beaconInfoResponse.json"), ("/info", "beaconInfoResponse.json"),
      ("/service-info", "ga4gh-service-info-1-0-0-schema.json"), ("/configuration", "beaconConfigurationResponse.json"),
      ("/map", "beaconMapResponse.json"), ("/entry_types", "beaconEntryTypesResponse.json"),
      ("/filtering_terms", "beaconFilteringTermsResponse.json"), ("/datasets", "beaconCollectionsResponse.json"),
      ("/datasets/apus-release-\(SyntheticRelease.release)", "beaconCollectionsResponse.json"),
    ] {
      let answer = try await site.get(path, token: nil)
      #expect(answer.status == 200, "\(path)")
      documents.append((Self.responses + schema, answer.json))
    }
    let dataset = try await site.get("/datasets").json["response"]?["collections"]?.elements?.first
    documents.append(("models/json/beacon-v2-default-model/datasets/defaultSchema.json", try #require(dataset)))
    for (granularity, schema) in [
      ("boolean", "beaconBooleanResponse.json"), ("count", "beaconCountResponse.json"),
      ("record", "beaconResultsetsResponse.json"),
    ] {
      for included in ["ALL", "HIT", "MISS", "NONE"] {
        for gene in ["GENE20X1", "NOSUCHGENE"] {
          let posted = try await site.ask(
            ["geneId": .string(gene)], granularity: granularity,
            [("includeResultsetResponses", .string(included)), ("pagination", ["limit": 3])])
          let got = try await site.get(
            "/g_variants?geneId=\(gene)&requestedGranularity=\(granularity)&includeResultsetResponses=\(included)&start=5"
              + "&end=9000000&referenceName=chr20&filters=indication:R149.1&requestedSchema=x")
          #expect(posted.status == 200 && got.status == 200)
          documents += [(Self.responses + schema, posted.json), (Self.responses + schema, got.json)]
        }
      }
    }
    for page in 0..<6 {
      let answer = try await site.get("/g_variants?requestedGranularity=record&limit=100&skip=\(page)")
      for result in answer.results {
        documents.append(("models/json/beacon-v2-default-model/genomicVariations/defaultSchema.json", result))
      }
    }
    #expect(documents.count > 600)
    for (target, token, status) in [
      ("/g_variants", nil, 401), ("/g_variants?start=5", "record", 400), ("/nothing", nil, 404),
      ("/individuals", nil, 404), ("/g_variants?assemblyId=GRCh37", "record", 400), ("/%zz", nil, 400),
    ] as [(String, String?, Int)] {
      let answer = try await site.get(target, token: token)
      #expect(answer.status == status, "\(target)")
      documents.append((Self.responses + "beaconErrorResponse.json", answer.json))
    }
    let outcome = try validate(documents)
    #expect(outcome.hasSuffix("faults 0\n"), "\(outcome.prefix(2000))")
  }
}
