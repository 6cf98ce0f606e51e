/// Runs `consume` as a structured child task that drains a queue of `capacity`, while `produce` fills it on the
/// caller's task: the dual of ``withProducer(capacity:produce:consume:)``.
///
/// When `produce` returns, the queue is finished and the rest is drained before this returns. When it throws, the
/// queue is discarded and the consumer cancelled and awaited.
///
/// - Throws: What `produce` throws; where the consumer failed first, the consumer's error, not the
///   ``QueueFinished`` that the producer met because of it.
/// - Returns: What `produce` returns.
public func withConsumer<Element: Sendable, R>(
  capacity: Int,
  produce: (BoundedQueue<Element>) async throws -> R,
  consume: sending @escaping (BoundedQueue<Element>) async throws -> Void
) async throws -> R {
  let queue = BoundedQueue<Element>(capacity: capacity)
  // Two closures deep, the compiler no longer sees that `consume` is used once.
  let consume = Handoff(consume)
  return try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask {
      do {
        try await consume.take()(queue)
        // A consumer that returns early takes no more; a waiting producer must learn of it.
        queue.discard()
      } catch {
        queue.discard()
        throw error
      }
    }
    do {
      let result = try await produce(queue)
      queue.finish()
      try await group.waitForAll()
      return result
    } catch {
      queue.discard()
      group.cancelAll()
      do {
        try await group.waitForAll()
      } catch let failure where error is QueueFinished && !(failure is CancellationError) {
        throw failure
      } catch {}
      throw error
    }
  }
}
