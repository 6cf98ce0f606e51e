import Testing

@testable import Batching

@Suite struct LeaseStateMachineTests {
  @Test(arguments: seeds(30))
  func itemsHaveOneHolderAndServeInOrder(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let capacity = Int.random(in: 1...4, using: &random)
    var machine = LeaseStateMachine<Int, Int>(capacity: capacity)
    var made = 0
    var held: Set<Int> = []
    var nextWaiter = 0
    var unqueued: [WaiterID] = []
    var queued: [(id: WaiterID, waiter: Int)] = []

    func hold(_ item: Int) {
      #expect(held.insert(item).inserted, "an item has two holders")
    }

    for _ in 0..<2000 {
      switch Int.random(in: 0..<5, using: &random) {
      case 0:
        switch machine.lease() {
        case .item(let item):
          #expect(queued.isEmpty, "a newcomer overtook")
          hold(item)
        case .make:
          hold(made)
          made += 1
        case .wait(let id): unqueued.append(id)
        }
      case 1 where !unqueued.isEmpty:
        let isCancelled = random.chance(0.2)
        let id = unqueued.removeFirst()
        switch machine.wait(nextWaiter, id: id, isCancelled: isCancelled) {
        case .item(let item):
          #expect(!isCancelled)
          hold(item)
        case .cancelled: #expect(isCancelled)
        case .suspended: queued.append((id, nextWaiter))
        }
        nextWaiter += 1
      case 2:
        guard let position = queued.indices.randomElement(using: &random) else { break }
        let (id, waiter) = queued.remove(at: position)
        #expect(machine.cancel(id) == waiter)
        #expect(machine.cancel(id) == nil, "a wait was woken twice")
      default:
        guard let item = held.randomElement(using: &random) else { break }
        let waiter = machine.giveBack(item)
        if queued.isEmpty {
          #expect(waiter == nil)
          held.remove(item)
        } else {
          #expect(waiter == queued.removeFirst().waiter)
        }
      }
      #expect(made <= capacity && machine.made == made && machine.outstanding == held.count)
      #expect(machine.waiting == queued.count)
      #expect(queued.isEmpty || held.count == capacity, "somebody waits beside a free item")
    }
  }
}
