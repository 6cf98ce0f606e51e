import GenomicFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A temporary file of lines of JSON, written once or read once.
final class LineFile {
  private let path: String
  private let file: UnsafeMutablePointer<FILE>
  private let encoder = JSONEncoder()
  private let decoder = JSONDecoder()
  private var isOpen = true

  private init(_ path: String, _ mode: String) throws {
    self.path = path
    guard let file = fopen(path, mode) else {
      throw OutputError(
        .cannotCreate, path: path, reason: "cannot be opened: \(systemMessage(errno))",
        remedy: "check the folder and its permissions")
    }
    self.file = file
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  }

  deinit { if isOpen { fclose(file) } }

  static func writing(_ path: String) throws -> LineFile { try LineFile(path, "wx") }

  static func reading(_ path: String) throws -> LineFile { try LineFile(path, "r") }

  func write(_ row: some Encodable) throws {
    let bytes = Array(try encoder.encode(row)) + [UInt8(ascii: "\n")]
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw failure() }
  }

  /// Ends writing.
  func close() throws {
    isOpen = false
    guard fclose(file) == 0 else { throw failure() }
  }

  /// Reads every line.
  func forEach<R: Decodable>(_ type: R.Type, _ body: (R) throws -> Void) throws {
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while true {
      let count = getline(&line, &capacity, file)
      guard count > 0, let line else { break }
      try body(try decoder.decode(type, from: Data(bytes: line, count: count)))
    }
    guard ferror(file) == 0 else { throw failure() }
  }

  private func failure() -> OutputError {
    OutputError(
      .failed, path: path, reason: "reading or writing failed: \(systemMessage(errno))",
      remedy: "check the space of the disk, then run again")
  }
}
