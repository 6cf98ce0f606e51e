import Crypto

/// Writes the container of a cache section by section, none of them in memory as a whole. The same sections give the
/// same bytes. Every call may block.
final class CacheFileWriter: @unchecked Sendable {
  // Not a data race: one task writes, one call after the other.
  private let write: (UnsafeRawBufferPointer) throws -> Void
  private var sections: [CacheLayout.Section] = []
  private var written = 0
  private var hasher = SHA256()
  private var open: (name: String, start: Int)?

  /// - Parameter write: takes the file's bytes, in order.
  init(write: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
    self.write = write
    try put(CacheLayout.head)
  }

  /// Writes a whole section.
  func add(_ name: String, _ bytes: [UInt8]) throws {
    begin(name)
    try append(bytes)
    try end()
  }

  /// Begins a section, whose bytes `append` takes.
  func begin(_ name: String) {
    precondition(open == nil && name.utf8.count <= 16, "one section at a time, named with 16 letters at most")
    open = (name, written)
    hasher = SHA256()
  }

  /// Appends bytes to the section.
  func append(_ bytes: [UInt8]) throws {
    bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
    try put(bytes)
  }

  /// Ends the section.
  func end() throws {
    guard let (name, start) = open else { return }
    open = nil
    sections.append(CacheLayout.Section(name: name, range: start..<written, sha256: Array(hasher.finalize())))
    let rest = written % CacheLayout.alignment
    if rest > 0 { try put([UInt8](repeating: 0, count: CacheLayout.alignment - rest)) }
  }

  /// Writes the table. Nothing comes behind it.
  func finish() throws { try put(CacheLayout.tail(sections, at: written)) }

  private func put(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try write($0) }
    written += bytes.count
  }
}
