import Foundation
import Synchronization
import Testing

@testable import Batching

final class Slab {
  var values: [Int] = []
}

@Suite(.timeLimit(.minutes(20))) struct LeasePoolTests {
  @Test func atMostCapacityInstancesAreMadeAndTheyAreReused() async throws {
    let made = Gauge()
    let pool = LeasePool(capacity: 3) {
      made.enter()
      return Slab()
    }
    let out = Gauge()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<20 {
        group.addTask {
          for _ in 0..<50 {
            let lease = try await pool.lease()
            out.enter()
            lease.storage.values.append(1)
            await Task.yield()
            out.leave()
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(made.now <= 3 && out.peak <= 3 && pool.outstanding == 0)
    var uses = 0
    for _ in 0..<3 { uses = max(uses, try await pool.lease().storage.values.count) }
    #expect(uses >= 1000 / 3 / 3, "storage keeps what its last holder left")
  }

  @Test func aLeaseEndsWithItsScopeAnErrorOrItsHandoff() async throws {
    let pool = LeasePool(capacity: 2) { Slab() }
    do {
      let lease = try await pool.lease()
      #expect(pool.outstanding == 1)
      lease.storage.values = [1]
    }
    #expect(pool.outstanding == 0)

    func fail() async throws {
      let lease = try await pool.lease()
      throw Boom(place: "holder", index: lease.storage.values.count)
    }
    await #expect(throws: Boom.self) { try await fail() }
    #expect(pool.outstanding == 0)

    var handoff: Handoff<Lease<Slab>>? = Handoff(try await pool.lease())
    #expect(pool.outstanding == 1 && handoff != nil)
    handoff = nil
    #expect(pool.outstanding == 0, "dropped untaken")

    func take(_ handoff: Handoff<Lease<Slab>>) {
      let lease = handoff.take()
      lease.storage.values = []
    }
    let kept = Handoff(try await pool.lease())
    take(kept)
    #expect(pool.outstanding == 0, "taken and ended, although the handoff still exists")
    _ = consume kept
  }

  @Test(arguments: seeds(5))
  func cancellationAtAnyPointBringsEveryLeaseHome(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let pool = LeasePool(capacity: 2) { Slab() }
    var tasks: [Task<Void, Never>] = []
    for _ in 0..<200 {
      let yields = Int.random(in: 0..<4, using: &random)
      tasks.append(
        Task {
          guard let lease = try? await pool.lease() else { return }
          for _ in 0..<yields { await Task.yield() }
          lease.storage.values = [yields]
        })
      if random.chance(0.4) { tasks.randomElement(using: &random)?.cancel() }
      if random.chance(0.2) { await Task.yield() }
    }
    for task in tasks { await task.value }
    #expect(pool.outstanding == 0)
    let first = try await pool.lease()
    let second = try await pool.lease()
    #expect(pool.outstanding == 2 && first.storage !== second.storage)
  }
}

@Suite struct HandoffTests {
  @Test func aValueTravelsOnce() {
    let handoff = Handoff([1, 2, 3])
    #expect(handoff.take() == [1, 2, 3])
  }

  // In the run of this part alone (Scripts/test tsan): once a test waits for a process to end, the testing library watches
  // for every child that ends, and where others' children wait to be reaped, that takes a core from all later tests.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["APUS_ONLY"] == "Batching"))
  func takingTwiceIsAProgrammersError() async {
    await #expect(processExitsWith: .failure) {
      let handoff = Handoff(1)
      _ = handoff.take()
      _ = handoff.take()
    }
  }
}
