import Testing

@testable import Batching

@Suite(.timeLimit(.minutes(20))) struct OrderedMapTests {
  @Test(arguments: [1, 2, 7], [1, 2, 5, 16])
  func orderHoldsAndTheWindowIsNeverExceeded(threads: Int, inFlight: Int) async throws {
    let working = Gauge()
    let flying = Gauge()
    let pulling = Gauge()
    var next = 0
    var outputs: [Int] = []
    try await orderedMap(
      inFlight: inFlight, budget: ThreadBudget(threads: threads),
      source: {
        flying.enter()
        pulling.enter()
        defer { pulling.leave() }
        if next % 7 == 0 { await Task.yield() }
        guard next < 300 else {
          flying.leave()
          return nil
        }
        next += 1
        return next
      },
      transform: { (input: Int) in
        working.around { spin(Int.random(in: 0..<40)) }
        return input * 3
      },
      sink: { output in
        if output % 5 == 0 { await Task.yield() }
        outputs.append(output)
        flying.leave()
      })
    #expect(outputs == (1...300).map { $0 * 3 })
    #expect(working.peak <= threads && flying.peak <= inFlight && pulling.peak == 1 && flying.now == 0)
  }

  @Test func stagesSideBySideShareTheBudget() async throws {
    let budget = ThreadBudget(threads: 2)
    let working = Gauge()
    try await withThrowingTaskGroup(of: Int.self) { group in
      for stage in 0..<4 {
        group.addTask {
          var next = 0
          var sum = 0
          try await orderedMap(
            inFlight: 4, budget: budget,
            source: {
              next += 1
              return next <= 100 ? next : nil
            },
            transform: { (input: Int) in
              working.around { spin(10) }
              return input + stage
            },
            sink: { sum += $0 })
          return sum
        }
      }
      let total = try await group.reduce(0, +)
      #expect(total == 4 * 5050 + 600)
    }
    #expect(working.peak <= 2)
  }

  @Test func aSlowSinkDoesNotStopTheSourceUntilTheWindowIsFull() async throws {
    let pulled = Gauge()
    var next = 0
    try await orderedMap(
      inFlight: 4, budget: ThreadBudget(threads: 1),
      source: {
        guard next < 12 else { return nil }
        next += 1
        pulled.enter()
        return next
      },
      transform: { (input: Int) in input },
      sink: { output in
        // The sink holds one of four places; the source must come to fill the other three meanwhile.
        try await eventually { pulled.now >= min(output + 3, 12) }
        for _ in 0..<20 { await Task.yield() }
        #expect(pulled.now <= output + 3)
      })
  }

  @Test func aSlowSourceDoesNotHoldBackWhatIsReady() async throws {
    let delivered = Gauge()
    var next = 0
    try await orderedMap(
      inFlight: 4, budget: ThreadBudget(threads: 1),
      source: {
        // Pulls an input only after the one before has reached the sink.
        try await eventually { delivered.now >= next }
        guard next < 12 else { return nil }
        next += 1
        return next
      },
      transform: { (input: Int) in input },
      sink: { _ in delivered.enter() })
    #expect(delivered.now == 12)
  }

  @Test(arguments: [1, 2, 7])
  func noInputNoOutput(threads: Int) async throws {
    try await orderedMap(
      inFlight: 3, budget: ThreadBudget(threads: threads), source: { nil as Int? },
      transform: { (input: Int) in input }, sink: { _ in Issue.record("an output from nowhere") })
  }

  @Test func tenThousandItemsArriveInOrder() async throws {
    let pool = LeasePool(capacity: 8) { Slab() }
    var next = 0
    var expected = 0
    try await orderedMap(
      inFlight: 8, budget: ThreadBudget(threads: 3),
      source: {
        guard next < 10_000 else { return nil }
        let lease = try await pool.lease()
        lease.storage.values = [next]
        next += 1
        return Handoff(lease)
      },
      transform: { (batch: Handoff<Lease<Slab>>) in
        let lease = batch.take()
        lease.storage.values.append(lease.storage.values[0] * 2)
        return Handoff(lease)
      },
      sink: { (batch: Handoff<Lease<Slab>>) in
        let lease = batch.take()
        #expect(lease.storage.values == [expected, expected * 2])
        expected += 1
      })
    #expect(expected == 10_000 && pool.outstanding == 0)
  }
}
