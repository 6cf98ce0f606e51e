import CKernels
import Crypto
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What was written under a final name.
public struct OutputSummary: Sendable, Hashable {
  /// The path as the caller gave it.
  public var path: String
  /// Bytes written.
  public var bytes: Int
  /// SHA-256 of the bytes, as 64 hexadecimal digits; empty where it was not asked for.
  public var sha256: String
}

/// An output that exists under its final name only when it is complete.
///
/// Bytes go to a hidden partial file in the same folder; `commit()` syncs it and renames it, so a reader sees the whole
/// file or none. Dropped without `commit()`, the partial file is removed. Every call blocks: use the blocking executor.
public final class OutputFile: @unchecked Sendable {
  // Not a data race: one writer uses a file, one call after the other.

  /// The final path, or `-` for standard output (which cannot be atomic).
  public let path: String
  private let partialPath: String
  private let descriptor: Int32
  private let registry: OutputRegistry
  private var hasher: SHA256?
  private var bytes = 0
  /// Bytes that the system was asked to begin writing.
  private var begun = 0
  private var isOpen = true

  /// Creates the partial file.
  /// - Throws: `OutputError` of kind `exists` (unless `force`) or `cannotCreate`.
  public init(path: String, force: Bool, registry: OutputRegistry, hashes: Bool = true) throws {
    hasher = hashes ? SHA256() : nil
    self.path = path
    self.registry = registry
    if path == "-" {
      partialPath = ""
      descriptor = dup(STDOUT_FILENO)
      return
    }
    try Self.refuseExisting(path, force: force)
    if Self.isStream(path) {
      partialPath = ""
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        throw OutputError(
          .cannotCreate, path: path, reason: "cannot be opened: \(systemMessage(errno))",
          remedy: "check the path and its permissions")
      }
      return
    }
    partialPath = Self.partialPath(for: path)
    registry.add(partialPath)
    descriptor = open(partialPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      let reason = systemMessage(errno)
      registry.remove(partialPath)
      throw OutputError(
        .cannotCreate, path: path, reason: "cannot be created: \(reason)",
        remedy: "check the folder and its permissions")
    }
  }

  deinit {
    guard isOpen, descriptor >= 0 else { return }
    close(descriptor)
    if !partialPath.isEmpty {
      unlink(partialPath)
      registry.remove(partialPath)
    }
  }

  /// Refuses a path that is taken, before any work is done.
  public static func refuseExisting(_ path: String, force: Bool) throws {
    guard !force, path != "-", !isStream(path) else { return }
    var status = stat()
    guard lstat(path, &status) != 0 else {
      throw OutputError(
        .exists, path: path, reason: "exists already", remedy: "remove it, or give --force to replace it")
    }
  }

  /// Whether a path is a device or pipe (`/dev/null`), which is written to and never replaced.
  private static func isStream(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    let kind = status.st_mode & S_IFMT
    return kind == S_IFCHR || kind == S_IFIFO || kind == S_IFSOCK
  }

  /// A hidden name beside the final one that says what it is and that two runs do not share.
  static func partialPath(for path: String) -> String {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { path[...$0] } ?? ""
    let name = slash.map { path[path.index(after: $0)...] } ?? Substring(path)
    return "\(folder).\(name).\(getpid())-\(UInt32.random(in: 0...UInt32.max)).partial"
  }

  /// Appends bytes.
  /// - Throws: `OutputError` of kind `failed`.
  public func write(_ buffer: UnsafeRawBufferPointer) throws {
    guard let base = buffer.baseAddress else { return }
    var written = 0
    while written < buffer.count {
      #if canImport(Glibc)
        let count = Glibc.write(descriptor, base + written, buffer.count - written)
      #elseif canImport(Musl)
        let count = Musl.write(descriptor, base + written, buffer.count - written)
      #else
        let count = Darwin.write(descriptor, base + written, buffer.count - written)
      #endif
      if count < 0 {
        if errno == EINTR { continue }
        throw OutputError(
          .failed, path: path, reason: "writing failed: \(systemMessage(errno))",
          remedy: "check the space and the quota of the disk, then run again")
      }
      written += count
    }
    bytes += buffer.count
    hasher?.update(bufferPointer: buffer)
    // The disk works while more is made, and the sync at the end waits for the last bytes alone.
    if bytes - begun >= Self.stretch, !partialPath.isEmpty {
      apus_start_writing(descriptor, Int64(begun), Int64(bytes - begun))
      begun = bytes
    }
  }

  private static let stretch = 8 << 20

  /// Appends bytes.
  public func write(_ text: [UInt8]) throws {
    try text.withUnsafeBytes { try write($0) }
  }

  /// Syncs the bytes and gives the file its final name.
  public func commit() throws -> OutputSummary {
    precondition(isOpen, "an output is committed once")
    let summary = OutputSummary(path: path, bytes: bytes, sha256: hasher.map { hexadecimal($0.finalize()) } ?? "")
    guard !partialPath.isEmpty else {
      isOpen = false
      close(descriptor)
      return summary
    }
    // A file that cannot be synced (some network shares answer EINVAL) is still renamed whole.
    if fsync(descriptor) != 0, errno != EINVAL, errno != EROFS {
      throw OutputError(
        .failed, path: path, reason: "syncing failed: \(systemMessage(errno))", remedy: "check the disk, then run again"
      )
    }
    isOpen = false
    close(descriptor)
    try Self.rename(partialPath, to: path, registry: registry)
    return summary
  }

  /// Moves a finished partial file to its final name and syncs the folder.
  static func rename(_ partial: String, to path: String, registry: OutputRegistry) throws {
    #if canImport(Glibc)
      let status = Glibc.rename(partial, path)
    #elseif canImport(Musl)
      let status = Musl.rename(partial, path)
    #else
      let status = Darwin.rename(partial, path)
    #endif
    guard status == 0 else {
      let reason = systemMessage(errno)
      unlink(partial)
      registry.remove(partial)
      throw OutputError(
        .cannotCreate, path: path, reason: "cannot be given its final name: \(reason)",
        remedy: "check the folder and its permissions")
    }
    registry.remove(partial)
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    if descriptor >= 0 {
      fsync(descriptor)
      close(descriptor)
    }
  }
}

/// Writes a small file whole: the same promises as `OutputFile`. Blocks.
public func writeAtomically(_ bytes: [UInt8], to path: String, force: Bool, registry: OutputRegistry) throws
  -> OutputSummary
{
  let file = try OutputFile(path: path, force: force, registry: registry)
  try file.write(bytes)
  return try file.commit()
}
