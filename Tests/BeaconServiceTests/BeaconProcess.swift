import Foundation
import TestSupport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The built command, run as a person runs it.
final class BeaconProcess {
  let process = Process()
  let log: String
  private(set) var port: UInt16 = 0

  /// The executable that the package's build put beside its tests.
  static var path: String {
    let tests =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("apus-beacon").path
  }

  /// Runs it to its end.
  static func run(_ arguments: [String], in folder: TemporaryFolder) throws -> Peer.Outcome {
    let quoted = ([path] + arguments).map { "'\($0)'" }.joined(separator: " ")
    return try Peer.outcome(quoted, in: folder)
  }

  /// Starts it on a free port, and waits until it serves.
  init(_ arguments: [String], in folder: TemporaryFolder) throws {
    log = folder("log-\(UUID().uuidString)")
    _ = FileManager.default.createFile(atPath: log, contents: nil)
    process.executableURL = URL(fileURLWithPath: Self.path)
    process.arguments = arguments + ["--port", "0"]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
    try process.run()
    for _ in 0..<3_000 {
      if let match = messages.firstMatch(of: #/serves .* on http://[^ ]*:([0-9]+)/browse/#), let port = UInt16(match.1)
      {
        self.port = port
        return
      }
      guard process.isRunning else { break }
      usleep(10_000)
    }
    throw Failure(description: "the service did not start: \(messages)")
  }

  deinit { if process.isRunning { process.terminate() } }

  struct Failure: Error, CustomStringConvertible { var description: String }

  /// What it wrote to standard error.
  var messages: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

  /// Sends a signal, and waits for the end.
  func end(_ signal: Int32 = SIGTERM) -> Int32 {
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Sends bytes on a connection of its own, and reads until the service closes it.
  func exchange(_ text: String) throws -> String { try exchange(Array(text.utf8)) }

  func exchange(_ bytes: [UInt8], closing: Bool = false) throws -> String {
    let connection = try Connection(port: port)
    connection.send(bytes)
    if closing { connection.finish() }
    return connection.readAll()
  }
}

/// A connection to the loopback address.
final class Connection {
  private let socket: Int32

  init(port: UInt16) throws {
    #if canImport(Glibc)
      socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #elseif canImport(Musl)
      socket = Musl.socket(AF_INET, SOCK_STREAM, 0)
    #else
      socket = Darwin.socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, size) }
    }
    guard status == 0 else {
      close(socket)
      throw BeaconProcess.Failure(description: "no connection to port \(port)")
    }
    var limit = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(socket) }

  func send(_ bytes: [UInt8]) {
    var sent = 0
    while sent < bytes.count {
      #if canImport(Darwin)
        let flags: Int32 = 0
      #else
        let flags = Int32(MSG_NOSIGNAL)
      #endif
      let count = bytes.withUnsafeBytes { buffer in
        #if canImport(Glibc)
          Glibc.send(socket, buffer.baseAddress.map { $0 + sent }, bytes.count - sent, flags)
        #elseif canImport(Musl)
          Musl.send(socket, buffer.baseAddress.map { $0 + sent }, bytes.count - sent, flags)
        #else
          Darwin.send(socket, buffer.baseAddress.map { $0 + sent }, bytes.count - sent, flags)
        #endif
      }
      // The service may have refused before it read everything.
      guard count > 0 else { return }
      sent += count
    }
  }

  func send(_ text: String) { send(Array(text.utf8)) }

  /// Says that nothing more is sent.
  func finish() { shutdown(socket, Int32(SHUT_WR)) }

  func readAll() -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = recv(socket, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      bytes += buffer.prefix(count)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
