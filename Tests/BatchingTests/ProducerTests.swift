import Testing

@testable import Batching

@Suite(.timeLimit(.minutes(20))) struct ProducerTests {
  @Test func theConsumersValueIsReturned() async throws {
    let sum = try await withProducer(capacity: 2) { (queue: BoundedQueue<Int>) in
      for value in 1...100 { try await queue.send(value) }
    } consume: { queue in
      var sum = 0
      while let value = try await queue.next() { sum += value }
      return sum
    }
    #expect(sum == 5050)
  }

  @Test func theProducersErrorArrivesBehindItsElements() async throws {
    var received: [Int] = []
    await #expect(throws: Boom(place: "producer", index: 3)) {
      try await withProducer(capacity: 10) { (queue: BoundedQueue<Int>) in
        for value in 0..<3 { try await queue.send(value) }
        throw Boom(place: "producer", index: 3)
      } consume: { queue in
        while let value = try await queue.next() { received.append(value) }
      }
    }
    #expect(received == [0, 1, 2])
  }

  @Test(arguments: [true, false])
  func aConsumerThatLeavesEarlyEndsTheProducer(byThrowing throwing: Bool) async throws {
    let pool = LeasePool(capacity: 6) { Slab() }
    let producing = Gauge()
    do {
      try await withProducer(capacity: 2) { (queue: BoundedQueue<Handoff<Lease<Slab>>>) in
        producing.enter()
        defer { producing.leave() }
        while true { try await queue.send(Handoff(try await pool.lease())) }
      } consume: { queue in
        for _ in 0..<5 { _ = try await queue.next()?.take() }
        if throwing { throw Boom(place: "consumer", index: 5) }
      }
      #expect(!throwing)
    } catch let boom as Boom {
      #expect(throwing && boom.place == "consumer")
    }
    #expect(producing.now == 0 && producing.peak == 1 && pool.outstanding == 0)
  }

  @Test func cancellationEndsBoth() async throws {
    let producing = Gauge()
    let task = Task {
      try await withProducer(capacity: 1) { (queue: BoundedQueue<Int>) in
        producing.enter()
        defer { producing.leave() }
        while true { try await queue.send(0) }
      } consume: { queue in
        while try await queue.next() != nil {}
      }
    }
    try await eventually { producing.now == 1 }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(producing.now == 0)
  }
}
