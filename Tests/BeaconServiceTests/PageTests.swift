import BeaconService
import Foundation
import Reports
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Web pages")
struct PageTests {
  private struct Browser {
    let site: TestSite
    var cookie: String?

    mutating func signIn(_ role: String) async {
      let form = "token=\(site.tokens[role] ?? "")"
      let response = await site.site.respond(to: WebRequest("POST", "/browse/sign-in", body: Array(form.utf8)))
      #expect(response.status == 303)
      let set = response.headers.first { $0.name == "set-cookie" }?.value ?? ""
      #expect(set.contains("HttpOnly") && set.contains("SameSite=Strict") && set.contains("Path=/browse"))
      cookie = set.split(separator: ";").first.map(String.init)
    }

    func get(_ path: String) async -> (status: Int, html: String, response: WebResponse) {
      let headers = cookie.map { [("cookie", $0)] } ?? []
      let response = await site.site.respond(to: WebRequest("GET", path, headers: headers))
      return (response.status, String(decoding: response.body, as: UTF8.self), response)
    }
  }

  @Test("Search leads to the variant, the gene, the indication and the region, and each links onwards")
  func journey() async throws {
    let site = try TestSite(variants: 600)
    var browser = Browser(site: site)
    await browser.signIn("record")
    let variant = try #require(
      site.release.variants.first { $0.type == "SNP" && $0.count != nil && !$0.indications.isEmpty })
    let place = "\(variant.contig)-\(variant.start + 1)-\(variant.reference)-\(variant.alternate)"
    for (typed, address) in [
      (variant.vrs, "/browse/variant/\(variant.vrs)"), (place, "/browse/variant/\(place)"),
      ("chr\(place.lowercased().replacingOccurrences(of: "-", with: ":"))", "/browse/variant/\(place)"),
      ("NC_000020.11:g.\(variant.start + 1)\(variant.reference)>\(variant.alternate)", "/browse/variant/\(place)"),
      (variant.gene, "/browse/gene/\(variant.gene)"), ("r149.1", "/browse/indication/R149.1"),
      ("20:100,000-200,000", "/browse/region/20:100000-200000"), ("  ", "/browse"),
    ] {
      let query = typed.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
      let found = await browser.get("/browse/search?q=\(query)")
      #expect(found.status == 303)
      #expect(found.response.headers.first { $0.name == "location" }?.value == address, "\(typed)")
      guard address != "/browse" else { continue }
      let page = await browser.get(address)
      #expect(page.status == 200 && page.html.contains("<h1>"), "\(address)")
    }
    let page = await browser.get("/browse/variant/\(variant.vrs)")
    #expect(page.html.contains("/browse/gene/\(variant.gene)") && page.html.contains("Classification history"))
    #expect(page.html.contains("<svg") && page.html.contains(NumberFormat.grouped(variant.count ?? 0)))
    let gene = await browser.get("/browse/gene/\(variant.gene)")
    #expect(gene.html.contains("/browse/variant/\(variant.vrs)"))
    let release = await browser.get("/browse/release")
    #expect(release.html.contains("/browse/indication/R149.1") && release.html.contains(SyntheticRelease.release))
    let second = await browser.get("/browse/indication/R149.1?page=2")
    #expect(second.status == 200 && second.html.contains("Page 2 of"))
  }

  @Test("A suppressed figure is shown as suppressed, not as zero")
  func suppressed() async throws {
    let site = try TestSite(variants: 200)
    var browser = Browser(site: site)
    await browser.signIn("record")
    let variant = try #require(site.release.variants.first { $0.count == nil })
    let page = await browser.get("/browse/variant/\(variant.vrs)")
    #expect(
      page.html.contains(#"<dt>Allele count</dt><dd><span class="value"><span class="suppressed">suppressed</span>"#))
    #expect(page.html.contains(#"<dt>Allele frequency</dt><dd><span class="value"><span class="suppressed">"#))
    #expect(!page.html.contains(#"class="everybody""#))
  }

  @Test("Roles below record see yes, no or a number, and strangers are asked to sign in")
  func roles() async throws {
    let site = try TestSite(variants: 200)
    let variant = site.release.variants[0]
    let paths = [
      "/browse/variant/\(variant.vrs)", "/browse/gene/GENE20X0", "/browse/indication/R149.1",
      "/browse/region/20:1-200000",
    ]
    for (role, word) in [("boolean", #"<p class="answer">Yes</p>"#), ("count", #"<p class="answer">"#)] {
      var browser = Browser(site: site)
      await browser.signIn(role)
      for path in paths {
        let page = await browser.get(path)
        #expect(page.status == 200 && page.html.contains(word))
        #expect(!page.html.contains("Allele") && !page.html.contains("<table"), "\(role) \(path)")
        if role == "boolean" { #expect(!page.html.contains("50")) }
      }
    }
    for path in paths {
      let page = await Browser(site: site).get(path)
      #expect(page.status == 401 && !page.html.contains("Allele"))
      let forged = await Browser(site: site, cookie: "apus_session=AAAA").get(path)
      #expect(forged.status == 401)
    }
    var browser = Browser(site: site)
    await browser.signIn("record")
    site.advance(40 * 86_400)
    #expect(await browser.get(paths[0]).status == 401)
  }

  @Test("A session ends after eight hours")
  func sessionLife() async throws {
    let site = try TestSite(variants: 200)
    var browser = Browser(site: site)
    await browser.signIn("record")
    site.advance(28_700)
    #expect(await browser.get("/browse/gene/GENE20X0").status == 200)
    site.advance(200)
    #expect(await browser.get("/browse/gene/GENE20X0").status == 401)
  }

  @Test("Signing out ends the session; wrong tokens and foreign forms open none")
  func sessions() async throws {
    let site = try TestSite(variants: 200)
    var browser = Browser(site: site)
    await browser.signIn("record")
    #expect(await browser.get("/browse/gene/GENE20X0").status == 200)
    let out = await site.site.respond(
      to: WebRequest("POST", "/browse/sign-out", headers: [("cookie", browser.cookie ?? "")]))
    #expect(out.status == 303)
    #expect(await browser.get("/browse/gene/GENE20X0").status == 401)
    for name in ["wrong", "expired-record", "malformed"] {
      let form = "token=\(site.tokens[name] ?? "")"
      let response = await site.site.respond(to: WebRequest("POST", "/browse/sign-in", body: Array(form.utf8)))
      #expect(response.status == 401 && !response.headers.contains { $0.name == "set-cookie" })
    }
    let foreign = await site.site.respond(
      to: WebRequest(
        "POST", "/browse/sign-in", headers: [("sec-fetch-site", "cross-site")],
        body: Array("token=\(site.tokens["record"] ?? "")".utf8)))
    #expect(foreign.status == 403)
  }

  @Test("Every page forbids scripts and what is elsewhere, has none, and escapes what was typed")
  func policy() async throws {
    let site = try TestSite(variants: 300)
    var browser = Browser(site: site)
    await browser.signIn("record")
    let attack = "%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%27"
    for path in [
      "/browse", "/browse/release", "/browse/sign-in", "/browse/gene/GENE20X0", "/browse/gene/\(attack)",
      "/browse/variant/\(attack)", "/browse/variant/ga4gh:VA.\(attack)", "/browse/region/\(attack)",
      "/browse/indication/\(attack)", "/browse/search?q=\(attack)", "/browse/nothing",
      "/browse/variant/\(site.release.variants[0].vrs)", "/browse/region/20:1-900000",
    ] {
      let page = await browser.get(path)
      let policy = page.response.headers.first { $0.name == "content-security-policy" }?.value ?? ""
      #expect(policy.hasPrefix("default-src 'none'; style-src 'self'") && !policy.contains("unsafe"), "\(path)")
      #expect(!page.html.lowercased().contains("<script") && !page.html.contains("style=\""), "\(path)")
      #expect(page.html.firstMatch(of: #/(?:src|href)="(?:https?:)?\/\//#) == nil, "\(path)")
      #expect(page.html.firstMatch(of: #/\son[a-z]+=/#) == nil, "\(path)")
      #expect(page.html.contains(#"lang="en-GB""#) && page.html.contains("Skip to content"))
      // Well-formed, so that no text breaks out of its place.
      #expect(Self.isWellFormed(page.html), "\(path)")
    }
    let style = try #require(
      (await browser.get("/browse")).html.firstMatch(of: #/href="(\/browse\/style-[0-9a-f]+\.css)"/#)?.1)
    let sheet = await browser.get(String(style))
    #expect(
      sheet.status == 200 && sheet.response.headers.contains { $0 == ("content-type", "text/css; charset=utf-8") })
    #expect(!sheet.html.contains("url(http") && !sheet.html.contains("@import"))
  }

  private static func isWellFormed(_ html: String) -> Bool {
    let voids = html.replacingOccurrences(of: "<!DOCTYPE html>\n", with: "").replacing(
      #/ (required|novalidate)(?=[ \/>])/#, with: { " \($0.1)=\"\"" })
    // Every element closed, in order: a small reader instead of an XML parser, which Foundation lacks here.
    var open: [Substring] = []
    for match in voids.matches(of: #/<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>"]|"[^"<]*")*?)(\/?)>/#) {
      if match.1 == "/" {
        guard open.popLast() == match.2 else { return false }
      } else if match.4.isEmpty {
        open.append(match.2)
      }
    }
    let angles = voids.count { $0 == "<" }
    return open.isEmpty
      && angles == voids.matches(of: #/<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>"]|"[^"<]*")*?)(\/?)>/#).count
  }
}

/// The pages as a browser shows them.
@Suite("Pages in a browser")
struct BrowserTests {
  /// Gives a browser that takes no headers on its command line the session's cookie.
  private static let proxy = #"""
    import http.client, http.server, sys
    upstream, cookie = int(sys.argv[1]), sys.argv[2]
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            connection = http.client.HTTPConnection("127.0.0.1", upstream)
            connection.request("GET", self.path, headers={"Cookie": cookie})
            response = connection.getresponse()
            body = response.read()
            self.send_response(response.status)
            for name, value in response.getheaders():
                if name.lower() not in ("content-length", "date", "transfer-encoding"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        def log_message(self, *_):
            pass
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()
    """#

  @Test(
    "Chromium shows every page with its style, under the page's own security policy, without a complaint",
    .enabled(if: Peer.has("chromium", "python3")))
  func chromium() throws {
    let folder = try TemporaryFolder()
    let release = try SyntheticRelease(in: folder, variants: 300)
    let token = try Tokens.make(
      file: folder("tokens.json"), role: "record", expires: "2099-12-31", label: nil, budget: 1_000, rate: 1_000)
    let beacon = try BeaconProcess(
      ["--release", release.path, "--tokens", folder("tokens.json"), "--audit", folder("audit.jsonl")], in: folder)
    let form = "token=\(token)"
    let signedIn = try beacon.exchange(
      "POST /browse/sign-in HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: \(form.utf8.count)\r\n\r\n\(form)"
    )
    let cookie = try #require(signedIn.firstMatch(of: #/apus_session=[A-Za-z0-9_-]+/#)?.0)
    try folder.write(Self.proxy, to: "proxy.py")
    let proxy = Process()
    let output = Pipe()
    proxy.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    proxy.arguments = ["python3", folder("proxy.py"), "\(beacon.port)", String(cookie)]
    proxy.standardOutput = output
    proxy.standardError = FileHandle.nullDevice
    proxy.standardInput = FileHandle.nullDevice
    try proxy.run()
    defer {
      // It inherits the test's mask of signals, in which SIGTERM may be blocked.
      kill(proxy.processIdentifier, SIGKILL)
      proxy.waitUntilExit()
    }
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    let port = try #require(Int(line.trimmingCharacters(in: .newlines)))
    let variant = try #require(release.variants.first { $0.count != nil })
    for (path, heading) in [
      ("/browse", "How often was it seen?"), ("/browse/variant/\(variant.vrs)", "Classification history"),
      ("/browse/gene/\(variant.gene)", "Where, and how often"), ("/browse/indication/R149.1", "Latest class"),
      ("/browse/release", "Policy of suppression"), ("/browse/nothing", "Nothing here"),
    ] {
      let outcome = try Peer.outcome(
        """
        chromium --headless=new --no-sandbox --disable-gpu --user-data-dir='\(folder("profile"))' --enable-logging=stderr \
        --v=0 --window-size=1200,900 --virtual-time-budget=2000 --dump-dom 'http://127.0.0.1:\(port)\(path)'
        """, in: folder)
      #expect(outcome.text.contains(heading), "\(path) \(outcome.errors.prefix(300))")
      // Refused styles and scripts, and faults of the page, are told on the console.
      #expect(!outcome.errors.contains("CONSOLE"), "\(path) \(outcome.errors)")
    }
    #expect(beacon.end() == 0)
  }
}
