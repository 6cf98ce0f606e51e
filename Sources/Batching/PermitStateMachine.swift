/// A counting semaphore that serves its waiters strictly in order.
///
/// Invariant: while anybody waits, no permit is free. A permit given back goes straight to the first waiter, so a
/// newcomer cannot overtake.
struct PermitStateMachine<Waiter: Sendable>: Sendable {
  private(set) var free: Int
  private var waiters = WaiterQueue<Waiter>()

  init(permits: Int) {
    free = permits
  }

  var waiting: Int { waiters.count }

  enum Acquisition {
    case granted
    case wait(WaiterID)
  }

  mutating func acquire() -> Acquisition {
    guard free > 0 else { return .wait(waiters.makeID()) }
    free -= 1
    return .granted
  }

  enum Wait {
    case granted
    case cancelled
    case suspended
  }

  /// Queues a task whose `acquire()` had to wait.
  ///
  /// Looks again, because a permit may have come back in between. `isCancelled` must be read under the lock that
  /// guards this machine: a handler that ran before found nobody to remove, and the task's flag was set before the
  /// handler ran, so the two together cannot miss a cancellation.
  mutating func wait(_ waiter: Waiter, id: WaiterID, isCancelled: Bool) -> Wait {
    if isCancelled { return .cancelled }
    if free > 0 {
      free -= 1
      return .granted
    }
    waiters.append(waiter, id: id)
    return .suspended
  }

  /// The task to wake with a cancellation, when it still waits.
  mutating func cancel(_ id: WaiterID) -> Waiter? {
    waiters.remove(id)
  }

  /// The task to wake as the new owner of the permit.
  mutating func release() -> Waiter? {
    if let waiter = waiters.popFirst() { return waiter }
    free += 1
    return nil
  }
}
