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

@Suite("The service as a process", .serialized)
struct ServerTests {
  private let folder: TemporaryFolder
  private let release: SyntheticRelease
  private let token: String

  init() throws {
    folder = try TemporaryFolder()
    release = try SyntheticRelease(in: folder, variants: 300)
    token = try Tokens.make(
      file: folder("tokens.json"), role: "record", expires: "2099-12-31", label: nil, budget: 100_000, rate: 100_000)
  }

  private func start(_ more: [String] = []) throws -> BeaconProcess {
    try BeaconProcess(
      ["--release", release.path, "--tokens", folder("tokens.json"), "--audit", folder("audit.jsonl")] + more,
      in: folder)
  }

  private func request(_ target: String, _ method: String = "GET", body: String? = nil, length: Int? = nil) -> String {
    var text =
      "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer \(token)\r\n"
    if let body {
      text += "Content-Type: application/json\r\nContent-Length: \(length ?? body.utf8.count)\r\n\r\n\(body)"
    }
    return body == nil ? text + "\r\n" : text
  }

  private func status(_ response: String) -> Int {
    Int(response.split(separator: " ", maxSplits: 2).dropFirst().first ?? "") ?? 0
  }

  @Test("It answers over the network, and ends with 0 on SIGTERM and SIGINT", arguments: [SIGTERM, SIGINT])
  func ending(_ signal: Int32) throws {
    let beacon = try start()
    let answer = try beacon.exchange(request("/g_variants?geneId=GENE20X0&requestedGranularity=count"))
    #expect(status(answer) == 200 && answer.contains("\"numTotalResults\":50"))
    #expect(answer.contains("content-type: application/json"))
    let head = try beacon.exchange(request("/info", "HEAD"))
    #expect(status(head) == 200 && head.hasSuffix("\r\n\r\n"))
    #expect(beacon.end(signal) == 0)
    let audit = String(decoding: try folder.read("audit.jsonl"), as: UTF8.self)
    #expect(audit.split(separator: "\n").count == 1 && !audit.contains("GENE20X0"))
    // What was used today is kept.
    #expect(String(decoding: try folder.read("tokens.json.usage"), as: UTF8.self).hasSuffix("\t1\n"))
  }

