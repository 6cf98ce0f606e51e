import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The partial files of a run. A run that is stopped by a signal while a call blocks removes them from here.
public final class OutputRegistry: Sendable {
  private let paths = Mutex<Set<String>>([])

  /// A registry of nothing.
  public init() {}

  func add(_ path: String) { _ = paths.withLock { $0.insert(path) } }
  func remove(_ path: String) { _ = paths.withLock { $0.remove(path) } }

  /// The partial files that exist now.
  public var partialFiles: Set<String> { paths.withLock { $0 } }

  /// Removes every partial file. Finished outputs stay.
  public func removePartialFiles() {
    let all = paths.withLock { paths in
      defer { paths = [] }
      return paths
    }
    for path in all { unlink(path) }
  }
}
