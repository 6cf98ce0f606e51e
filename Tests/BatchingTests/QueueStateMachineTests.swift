import Testing

@testable import Batching

@Suite struct QueueStateMachineTests {
  /// Elements are numbered in the order in which the machine accepts or suspends them, which is the order in which
  /// they must come out.
  @Test(arguments: seeds(30))
  func elementsComeOutOnceAndInOrderAndNobodyIsForgotten(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let capacity = Int.random(in: 1...4, using: &random)
    var machine = QueueStateMachine<Int, Int, Int>(capacity: capacity)
    var buffered: [Int] = []
    var senders: [(id: WaiterID, sender: Int, element: Int)] = []
    var receivers: [(id: WaiterID, receiver: Int)] = []
    var isFinished = false
    var number = 0

    func receive(_ element: Int, admitted: Int?) {
      #expect(element == buffered.removeFirst())
      if senders.isEmpty {
        #expect(admitted == nil)
      } else {
        let first = senders.removeFirst()
        #expect(admitted == first.sender)
        buffered.append(first.element)
      }
    }

    let events = Int.random(in: 50...1500, using: &random)
    for event in 0..<events {
      number += 1
      switch Int.random(in: 0..<6, using: &random) {
      case 0, 1:
        var outcome = machine.send(number)
        if case .wait(let id) = outcome {
          #expect(buffered.count == capacity)
          // Between the look and the wait the queue may have moved on.
          if random.chance(0.3), case .element(let element, let admitted) = machine.next() {
            receive(element, admitted: admitted)
          }
          let isCancelled = random.chance(0.2)
          switch machine.waitToSend(number, number, id: id, isCancelled: isCancelled) {
          case .stored: outcome = .stored
          case .deliver(let receiver): outcome = .deliver(receiver)
          case .finished: outcome = .finished
          case .cancelled: #expect(isCancelled)
          case .suspended:
            #expect(buffered.count == capacity && !isFinished)
            senders.append((id, number, number))
          }
        }
        switch outcome {
        case .stored: buffered.append(number)
        case .deliver(let receiver): #expect(buffered.isEmpty && receiver == receivers.removeFirst().receiver)
        case .finished: #expect(isFinished)
        case .wait: break
        }
      case 2, 3:
        switch machine.next() {
        case .element(let element, let admitted): receive(element, admitted: admitted)
        case .end: #expect(isFinished && buffered.isEmpty)
        case .wait(let id):
          #expect(buffered.isEmpty)
          let isCancelled = random.chance(0.2)
          switch machine.waitForNext(number, id: id, isCancelled: isCancelled) {
          case .suspended: receivers.append((id, number))
          case .cancelled: #expect(isCancelled)
          case .element, .end: Issue.record("nothing was sent in between")
          }
        }
      case 4:
        if let position = senders.indices.randomElement(using: &random) {
          let (id, sender, element) = senders.remove(at: position)
          let cancelled = machine.cancelSend(id)
          #expect(cancelled?.sender == sender && cancelled?.unsent == element)
          #expect(machine.cancelSend(id) == nil)
        }
        if let position = receivers.indices.randomElement(using: &random) {
          let (id, receiver) = receivers.remove(at: position)
          #expect(machine.cancelNext(id) == receiver)
          #expect(machine.cancelNext(id) == nil)
        }
      default:
        guard event * 3 > events * 2, random.chance(0.1) else { break }
        let discards = random.chance(0.5)
        let ending = discards ? machine.discard() : machine.finish(nil)
        #expect(ending.senders == senders.map(\.sender) && ending.receivers == receivers.map(\.receiver))
        #expect(ending.dropped == senders.map(\.element) + (discards ? buffered : []))
        if discards { buffered = [] }
        senders = []
        receivers = []
        isFinished = true
      }
      #expect(machine.count == buffered.count && buffered.count <= capacity)
      #expect(machine.waitingSenders == senders.count && machine.waitingReceivers == receivers.count)
      #expect(receivers.isEmpty || buffered.isEmpty, "somebody waits beside an element")
      #expect(senders.isEmpty || buffered.count == capacity, "somebody waits beside a free place")
    }
  }

  @Test func theFirstEndCounts() {
    var machine = QueueStateMachine<Int, Int, Int>(capacity: 1)
    _ = machine.finish(Boom(place: "first", index: 1))
    _ = machine.finish(nil)
    _ = machine.discard()
    guard case .end(.failed(let error)) = machine.next() else {
      Issue.record("the failure was lost")
      return
    }
    #expect(error as? Boom == Boom(place: "first", index: 1))
  }
}
