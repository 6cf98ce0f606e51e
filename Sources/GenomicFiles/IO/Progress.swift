import Synchronization

/// Bytes read so far, of how many: what a progress line is made from. Safe to read from any thread.
public final class ProgressCounter: Sendable {
  private let read = Atomic<Int>(0)
  private let expected = Atomic<Int>(0)

  /// A counter at nought of nought.
  public init() {}

  /// Stored (compressed) bytes read so far.
  public var bytesRead: Int { read.load(ordering: .relaxed) }
  /// Stored bytes that all inputs together hold; 0 while unknown (standard input).
  public var bytesExpected: Int { expected.load(ordering: .relaxed) }

  /// Counts bytes as read.
  public func add(_ bytes: Int) { read.wrappingAdd(bytes, ordering: .relaxed) }
  /// Counts bytes as expected.
  public func expect(_ bytes: Int) { expected.wrappingAdd(bytes, ordering: .relaxed) }
}
