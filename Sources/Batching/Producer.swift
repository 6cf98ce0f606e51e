/// Runs `produce` in a child task that fills a queue of `capacity` elements while `consume` drains it.
///
/// This turns a push-style stage, such as ``orderedMap(inFlight:budget:source:transform:sink:)``, into a pull-style
/// source for the next: `produce` runs the first stage with a sink that sends, `consume` the second with a source that
/// calls ``BoundedQueue/next()``.
///
/// The queue finishes when `produce` returns. When it throws, its error surfaces at the consumer's `next()` behind the
/// elements sent before. When `consume` returns or throws, `produce` is cancelled, what is queued is destroyed, and
/// `produce` is awaited: no task and no lease outlives the call. An error of a producer whose queue was not drained is
/// dropped with it, since the consumer chose to read no further.
///
/// `consume` runs in the caller's task; `produce` takes with it what it captures, as `source` of an ordered map does.
///
/// - Throws: What `consume` throws.
public func withProducer<Element: Sendable, R>(
  capacity: Int,
  produce: sending @escaping (BoundedQueue<Element>) async throws -> Void,
  consume: (BoundedQueue<Element>) async throws -> R
) async throws -> R {
  let queue = BoundedQueue<Element>(capacity: capacity)
  // Two closures deep, the compiler no longer sees that `produce` is used once.
  let produce = Handoff(produce)
  return try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask {
      do {
        try await produce.take()(queue)
        queue.finish()
      } catch {
        queue.finish(throwing: error)
      }
    }
    defer {
      group.cancelAll()
      queue.discard()
    }
    return try await consume(queue)
  }
}
