import GRDB
import GenomicFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension KnowledgeBase {
  /// Copies the base as it is now, while others read it and one may wait to write. The copy has its name only when it is
  /// whole, and has the base's key: it is a base like the other.
  ///
  /// A withdrawal does not reach copies: those made before it are to be destroyed, or withdrawn from as well.
  /// - Throws: `KnowledgeBaseError` of kind `exists`, `busy` or `failed`.
  public func backUp(to path: String) throws {
    guard content(at: path) == .absent else {
      throw KnowledgeBaseError(.exists, path: path, "exists already", remedy: "name another file")
    }
    try Self.makingWhole(path) { partial in
      try Self.translating(path) {
        guard let store = store as? SQLiteStore else { throw damaged() }
        let copy = try DatabaseQueue(path: partial, configuration: Self.configuration)
        try store.queue.backup(to: copy)
        try copy.close()
      }
      try Self.translating(self.path) {
        let made = try KnowledgeBase(opening: partial)
        let digests = (try read { try storedDigest($0) }, try made.read { try made.storedDigest($0) })
        try made.close()
        guard digests.0 == digests.1 else {
          throw KnowledgeBaseError(
            .busy, path: path, "the base was changed while it was copied", remedy: "run the backup again")
        }
      }
    }
  }

  /// Gives a file its name when it is whole.
  /// - Parameter make: makes the file at the path it is given.
  static func makingWhole(_ path: String, _ make: (String) throws -> Void) throws {
    let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let partial = "\(path[..<slash]).\(path[slash...]).\(getpid()).partial"
    defer {
      unlink(partial)
      unlink(partial + "-journal")
    }
    try make(partial)
    // A link never replaces what appeared at the path meanwhile; some file systems have none.
    guard link(partial, path) == 0 || (errno != EEXIST && rename(partial, path) == 0) else {
      throw KnowledgeBaseError(
        .exists, path: path, "the base cannot be given its name", remedy: "check the folder and its permissions")
    }
  }
}
