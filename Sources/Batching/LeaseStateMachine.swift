/// A free list that makes at most `capacity` items and serves its waiters strictly in order.
///
/// Invariant: while anybody waits, no item is free and all `capacity` items exist.
struct LeaseStateMachine<Item: Sendable, Waiter: Sendable>: Sendable {
  let capacity: Int
  private(set) var made = 0
  /// Last in, first out: the item given back last is the likeliest to be in cache.
  private var free: [Item] = []
  private var waiters = WaiterQueue<Waiter>()

  init(capacity: Int) {
    self.capacity = capacity
  }

  var outstanding: Int { made - free.count }
  var waiting: Int { waiters.count }

  enum Leasing {
    case item(Item)
    /// The caller makes the item, outside the lock; it counts as out already.
    case make
    case wait(WaiterID)
  }

  mutating func lease() -> Leasing {
    if let item = free.popLast() { return .item(item) }
    if made < capacity {
      made += 1
      return .make
    }
    return .wait(waiters.makeID())
  }

  enum Wait {
    case item(Item)
    case cancelled
    case suspended
  }

  /// Queues a task whose `lease()` had to wait; looks again first. On `isCancelled` see `PermitStateMachine.wait`.
  ///
  /// Items are never unmade, so a task that had to wait once never has to make one.
  mutating func wait(_ waiter: Waiter, id: WaiterID, isCancelled: Bool) -> Wait {
    if isCancelled { return .cancelled }
    if let item = free.popLast() { return .item(item) }
    waiters.append(waiter, id: id)
    return .suspended
  }

  /// The task to wake with a cancellation, when it still waits.
  mutating func cancel(_ id: WaiterID) -> Waiter? {
    waiters.remove(id)
  }

  /// The task to wake with the item; `nil` when the item went on the free list.
  mutating func giveBack(_ item: Item) -> Waiter? {
    if let waiter = waiters.popFirst() { return waiter }
    free.append(item)
    return nil
  }
}