  @Test("A request under way when the signal comes is answered, and then the process ends with 0")
  func graceful() throws {
    let beacon = try start()
    let connection = try Connection(port: beacon.port)
    let body = #"{"meta":{"apiVersion":"v2.0"},"query":{"requestedGranularity":"count"}}"#
    let whole = request("/g_variants", "POST", body: body)
    connection.send(String(whole.dropLast(20)))
    try settle(beacon)
    kill(beacon.process.processIdentifier, SIGTERM)
    usleep(300_000)
    #expect(beacon.process.isRunning)
    #expect(throws: (any Error).self) {
      try beacon.exchange(request("/info")).isEmpty ? nil : try Connection(port: beacon.port)
    }
    connection.send(String(whole.suffix(20)))
    let answer = connection.readAll()
    #expect(status(answer) == 200 && answer.contains("\"numTotalResults\":300"))
    beacon.process.waitUntilExit()
    #expect(beacon.process.terminationStatus == 0)
  }

  @Test("A request that does not end in time is cut off, and the code says so")
  func cut() throws {
    for (signal, code) in [(SIGTERM, 143), (SIGINT, 130)] as [(Int32, Int32)] {
      let beacon = try start(["--grace", "1"])
      let connection = try Connection(port: beacon.port)
      connection.send(request("/g_variants", "POST", body: "{", length: 100))
      try settle(beacon)
      #expect(beacon.end(signal) == code)
    }
  }

  /// Waits until the service has most likely read what was sent before. A request's head may be read by another thread than
  /// the exchanges behind it: on a busy machine later.
  private func settle(_ beacon: BeaconProcess) throws {
    for _ in 0..<20 {
      #expect(status(try beacon.exchange(request("/info"))) == 200)
      usleep(100_000)
    }
  }

  @Test("Bytes that are no HTTP, bodies without end and heads that are too long give no status of 500 or more")
  func rawBytes() throws {
    let beacon = try start()
    var random = SplitMix64()
    let good = Array(request("/g_variants", "POST", body: #"{"meta":{"apiVersion":"v2.0"}}"#).utf8)
    for round in 0..<400 {
      var bytes = good
      switch round % 4 {
      case 0: bytes = (0..<random.int(0...300)).map { _ in UInt8(random.int(0...255)) }
      case 1: bytes = Array(bytes.prefix(random.int(0...bytes.count)))
      case 2: for _ in 0..<random.int(1...10) { bytes[random.int(0...(bytes.count - 1))] = UInt8(random.int(0...255)) }
      default: bytes.insert(contentsOf: bytes.prefix(random.int(0...80)), at: random.int(0...bytes.count))
      }
      let answer = try beacon.exchange(bytes, closing: true)
      #expect(answer.isEmpty || status(answer) < 500, "round \(round)")
    }
    let long = "GET /info HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "y", count: 90_000))\r\n\r\n"
    #expect((400..<500).contains(status(try beacon.exchange(long))))
    let body = String(repeating: " ", count: 70_000)
    #expect(status(try beacon.exchange(request("/g_variants", "POST", body: body))) == 413)
    let chunked =
      "POST /g_variants HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
      + "11170\r\n\(body)\r\n0\r\n\r\n"
    #expect(status(try beacon.exchange(chunked)) == 413)
    #expect(status(try beacon.exchange(request("/info"))) == 200)
    #expect(beacon.end() == 0)
    #expect(beacon.messages.split(separator: "\n").count == 1, "\(beacon.messages)")
  }

  @Test("What cannot be served ends with its code and one line")
  func refusals() throws {
    let taken = try start()
    let clinical = try SyntheticRelease(in: folder, name: "clinical", variants: 10) { members in
      if let place = members.firstIndex(where: { $0.name == "purpose" }) { members[place].value = "clinical" }
    }
    try folder.write("x", to: "notokens.json")
    for (arguments, code, word) in [
      (["--kb", "base.kb"], 64, "change by one person"),
      (["--release", release.path, "--kb=x"], 64, "serve it with --release"),
      ([], 64, "--release"),
      (["--release", release.path, "--host", "0.0.0.0"], 64, "--behind-proxy"),
      (["--release", release.path, "--port", "70000"], 64, "--port"),
      (["--release", folder("none")], 66, "no such folder"), (["--release", folder.path], 65, "no release"),
      (["--release", clinical.path], 77, "clinical"),
      (["--release", release.path, "--tokens", folder("none.json")], 66, "no such file"),
      (["--release", release.path, "--tokens", folder("notokens.json")], 78, "no JSON"),
      (["--release", release.path, "--public", "--port", "\(taken.port)"], 69, "cannot be listened on"),
      (["token", "new", "--tokens", folder("t.json"), "--role", "all", "--expires", "2099-01-01"], 64, "role"),
    ] as [([String], Int32, String)] {
      let outcome = try BeaconProcess.run(arguments, in: folder)
      #expect(outcome.code == code, "\(arguments) \(outcome.errors)")
      #expect(outcome.errors.hasPrefix("apus-beacon: error: ") && outcome.errors.contains(word), "\(outcome.errors)")
    }
    #expect(taken.end() == 0)
    #expect(try BeaconProcess.run(["--version"], in: folder).text == "apus-beacon 0.1.0\n")
    #expect(try BeaconProcess.run(["--help"], in: folder).text.contains("Examples:"))
  }

  @Test("token new prints a token once that the service then takes, and token revoke ends it")
  func tokens() throws {
    let file = folder("more.json")
    let made = try BeaconProcess.run(
      ["token", "new", "--tokens", file, "--role", "count", "--expires", "2099-12-31", "--label", "registry"],
      in: folder)
    #expect(made.code == 0)
    let text = made.text.trimmingCharacters(in: .newlines)
    #expect(!String(decoding: try folder.read("more.json"), as: UTF8.self).contains(text))
    let listed = try BeaconProcess.run(["token", "list", "--tokens", file], in: folder).text
    #expect(listed.contains("\tcount\t2099-12-31\t") && listed.contains("registry") && !listed.contains(text))
    let beacon = try BeaconProcess(["--release", release.path, "--tokens", file], in: folder)
    let ask = "GET /g_variants HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer \(text)\r\n\r\n"
    #expect(status(try beacon.exchange(ask)) == 200)
    let id = String(listed.prefix { $0 != "\t" })
    #expect(try BeaconProcess.run(["token", "revoke", "--tokens", file, id], in: folder).code == 0)
    var refused = 0
    for _ in 0..<100 where refused != 401 {
      usleep(100_000)
      refused = status(try beacon.exchange(ask))
    }
    #expect(refused == 401)
    #expect(beacon.end() == 0)
  }
}
