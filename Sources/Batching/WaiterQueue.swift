import DequeModule

/// Names one wait from before it is queued until it ends, so that a cancellation handler can find it.
struct WaiterID: Hashable, Sendable {
  fileprivate let value: UInt64
}

/// First in, first out list of suspended tasks, each removable by name.
///
/// `Waiter` is a continuation in the program and a plain number in the tests of the state machines.
struct WaiterQueue<Waiter: Sendable>: Sendable {
  private var entries: Deque<(id: WaiterID, waiter: Waiter)> = []
  private var nextID: UInt64 = 0

  var count: Int { entries.count }
  var isEmpty: Bool { entries.isEmpty }

  mutating func makeID() -> WaiterID {
    defer { nextID += 1 }
    return WaiterID(value: nextID)
  }

  mutating func append(_ waiter: Waiter, id: WaiterID) {
    entries.append((id, waiter))
  }

  mutating func popFirst() -> Waiter? {
    entries.popFirst()?.waiter
  }

  /// `nil` when that wait has ended already or has not been queued; both are ordinary outcomes of a race.
  mutating func remove(_ id: WaiterID) -> Waiter? {
    guard let position = entries.firstIndex(where: { $0.id == id }) else { return nil }
    return entries.remove(at: position).waiter
  }

  mutating func removeAll() -> [Waiter] {
    defer { entries.removeAll() }
    return entries.map(\.waiter)
  }
}
