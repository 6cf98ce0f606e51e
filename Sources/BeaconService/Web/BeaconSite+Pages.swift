import Reports

/// The pages below `/browse`.
extension BeaconSite {
  func page(_ request: WebRequest, _ segments: [String]) async -> WebResponse {
    if segments.count == 1, "/browse/" + segments[0] == PageStyle.address {
      var response = WebResponse(200, type: "text/css; charset=utf-8", body: Array(PageStyle.text.utf8))
      response.headers = response.headers.map { $0.name == "cache-control" ? ($0.name, "public, max-age=604800") : $0 }
      return response
    }
    let caller = self.caller(request)
    do {
      switch segments.first {
      case "sign-in" where segments.count == 1: return try signIn(request, caller)
      case "sign-out" where segments.count == 1: return try signOut(request)
      case nil,
        "release" where segments.count == 1:
        try allow(request, ["GET", "HEAD"])
        return frame(segments.isEmpty ? searchPage(caller) : releasePage(), caller: caller)
      case "search" where segments.count == 1:
        try allow(request, ["GET", "HEAD"])
        let text = try request.pairs().first { $0.name == "q" }?.value ?? ""
        let address = try self.address(searching: text)
        return WebResponse(303, type: "text/plain; charset=utf-8", headers: [("location", address)], body: [])
      case "variant", "gene", "indication", "region":
        guard segments.count == 2 else { throw RequestFault(404, "there is no such page") }
        return await question(request, segments[0], segments[1], caller)
      default: throw RequestFault(404, "there is no such page")
      }
    } catch let fault as RequestFault {
      return frame(refusalPage(fault), caller: caller)
    } catch {
      return frame(refusalPage(RequestFault(503, "the release cannot be read now")), caller: caller)
    }
  }

  /// A page whose content is an answer: it is counted and logged as a question is.
  private func question(_ request: WebRequest, _ kind: String, _ id: String, _ caller: Caller?) async -> WebResponse {
    var entry = AuditLog.Entry(
      caller: caller?.name ?? "-", method: request.method, endpoint: "browse/\(kind)",
      query: Array(id.utf8) + [0] + Array(request.query.utf8), status: 0, requested: .record)
    let response: WebResponse
    do {
      try allow(request, ["GET", "HEAD"])
      guard !audit.hasFailed else { throw RequestFault(503, "questions cannot be logged now, so none is answered") }
      guard let caller else { throw RequestFault(401, "sign in with a token to see what the release holds") }
      try gatekeeper.take(caller)
      entry.returned = caller.most
      let page = try Self.pageNumber(request)
      switch kind {
      case "variant": response = frame(try await variantPage(id, caller), caller: caller)
      case "gene": response = frame(try await genePage(id, page, caller), caller: caller)
      case "indication": response = frame(try await indicationPage(id, page, caller), caller: caller)
      default: response = frame(try await regionPage(id, page, caller), caller: caller)
      }
    } catch let fault as RequestFault {
      entry.returned = nil
      response = frame(refusalPage(fault), caller: caller)
    } catch {
      entry.returned = nil
      response = frame(refusalPage(RequestFault(503, "the release cannot be read now")), caller: caller)
    }
    entry.status = response.status
    audit.record(entry)
    return response
  }

  private static func pageNumber(_ request: WebRequest) throws(RequestFault) -> Int {
    guard let text = try request.pairs().first(where: { $0.name == "page" })?.value else { return 0 }
    guard let page = Int(text), (1...1_000_000).contains(page) else { throw .bad("there is no such page") }
    return page - 1
  }

  private func refusalPage(_ fault: RequestFault) -> Page {
    let title =
      switch fault.status {
      case 401: "Sign in first"
      case 404: "Nothing here"
      case 429: "Too many questions"
      case 503: "Not now"
      default: "This cannot be answered"
      }
    let way: Markup =
      fault.status == 401
      ? #"<p><a href="/browse/sign-in">Sign in</a></p>"# : #"<p><a href="/browse">Back to the search</a></p>"#
    return Page(
      status: fault.status, title: title,
      content: Self.banner(fault.status == 404 ? .information : .warn, fault.message.capitalizedFirst + ".") + way)
  }
}

