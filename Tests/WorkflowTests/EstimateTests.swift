import Testing

@testable import Workflow

@Suite("Estimates")
struct EstimateTests {
  @Test("More bytes or threads never need less memory, and memory that is kept of the data has its limit")
  func monotonic() {
    for cost in [UnitCost.reads, .alignments, .variants, .annotated, .interpretation] {
      var last = 0.0
      for bytes in [0, 1 << 10, 1 << 20, 1 << 30, 1 << 40] {
        let need = cost.memory(bytes, threads: 4, batchBytes: 1 << 20)
        #expect(need >= last)
        #expect(cost.memory(bytes, threads: 8, batchBytes: 1 << 20) > need)
        #expect(cost.memory(bytes, threads: 4, batchBytes: 4 << 20) > need)
        last = need
      }
      #expect(
        cost.memory(1 << 50, threads: 4, batchBytes: 1 << 20) == cost.memory(1 << 48, threads: 4, batchBytes: 1 << 20))
    }
  }

  @Test("A line has the header's columns, rounded up")
  func line() {
    let estimate = CaseEstimate(
      name: "C", urgency: "stat", samples: 3, inputBytes: 1, threads: 2, memoryBytes: (5 << 20) + 1, diskBytes: 2 << 20,
      seconds: 1...61)
    #expect(estimate.line == "C\tstat\t3\t1\t2\t6\t2\t1\t2")
    #expect(CaseEstimate.header.split(separator: "\t").count == estimate.line.split(separator: "\t").count)
  }
}
