/// Runs calls that block (read, write, fsync, the opening of a FIFO) on threads of its own, so that they never occupy
/// the cooperative pool, which has one thread per processor and no spare one.
///
/// A call never waits for another call's thread: without an idle thread a new one starts. Idle threads end after a few
/// seconds. Bound the number of blocking calls by the number of files and by leases, not here.
///
/// Threads are named after the label and a number, which is what `top -H` and debuggers show.
public final class BlockingExecutor: TaskExecutor {
  /// What the threads' names start with; Linux shows 15 bytes of a name.
  public let label: String
  private let workers = Guarded(WorkerStateMachine<Mailbox<UnownedJob>>())

  private let idleSeconds: Int

  /// Starts no thread yet.
  public init(label: String) {
    self.label = label
    idleSeconds = 3
  }

  init(label: String, idleSeconds: Int) {
    self.label = label
    self.idleSeconds = idleSeconds
  }

  /// Runs `body` on one of the executor's threads; the caller goes on where it was.
  ///
  /// Cancellation is not looked at: a blocking call cannot be interrupted, and cleaning up after a cancellation needs
  /// files too.
  ///
  /// - Throws: What `body` throws.
  public func run<R: ~Copyable, E: Error>(_ body: () throws(E) -> R) async throws(E) -> R {
    var result: R?
    try await withTaskExecutorPreference(self) { () async throws(E) in
      result = try body()
    }
    return result.take()!
  }

  /// Gives `job` a thread at once; for the runtime, which calls it for tasks that prefer this executor.
  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    switch workers.withLock({ $0.claim() }) {
    case .idle(let worker):
      worker.put(job)
    case .start(let number):
      let started = startThread(named: label, number: number) { self.work(as: number, first: job) }
      if !started {
        // No thread to be had (a limit of the system): slower in the pool is better than never.
        workers.withLock { $0.startFailed() }
        globalConcurrentExecutor.enqueue(job)
      }
    }
  }

  /// Threads that exist, busy or idle.
  var threads: Int {
    workers.withLock { $0.threads }
  }

  private func work(as number: Int, first: UnownedJob) {
    let mailbox = Mailbox<UnownedJob>()
    var job = first
    while true {
      job.runSynchronously(on: asUnownedTaskExecutor())
      workers.withLock { $0.rest(number, mailbox) }
      if let next = mailbox.take(within: idleSeconds) {
        job = next
      } else if workers.withLock({ $0.leave(number) }) {
        return
      } else {
        job = mailbox.take()
      }
    }
  }
}
