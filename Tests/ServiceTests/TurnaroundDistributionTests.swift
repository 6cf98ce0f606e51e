import EngineTestSupport
import Testing

@testable import Service

@Suite("How long tests took, and the contract return")
struct TurnaroundDistributionTests {
  private static func observation(
    _ state: TurnaroundState, category: String? = "rapid", laboratory: String? = "699M0"
  ) -> TurnaroundDistribution.Observation {
    .init(table: "older", category: category, laboratory: laboratory, state: state)
  }

  @Test("Counts, share, quantiles and histogram of one group")
  func one() throws {
    let states: [TurnaroundState] = [
      .met(elapsed: 3), .met(elapsed: 14), .missed(elapsed: 15, over: 1), .missed(elapsed: 40, over: 26),
      .running(elapsed: 2, left: 12), .overdue(elapsed: 30, over: 16), .cancelled, .unknown(.notStarted),
      .unknown(.notStarted),
    ]
    let groups = TurnaroundDistribution.distributions(of: states.map { Self.observation($0) })
    let group = try #require(groups.first)
    #expect(groups.count == 1)
    #expect((group.met, group.missed, group.running, group.overdue, group.cancelled) == (2, 2, 1, 1, 1))
    #expect(group.unknown == [.notStarted: 2])
    #expect(group.shareWithin == 0.4, "an overdue clock is not in time, however it ends")
    #expect(group.quantiles.map(\.days) == [3, 3, 3, 14, 15, 40, 40])
    #expect(group.histogram.map(\.count) == [1, 0, 2, 0, 0, 1])
    #expect(group.histogram.map(\.days.lowerBound) == [0, 7, 14, 21, 28, 35])
  }

  @Test("No stopped clock gives no quantile, no share and no bar, not zeros")
  func none() throws {
    let group = try #require(
      TurnaroundDistribution.distributions(of: [Self.observation(.running(elapsed: 1, left: 2))]).first)
    #expect(group.quantiles.isEmpty && group.histogram.isEmpty && group.shareWithin == nil)
    #expect(TurnaroundDistribution.distributions(of: []).isEmpty)
  }

  @Test("Nothing is lost, whatever the order; quantiles are times that were observed", arguments: seeds(30))
  func property(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var all = (0..<random.int(1...300)).map { _ in
      let elapsed = random.int(0...120)
      let state: TurnaroundState = random.pick([
        .met(elapsed: elapsed), .missed(elapsed: elapsed, over: 1), .running(elapsed: elapsed, left: 1),
        .overdue(elapsed: elapsed, over: 1), .cancelled, .unknown(.ambiguous),
      ])
      return Self.observation(
        state, category: random.pick([nil, "rapid", "complex-rapid"]), laboratory: random.pick([nil, "699M0", "699X0"]))
    }
    let groups = TurnaroundDistribution.distributions(of: all)
    #expect(
      groups.reduce(0) { sum, group in
        sum + group.stopped + group.running + group.overdue + group.cancelled + group.unknown.values.reduce(0, +)
      } == all.count)
    for group in groups {
      let own = all.filter { $0.category == group.category && $0.laboratory == group.laboratory }
      let days = own.compactMap(\.state.daysTaken)
      #expect(group.days == days.sorted())
      #expect(group.histogram.map(\.count).reduce(0, +) == days.count)
      for quantile in group.quantiles {
        // The nearest rank, in other words: the least observed time that at least so many percent do not exceed.
        let least = days.filter { day in days.count { $0 <= day } * 100 >= quantile.percent * days.count }.min()
        #expect(quantile.days == least)
      }
    }
    all.shuffle(using: &random)
    #expect(TurnaroundDistribution.distributions(of: all) == groups)
    #expect(groups.last.map { $0.category == nil || !groups.contains { $0.category == nil } } == true)
  }

  private static func row(
    _ stage: ContractMonitoringRow.Stage, _ state: TurnaroundState?, referral: String = "r26000000011",
    standard: Int? = 42, laboratory: String? = "699M0"
  ) -> ContractMonitoringRow {
    ContractMonitoringRow(
      referral: referral, testCode: "R149.1", laboratory: laboratory, stage: stage, standard: standard, state: state)
  }

  @Test("The return says Y or N at a report whose clock has stopped, and nothing elsewhere")
  func contract() throws {
    let csv = try ContractMonitoringRow.csv([
      Self.row(.testPreparation, .met(elapsed: 2)), Self.row(.report, .met(elapsed: 42)),
      Self.row(.report, .missed(elapsed: 43, over: 1)), Self.row(.report, .overdue(elapsed: 50, over: 8)),
      Self.row(.report, .unknown(.notStarted)), Self.row(.report, .met(elapsed: 3), standard: nil),
      Self.row(.test, nil, laboratory: "A, \"B\""), Self.row(.test, nil, laboratory: "=1+1"),
    ])
    let lines = [
      "REFERRAL,TEST CODE,LABORATORY,STAGE,TURNAROUND TIME (CALENDAR DAYS),TURNAROUND TIME (CALENDAR DAYS) STANDARD,"
        + "TURNAROUND TIME (CALENDAR DAYS) COMPLIANT",
      "r26000000011,R149.1,699M0,TESTPREP,2,42,", "r26000000011,R149.1,699M0,TESTREPORT,42,42,Y",
      "r26000000011,R149.1,699M0,TESTREPORT,43,42,N", "r26000000011,R149.1,699M0,TESTREPORT,,42,",
      "r26000000011,R149.1,699M0,TESTREPORT,,42,", "r26000000011,R149.1,699M0,TESTREPORT,3,,",
      "r26000000011,R149.1,\"A, \"\"B\"\"\",TESTTEST,,42,", "r26000000011,R149.1,'=1+1,TESTTEST,,42,",
    ]
    #expect(csv == lines.map { $0 + "\r\n" }.joined())
  }

  @Test("The stages are the nine of the return, in its order")
  func stages() {
    #expect(
      ContractMonitoringRow.Stage.allCases.map(\.rawValue) == [
        "TESTPREP", "TESTTRASAM", "TESTPLATE", "TESTTRAPLATE", "TESTTEST", "TESTSNP", "TESTBIOINFO", "TESTDSS",
        "TESTREPORT",
      ])
  }

  @Test(
    "An identifier that could be an NHS number is refused without being told", arguments: ["9434765919", "2222222222"])
  func identifier(number: String) throws {
    let error = try #require(throws: ContractMonitoringError.self) {
      try ContractMonitoringRow.csv([Self.row(.report, nil, referral: number)])
    }
    #expect(error.row == 1)
    #expect(!error.description.contains(number))
  }
}
