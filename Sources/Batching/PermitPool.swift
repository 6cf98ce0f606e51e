/// `PermitStateMachine` behind a lock: the permits of a thread budget and of an ordered map's window.
final class PermitPool: Sendable {
  private typealias Continuation = UnsafeContinuation<Void, any Error>

  private let machine: Guarded<PermitStateMachine<Continuation>>

  init(permits: Int) {
    machine = Guarded(PermitStateMachine(permits: permits))
  }

  var waiting: Int {
    machine.withLock { $0.waiting }
  }

  /// Takes a permit, in order of arrival.
  ///
  /// - Throws: `CancellationError`, holding no permit, when the task is or gets cancelled before its turn.
  func acquire() async throws {
    try Task.checkCancellation()
    guard case .wait(let id) = machine.withLock({ $0.acquire() }) else { return }
    try await withTaskCancellationHandler {
      try await withUnsafeThrowingContinuation { (continuation: Continuation) in
        switch machine.withLock({ $0.wait(continuation, id: id, isCancelled: Task.isCancelled) }) {
        case .granted: continuation.resume()
        case .cancelled: continuation.resume(throwing: CancellationError())
        case .suspended: break
        }
      }
    } onCancel: {
      machine.withLock { $0.cancel(id) }?.resume(throwing: CancellationError())
    }
  }

  func release() {
    machine.withLock { $0.release() }?.resume()
  }
}
