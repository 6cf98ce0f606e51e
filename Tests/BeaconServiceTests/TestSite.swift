import BeaconService
import Foundation
import Reports
import Synchronization
import TestSupport

/// A service in the test's own process, over a synthetic release, with a clock that the test moves.
final class TestSite: Sendable {
  let folder: TemporaryFolder
  let release: SyntheticRelease
  let site: BeaconSite
  let database: ReleaseDatabase
  /// Texts of tokens by what they are.
  let tokens: [String: String]
  private let clock: Clock

  final class Clock: Sendable {
    private let seconds = Mutex(1_795_000_000.0)
    var now: Double { seconds.withLock { $0 } }
    func advance(_ by: Double) { seconds.withLock { $0 += by } }
  }

  /// The day of the clock's start.
  static let today = 1_795_000_000 / 86_400

  init(variants: Int = 3_000, isPublic: Bool = false, budget: Int = 1_000_000, rate: Int = 1_000_000) throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    let clock = Clock()
    self.clock = clock
    release = try SyntheticRelease(in: folder, variants: variants)
    database = try ReleaseDatabase(ReleaseFolder(path: release.path))
    var texts = ["wrong": "apus_" + String(repeating: "A", count: 43), "malformed": "?", "empty": ""]
    let file = TokenFile(path: folder("tokens.json"))
    for role in Granularity.allCases {
      for (name, expires) in [(role.rawValue, Self.today + 30), ("expired-\(role.rawValue)", Self.today - 1)] {
        let (kept, text) = AccessToken.make(role: role, expires: expires, today: Self.today, budget: budget, rate: rate)
        try file.update { $0.append(kept) }
        texts[name] = text
      }
    }
    tokens = texts
    let gatekeeper = try Gatekeeper(tokens: file, isPublic: isPublic, now: { clock.now })
    let audit = try AuditLog(path: folder("audit.jsonl"), now: { clock.now })
    site = BeaconSite(BeaconConfiguration(), database: database, gatekeeper: gatekeeper, audit: audit)
  }

  func advance(_ seconds: Double) { clock.advance(seconds) }

  /// An answer, read.
  struct Answer {
    var status: Int
    var headers: [(name: String, value: String)]
    var json: JSONValue

    var exists: Bool? {
      guard case .bool(let exists)? = json["responseSummary"]?["exists"] else { return nil }
      return exists
    }
    var total: Int? { json["responseSummary"]?["numTotalResults"]?.whole }
    var returned: String? { json["meta"]?["returnedGranularity"]?.text }
    var sets: [JSONValue]? { json["response"]?["resultSets"]?.elements }
    var results: [JSONValue] { sets?.first?["results"]?.elements ?? [] }
    var ids: [String] { results.compactMap { $0["variantInternalId"]?.text } }
    var message: String { json["error"]?["errorMessage"]?.text ?? "" }
  }

  func get(_ target: String, token: String? = "record", accept: String? = nil) async throws -> Answer {
    try await send(WebRequest("GET", target, headers: headers(token) + (accept.map { [("accept", $0)] } ?? [])))
  }

  func post(_ body: JSONValue, to target: String = "/g_variants", token: String? = "record") async throws -> Answer {
    try await send(
      WebRequest(
        "POST", target, headers: headers(token) + [("content-type", "application/json")], body: body.compact))
  }

  /// A POST of parameters, with the rest of the query.
  func ask(
    _ parameters: JSONValue, granularity: String = "record", token: String? = "record",
    _ more: [(String, JSONValue)] = []
  ) async throws -> Answer {
    let query: [JSONValue.Member] = [
      .init("requestParameters", parameters), .init("requestedGranularity", .string(granularity)),
    ]
    return try await post(
      ["meta": ["apiVersion": "v2.1.1"], "query": .object(query + more.map { JSONValue.Member($0.0, $0.1) })],
      token: token)
  }

  private func headers(_ token: String?) -> [(name: String, value: String)] {
    token.map { [("authorization", "Bearer " + (tokens[$0] ?? $0))] } ?? []
  }

  func send(_ request: WebRequest) async throws -> Answer {
    let response = await site.respond(to: request)
    let json = try JSONValue(parsing: response.body.isEmpty ? Array("null".utf8) : response.body, depth: 64)
    return Answer(status: response.status, headers: response.headers, json: json)
  }
}
