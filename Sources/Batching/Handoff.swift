import Synchronization

/// Carries one noncopyable value once through a place that wants copyable, `Sendable` elements: a queue, a task's
/// result, an ordered map's input or output.
///
/// One allocation per batch. A value that nobody takes is destroyed with the last reference to the handoff, so a
/// ``Lease`` in a dropped queue finds its way home.
///
/// Unchecked, because `Value` need not be `Sendable`: `sending` lets go of it on the way in and out, and the flag
/// lets exactly one task have it.
public final class Handoff<Value: ~Copyable>: @unchecked Sendable {
  private var value: Value?
  private let taken = Atomic(false)

  /// Takes over `value`, which the caller may not use again.
  public init(_ value: consuming sending Value) {
    self.value = consume value
  }

  /// The value, out of the handoff.
  ///
  /// - Precondition: Called once; there is nothing to give the second time.
  public func take() -> sending Value {
    let first = taken.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing).exchanged
    precondition(first, "A handoff's value can be taken once")
    return value.take()!
  }
}
