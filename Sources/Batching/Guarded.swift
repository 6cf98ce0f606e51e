import Synchronization

/// A state machine behind a `Mutex`, in a form that the thread sanitizer can follow.
///
/// On Linux a contended `Mutex` is taken and given up inside libswiftSynchronization, which is not instrumented: the
/// sanitizer misses the order between two holders and reports every contended state machine as a race. The atomic
/// below is compiled into this module, so the sanitizer sees the same order through it. It costs about a nanosecond.
struct Guarded<State: Sendable>: ~Copyable, Sendable {
  private let state: Mutex<State>
  private let handover = Atomic<UInt8>(0)

  init(_ state: State) {
    self.state = Mutex(state)
  }

  /// Runs `body` with exclusive access. It must not resume a task or destroy an element: both may come back here.
  borrowing func withLock<R: Sendable>(_ body: (inout State) -> R) -> R {
    state.withLock { state in
      _ = handover.load(ordering: .acquiring)
      defer { handover.store(0, ordering: .releasing) }
      return body(&state)
    }
  }
}
