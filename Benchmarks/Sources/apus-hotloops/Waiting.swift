import Dispatch
import Synchronization

/// Runs asynchronous work while the main thread waits. An asynchronous main would hand its thread over to Dispatch, which
/// ends it; valgrind 3.19 stops at that.
func waiting<R: Sendable>(_ work: @escaping @Sendable () async throws -> R) throws -> R {
  let outcome = Outcome<R>()
  let done = DispatchSemaphore(value: 0)
  Task.detached {
    let result: Result<R, any Error>
    do { result = .success(try await work()) } catch { result = .failure(error) }
    outcome.result.withLock { $0 = result }
    done.signal()
  }
  done.wait()
  guard let result = outcome.result.withLock({ $0 }) else { preconditionFailure("signalled before the work had ended") }
  return try result.get()
}

private final class Outcome<R: Sendable>: Sendable {
  let result = Mutex<Result<R, any Error>?>(nil)
}
