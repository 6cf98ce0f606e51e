/// What ``BoundedQueue/send(_:)`` throws when nobody will receive any more.
public struct QueueFinished: Error, CustomStringConvertible {
  /// What happened, for a log; a pipeline that ends early throws it inside, seldom at its user.
  public var description: String { "the queue has finished and takes no more elements" }
}

/// A first in, first out queue between tasks that holds at most `capacity` elements: a sender waits while it is full,
/// a receiver while it is empty, both in order of arrival.
///
/// Any number of tasks may send and receive. An element is received once.
public final class BoundedQueue<Element: Sendable>: Sendable {
  private typealias Sender = UnsafeContinuation<Void, any Error>
  private typealias Receiver = UnsafeContinuation<Element?, any Error>
  private typealias Machine = QueueStateMachine<Element, Sender, Receiver>

  /// The number of elements that the queue holds before a sender has to wait.
  public let capacity: Int
  private let machine: Guarded<Machine>

  /// - Precondition: `capacity` is at least 1.
  public init(capacity: Int) {
    precondition(capacity >= 1, "A queue needs room for at least one element")
    self.capacity = capacity
    machine = Guarded(QueueStateMachine(capacity: capacity))
  }

  /// Appends `element`, waiting while the queue is full.
  ///
  /// - Throws: `CancellationError` when the task is or gets cancelled before there is room, ``QueueFinished`` when the
  ///   queue is or gets finished before; the element is dropped in either case.
  public func send(_ element: Element) async throws {
    try Task.checkCancellation()
    switch machine.withLock({ $0.send(element) }) {
    case .stored: return
    case .deliver(let receiver): receiver.resume(returning: element)
    case .finished: throw QueueFinished()
    case .wait(let id): try await waitToSend(element, id)
    }
  }

  private func waitToSend(_ element: Element, _ id: WaiterID) async throws {
    try await withTaskCancellationHandler {
      try await withUnsafeThrowingContinuation { (sender: Sender) in
        switch machine.withLock({ $0.waitToSend(sender, element, id: id, isCancelled: Task.isCancelled) }) {
        case .stored: sender.resume()
        case .deliver(let receiver):
          receiver.resume(returning: element)
          sender.resume()
        case .finished: sender.resume(throwing: QueueFinished())
        case .cancelled: sender.resume(throwing: CancellationError())
        case .suspended: break
        }
      }
    } onCancel: {
      machine.withLock { $0.cancelSend(id) }?.sender.resume(throwing: CancellationError())
    }
  }

  /// Removes the first element, waiting while there is none.
  ///
  /// - Returns: `nil` once the queue has finished and been drained, then for ever.
  /// - Throws: The failure given to ``finish(throwing:)`` once drained, then for ever; `CancellationError` when the
  ///   task is or gets cancelled before there is an element.
  public func next() async throws -> Element? {
    try Task.checkCancellation()
    switch machine.withLock({ $0.next() }) {
    case .element(let element, let admitted):
      admitted?.resume()
      return element
    case .end(.finished): return nil
    case .end(.failed(let error)): throw error
    case .wait(let id): return try await waitForNext(id)
    }
  }

  private func waitForNext(_ id: WaiterID) async throws -> Element? {
    try await withTaskCancellationHandler {
      try await withUnsafeThrowingContinuation { (receiver: Receiver) in
        switch machine.withLock({ $0.waitForNext(receiver, id: id, isCancelled: Task.isCancelled) }) {
        case .element(let element, let admitted):
          admitted?.resume()
          receiver.resume(returning: element)
        case .end(let end): Self.resume(receiver, end)
        case .cancelled: receiver.resume(throwing: CancellationError())
        case .suspended: break
        }
      }
    } onCancel: {
      machine.withLock { $0.cancelNext(id) }?.resume(throwing: CancellationError())
    }
  }

  /// Says that no more elements will come. Tasks waiting to send fail with ``QueueFinished``.
  ///
  /// The first call counts; later ones change nothing.
  ///
  /// - Parameter error: What receivers get, instead of `nil`, after the elements that are queued.
  public func finish(throwing error: (any Error)? = nil) {
    end(machine.withLock { $0.finish(error) })
  }

  /// Finishes and destroys what is queued, so that the leases in it return.
  public func discard() {
    end(machine.withLock { $0.discard() })
  }

  private func end(_ ending: Machine.Ending) {
    for sender in ending.senders { sender.resume(throwing: QueueFinished()) }
    for receiver in ending.receivers { Self.resume(receiver, ending.end) }
  }

  private static func resume(_ receiver: Receiver, _ end: Machine.End) {
    switch end {
    case .finished: receiver.resume(returning: nil)
    case .failed(let error): receiver.resume(throwing: error)
    }
  }
}
