import Testing

@testable import Batching

@Suite(.timeLimit(.minutes(20))) struct ConsumerTests {
  @Test func everythingIsDrainedBeforeTheProducersValueIsReturned() async throws {
    let sum = Gauge()
    let value = try await withConsumer(capacity: 2) { (queue: BoundedQueue<Int>) in
      for _ in 1...100 { try await queue.send(1) }
      return "done"
    } consume: { queue in
      while try await queue.next() != nil { sum.enter() }
    }
    #expect(value == "done")
    #expect(sum.now == 100)
  }

  @Test func theConsumersErrorIsThrownAndNotWhatTheProducerMetBecauseOfIt() async throws {
    let pool = LeasePool(capacity: 6) { Slab() }
    await #expect(throws: Boom(place: "consumer", index: 3)) {
      try await withConsumer(capacity: 2) { (queue: BoundedQueue<Handoff<Lease<Slab>>>) in
        while true { try await queue.send(Handoff(try await pool.lease())) }
      } consume: { queue in
        for _ in 0..<3 { _ = try await queue.next()?.take() }
        throw Boom(place: "consumer", index: 3)
      }
    }
    #expect(pool.outstanding == 0)
  }

  @Test func theProducersErrorEndsTheConsumerAndIsThrown() async throws {
    let pool = LeasePool(capacity: 6) { Slab() }
    let consuming = Gauge()
    await #expect(throws: Boom(place: "producer", index: 4)) {
      try await withConsumer(capacity: 8) { (queue: BoundedQueue<Handoff<Lease<Slab>>>) in
        for _ in 0..<4 { try await queue.send(Handoff(try await pool.lease())) }
        throw Boom(place: "producer", index: 4)
      } consume: { queue in
        consuming.enter()
        defer { consuming.leave() }
        while try await queue.next() != nil {}
      }
    }
    #expect(consuming.now == 0 && pool.outstanding == 0)
  }

  @Test func cancellationEndsBoth() async throws {
    let consuming = Gauge()
    let task = Task {
      try await withConsumer(capacity: 1) { (queue: BoundedQueue<Int>) in
        while true { try await queue.send(0) }
      } consume: { queue in
        consuming.enter()
        defer { consuming.leave() }
        while try await queue.next() != nil {}
      }
    }
    try await eventually { consuming.now == 1 }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(consuming.now == 0)
  }
}
