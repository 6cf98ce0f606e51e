import Testing

@testable import Workflow

@Suite("Which case starts next")
struct CaseScheduleTests {
  @Test("In the given order, as many as memory and threads allow, and never one ahead of another")
  func order() {
    var schedule = CaseSchedule([(4, 60), (0, 60), (1, 10), (2, 10)], memory: 100, casesAtOnce: 3)
    #expect(schedule.start() == 4)
    // 0 does not fit beside 4, and 1, which would, waits behind it.
    #expect(schedule.start() == nil)
    schedule.end(4)
    #expect([schedule.start(), schedule.start(), schedule.start(), schedule.start()] == [0, 1, 2, nil])
    for index in [0, 1, 2] { schedule.end(index) }
    #expect(schedule.isDone)
  }

  @Test("A case larger than all memory runs alone")
  func large() {
    var schedule = CaseSchedule([(0, 500), (1, 1)], memory: 100, casesAtOnce: 8)
    #expect(schedule.start() == 0)
    #expect(schedule.start() == nil)
    schedule.end(0)
    #expect(schedule.start() == 1)
    #expect(schedule.start() == nil && !schedule.isDone)
  }

  @Test("Over random batches: memory holds, every case runs once, and in order", arguments: [3, 17, 2026] as [UInt64])
  func random(seed: UInt64) {
    var state = seed
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let needs = (0..<200).map { _ in 1 + next(120) }
    var schedule = CaseSchedule(needs.enumerated().map { ($0.offset, $0.element) }, memory: 100, casesAtOnce: 4)
    var started: [Int] = []
    var running: [Int] = []
    while !schedule.isDone {
      while let index = schedule.start() {
        started.append(index)
        running.append(index)
      }
      let together = running.map { needs[$0] }.reduce(0, +)
      #expect(running.count <= 4 && (together <= 100 || running.count == 1), "seed \(seed)")
      guard !running.isEmpty else { break }
      schedule.end(running.remove(at: next(running.count)))
    }
    #expect(started == Array(0..<200), "seed \(seed)")
  }
}
