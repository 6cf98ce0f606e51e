import Testing

@testable import Batching

/// Nothing here measures time: what must not be delayed is what unblocks the rest, so a delay is a deadlock, and the
/// time limit reports it.
@Suite(.timeLimit(.minutes(20))) struct BlockingExecutorTests {
  @Test func blockedCallsDoNotDelayThePoolNorEachOther() async throws {
    let executor = BlockingExecutor(label: "blocking")
    let gate = Gate()
    let blocked = 32
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<blocked { group.addTask { await executor.run { gate.wait() } } }
      // Runs on the pool while more threads are blocked than it has.
      while gate.blocked.now < blocked { await Task.yield() }
      // One more call, that lets the others go.
      await executor.run { gate.open(for: blocked) }
    }
    #expect(gate.blocked.now == 0 && gate.blocked.peak == blocked)
  }

  @Test func tasksThatPreferTheExecutorMayBlockToo() async throws {
    let executor = BlockingExecutor(label: "blocking")
    let gate = Gate()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<16 { group.addTask(executorPreference: executor) { gate.wait() } }
      while gate.blocked.now < 16 { await Task.yield() }
      group.addTask(executorPreference: executor) { gate.open(for: 16) }
    }
    #expect(gate.blocked.peak == 16)
  }

  @Test func theCallRunsOnANamedThreadAndTheCallerGoesOnInThePool() async throws {
    let executor = BlockingExecutor(label: "very-long-label")
    let name = await executor.run { currentThreadName() }
    #expect(name == "very-long-lab-1")
    #expect(!currentThreadName().hasPrefix("very-long"))
    await #expect(throws: Boom(place: "read", index: 0)) {
      try await executor.run { throw Boom(place: "read", index: 0) }
    }
    #expect(!currentThreadName().hasPrefix("very-long"))
    // None where a busy machine let it wait longer than an idle thread lives.
    #expect(executor.threads <= 1, "the idle thread was used again")
  }

  @Test(arguments: [("io", 3, "io-3"), ("0123456789abcdef", 12, "0123456789ab-12"), ("ééééééééé", 7, "éééééé-7")])
  func namesFitTheSystemsLimit(label: String, number: Int, expected: String) {
    #expect(threadName(label, number) == expected)
    #expect(threadName(label, number).utf8.count <= 15)
  }

  @Test func aCancelledTaskMayStillCleanUp() async {
    let executor = BlockingExecutor(label: "blocking")
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return await executor.run { 5 }
    }
    #expect(await task.value == 5)
  }

  @Test func idleThreadsLeaveAndWorkThatArrivesMeanwhileIsDone() async throws {
    let executor = BlockingExecutor(label: "brief", idleSeconds: 0)
    try await withThrowingTaskGroup(of: Int.self) { group in
      for index in 0..<8 {
        group.addTask {
          var sum = 0
          for step in 0..<100 { sum += await executor.run { index * step } }
          return sum
        }
      }
      let total = try await group.reduce(0, +)
      #expect(total == (0..<8).reduce(0, +) * (0..<100).reduce(0, +))
    }
    try await eventually { executor.threads == 0 }
  }

  @Test func aResultNeedNotBeCopyable() async throws {
    let executor = BlockingExecutor(label: "blocking")
    let pool = LeasePool(capacity: 1) { Slab() }
    let lease = try await pool.lease()
    let filled = await executor.run {
      lease.storage.values.append(4); return Handoff(1)
    }
    #expect(filled.take() == 1 && lease.storage.values == [4])
  }
}
