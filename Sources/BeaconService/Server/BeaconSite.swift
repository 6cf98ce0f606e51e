import Reports

/// The service without the network: a request in, a response out.
package final class BeaconSite: Sendable {
  let configuration: BeaconConfiguration
  let database: ReleaseDatabase
  let gatekeeper: Gatekeeper
  let audit: AuditLog
  let sessions: Sessions
  let prepared: Prepared
  var manifest: ReleaseManifest { database.manifest }

  package init(
    _ configuration: BeaconConfiguration, database: ReleaseDatabase, gatekeeper: Gatekeeper, audit: AuditLog
  ) {
    self.configuration = configuration
    self.database = database
    self.gatekeeper = gatekeeper
    self.audit = audit
    sessions = Sessions()
    prepared = Prepared(configuration, database.manifest, database.contigs)
  }

  /// Answers a request. Nothing that a client sends makes this fail: what is wrong with it becomes a refusal.
  package func respond(to request: WebRequest) async -> WebResponse {
    var response: WebResponse
    do {
      response = try await route(request)
    } catch let fault as RequestFault {
      response = refusal(fault)
    } catch {
      // The release's file, which was whole at the start, can no longer be read.
      response = refusal(RequestFault(503, "the release cannot be read now", retryAfter: 60))
    }
    if request.method == "HEAD" {
      // The length is that of the body which a GET would have.
      response.headers.append(("content-length", String(response.body.count)))
      response.body = []
    }
    return response
  }

  /// A request whose body is longer than is read.
  package func tooLong() -> WebResponse {
    refusal(RequestFault(413, "the body is longer than \(configuration.longestBody) bytes"))
  }

  private func route(_ request: WebRequest) async throws -> WebResponse {
    guard request.path.utf8.count + request.query.utf8.count <= configuration.longestTarget else {
      throw RequestFault(414, "the address is longer than \(configuration.longestTarget) bytes")
    }
    let segments = try request.segments()
    if segments.first == "browse" { return await page(request, Array(segments.dropFirst())) }
    switch segments.first {
    case "g_variants" where segments.count <= 2:
      return try await ask(request, id: segments.count == 2 ? segments[1] : nil)
    case nil, "info", "service-info", "configuration", "entry_types", "map", "filtering_terms", "datasets":
      return try inform(request, segments)
    case "analyses", "biosamples", "cohorts", "individuals", "runs":
      throw RequestFault(404, "this beacon holds no \(segments[0]); it serves genomic variants of a release")
    default: throw RequestFault(404, "there is nothing at this address; /map lists what there is")
    }
  }

  private func inform(_ request: WebRequest, _ segments: [String]) throws -> WebResponse {
    let isCollection = segments.first == "datasets"
    guard segments.count <= (isCollection ? 2 : 1) else {
      throw RequestFault(404, "there is nothing at this address; /map lists what there is")
    }
    try allow(request, isCollection ? ["GET", "HEAD", "POST"] : ["GET", "HEAD"])
    switch segments.first {
    case "service-info": return answer(serviceInfo())
    case "configuration": return answer(configurationAnswer())
    case "entry_types": return answer(entryTypesAnswer())
    case "map": return answer(mapAnswer())
    case "filtering_terms": return answer(filteringTerms())
    case "datasets":
      let beacon = request.method == "POST" ? try BeaconRequest(body: try json(request)) : BeaconRequest()
      return answer(try datasets(id: segments.count == 2 ? segments[1] : nil, beacon))
    default:
      // A person who opens the address in a browser gets pages.
      let accepted = request.values("accept").first ?? ""
      if segments.isEmpty, accepted.hasPrefix("text/html") {
        return WebResponse(303, type: "text/plain; charset=utf-8", headers: [("location", "/browse")], body: [])
      }
      return answer(info())
    }
  }

  /// A question about variants: who asks is looked at before what is asked.
  private func ask(_ request: WebRequest, id: String?) async throws -> WebResponse {
    try allow(request, ["GET", "HEAD", "POST"])
    var entry = AuditLog.Entry(
      caller: "-", method: request.method, endpoint: id == nil ? "g_variants" : "g_variants/{id}",
      query: Array((id ?? "").utf8) + [0] + Array(request.query.utf8) + [0] + request.body, status: 0)
    var beacon: BeaconRequest?
    let response: WebResponse
    do {
      guard !audit.hasFailed else { throw RequestFault(503, "questions cannot be logged now, so none is answered") }
      let caller = try gatekeeper.caller(authorization: request.values("authorization"))
      entry.caller = caller.name
      try gatekeeper.take(caller)
      let asked =
        request.method == "POST"
        ? try BeaconRequest(body: try json(request)) : try BeaconRequest(query: request.pairs())
      beacon = asked
      entry.requested = asked.granularity
      let (body, returned) =
        if let id { try await variant(id, asked, caller: caller) } else { try await variants(asked, caller: caller) }
      entry.returned = returned
      response = WebResponse(200, type: Self.json, body: body)
    } catch let fault as RequestFault {
      response = refusal(fault, request: beacon)
    }
    entry.status = response.status
    audit.record(entry)
    return response
  }

  func allow(_ request: WebRequest, _ methods: [String]) throws(RequestFault) {
    guard methods.contains(request.method) else {
      throw RequestFault(405, "this address takes \(methods.joined(separator: ", "))")
    }
  }

  /// The body of a POST, which is JSON.
  private func json(_ request: WebRequest) throws(RequestFault) -> [UInt8] {
    guard request.body.count <= configuration.longestBody else {
      throw RequestFault(413, "the body is longer than \(configuration.longestBody) bytes")
    }
    let type = (request.values("content-type").first ?? "application/json").prefix { $0 != ";" }
    guard ["application/json", "text/json"].contains(type.lowercased().trimmingSpaces) else {
      throw RequestFault(415, "the body is sent as application/json")
    }
    return request.body
  }
}

extension StringProtocol {
  /// Without spaces at its ends.
  var trimmingSpaces: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

extension BeaconSite {
  /// Waits until the audit log has every line.
  package func flushAudit() { audit.flush() }
}
