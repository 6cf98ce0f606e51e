import BeaconService
import Crypto
import Foundation
import Reports
import TestSupport
import Testing

@Suite("Tokens, budgets and the audit log")
struct AccessTests {
  @Test("The file keeps hashes, never tokens, and is the owner's alone")
  func hashes() throws {
    let folder = try TemporaryFolder()
    let path = folder("tokens.json")
    let text = try Tokens.make(
      file: path, role: "count", expires: "2099-12-31", label: "registry", budget: 10, rate: 5)
    let other = try Tokens.make(file: path, role: "record", expires: "2099-12-31", label: nil, budget: 10, rate: 5)
    #expect(text != other && text.hasPrefix("apus_") && text.utf8.count == 48)
    let kept = String(decoding: try folder.read("tokens.json"), as: UTF8.self)
    #expect(!kept.contains(text) && !kept.contains(String(text.dropFirst(5))))
    #expect(kept.contains(hexadecimal(SHA256.hash(data: Data(text.utf8)))))
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let tokens = try TokenFile(path: path).read()
    #expect(tokens.map(\.role) == [.count, .record] && tokens[0].label == "registry")
    try Tokens.revoke(tokens[0].id, file: path)
    #expect(try TokenFile(path: path).read() == [tokens[1]])
    #expect(throws: ServiceError.self) { try Tokens.revoke("t-none", file: path) }
    for (expires, role) in [("2020-01-01", "count"), ("2099-02-30", "count"), ("soon", "count"), ("2099-12-31", "all")]
    {
      #expect(throws: ServiceError.self) {
        try Tokens.make(file: path, role: role, expires: expires, label: nil, budget: 1, rate: 1)
      }
    }
  }

  @Test("A file that others may write, or that is damaged, is refused")
  func damagedFiles() throws {
    let folder = try TemporaryFolder()
    let path = folder("tokens.json")
    _ = try Tokens.make(file: path, role: "count", expires: "2099-12-31", label: nil, budget: 10, rate: 5)
    try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: path)
    #expect(throws: ServiceError.self) { try TokenFile(path: path).read() }
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    let whole = String(decoding: try folder.read("tokens.json"), as: UTF8.self)
    for (from, to) in [
      ("apus-beacon-tokens/1", "apus-beacon-tokens/2"), ("\"count\"", "\"all\""), ("2099-12-31", "2099-13-31"),
      ("\"budgetPerDay\": 10", "\"budgetPerDay\": -1"), ("\"sha256\"", "\"sha\""), ("{", ""),
    ] {
      try folder.write(whole.replacingOccurrences(of: from, with: to), to: "changed.json")
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder("changed.json"))
      #expect(throws: ServiceError.self, "\(from)") { try TokenFile(path: folder("changed.json")).read() }
    }
    #expect(throws: ServiceError.self) { try TokenFile(path: folder("none.json")).read() }
  }

  @Test("A token's budget of the day is counted over GET, POST and pages, and given anew the next day")
  func budget() async throws {
    let site = try TestSite(variants: 200, budget: 5)
    for _ in 0..<2 {
      for index in 0..<5 {
        let answer =
          index == 0 ? try await site.ask(["geneId": "GENE20X0"]) : try await site.get("/g_variants?geneId=GENE20X0")
        #expect(answer.status == 200)
      }
      let refused = try await site.get("/g_variants?geneId=GENE20X0")
      #expect(refused.status == 429)
      #expect(refused.json["responseSummary"] == nil)
      let wait = refused.headers.first { $0.name == "retry-after" }.flatMap { Int($0.value) }
      #expect((1...86_400).contains(wait ?? 0))
      // Another token has its own.
      #expect(try await site.get("/g_variants?geneId=GENE20X0", token: "count").status == 200)
      site.advance(86_400)
    }
  }

  @Test("A token's rate is refilled evenly, and never beyond a minute's worth")
  func rate() async throws {
    let site = try TestSite(variants: 200, rate: 6)
    func burst() async throws -> Int {
      var answered = 0
      while try await site.get("/g_variants?geneId=GENE20X0").status == 200 { answered += 1 }
      return answered
    }
    #expect(try await burst() == 6)
    site.advance(21)
    #expect(try await burst() == 2)
    site.advance(3_600)
    #expect(try await burst() == 6)
  }

  @Test("What was used today outlives a restart")
  func usage() throws {
    let folder = try TemporaryFolder()
    let file = TokenFile(path: folder("tokens.json"))
    let (kept, text) = AccessToken.make(role: .count, expires: 30_000, today: 20_000, budget: 3, rate: 100)
    try file.update { $0.append(kept) }
    let now: @Sendable () -> Double = { 20_000.5 * 86_400 }
    let first = try Gatekeeper(tokens: file, now: now)
    let caller = try first.caller(token: text)
    try first.take(caller)
    try first.take(caller)
    try first.saveUsage()
    let second = try Gatekeeper(tokens: file, now: now)
    try second.take(caller)
    #expect(throws: RequestFault.self) { try second.take(caller) }
    try second.saveUsage()
    let tomorrow = try Gatekeeper(tokens: file, now: { 20_001.5 * 86_400 })
    try tomorrow.take(caller)
  }

  @Test("A token that is added or revoked while the service runs counts from the next reading on")
  func reload() throws {
    let folder = try TemporaryFolder()
    let path = folder("tokens.json")
    let text = try Tokens.make(file: path, role: "count", expires: "2099-12-31", label: nil, budget: 10, rate: 5)
    let keeper = try Gatekeeper(tokens: TokenFile(path: path))
    let other = try Tokens.make(file: path, role: "record", expires: "2099-12-31", label: nil, budget: 10, rate: 5)
    #expect(throws: RequestFault.self) { try keeper.caller(token: other) }
    try keeper.reload()
    let caller = try keeper.caller(token: other)
    #expect(caller.most == .record)
    let first = try keeper.caller(token: text)
    try Tokens.revoke(first.token?.id ?? "", file: path)
    try keeper.reload()
    #expect(throws: RequestFault.self) { try keeper.caller(token: text) }
    let token = try #require(first.token)
    #expect(throws: RequestFault.self) { try keeper.caller(token) }
  }

  @Test("The audit log has a line a question, equal digests for equal questions, and no question")
  func audit() async throws {
    let site = try TestSite(variants: 200)
    let variant = site.release.variants[0]
    for target in ["/g_variants?geneId=GENE20X0", "/g_variants?geneId=GENE20X0", "/g_variants/\(variant.vrs)"] {
      _ = try await site.get(target)
    }
    _ = try await site.get("/g_variants?geneId=GENE20X0", token: "wrong")
    _ = try await site.get("/info")
    site.site.flushAudit()
    let text = String(decoding: try site.folder.read("audit.jsonl"), as: UTF8.self)
    let lines = try text.split(separator: "\n").map { try JSONValue(parsing: $0.utf8) }
    #expect(lines.count == 4)
    #expect(lines[0]["query"] == lines[1]["query"] && lines[0]["query"] != lines[2]["query"])
    #expect(lines[0]["status"]?.whole == 200 && lines[0]["returned"] == "boolean")
    #expect(lines[0]["time"] == "2026-11-18T11:06:40Z")
    #expect(lines[3]["status"]?.whole == 401 && lines[3]["caller"] == "-")
    #expect(!text.contains("GENE20X0") && !text.contains(variant.vrs))
    for token in site.tokens.values where token.count > 3 { #expect(!text.contains(token)) }
    let key = try site.folder.read("audit.jsonl.key")
    #expect(key.count == 32)
    let mode =
      try FileManager.default.attributesOfItem(atPath: site.folder("audit.jsonl.key"))[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test(
    "Days and times of UTC",
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (951_782_399, "2000-02-28T23:59:59Z"), (951_782_400, "2000-02-29T00:00:00Z"),
      (4_102_444_799, "2099-12-31T23:59:59Z"), (1_795_000_000, "2026-11-18T11:06:40Z"),
    ])
  func times(_ seconds: Int, _ text: String) {
    #expect(UTCTime.timestamp(seconds) == text)
    #expect(UTCTime.day(String(text.prefix(10))) == seconds / 86_400)
  }
}
