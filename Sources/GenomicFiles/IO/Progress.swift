import Synchronization

/// Bytes read so far, of how many: what a progress line is made from. Safe to read from any thread.
public final class ProgressCounter: Sendable {
  private let read = Atomic<Int>(0)
  private let expected = Atomic<Int>(0)

  private let isFixed: Bool

  /// A counter at nought; inputs add their sizes as they are opened.
  public init() { isFixed = false }

  /// A counter at nought of a total that is known beforehand, in bytes.
  public init(expecting total: Int) {
    isFixed = true
    expected.store(total, ordering: .relaxed)
  }

  /// Stored (compressed) bytes read so far.
  public var bytesRead: Int { read.load(ordering: .relaxed) }
  /// Stored bytes that all inputs together hold; 0 while unknown (standard input).
  public var bytesExpected: Int { expected.load(ordering: .relaxed) }

  /// Counts bytes as read.
  public func add(_ bytes: Int) { read.wrappingAdd(bytes, ordering: .relaxed) }
  /// Counts bytes as expected.
  public func expect(_ bytes: Int) {
    if !isFixed { expected.wrappingAdd(bytes, ordering: .relaxed) }
  }
}
