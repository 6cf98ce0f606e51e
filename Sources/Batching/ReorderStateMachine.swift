import DequeModule

/// Elements numbered from 0 arrive in any order and leave in theirs, to one receiver.
///
/// It holds as many elements as the spread of the numbers put in; an ordered map's window bounds that.
struct ReorderStateMachine<Element: Sendable, Receiver: Sendable>: Sendable {
  /// The number that leaves next, and the first slot's.
  private(set) var cursor = 0
  private var slots: Deque<Element?> = []
  private var receivers = WaiterQueue<Receiver>()

  /// The task to wake with `element`, when it is the one waited for.
  ///
  /// - Precondition: `number` has not been put in before.
  mutating func put(_ element: Element, at number: Int) -> Receiver? {
    let slot = number - cursor
    precondition(slot >= 0, "Number \(number) has left already")
    if slot == 0, let receiver = receivers.popFirst() {
      advance()
      return receiver
    }
    while slots.count <= slot { slots.append(nil) }
    precondition(slots[slot] == nil, "Number \(number) was put in twice")
    slots[slot] = element
    return nil
  }

  enum Receiving {
    case element(Element)
    case wait(WaiterID)
  }

  mutating func next() -> Receiving {
    guard let element = takeFirst() else { return .wait(receivers.makeID()) }
    return .element(element)
  }

  enum Wait {
    case element(Element)
    case cancelled
    case suspended
  }

  /// Queues the receiver whose `next()` had to wait; looks again first. On `isCancelled` see `PermitStateMachine.wait`.
  ///
  /// - Precondition: No other receiver waits.
  mutating func wait(_ receiver: Receiver, id: WaiterID, isCancelled: Bool) -> Wait {
    if isCancelled { return .cancelled }
    if let element = takeFirst() { return .element(element) }
    precondition(receivers.isEmpty, "A reorder buffer has one receiver")
    receivers.append(receiver, id: id)
    return .suspended
  }

  mutating func cancel(_ id: WaiterID) -> Receiver? {
    receivers.remove(id)
  }

  /// The elements to destroy, outside the lock.
  mutating func discard() -> [Element] {
    defer { slots.removeAll() }
    return slots.compactMap(\.self)
  }

  private mutating func takeFirst() -> Element? {
    guard case .some(.some(let element)) = slots.first else { return nil }
    advance()
    return element
  }

  private mutating func advance() {
    if !slots.isEmpty { slots.removeFirst() }
    cursor += 1
  }
}
