import Foundation
import TestSupport

#if canImport(Glibc)
  import Glibc
#endif

/// A PostgreSQL server of the tests' own on loopback, with passwords and checksums of pages. It goes when the process does.
final class PostgreSQLCluster: Sendable {
  struct Failure: Error, CustomStringConvertible { var description: String }

  static let password = "not-to-be-told"

  let folder: String
  let port: Int
  private let programs: String
  /// What runs a command as another user: the server refuses to run as root.
  private let asUser: [String]

  /// Whether there is a server to start; says so where there is none.
  static let isInstalled: Bool = {
    guard programs != nil, !isRoot || user != nil else {
      print("SKIPPED: tests in KnowledgeBaseTests/PostgreSQL that need PostgreSQL's initdb, pg_ctl and psql")
      return false
    }
    return true
  }()

  /// The one that tests share; each has a database of its own.
  static let shared = Result { try PostgreSQLCluster() }

  private static var isRoot: Bool { getuid() == 0 }

  private static var programs: String? {
    let files = FileManager.default
    let versions = (try? files.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
    let folders =
      versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "/usr/lib/postgresql/\($0)/bin" }
      + (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return folders.first { folder in
      ["initdb", "pg_ctl", "psql"].allSatisfy { files.isExecutableFile(atPath: "\(folder)/\($0)") }
    }
  }

  private static var user: [String]? {
    guard getpwnam("postgres") != nil, FileManager.default.isExecutableFile(atPath: "/usr/sbin/runuser") else {
      return nil
    }
    return ["/usr/sbin/runuser", "-u", "postgres", "--"]
  }

  private init() throws {
    guard let programs = Self.programs else { throw Failure(description: "PostgreSQL is not installed") }
    self.programs = programs
    asUser = Self.isRoot ? Self.user ?? [] : []
    port = try Self.freePort()
    let made = try Self.run(asUser + ["/bin/sh", "-c", "mktemp -d -t apus-postgresql.XXXXXX"])
    folder = made.trimmingCharacters(in: .whitespacesAndNewlines)
    try script(
      """
      umask 077
      printf %s '\(Self.password)' >'\(folder)/password'
      '\(programs)/initdb' -D '\(folder)/data' -U apus -A scram-sha-256 --pwfile='\(folder)/password' -E UTF8 \
        --locale=C.UTF-8 -k -N >'\(folder)/initdb.log' 2>&1
      cat >>'\(folder)/data/postgresql.conf' <<END
      listen_addresses = '127.0.0.1'
      port = \(port)
      unix_socket_directories = ''
      shared_buffers = 32MB
      autovacuum_naptime = 1s
      END
      """)
    // Whatever becomes of this process, the server goes after it.
    try script(
      """
      (while kill -0 \(getpid()); do sleep 1; done; '\(programs)/pg_ctl' -D '\(folder)/data' -m immediate stop
      rm -rf '\(folder)') >/dev/null 2>&1 </dev/null &
      """)
    try start()
  }

  private static func freePort() throws -> Int {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, length) == 0 ? getsockname(socket, $0, &length) : -1
      }
    }
    guard code == 0 else { throw Failure(description: "there is no free port") }
    return Int(address.sin_port.bigEndian)
  }

  func start() throws {
    try script("'\(programs)/pg_ctl' -D '\(folder)/data' -w -l '\(folder)/log' start >/dev/null 2>&1 </dev/null")
  }

  func stop(_ mode: String = "fast") throws {
    try script("'\(programs)/pg_ctl' -D '\(folder)/data' -w -m \(mode) stop >/dev/null 2>&1")
  }

  /// Makes a database and gives its address.
  func database(_ name: String, template: String = "template1") throws -> String {
    try sql("DROP DATABASE IF EXISTS \(name)", in: "postgres")
    try sql("CREATE DATABASE \(name) TEMPLATE \(template)", in: "postgres")
    return address(name)
  }

  func address(_ database: String, password: String = PostgreSQLCluster.password) -> String {
    "postgresql://apus:\(password)@127.0.0.1:\(port)/\(database)"
  }

  /// Runs statements behind a base's back, and gives the rows as text.
  @discardableResult
  func sql(_ script: String, in database: String) throws -> [String] {
    let text = try Self.run(
      ["\(programs)/psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", script, address(database)])
    return text.split(separator: "\n").map(String.init)
  }

  /// Every file of the databases, once everything in memory is written.
  func files() throws -> [(path: String, bytes: Data)] {
    try sql("CHECKPOINT", in: "postgres")
    let base = "\(folder)/data/base"
    guard let walker = FileManager.default.enumerator(atPath: base) else { return [] }
    return walker.compactMap { $0 as? String }.compactMap { path in
      (try? Data(contentsOf: URL(fileURLWithPath: "\(base)/\(path)"))).map { (path, $0) }
    }
  }

  /// What goes on in the background must not hold the descriptor by which Foundation sees that the script has ended.
  private func script(_ text: String) throws {
    let closing =
      "for fd in /proc/self/fd/*; do fd=${fd##*/}; if [ $fd -gt 2 ]; then eval \"exec $fd>&-\"; fi; done"
    try Self.run(asUser + ["/bin/bash", "-c", "set -e; cd /\n\(closing)\n" + text])
  }

  @discardableResult
  private static func run(_ command: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.standardInput = FileHandle.nullDevice
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: "a command of PostgreSQL ended with \(process.terminationStatus): \(said)")
    }
    return text
  }
}
