import Testing

@testable import Batching

@Suite struct PermitStateMachineTests {
  @Test(arguments: seeds(30))
  func permitsAreNeverLostNorOverspentAndServeInOrder(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let permits = Int.random(in: 1...4, using: &random)
    var machine = PermitStateMachine<Int>(permits: permits)
    var held = 0
    var nextWaiter = 0
    var unqueued: [WaiterID] = []
    var queued: [(id: WaiterID, waiter: Int)] = []
    var ended: [WaiterID] = []

    for _ in 0..<2000 {
      switch Int.random(in: 0..<5, using: &random) {
      case 0:
        switch machine.acquire() {
        case .granted:
          #expect(queued.isEmpty, "a newcomer overtook")
          held += 1
        case .wait(let id):
          #expect(held == permits)
          unqueued.append(id)
        }
      case 1 where !unqueued.isEmpty:
        let id = unqueued.remove(at: Int.random(in: 0..<unqueued.count, using: &random))
        let isCancelled = random.chance(0.2)
        switch machine.wait(nextWaiter, id: id, isCancelled: isCancelled) {
        case .granted:
          #expect(!isCancelled && queued.isEmpty)
          held += 1
          ended.append(id)
        case .cancelled:
          #expect(isCancelled)
          ended.append(id)
        case .suspended:
          #expect(!isCancelled && held == permits)
          queued.append((id, nextWaiter))
        }
        nextWaiter += 1
      case 2:
        if random.chance(0.5), let id = (unqueued + ended).randomElement(using: &random) {
          #expect(machine.cancel(id) == nil, "a wait that is not queued was woken")
        } else if let position = queued.indices.randomElement(using: &random) {
          let (id, waiter) = queued.remove(at: position)
          #expect(machine.cancel(id) == waiter)
          ended.append(id)
        }
      case 3 where held > 0, 4 where held > 0:
        if queued.isEmpty {
          #expect(machine.release() == nil)
          held -= 1
        } else {
          let first = queued.removeFirst()
          #expect(machine.release() == first.waiter)
          ended.append(first.id)
        }
      default: break
      }
      #expect(held <= permits && held + machine.free == permits && machine.waiting == queued.count)
      #expect(machine.waiting == 0 || machine.free == 0, "somebody waits beside a free permit")
    }
  }
}
