import Testing

@testable import Batching

@Suite struct WorkerStateMachineTests {
  @Test(arguments: seeds(20))
  func everyPieceOfWorkGetsAThreadOfItsOwn(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var machine = WorkerStateMachine<Int>()
    var busy: Set<Int> = []
    var idle: Set<Int> = []
    for _ in 0..<2000 {
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        switch machine.claim() {
        case .idle(let worker):
          #expect(idle.remove(worker) != nil, "work went to a thread that is not idle")
          busy.insert(worker)
        case .start(let number):
          #expect(idle.isEmpty, "a thread was started beside an idle one")
          #expect(!busy.contains(number))
          if random.chance(0.1) { machine.startFailed() } else { busy.insert(number) }
        }
      case 1, 2:
        guard let number = busy.randomElement(using: &random) else { break }
        machine.rest(number, number)
        busy.remove(number)
        idle.insert(number)
      default:
        guard let number = (busy.union(idle)).randomElement(using: &random) else { break }
        #expect(machine.leave(number) == (idle.remove(number) != nil), "a thread with work ended")
      }
      #expect(machine.threads == busy.count + idle.count && machine.idleThreads == idle.count)
    }
  }
}
