import GenomicFiles
import Genomics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder that has its name only when it is whole.
struct ReleaseFolder: Sendable {
  let path: String
  /// Where it is made: a hidden folder beside its name.
  let partial: String

  /// Makes the hidden folder.
  /// - Throws: `OutputError` of kind `exists` or `cannotCreate`.
  init(_ given: String, force: Bool) throws {
    path = given.count > 1 && given.hasSuffix("/") ? String(given.dropLast()) : given
    switch content(at: path) {
    case .absent, .emptyFolder: break
    case .folder where force && content(at: path + "/release.json") != .absent: break
    case .folder, .file:
      throw OutputError(
        .exists, path: path, reason: "exists already",
        remedy: force ? "it is no release; name another folder" : "name another folder, or give --force to replace it")
    }
    let path = path
    let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    if slash > path.startIndex { try makeFolder(String(path[..<slash])) }
    let hidden = "\(path[..<slash]).\(path[slash...]).\(getpid())-\(UInt32.random(in: 0...UInt32.max)).partial"
    partial = hidden
    guard mkdir(hidden, 0o777) == 0 else {
      throw OutputError(
        .cannotCreate, path: path, reason: "cannot be made: \(systemMessage(errno))",
        remedy: "check the folder above it and its permissions")
    }
  }

  func callAsFunction(_ name: String) -> String { partial + "/" + name }

  /// Syncs a file of the folder that another writer made.
  func sync(_ name: String) {
    let descriptor = open(self(name), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Gives the folder its name.
  func commit() throws {
    Self.syncFolder(partial)
    var old: String?
    if case .folder = content(at: path) {
      let aside = partial + ".old"
      try Self.rename(path, to: aside)
      old = aside
    }
    try Self.rename(partial, to: path)
    Self.syncFolder(path.lastIndex(of: "/").map { String(path[...$0]) } ?? ".")
    if let old { Self.remove(old) }
  }

  /// Removes what is unfinished.
  func discard() { Self.remove(partial) }

  private static func rename(_ from: String, to: String) throws {
    #if canImport(Glibc)
      let status = Glibc.rename(from, to)
    #elseif canImport(Musl)
      let status = Musl.rename(from, to)
    #else
      let status = Darwin.rename(from, to)
    #endif
    guard status == 0 else {
      throw OutputError(
        .cannotCreate, path: to, reason: "cannot be given its final name: \(systemMessage(errno))",
        remedy: "check the folder above it, then run again: the release will be the same")
    }
  }

  private static func syncFolder(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Removes a file.
  static func unlink(_ path: String) {
    #if canImport(Glibc)
      _ = Glibc.unlink(path)
    #elseif canImport(Musl)
      _ = Musl.unlink(path)
    #else
      _ = Darwin.unlink(path)
    #endif
  }

  /// Removes a folder of files.
  static func remove(_ path: String) {
    if let folder = opendir(path) {
      var names: [String] = []
      while let entry = readdir(folder) {
        names.append(
          withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
      }
      closedir(folder)
      for name in names where name != "." && name != ".." { unlink(path + "/" + name) }
    }
    rmdir(path)
  }
}
