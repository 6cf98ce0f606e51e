import ApusVersion
import ArgumentParser
import BeaconService
import Foundation
import Logging

/// `apus-beacon serve`, the default.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve a release until SIGTERM or SIGINT.",
    discussion: """
      Example:
        apus-beacon --release release-2026-11 --tokens tokens.json --audit audit.jsonl --port 8080
      """)

  @Option(help: ArgumentHelp("Folder that apus kb release made.", valueName: "DIR"))
  var release: String

  @Option(help: "Port; 0 is any that is free, and is told on standard error.")
  var port = 8080

  @Option(help: "Address to listen on. Any other than the loopback ones needs --behind-proxy.")
  var host = "127.0.0.1"

  @Option(help: ArgumentHelp("Hashes of the tokens that may ask, made by apus-beacon token.", valueName: "FILE"))
  var tokens: String?

  @Option(
    help: ArgumentHelp(
      "Audit log, appended to; its key is kept as FILE.key. Standard error without it.", valueName: "FILE"))
  var audit: String?

  @Flag(help: "Tell callers without a token whether a variant exists, and nothing else.")
  var `public` = false

  @Flag(help: "A proxy with TLS stands before the service: other hosts are taken, and cookies are for TLS only.")
  var behindProxy = false

  @Option(help: ArgumentHelp("Time that requests under way have after a signal.", valueName: "SECONDS"))
  var grace = 10

  @Option(help: "Address as clients see it, for links in answers; http://HOST:PORT unless given.")
  var baseUrl: String?

  @Option(help: "Identifier of the beacon, usually a reversed domain.")
  var beaconId = "local.apus-beacon"

  @Option(help: "Name of the beacon.")
  var name = "Apus Beacon"

  @Option(help: ArgumentHelp("Who runs it: identifier, name and web address.", valueName: "ID,NAME,URL"))
  var organization: String?

  @Option(
    help: "What it is run for: dev, test, staging or prod.",
    transform: { try parsed($0, BeaconConfiguration.Environment.init(rawValue:)) })
  var environment = BeaconConfiguration.Environment.dev

  @Option(
    help: "Least level that is logged: trace, debug, info, notice, warning, error.",
    transform: { try parsed($0, Logger.Level.init(rawValue:)) })
  var logLevel = Logger.Level.warning

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port takes a number from 0 to 65535") }
    guard (1...3_600).contains(grace) else { throw ValidationError("--grace takes a number from 1 to 3600") }
    let isLoopback = host == "localhost" || host == "::1" || host.hasPrefix("127.")
    guard isLoopback || behindProxy else {
      throw ValidationError(
        "--host \(host) is not this machine alone; the service speaks plain HTTP, so it needs --behind-proxy and a proxy "
          + "with TLS (Docs/beacon.md)")
    }
    if let baseUrl {
      guard baseUrl.hasPrefix("http://") || baseUrl.hasPrefix("https://") else {
        throw ValidationError("--base-url takes an address that begins with http:// or https://")
      }
    }
    if let organization {
      guard organization.split(separator: ",").count == 3 else {
        throw ValidationError("--organization takes an identifier, a name and a web address, with commas between")
      }
    }
  }

  func run() async throws {
    var start = BeaconServer.Start(release: release)
    start.host = host
    start.port = port
    start.tokens = tokens
    start.audit = audit
    start.isPublic = `public`
    start.grace = grace
    start.configuration.id = beaconId
    start.configuration.name = name
    start.configuration.environment = environment
    start.configuration.version = apusVersion
    start.configuration.isBehindProxy = behindProxy
    let shownHost = host.contains(":") ? "[\(host)]" : host
    var base = baseUrl ?? "http://\(shownHost):\(port)"
    while base.hasSuffix("/") { base.removeLast() }
    start.configuration.baseURL = base
    if let parts = organization?.split(separator: ",").map(String.init), parts.count == 3 {
      start.configuration.organization = .init(id: parts[0], name: parts[1], url: parts[2])
    }
    var logger = Logger(label: "apus-beacon", factory: { StreamLogHandler.standardError(label: $0) })
    logger.logLevel = logLevel
    let server = try BeaconServer(start)
    let summary = server.summary
    if tokens == nil, !`public` {
      say("no --tokens are given: nobody is answered but for what describes the service")
    }
    let end = try await server.run(logger: logger) { port in
      say("serves \(summary) on http://\(shownHost):\(port)/browse")
    }
    if let code = end.exitCode { throw ExitCode(code) }
  }
}

private func parsed<Value>(_ text: String, _ read: (String) -> Value?) throws -> Value {
  guard let value = read(text) else { throw ValidationError("'\(text)' is none of the words that the option takes") }
  return value
}

/// Says something on standard error.
func say(_ text: String) { FileHandle.standardError.write(Data("apus-beacon: \(text)\n".utf8)) }
