import Foundation
import Genomics
import Reports
import Service
import Testing

@testable import Workflow

@Suite("A case's outcome")
struct BatchEntryTests {
  private func read(_ entry: BatchEntry) throws -> BatchEntry {
    try JSONDecoder().decode(BatchEntry.self, from: Data(entry.json.bytes))
  }

  @Test("What is written is read again")
  func roundTrip() throws {
    var entry = BatchEntry(pending: "C-1")
    #expect(try read(entry) == entry)
    entry.state = .hold
    entry.verdict = .unknown
    entry.samples = ["S1", "S2"]
    entry.holds = ["S1: a rule: FAIL (1 < 2)"]
    entry.hasReport = true
    entry.tiers = ["1": 2, "A": 0]
    entry.reads = 1_234_567
    entry.meanDepth = 30.25
    entry.records = 5_000_000
    (entry.laboratory, entry.referral, entry.testCode) = ("L", "R-1", "R901.1")
    entry.clocks = [
      CaseClock(table: "t"),
      CaseClock(table: "t", category: "c", standard: 42, state: .unknown(.ambiguous)),
      CaseClock(table: "t", category: "c", standard: 42, state: .cancelled),
      CaseClock(table: "t", category: "c", standard: 42, state: .running(elapsed: 3, left: 39)),
      CaseClock(table: "t", category: "c", standard: 42, state: .overdue(elapsed: 50, over: 8)),
      CaseClock(table: "t", category: "c", standard: 42, state: .met(elapsed: 41)),
      CaseClock(table: "t", category: "c", standard: 42, state: .missed(elapsed: 43, over: 1)),
    ]
    #expect(try read(entry) == entry)
    entry.state = .failed
    entry.failure = BatchEntry.Failure(
      InputError(.truncated, at: InputLocation(file: "a.bam", record: 7), "ends early", remedy: "copy it again"))
    #expect(try read(entry) == entry)
    #expect(entry.failure?.code == "input-truncated")
  }

  @Test("The entries of an earlier version are read")
  func earlier() throws {
    let text = #"{"case":"C","state":"READY","verdict":null,"samples":["S"],"holds":[],"report":false}"#
    let entry = try JSONDecoder().decode(BatchEntry.self, from: Data(text.utf8))
    #expect(entry.state == .ready && entry.samples == ["S"] && entry.tiers == nil && entry.clocks.isEmpty)
  }

  @Test("A page tells of every case, with what has not ended")
  func page() throws {
    var ready = BatchEntry(pending: "C-1")
    ready.state = .ready
    let page = try BatchPage.page([ready, BatchEntry(pending: "C-2")])
    #expect(page.contains(#"href="C-1/case.html""#) && !page.contains(#"href="C-2/case.html""#))
    #expect(page.contains("PENDING") && page.contains("not run to its end"))
    #expect(page.contains(#"<table class="sortable">"#))
  }
}
