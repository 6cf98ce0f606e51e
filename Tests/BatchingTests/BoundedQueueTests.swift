import Testing

@testable import Batching

@Suite(.timeLimit(.minutes(20))) struct BoundedQueueTests {
  @Test(arguments: [1, 3, 64])
  func everyElementArrivesOnceAndEachSendersInOrder(capacity: Int) async throws {
    let queue = BoundedQueue<(sender: Int, index: Int)>(capacity: capacity)
    let received = try await withThrowingTaskGroup(of: [(sender: Int, index: Int)].self) { group in
      for _ in 0..<3 {
        group.addTask {
          var mine: [(sender: Int, index: Int)] = []
          while let element = try await queue.next() { mine.append(element) }
          return mine
        }
      }
      try await withThrowingTaskGroup(of: Void.self) { senders in
        for sender in 0..<4 {
          senders.addTask { for index in 0..<500 { try await queue.send((sender, index)) } }
        }
        try await senders.waitForAll()
      }
      queue.finish()
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for mine in received {
      for sender in 0..<4 {
        let indices = mine.filter { $0.sender == sender }.map(\.index)
        #expect(indices == indices.sorted())
      }
    }
    let all = received.joined().map { $0.sender * 500 + $0.index }.sorted()
    #expect(all == Array(0..<2000))
  }

  @Test func whatWasSentBeforeTheEndIsReceivedThenTheEndForEver() async throws {
    let queue = BoundedQueue<Int>(capacity: 3)
    try await queue.send(1)
    try await queue.send(2)
    queue.finish(throwing: Boom(place: "producer", index: 2))
    queue.finish()
    await #expect(throws: QueueFinished.self) { try await queue.send(3) }
    #expect(try await queue.next() == 1)
    #expect(try await queue.next() == 2)
    for _ in 0..<2 { await #expect(throws: Boom(place: "producer", index: 2)) { try await queue.next() } }
  }

  @Test func finishingWakesEverybody() async throws {
    let empty = BoundedQueue<Int>(capacity: 1)
    let full = BoundedQueue<Int>(capacity: 1)
    try await full.send(0)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<5 {
        group.addTask { await #expect(throws: Never.self) { try await empty.next() } }
        group.addTask { await #expect(throws: QueueFinished.self) { try await full.send(1) } }
      }
      for _ in 0..<20 { await Task.yield() }
      empty.finish()
      full.finish()
    }
    #expect(try await full.next() == 0)
    #expect(try await full.next() == nil)
  }

  @Test func discardingSendsQueuedLeasesHome() async throws {
    let pool = LeasePool(capacity: 4) { Slab() }
    let queue = BoundedQueue<Handoff<Lease<Slab>>>(capacity: 2)
    for _ in 0..<2 { try await queue.send(Handoff(try await pool.lease())) }
    let waiting = Task { try await queue.send(Handoff(try await pool.lease())) }
    try await eventually { pool.outstanding == 3 }
    queue.discard()
    await #expect(throws: QueueFinished.self) { try await waiting.value }
    #expect(pool.outstanding == 0)
    #expect(try await queue.next() == nil)
  }

  @Test(arguments: seeds(5))
  func cancellationLosesNothingThatWasSent(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let queue = BoundedQueue<Int>(capacity: 2)
    var senders: [Task<Int?, Never>] = []
    var receivers: [Task<Int?, Never>] = []
    for index in 0..<200 {
      senders.append(
        Task {
          do { try await queue.send(index) } catch { return nil }
          return index
        })
      receivers.append(Task { (try? await queue.next()) ?? nil })
      if random.chance(0.3) { senders.randomElement(using: &random)?.cancel() }
      if random.chance(0.3) { receivers.randomElement(using: &random)?.cancel() }
      if random.chance(0.3) { await Task.yield() }
    }
    // With fewer receivers than senders left, somebody has to take the rest.
    let rest = Task {
      var rest: [Int] = []
      while let element = try await queue.next() { rest.append(element) }
      return rest
    }
    var sent: [Int] = []
    for sender in senders { if let index = await sender.value { sent.append(index) } }
    queue.finish()
    var received = try await rest.value
    for receiver in receivers { if let index = await receiver.value { received.append(index) } }
    #expect(received.sorted() == sent.sorted())
  }
}
