import Testing

@testable import Batching

private typealias Batch = Handoff<Lease<Slab>>

/// A pipeline as the program has them: read → stage 1 → cut into batches of another size → stage 2 → write.
private struct Chain: Sendable {
  var threads: Int
  var readSize = 7
  var cutSize = 10
  var total = 5000
  var failure: (stage: Int, value: Int)?
  let first = LeasePool(capacity: 8) { Slab() }
  let second = LeasePool(capacity: 10) { Slab() }
  let working = Gauge()

  var outstanding: Int { first.outstanding + second.outstanding }

  init(threads: Int) {
    self.threads = threads
  }

  private func map(_ batch: Batch, stage: Int, _ change: (Int) -> Int) throws -> Batch {
    try working.around {
      let lease = batch.take()
      spin(lease.storage.values.count)
      for index in lease.storage.values.indices {
        let value = lease.storage.values[index]
        if let failure, failure == (stage, value) { throw Boom(place: "stage \(stage)", index: value) }
        lease.storage.values[index] = change(value)
      }
      return Handoff(lease)
    }
  }

  private func recut(_ input: BoundedQueue<Batch>, to output: BoundedQueue<Batch>) async throws {
    var cut = try await second.lease()
    cut.storage.values.removeAll(keepingCapacity: true)
    while let batch = try await input.next()?.take() {
      for value in batch.storage.values {
        cut.storage.values.append(value)
        guard cut.storage.values.count == cutSize else { continue }
        try await output.send(Handoff(cut))
        cut = try await second.lease()
        cut.storage.values.removeAll(keepingCapacity: true)
      }
    }
    if !cut.storage.values.isEmpty { try await output.send(Handoff(cut)) }
  }

  func run() async throws -> [[Int]] {
    let budget = ThreadBudget(threads: threads)
    var written: [[Int]] = []
    try await withProducer(capacity: 2) { (cuts: BoundedQueue<Batch>) in
      try await withProducer(capacity: 2) { (batches: BoundedQueue<Batch>) in
        var next = 0
        try await orderedMap(
          inFlight: 4, budget: budget,
          source: {
            guard next < total else { return nil }
            let lease = try await first.lease()
            lease.storage.values = Array(next..<min(next + readSize, total))
            next += readSize
            return Handoff(lease)
          },
          transform: { (batch: Batch) in try map(batch, stage: 1) { $0 } },
          sink: { try await batches.send($0) })
      } consume: { batches in
        try await recut(batches, to: cuts)
      }
    } consume: { cuts in
      try await orderedMap(
        inFlight: 4, budget: budget,
        source: { try await cuts.next() },
        transform: { (batch: Batch) in try map(batch, stage: 2) { $0 + 1 } },
        sink: { (batch: Batch) in
          let lease = batch.take()
          written.append(lease.storage.values)
        })
    }
    return written
  }
}

@Suite(.timeLimit(.minutes(20))) struct ChainTests {
  @Test func theOutputIsEqualAtAnyNumberOfThreadsAndAnyBatchSize() async throws {
    let expected = stride(from: 1, to: 5001, by: 10).map { Array($0..<$0 + 10) }
    for threads in [1, 2, 7] {
      for readSize in [1, 7, 64] {
        var chain = Chain(threads: threads)
        chain.readSize = readSize
        #expect(try await chain.run() == expected)
        #expect(chain.working.peak <= threads && chain.outstanding == 0)
      }
    }
  }

  @Test(arguments: [1, 2, 7], [(1, 0), (1, 2500), (1, 4999), (2, 0), (2, 2500), (2, 4999)])
  func anErrorOfEitherStageSurfacesAndNothingIsLeftOut(threads: Int, failure: (Int, Int)) async throws {
    var chain = Chain(threads: threads)
    chain.failure = (stage: failure.0, value: failure.1)
    await #expect(throws: Boom(place: "stage \(failure.0)", index: failure.1)) { try await chain.run() }
    #expect(chain.outstanding == 0 && chain.working.now == 0)
  }

  @Test(arguments: seeds(10))
  func cancellationLeavesNothingOut(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    var chain = Chain(threads: Int.random(in: 1...4, using: &random))
    chain.total = .max
    let running = chain
    let task = Task { try await running.run() }
    try await eventually { running.working.peak > 0 }
    for _ in 0..<Int.random(in: 0..<200, using: &random) { await Task.yield() }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(running.outstanding == 0 && running.working.now == 0)
  }
}
