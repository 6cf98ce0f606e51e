import DequeModule

/// A bounded queue of any number of senders and receivers, each side served strictly in order.
///
/// Invariants: receivers wait only while nothing is queued; senders wait only while the queue is full; nobody waits
/// once it has finished. What an action hands out (tasks, elements) is resumed or destroyed by the caller outside the
/// lock, because an element's `deinit` may take another lock.
struct QueueStateMachine<Element: Sendable, Sender: Sendable, Receiver: Sendable>: Sendable {
  private struct SuspendedSender: Sendable {
    let sender: Sender
    let element: Element
  }

  enum End: Sendable {
    case finished
    case failed(any Error)
  }

  let capacity: Int
  private var buffer: Deque<Element> = []
  private var senders = WaiterQueue<SuspendedSender>()
  private var receivers = WaiterQueue<Receiver>()
  private var end: End?

  init(capacity: Int) {
    self.capacity = capacity
  }

  var count: Int { buffer.count }
  var waitingSenders: Int { senders.count }
  var waitingReceivers: Int { receivers.count }

  // MARK: Sending

  enum Sending {
    case stored
    case deliver(Receiver)
    case finished
    case wait(WaiterID)
  }

  mutating func send(_ element: Element) -> Sending {
    if end != nil { return .finished }
    if let receiver = receivers.popFirst() { return .deliver(receiver) }
    if buffer.count < capacity {
      buffer.append(element)
      return .stored
    }
    return .wait(senders.makeID())
  }

  enum SendWait {
    case stored
    case deliver(Receiver)
    case finished
    case cancelled
    case suspended
  }

  /// Queues a task whose `send(_:)` had to wait; looks again first. On `isCancelled` see `PermitStateMachine.wait`.
  mutating func waitToSend(_ sender: Sender, _ element: Element, id: WaiterID, isCancelled: Bool) -> SendWait {
    if isCancelled { return .cancelled }
    if end != nil { return .finished }
    if let receiver = receivers.popFirst() { return .deliver(receiver) }
    if buffer.count < capacity {
      buffer.append(element)
      return .stored
    }
    senders.append(SuspendedSender(sender: sender, element: element), id: id)
    return .suspended
  }

  /// The task to wake with a cancellation, when it still waits, and the element that it could not send.
  mutating func cancelSend(_ id: WaiterID) -> (sender: Sender, unsent: Element)? {
    senders.remove(id).map { ($0.sender, $0.element) }
  }

  // MARK: Receiving

  enum Receiving {
    /// `admitted` is a sender to wake, because its element has taken the freed place.
    case element(Element, admitted: Sender?)
    case end(End)
    case wait(WaiterID)
  }

  mutating func next() -> Receiving {
    if let element = buffer.popFirst() {
      let admitted = senders.popFirst()
      if let admitted { buffer.append(admitted.element) }
      return .element(element, admitted: admitted?.sender)
    }
    if let end { return .end(end) }
    return .wait(receivers.makeID())
  }

  enum ReceiveWait {
    case element(Element, admitted: Sender?)
    case end(End)
    case cancelled
    case suspended
  }

  mutating func waitForNext(_ receiver: Receiver, id: WaiterID, isCancelled: Bool) -> ReceiveWait {
    if isCancelled { return .cancelled }
    switch next() {
    case .element(let element, let admitted): return .element(element, admitted: admitted)
    case .end(let end): return .end(end)
    case .wait:
      receivers.append(receiver, id: id)
      return .suspended
    }
  }

  /// The task to wake with a cancellation, when it still waits.
  mutating func cancelNext(_ id: WaiterID) -> Receiver? {
    receivers.remove(id)
  }

  // MARK: Ending

  /// Everybody to wake, and the elements to destroy.
  struct Ending: Sendable {
    var senders: [Sender] = []
    var receivers: [Receiver] = []
    var end: End
    var dropped: [Element] = []
  }

  /// What is queued can still be received; what suspended senders hold has not been accepted and is dropped.
  mutating func finish(_ error: (any Error)?) -> Ending {
    let end = self.end ?? error.map(End.failed) ?? .finished
    self.end = end
    let suspended = senders.removeAll()
    return Ending(
      senders: suspended.map(\.sender), receivers: receivers.removeAll(), end: end,
      dropped: suspended.map(\.element))
  }

  mutating func discard() -> Ending {
    var ending = finish(nil)
    ending.dropped += buffer
    buffer.removeAll()
    return ending
  }
}
