/// The threads of a blocking executor: each is busy, or idle at its mailbox.
///
/// Every piece of work gets a thread of its own at once, an idle one or a new one, and is never put behind other work:
/// a reader blocked on a FIFO must not delay the writer that would unblock it.
struct WorkerStateMachine<Worker: Sendable>: Sendable {
  /// Threads that exist, busy or idle.
  private(set) var threads = 0
  private var started = 0
  /// Last in, first out, so that surplus threads stay idle long enough to leave.
  private var idle: [(number: Int, worker: Worker)] = []

  var idleThreads: Int { idle.count }

  enum Claim {
    case idle(Worker)
    /// The caller starts a thread of this number, which counts as busy already.
    case start(Int)
  }

  mutating func claim() -> Claim {
    if let (_, worker) = idle.popLast() { return .idle(worker) }
    threads += 1
    started += 1
    return .start(started)
  }

  mutating func startFailed() {
    threads -= 1
  }

  mutating func rest(_ number: Int, _ worker: Worker) {
    idle.append((number, worker))
  }

  /// Whether an idle thread that has waited long enough may end; `false` when work has been assigned to it meanwhile.
  mutating func leave(_ number: Int) -> Bool {
    guard let position = idle.firstIndex(where: { $0.number == number }) else { return false }
    idle.remove(at: position)
    threads -= 1
    return true
  }
}
