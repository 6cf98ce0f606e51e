import Testing

@testable import Batching

@Suite struct ReorderStateMachineTests {
  @Test(arguments: seeds(20))
  func whateverOrderElementsArriveInTheyLeaveInTheirs(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var machine = ReorderStateMachine<Int, String>()
    var pending = Array(0..<500)
    var received: [Int] = []
    var waiting: WaiterID?

    while received.count < 500 {
      if !pending.isEmpty, random.chance(0.5) {
        let number = pending.remove(at: Int.random(in: 0..<min(8, pending.count), using: &random))
        if let receiver = machine.put(number, at: number) {
          #expect(receiver == "receiver" && waiting != nil)
          received.append(number)
          waiting = nil
        }
      } else if let id = waiting {
        guard random.chance(0.2) else { continue }
        #expect(machine.cancel(id) == "receiver")
        #expect(machine.cancel(id) == nil)
        waiting = nil
      } else {
        switch machine.next() {
        case .element(let element): received.append(element)
        case .wait(let id):
          switch machine.wait("receiver", id: id, isCancelled: random.chance(0.2)) {
          case .suspended: waiting = id
          case .cancelled: break
          case .element: Issue.record("nothing was put in between")
          }
        }
      }
    }
    #expect(received == Array(0..<500))
  }

  @Test func discardingGivesUpWhatHasNotLeft() {
    var machine = ReorderStateMachine<Int, Int>()
    _ = machine.put(0, at: 0)
    _ = machine.put(2, at: 2)
    _ = machine.next()
    #expect(machine.discard() == [2])
  }
}
