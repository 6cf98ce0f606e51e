/// `ReorderStateMachine` behind a lock: where an ordered map's results find their order again.
final class ReorderBuffer<Element: Sendable>: Sendable {
  private typealias Receiver = UnsafeContinuation<Element, any Error>

  private let machine = Guarded(ReorderStateMachine<Element, Receiver>())

  /// - Precondition: `number` has not been put in before.
  func put(_ element: Element, at number: Int) {
    machine.withLock { $0.put(element, at: number) }?.resume(returning: element)
  }

  /// The element of the next number, waiting until it is there. One receiver at a time.
  ///
  /// - Throws: `CancellationError` when the task is or gets cancelled before.
  func next() async throws -> Element {
    try Task.checkCancellation()
    switch machine.withLock({ $0.next() }) {
    case .element(let element): return element
    case .wait(let id): return try await wait(id)
    }
  }

  private func wait(_ id: WaiterID) async throws -> Element {
    try await withTaskCancellationHandler {
      try await withUnsafeThrowingContinuation { (receiver: Receiver) in
        switch machine.withLock({ $0.wait(receiver, id: id, isCancelled: Task.isCancelled) }) {
        case .element(let element): receiver.resume(returning: element)
        case .cancelled: receiver.resume(throwing: CancellationError())
        case .suspended: break
        }
      }
    } onCancel: {
      machine.withLock { $0.cancel(id) }?.resume(throwing: CancellationError())
    }
  }

  func discard() {
    _ = machine.withLock { $0.discard() }
  }
}
