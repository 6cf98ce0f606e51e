import Batching
import Testing

/// The article's example, kept compiling and running; it imports the module as a client does.
private final class ReadBatch {
  var bases: [UInt8] = []
}

private final class Reader {
  private var remaining: Int
  init(reads: Int) { remaining = reads }

  func fill(_ batch: ReadBatch) -> Bool {
    batch.bases.removeAll(keepingCapacity: true)
    guard remaining > 0 else { return false }
    remaining -= 1
    batch.bases.append(contentsOf: [UInt8](repeating: UInt8(ascii: "A"), count: 100 + remaining))
    return true
  }
}

private final class Writer {
  private(set) var written: [Int] = []
  func write(_ batch: ReadBatch) { written.append(batch.bases.count) }
}

/// A batch on its way from one task to the next.
private typealias Batch = Handoff<Lease<ReadBatch>>

private func trim(
  _ reader: sending Reader, to writer: Writer, budget: ThreadBudget, input: BlockingExecutor, output: BlockingExecutor
) async throws -> LeasePool<ReadBatch> {
  let inFlight = 2 * budget.threads
  let batches = LeasePool(capacity: inFlight) { ReadBatch() }
  try await orderedMap(
    inFlight: inFlight, budget: budget,
    source: {
      let lease = try await batches.lease()
      guard await input.run({ reader.fill(lease.storage) }) else { return nil }
      return Handoff(lease)
    },
    transform: { (batch: Batch) in
      let lease = batch.take()
      lease.storage.bases.removeLast(10)
      return Handoff(lease)
    },
    sink: { (batch: Batch) in
      let lease = batch.take()
      await output.run { writer.write(lease.storage) }
    })
  return batches
}

/// Two stages: the sink of the first sends, the source of the second receives.
private func chained(_ reader: sending Reader, budget: ThreadBudget, io: BlockingExecutor) async throws -> [Int] {
  let batches = LeasePool(capacity: 8) { ReadBatch() }
  let reader = Handoff(reader)
  var lengths: [Int] = []
  try await withProducer(capacity: 2) { (queue: BoundedQueue<Batch>) in
    let reader = reader.take()
    try await orderedMap(
      inFlight: 4, budget: budget,
      source: {
        let lease = try await batches.lease()
        guard await io.run({ reader.fill(lease.storage) }) else { return nil }
        return Handoff(lease)
      },
      transform: { (batch: Batch) in batch },
      sink: { try await queue.send($0) })
  } consume: { queue in
    try await orderedMap(
      inFlight: 4, budget: budget,
      source: { try await queue.next() },
      transform: { $0.take().storage.bases.count },
      sink: { lengths.append($0) })
  }
  #expect(batches.outstanding == 0)
  return lengths
}

@Suite struct ExampleTests {
  @Test func theArticlesExampleKeepsItsOrderAndReturnsItsLeases() async throws {
    let writer = Writer()
    let pool = try await trim(
      Reader(reads: 50), to: writer, budget: ThreadBudget(threads: 2), input: BlockingExecutor(label: "read"),
      output: BlockingExecutor(label: "write"))
    #expect(writer.written == (0..<50).reversed().map { 90 + $0 })
    #expect(pool.outstanding == 0)
  }

  @Test func aStageFeedsTheNextInOrder() async throws {
    let io = BlockingExecutor(label: "io")
    let lengths = try await chained(Reader(reads: 50), budget: ThreadBudget(threads: 2), io: io)
    #expect(lengths == (0..<50).reversed().map { 100 + $0 })
  }
}
