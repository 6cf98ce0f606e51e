import Foundation
import Reports

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The file of tokens: who may ask, by hashes.
package struct TokenFile: Sendable {
  /// The path.
  package let path: String

  static let schema = "apus-beacon-tokens/1"

  /// The file at a path.
  package init(path: String) { self.path = path }

  /// Every token of the file.
  /// - Throws: `ServiceError` where it is missing, malformed, or open for others to write.
  package func read() throws(ServiceError) -> [AccessToken] {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw ServiceError(
        .missing, path: path, "there is no such file", remedy: "make one with apus-beacon token new --tokens FILE")
    }
    guard UInt32(status.st_mode) & 0o022 == 0 else {
      throw ServiceError(
        .configuration, path: path, "others may write to the file, and so give themselves access",
        remedy: "chmod 600 it")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ServiceError(.missing, path: path, "the file cannot be read", remedy: "check its permissions")
    }
    return try parse(Array(data))
  }

  private func parse(_ bytes: [UInt8]) throws(ServiceError) -> [AccessToken] {
    let json: JSONValue
    do { json = try JSONValue(parsing: bytes) } catch { throw malformed("it is no JSON: \(error)") }
    guard json["schema"]?.text == Self.schema, let entries = json["tokens"]?.elements else {
      throw malformed("it is no file of tokens (\(Self.schema))")
    }
    var tokens: [AccessToken] = []
    for (index, entry) in entries.enumerated() {
      guard let token = AccessToken(entry) else {
        throw malformed("token \(index + 1) lacks a part, or has one that is not understood")
      }
      tokens.append(token)
    }
    return tokens
  }

  private func malformed(_ reason: String) -> ServiceError {
    ServiceError(.configuration, path: path, reason, remedy: "make the file again with apus-beacon token new")
  }

  /// Changes the file, or makes it, in one step: readers see the old or the new one.
  package func update(_ change: (inout [AccessToken]) throws(ServiceError) -> Void) throws(ServiceError) {
    let lock = open(path + ".lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard lock >= 0 else {
      throw ServiceError(.failed, path: path, "the folder cannot be written to", remedy: "check its permissions")
    }
    defer { close(lock) }
    // A change takes milliseconds: who else makes one is waited for, for two seconds.
    var attempts = 0
    while flock(lock, LOCK_EX | LOCK_NB) != 0 {
      attempts += 1
      guard attempts < 200 else {
        throw ServiceError(.busy, path: path, "another process writes to the file", remedy: "try again")
      }
      usleep(10_000)
    }
    var tokens = FileManager.default.fileExists(atPath: path) ? try read() : []
    try change(&tokens)
    let json: JSONValue = ["schema": .string(Self.schema), "tokens": .array(tokens.map(\.json))]
    try replaceFile(path, with: json.bytes)
  }
}

/// Replaces a file that only its owner reads, in one step.
func replaceFile(_ path: String, with bytes: [UInt8]) throws(ServiceError) {
  let failure = ServiceError(.failed, path: path, "the file cannot be written", remedy: "check the folder and the disk")
  let partial = path + ".part"
  let file = open(partial, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0o600)
  guard file >= 0 else { throw failure }
  let isWritten = writeWhole(bytes, to: file) && fsync(file) == 0
  let isClosed = close(file) == 0
  guard isWritten, isClosed, rename(partial, path) == 0 else {
    unlink(partial)
    throw failure
  }
}

/// Writes all of the bytes, however many calls that takes.
func writeWhole(_ bytes: [UInt8], to file: Int32) -> Bool {
  var written = 0
  return bytes.withUnsafeBytes { buffer in
    while written < buffer.count {
      let count = write(file, buffer.baseAddress.map { $0 + written }, buffer.count - written)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      written += count
    }
    return true
  }
}
