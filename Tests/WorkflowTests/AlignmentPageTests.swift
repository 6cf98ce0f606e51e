import Foundation
import Genomics
import Reports
import Testing

@testable import Alignments
@testable import Workflow

@Suite("The page of alignments")
struct AlignmentPageTests {
  private func metrics(warnings: [String: Int] = [:], unknowns: [String: Int] = [:]) throws -> AlignmentMetrics {
    let json = try JSONSerialization.data(withJSONObject: [
      "schema": "apus-alignments/1", "records": 12, "samples": ["S"], "metrics": [] as [Any], "warnings": warnings,
      "unknowns": unknowns,
    ])
    return try JSONDecoder().decode(AlignmentMetrics.self, from: json)
  }

  private func exon(_ number: Int, _ places: Range<Int>, _ lowest: [UInt16]) -> ExonCoverage {
    ExonCoverage(
      contig: 0, contigName: "chr1",
      exon: ExonModels.Exon(gene: "G", transcript: "T.1", number: number, places: places, coding: nil),
      minimum: Int(lowest.min() ?? 0), depthSum: 0, basesAtLeast: [], gaps: [], lowest: lowest)
  }

  @Test("The curve has a line for each exon, and shows again what is too low")
  func curve() {
    let transcript = AlignmentPlots.Transcript(
      gene: "G", transcript: "T.1", contig: "chr1", risk: nil,
      exons: [exon(1, 100..<103, [30, 19, 40]), exon(2, 500..<501, [7])])
    let plot = AlignmentPages.plot(transcript, GapProfile())
    let runs = plot.series.map { LinePlot.runs(of: $0.points) }
    #expect(runs[0].map { $0.map { [$0.x, $0.y] } } == [[[1, 30], [2, 19], [3, 40]], [[4, 7]]])
    #expect(runs[1].map { $0.map { [$0.x, $0.y] } } == [[[2, 19]], [[4, 7]]])
    #expect(plot.references == [ReferenceLine(.y(20), label: "20×")])
  }

  @Test("A long transcript keeps its lowest base")
  func longTranscript() {
    let exons = (0..<40).map { number in
      var lowest = [UInt16](repeating: 50, count: 100)
      if number == 17 { lowest[33] = 3 }
      return exon(number + 1, (number * 1000)..<(number * 1000 + 100), lowest)
    }
    let plot = AlignmentPages.plot(
      AlignmentPlots.Transcript(gene: "G", transcript: "T", contig: "c", risk: nil, exons: exons), GapProfile())
    #expect(plot.series[0].points.count <= 900)
    #expect(plot.series[0].points.map(\.y).filter(\.isFinite).min() == 3)
    #expect(plot.series.count == 2)
  }

  @Test("What is unknown is UNKNOWN in a rule of its own, and no warning")
  func unknowns() throws {
    func outcomes(_ metrics: AlignmentMetrics) throws -> (
      warnings: VerdictOutcome?, measured: VerdictOutcome?, all: VerdictOutcome
    ) {
      let sheet = try SampleSheet(csv: Array("case,sample,bam\nA,S,a.bam\n".utf8), path: "s.csv")
      var results = SampleResults()
      results.alignments = metrics
      let rules = Agreement.rules(sheet.cases[0].samples[0], results)
      return (
        rules.first { $0.id == "input.warnings" }?.outcome, rules.first { $0.id == "input.measured" }?.outcome,
        Verdict(sample: "S", rules: rules).verdict
      )
    }
    let clean = try outcomes(metrics())
    #expect(clean == (.pass, .pass, .pass))
    let unknown = try outcomes(metrics(unknowns: ["coverage-unknown-without-reference": 1]))
    #expect(unknown == (.pass, .unknown, .pass))
    let odd = try outcomes(metrics(warnings: ["contig-not-in-reference": 1]))
    #expect(odd == (.warn, .pass, .warn))
  }

  @Test("A page without anything measured says so")
  func nothing() throws {
    let page = try AlignmentPages.page(
      try metrics(unknowns: ["gc-bias-unknown-without-reference": 1]), plots: AlignmentPlots(), sample: "S<1>")
    #expect(page.contains("Alignments of S&lt;1&gt;"))
    #expect(page.contains("gc-bias-unknown-without-reference"))
    #expect(page.contains("Unknown: it needs the reference"))
  }

}