/// Who looks at pages: a cookie stands for a token that was shown once.
extension BeaconSite {
  private static let cookie = "apus_session"

  /// The session's caller; a stranger where strangers are answered; nil otherwise.
  private func caller(_ request: WebRequest) -> Caller? {
    if let text = sessionText(request), let token = sessions.token(text, now: gatekeeper.now()),
      let caller = try? gatekeeper.caller(token)
    {
      return caller
    }
    return gatekeeper.isPublic ? Caller(token: nil, most: .boolean) : nil
  }

  private func sessionText(_ request: WebRequest) -> String? {
    for header in request.values("cookie") {
      for part in header.split(separator: ";") {
        let halves = part.trimmingSpaces.split(separator: "=", maxSplits: 1)
        if halves.count == 2, halves[0] == Self.cookie { return String(halves[1]) }
      }
    }
    return nil
  }

  private func signIn(_ request: WebRequest, _ caller: Caller?) throws(RequestFault) -> WebResponse {
    try allow(request, ["GET", "HEAD", "POST"])
    guard request.method == "POST" else { return frame(signInPage(nil), caller: caller) }
    try refuseForeign(request)
    guard let form = String(validating: request.body, as: UTF8.self), form.utf8.count <= 1024 else {
      throw .bad("this is not the form of the page")
    }
    let text = try WebRequest.pairs(form).first { $0.name == "token" }?.value ?? ""
    let known: Caller
    do { known = try gatekeeper.caller(token: text.trimmingSpaces) } catch {
      audit.record(
        .init(caller: "-", method: "POST", endpoint: "browse/sign-in", query: [], status: error.status))
      return frame(signInPage(error.message), caller: caller)
    }
    guard let token = known.token else { throw .bad("this is not the form of the page") }
    audit.record(.init(caller: token.id, method: "POST", endpoint: "browse/sign-in", query: [], status: 303))
    return redirect("/browse", cookie: sessions.open(token, now: gatekeeper.now()))
  }

  private func signOut(_ request: WebRequest) throws(RequestFault) -> WebResponse {
    try allow(request, ["POST"])
    try refuseForeign(request)
    if let text = sessionText(request) { sessions.close(text) }
    return redirect("/browse", cookie: nil)
  }

  /// A form that another site's page sends is no wish of the person.
  private func refuseForeign(_ request: WebRequest) throws(RequestFault) {
    let site = request.values("sec-fetch-site").first ?? "same-origin"
    guard ["same-origin", "none"].contains(site) else { throw RequestFault(403, "the form was sent from elsewhere") }
  }

  private func redirect(_ address: String, cookie: String?) -> WebResponse {
    let secure = configuration.isBehindProxy ? "; Secure" : ""
    let life = cookie == nil ? "; Max-Age=0" : "; Max-Age=\(Sessions.life)"
    let value = "\(Self.cookie)=\(cookie ?? ""); Path=/browse; HttpOnly; SameSite=Strict\(secure)\(life)"
    return WebResponse(
      303, type: "text/plain; charset=utf-8", headers: [("location", address), ("set-cookie", value)], body: [])
  }

  private func signInPage(_ fault: String?) -> Page {
    Page(
      status: fault == nil ? 200 : 401, title: "Sign in", subtitle: "With the token that you were given.",
      trail: [("Search", "/browse")],
      content: """
        \(fault.map { Self.banner(.fail, $0.capitalizedFirst + ".") })
        <form class="search" method="post" action="/browse/sign-in">
        <label for="token">Token</label>
        <div class="row"><input id="token" name="token" type="password" autocomplete="off" required aria-describedby="token-hint"/>
        <button type="submit">Sign in</button></div>
        <p class="hint" id="token-hint">Its role says how much you are told: whether a variant was seen, how many, or their \
        published counts. The session ends after eight hours or when you sign out.</p>
        </form>
        """)
  }
}

extension String {
  /// A sentence's beginning.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
