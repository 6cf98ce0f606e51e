import HTTPTypes
import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
import ServiceLifecycle
import Synchronization
import UnixSignals

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The site on the network.
public struct BeaconServer: Sendable {
  /// What a service is started with.
  public struct Start: Sendable {
    /// The release's folder.
    public var release: String
    /// The address to listen on.
    public var host = "127.0.0.1"
    /// The port; 0 is any that is free.
    public var port = 8080
    /// The file of tokens.
    public var tokens: String?
    /// The file of the audit log; nil is standard error.
    public var audit: String?
    /// Whether strangers are told whether a variant exists.
    public var isPublic = false
    /// Connections that are open at once.
    public var mostConnections = 2_000
    /// Seconds that requests under way have after a signal.
    public var grace = 10
    /// The rest.
    public var configuration = BeaconConfiguration()

    /// A service over a release.
    public init(release: String) { self.release = release }
  }

  /// How a service ended.
  public enum End: Sendable, Hashable {
    /// Every request was answered.
    case finished
    /// Requests were cut off when their time was over, after this signal.
    case cut(Int32)

    /// The exit code, where it is not 0: 128 and the signal.
    public var exitCode: Int32? {
      switch self {
      case .finished: nil
      case .cut(let signal): 128 + signal
      }
    }
  }

  private let start: Start
  private let site: BeaconSite
  private let gatekeeper: Gatekeeper
  private let audit: AuditLog

  /// Opens the release, the tokens and the log.
  /// - Throws: `ServiceError`.
  public init(_ start: Start) throws(ServiceError) {
    self.start = start
    let folder = try ReleaseFolder(path: start.release)
    let database = try ReleaseDatabase(folder)
    gatekeeper = try Gatekeeper(tokens: start.tokens.map(TokenFile.init), isPublic: start.isPublic)
    audit = try AuditLog(path: start.audit)
    site = BeaconSite(start.configuration, database: database, gatekeeper: gatekeeper, audit: audit)
  }

  /// What is served, in a line.
  public var summary: String {
    let manifest = site.manifest
    return "release \(manifest.release) of \(manifest.created), \(manifest.assembly), \(manifest.variants) variants"
  }

  /// Serves until SIGTERM or SIGINT.
  /// - Parameter onRunning: called with the port once requests are taken.
  /// - Throws: `ServiceError` where the address cannot be listened on.
  public func run(logger: Logger, onRunning: @escaping @Sendable (Int) async -> Void) async throws -> End {
    let application = Application(
      responder: Responder(site: site, longestBody: start.configuration.longestBody),
      server: .http1(
        configuration: .init(
          idleTimeout: .seconds(30),
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: 20 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))),
      configuration: .init(
        address: .hostname(start.host, port: start.port), backlog: 1024,
        availableConnectionsDelegate: MaximumAvailableConnections(start.mostConnections)),
      onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) }, logger: logger)
    var configuration = ServiceGroupConfiguration(
      services: [.init(service: application), .init(service: Upkeep(gatekeeper: gatekeeper, logger: logger))],
      logger: logger)
    configuration.maximumGracefulShutdownDuration = .seconds(start.grace)
    let group = ServiceGroup(configuration: configuration)
    let ending = Ending()
    let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
    let watcher = Task {
      for await signal in signals {
        // At a second signal nothing is waited for.
        guard ending.begin(signal.rawValue) else { _exit(128 + signal.rawValue) }
        await group.triggerGracefulShutdown()
      }
    }
    defer { watcher.cancel() }
    do {
      try await group.run()
    } catch let error as IOError {
      throw ServiceError(
        .unavailable, "\(start.host):\(start.port) cannot be listened on (errno \(error.errnoCode))",
        remedy: "choose another --port, or end what listens there")
    }
    audit.flush()
    try gatekeeper.saveUsage()
    return ending.end(grace: .seconds(start.grace))
  }
}

/// The signal that ended the service, and when.
private final class Ending: Sendable {
  private let begun = Mutex<(signal: Int32, at: ContinuousClock.Instant)?>(nil)

  /// - Returns: whether this is the first signal.
  func begin(_ signal: Int32) -> Bool {
    begun.withLock { begun in
      guard begun == nil else { return false }
      begun = (signal, .now)
      return true
    }
  }

  func end(grace: Duration) -> BeaconServer.End {
    guard let (signal, at) = begun.withLock({ $0 }), at.duration(to: .now) >= grace else { return .finished }
    return .cut(signal)
  }
}

/// Reads the file of tokens again and again, and keeps what was used.
private struct Upkeep: Service {
  let gatekeeper: Gatekeeper
  let logger: Logger

  func run() async throws {
    var round = 0
    for await _ in AsyncTimer(every: .seconds(2)).cancelOnGracefulShutdown() {
      round += 1
      do throws(ServiceError) {
        try gatekeeper.reload()
        if round.isMultiple(of: 5) { try gatekeeper.saveUsage() }
      } catch {
        // The tokens that were read last stay good.
        logger.error("\(error)")
      }
    }
  }
}

/// Ticks.
private struct AsyncTimer: AsyncSequence, AsyncIteratorProtocol, Sendable {
  let every: Duration

  func next() async -> Void? {
    // A sleep that is cancelled is the end.
    do { try await Task.sleep(for: every) } catch { return nil }
    return ()
  }

  func makeAsyncIterator() -> AsyncTimer { self }
}

/// Between Hummingbird and the site.
private struct Responder: HTTPResponder {
  typealias Context = BasicRequestContext

  let site: BeaconSite
  let longestBody: Int

  func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
    var web = WebRequest(request.method.rawValue, request.head.path ?? "/")
    web.headers = request.headers.map { ($0.name.canonicalName, $0.value) }
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > longestBody {
      return Self.response(site.tooLong(), closing: true)
    }
    do {
      let body = try await request.body.collect(upTo: longestBody)
      web.body = Array(buffer: body)
    } catch is NIOTooManyBytesError {
      return Self.response(site.tooLong(), closing: true)
    }
    return Self.response(await site.respond(to: web), closing: false)
  }

  /// Names that every answer has, checked once.
  private static let names = Dictionary(
    uniqueKeysWithValues: ["content-type", "cache-control", "x-content-type-options", "referrer-policy"].compactMap {
      name in HTTPField.Name(name).map { (name, $0) }
    })

  private static func response(_ web: WebResponse, closing: Bool) -> Response {
    var headers = HTTPFields()
    for (name, value) in web.headers {
      guard let name = names[name] ?? HTTPField.Name(name) else { continue }
      headers.append(HTTPField(name: name, value: value))
    }
    if closing { headers[.connection] = "close" }
    var response = Response(
      status: .init(code: web.status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: web.body)))
    if web.headers.contains(where: { $0.name == "content-length" }) {
      response = Response(
        status: .init(code: web.status), headers: headers,
        body: .init(contentLength: nil) { writer in
          try await writer.finish(nil)
        })
    }
    return response
  }
}
