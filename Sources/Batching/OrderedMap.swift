/// Maps a stream of batches on several threads and keeps its order.
///
/// Three things overlap: `source` pulls the next input, up to `budget.threads` child tasks run `transform`, and `sink`
/// takes the outputs in input order. At most `inFlight` inputs have been pulled and not yet been finished by `sink`,
/// so a pool of `inFlight` leases never runs dry and memory does not grow with the input.
///
/// **The outcome is that of the sequential loop**, at any number of threads:
///
///     while let input = try await source() { try await sink(try transform(input)) }
///
/// `sink` gets the output of every input before the first that failed, and the error thrown is that input's: of
/// several failing transforms the lowest, and before a failing `source` or `sink` whatever failed on an earlier input.
/// Only `source` may have been called further ahead.
///
/// No task outlives the call; queued inputs and outputs are destroyed before it returns, so the leases in them are home.
///
/// **Isolation.** `sink` runs in the caller's task and may use whatever the caller may: the caller's writer and counts
/// are there after the call. `source` runs in a child task beside it and is therefore `sending`: it takes with it what
/// it captures, say a reader that nobody else uses. See <doc:Batching> for a reader that arrived as a parameter.
///
/// - Parameters:
///   - inFlight: The window, 1 or more. With 1, nothing overlaps; twice the number of threads keeps all of them busy.
///   - budget: Each transform runs under one of its permits.
///   - source: The next input; `nil` at the end. Never called concurrently with itself.
///   - transform: CPU work on one input. It must not block.
///   - sink: Takes the outputs in order. Never called concurrently with itself.
/// - Throws: The first error of `source`, `transform` or `sink` in the order above; `CancellationError` when the calling
///   task is cancelled.
public func orderedMap<Input: Sendable, Output: Sendable>(
  inFlight: Int,
  budget: ThreadBudget,
  source: sending @escaping () async throws -> Input?,
  transform: @escaping @Sendable (Input) throws -> Output,
  sink: (Output) async throws -> Void
) async throws {
  precondition(inFlight >= 1, "An ordered map needs a window of at least one")
  let stage = OrderedStage<Input, Output>(inFlight: inFlight, budget: budget)
  defer { stage.discard() }
  // Two closures deep, the compiler no longer sees that `source` is used once.
  let source = Handoff(source)
  try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { await stage.pull(from: source.take()) }
    for _ in 0..<min(inFlight, budget.threads) {
      group.addTask { await stage.work(transform) }
    }
    try await stage.deliver(to: sink)
  }
}

/// What the tasks of one ordered map share. The window bounds the two buffers, so putting into them never waits.
private struct OrderedStage<Input: Sendable, Output: Sendable>: Sendable {
  private struct Pulled: Sendable {
    let number: Int
    let input: Input
  }

  private enum Outcome: Sendable {
    case output(Output)
    case failure(any Error)
    case end
  }

  private let window: PermitPool
  private let budget: ThreadBudget
  private let inputs: BoundedQueue<Pulled>
  private let outcomes = ReorderBuffer<Outcome>()

  init(inFlight: Int, budget: ThreadBudget) {
    self.budget = budget
    window = PermitPool(permits: inFlight)
    inputs = BoundedQueue(capacity: inFlight)
  }

  /// The end of the source, or its failure, takes its place in the order as one more outcome.
  func pull(from source: () async throws -> Input?) async {
    var number = 0
    do {
      while true {
        try await window.acquire()
        guard let input = try await source() else { break }
        try await inputs.send(Pulled(number: number, input: input))
        number += 1
      }
      inputs.finish()
      outcomes.put(.end, at: number)
    } catch {
      inputs.finish()
      outcomes.put(.failure(error), at: number)
    }
  }

  /// Errors other than cancellation reach the caller as outcomes, in order; a cancelled worker has nobody to tell.
  func work(_ transform: @Sendable (Input) throws -> Output) async {
    while let pulled = try? await inputs.next() {
      do {
        let output = try await budget.withThread { try transform(pulled.input) }
        outcomes.put(.output(output), at: pulled.number)
      } catch {
        // Stops the source: nothing behind a failure is wanted. What is queued before it still runs.
        inputs.finish()
        outcomes.put(.failure(error), at: pulled.number)
      }
    }
  }

  func deliver(to sink: (Output) async throws -> Void) async throws {
    while true {
      switch try await outcomes.next() {
      case .output(let output): try await sink(output)
      case .failure(let error): throw error
      case .end: return
      }
      window.release()
    }
  }

  func discard() {
    inputs.discard()
    outcomes.discard()
  }
}
