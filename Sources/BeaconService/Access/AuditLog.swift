import Crypto
import Foundation
import Reports
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Who asked when and how much was told, with a keyed digest in the question's place: equal questions can be told,
/// the questions themselves cannot be read without the key.
package final class AuditLog: Sendable {
  /// One line.
  package struct Entry: Sendable {
    package var caller: String
    package var method: String
    package var endpoint: String
    package var query: [UInt8]
    package var status: Int
    package var requested: Granularity?
    package var returned: Granularity?
  }

  private struct State {
    var pending: [UInt8] = []
    var isScheduled = false
    var hasFailed = false
  }

  private let state = Mutex(State())
  private let file: Int32
  private let key: SymmetricKey
  // Writing blocks; it does so on a queue of its own.
  private let queue = DispatchQueue(label: "audit")
  private let now: @Sendable () -> Double

  /// Opens the log, to append to it.
  /// - Parameter path: the file; its key is kept beside it. Nil is standard error, with a key for this run only.
  package init(path: String?, now: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 })
    throws(ServiceError)
  {
    self.now = now
    guard let path else {
      file = STDERR_FILENO
      key = SymmetricKey(size: .bits256)
      return
    }
    key = try Self.key(path + ".key")
    file = open(path, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw ServiceError(
        .failed, path: path, "the audit log cannot be written", remedy: "check the folder's permissions")
    }
  }

  deinit { if file != STDERR_FILENO { close(file) } }

  private static func key(_ path: String) throws(ServiceError) -> SymmetricKey {
    if let data = FileManager.default.contents(atPath: path) {
      guard data.count == 32 else {
        throw ServiceError(.configuration, path: path, "the key of the audit log is not 32 bytes", remedy: "restore it")
      }
      return SymmetricKey(data: data)
    }
    let bytes = randomBytes(32)
    try replaceFile(path, with: bytes)
    return SymmetricKey(data: bytes)
  }

  /// The keyed digest of a question (HMAC-SHA-256, 128 bits of it).
  package func digest(_ query: [UInt8]) -> String {
    hexadecimal(HMAC<SHA256>.authenticationCode(for: query, using: key).prefix(16))
  }

  /// Whether a line could not be written. Then nothing is answered any more.
  package var hasFailed: Bool { state.withLock { $0.hasFailed } }

  /// Appends a line.
  package func record(_ entry: Entry) {
    var members: [JSONValue.Member] = [
      .init("time", .string(UTCTime.timestamp(Int(now())))), .init("caller", .string(entry.caller)),
      .init("method", .string(entry.method)), .init("endpoint", .string(entry.endpoint)),
      .init("query", .string(digest(entry.query))), .init("status", .integer(entry.status)),
    ]
    if let requested = entry.requested { members.append(.init("requested", .string(requested.rawValue))) }
    if let returned = entry.returned { members.append(.init("returned", .string(returned.rawValue))) }
    let line = JSONValue.object(members).compact + [UInt8(ascii: "\n")]
    let schedule = state.withLock { state in
      state.pending += line
      defer { state.isScheduled = true }
      return !state.isScheduled
    }
    if schedule { queue.async { self.write() } }
  }

  /// Waits until every line is written.
  package func flush() { queue.sync { write() } }

  private func write() {
    let lines = state.withLock { state in
      defer { state.pending = [] }
      state.isScheduled = false
      return state.pending
    }
    if !lines.isEmpty, !writeWhole(lines, to: file) { state.withLock { $0.hasFailed = true } }
  }
}
