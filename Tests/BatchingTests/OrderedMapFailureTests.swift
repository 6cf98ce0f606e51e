import Testing

@testable import Batching

private typealias Batch = Handoff<Lease<Slab>>

/// What fails where; the same script runs through the plain loop and through the ordered map.
private struct Script: Sendable {
  var count: Int
  var source: Int?
  var transform: Set<Int>
  var sink: Int?

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    count = Int.random(in: 0...60, using: &random)
    let count = count
    func place() -> Int { Int.random(in: 0...count, using: &random) }
    source = random.chance(0.3) ? place() : nil
    transform = random.chance(0.6) ? Set((0..<Int.random(in: 1...5, using: &random)).map { _ in place() }) : []
    sink = random.chance(0.3) ? place() : nil
  }

  func pull(_ index: Int) throws -> Int? {
    if index == source { throw Boom(place: "source", index: index) }
    return index < count ? index : nil
  }

  func map(_ value: Int) throws -> Int {
    if transform.contains(value) { throw Boom(place: "transform", index: value) }
    return value * 10
  }

  func take(_ value: Int) throws {
    if value / 10 == sink { throw Boom(place: "sink", index: value / 10) }
  }

  func sequentially() -> (outputs: [Int], error: Boom?) {
    var outputs: [Int] = []
    do {
      var index = 0
      while let input = try pull(index) {
        index += 1
        let output = try map(input)
        try take(output)
        outputs.append(output)
      }
      return (outputs, nil)
    } catch {
      return (outputs, error as? Boom)
    }
  }
}

@Suite(.timeLimit(.minutes(20))) struct OrderedMapFailureTests {
  @Test(arguments: seeds(60), [1, 2, 7])
  func theOutcomeIsThatOfTheSequentialLoop(seed: UInt64, threads: Int) async throws {
    let script = Script(seed: seed)
    let expected = script.sequentially()
    let inFlight = Int(seed % 9) + 1
    let pool = LeasePool(capacity: inFlight) { Slab() }
    let working = Gauge()
    var index = 0
    var outputs: [Int] = []
    var failure: Boom?
    do {
      try await orderedMap(
        inFlight: inFlight, budget: ThreadBudget(threads: threads),
        source: {
          defer { index += 1 }
          let lease = try await pool.lease()
          guard let value = try script.pull(index) else { return nil }
          lease.storage.values = [value]
          return Handoff(lease)
        },
        transform: { (batch: Batch) in
          try working.around {
            let lease = batch.take()
            spin(Int.random(in: 0..<30))
            lease.storage.values = [try script.map(lease.storage.values[0])]
            return Handoff(lease)
          }
        },
        sink: { (batch: Batch) in
          let lease = batch.take()
          try script.take(lease.storage.values[0])
          outputs.append(lease.storage.values[0])
        })
    } catch let boom as Boom {
      failure = boom
    }
    #expect(outputs == expected.outputs && failure == expected.error)
    #expect(pool.outstanding == 0 && working.now == 0)
  }

  @Test(arguments: seeds(40))
  func cancellationDrainsAndBringsEveryLeaseHome(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let inFlight = Int.random(in: 1...8, using: &random)
    let budget = ThreadBudget(threads: Int.random(in: 1...4, using: &random))
    let pool = LeasePool(capacity: inFlight) { Slab() }
    let progress = Gauge()
    let working = Gauge()
    let task = Task {
      try await orderedMap(
        inFlight: inFlight, budget: budget,
        source: {
          let lease = try await pool.lease()
          progress.enter()
          return Handoff(lease)
        },
        transform: { (batch: Batch) in
          working.around { spin(20) }
          return batch
        },
        sink: { (batch: Batch) in
          await Task.yield()
          _ = batch.take()
        })
      Issue.record("an endless source ended")
    }
    let cancelAt = Int.random(in: 0...60, using: &random)
    try await eventually { progress.now >= cancelAt }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(pool.outstanding == 0 && working.now == 0)
    let pulled = progress.now
    for _ in 0..<20 { await Task.yield() }
    #expect(progress.now == pulled, "the source outlived the call")
  }

  @Test func aFailureEndsASourceThatWaits() async throws {
    let never = BoundedQueue<Int>(capacity: 1)
    try await never.send(0)
    await #expect(throws: Boom(place: "transform", index: 0)) {
      try await orderedMap(
        inFlight: 4, budget: ThreadBudget(threads: 2), source: { try await never.next() },
        transform: { input -> Int in throw Boom(place: "transform", index: input) }, sink: { _ in })
    }
  }
}
