import Testing

@testable import Batching

@Suite(.timeLimit(.minutes(20))) struct ThreadBudgetTests {
  @Test(arguments: [1, 2, 7])
  func neverMoreThanItsThreadsWorkAtATime(threads: Int) async throws {
    let budget = ThreadBudget(threads: threads)
    let working = Gauge()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<32 {
        group.addTask { for _ in 0..<50 { try await budget.withThread { working.around { spin(5) } } } }
      }
      try await group.waitForAll()
    }
    #expect(working.peak <= threads && working.now == 0)
  }

  @Test func aFailureGivesThePermitBack() async throws {
    let budget = ThreadBudget(threads: 1)
    for index in 0..<3 {
      await #expect(throws: Boom(place: "work", index: index)) {
        try await budget.withThread { throw Boom(place: "work", index: index) }
      }
    }
    #expect(try await budget.withThread { 7 } == 7)
  }

  @Test func aCancelledTaskDoesNotWork() async throws {
    let budget = ThreadBudget(threads: 1)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try await budget.withThread { _ = Issue.record("it worked") }
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func permitsGoInOrderOfArrivalAndPastTheCancelled() async throws {
    let permits = PermitPool(permits: 1)
    let order = BoundedQueue<Int>(capacity: 10)
    try await permits.acquire()
    var tasks: [Task<Void, any Error>] = []
    for index in 0..<6 {
      tasks.append(
        Task {
          try await permits.acquire()
          try await order.send(index)
          permits.release()
        })
      try await eventually { permits.waiting == index + 1 }
    }
    tasks[0].cancel()
    tasks[3].cancel()
    try await eventually { permits.waiting == 4 }
    permits.release()
    for (index, task) in tasks.enumerated() {
      let result = await task.result
      #expect((try? result.get()) != nil || index == 0 || index == 3)
    }
    order.finish()
    var arrived: [Int] = []
    while let index = try await order.next() { arrived.append(index) }
    #expect(arrived == [1, 2, 4, 5])
  }

  @Test(arguments: seeds(5))
  func cancellationAtAnyPointLosesNoPermit(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let permits = PermitPool(permits: 3)
    let held = Gauge()
    var tasks: [Task<Void, Never>] = []
    for _ in 0..<200 {
      let yields = Int.random(in: 0..<4, using: &random)
      tasks.append(
        Task {
          do { try await permits.acquire() } catch { return }
          held.enter()
          for _ in 0..<yields { await Task.yield() }
          held.leave()
          permits.release()
        })
      if random.chance(0.4) { tasks.randomElement(using: &random)?.cancel() }
      if random.chance(0.2) { await Task.yield() }
    }
    for task in tasks { await task.value }
    #expect(held.peak <= 3 && permits.waiting == 0)
    // All three are there to be had at once; the time limit says otherwise.
    for _ in 0..<3 { try await permits.acquire() }
  }
}
