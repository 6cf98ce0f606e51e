/// One run's budget of threads: at most ``threads`` pieces of CPU work run at a time, whichever stages they belong to.
///
/// Every stage of a run shares one budget, so that stages side by side do not multiply the number of busy threads.
/// The work runs on Swift's cooperative pool, which is as wide as the machine has processors: a larger budget than
/// that changes no more than the queueing.
public final class ThreadBudget: Sendable {
  /// The number of permits, 1 or more.
  public let threads: Int
  private let permits: PermitPool

  /// - Precondition: `threads` is at least 1.
  public init(threads: Int) {
    precondition(threads >= 1, "A thread budget needs at least one thread")
    self.threads = threads
    permits = PermitPool(permits: threads)
  }

  /// Waits for a permit in order of arrival, runs `work` and gives the permit back, whether `work` returns or throws.
  ///
  /// `work` must not block on input, output or on other work under the same budget; see ``BlockingExecutor``.
  ///
  /// - Throws: What `work` throws; `CancellationError`, without having run it, when the task is cancelled before its turn.
  public func withThread<R: ~Copyable>(_ work: () throws -> R) async throws -> R {
    try await permits.acquire()
    defer { permits.release() }
    return try work()
  }
}
