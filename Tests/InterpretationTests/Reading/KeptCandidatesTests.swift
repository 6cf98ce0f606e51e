import EngineTestSupport
import Testing

@testable import Interpretation

@Suite struct KeptCandidatesTests {
  private static func call(_ random: inout SeededGenerator) -> PersonCall {
    func number() -> Int? { random.oneIn(3) ? nil : random.int(0...3_000_000) }
    let copies = (0..<random.int(0...3)).map { _ in
      random.pick([PersonCall.Copy.reference, .alternate, .other, .missing])
    }
    return PersonCall(
      copies, isPhased: random.oneIn(2), phaseSet: number(),
      evidence: random.pick([.record, .jointRecord, .referenceBlock, .depth, .none]), depth: number(),
      alternateDepth: number(), quality: number())
  }

  @Test("Candidates come back from the file as they were kept", arguments: seeds(20))
  func roundTrip(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let members = random.int(1...4)
    var reading = FamilyReading(
      family: Family((0..<members).map { Family.Member("\($0)") }, proband: 0), candidates: [])
    reading.candidates = (0..<random.int(0...30)).map { _ in
      CandidateVariant(
        contig: random.pick(["1", "chrX", "HLA-A*01:01"]), position: random.int(1...250_000_000),
        reference: random.text("ACGTN", random.int(1...40)), alternate: random.text("ACGTN", random.int(1...40)),
        place: .autosome, filter: random.pick([.passed, .notApplied, .failed(["LowQual"]), .failed(["q10", "s:50"])]),
        calls: (0..<members).map { _ in Self.call(&random) })
    }
    let kept = KeptCandidates(reading)
    #expect(KeptCandidates(kept.bytes) == kept, "seed \(seed)")
    #expect(kept.all.map(\.calls) == reading.candidates.map(\.calls), "seed \(seed)")
  }

  @Test(
    "What is no such file is told",
    arguments: [
      "", "apus-candidates/1", "apus-candidates/2\n", "apus-candidates/1\n1\t5\tA\tC\tPASS\n",
      "apus-candidates/1\n1\tx\tA\tC\tPASS\t01:0:.:0:.:.:.\n", "apus-candidates/1\n1\t5\tA\tC\tPASS\t01:0:.:0:.:.\n",
      "apus-candidates/1\n1\t5\tA\tC\tPASS\t03:0:.:0:.:.:.\n", "apus-candidates/1\n1\t5\tA\tC\tPASS\t01:2:.:0:.:.:.\n",
      "apus-candidates/1\n1\t5\tA\tC\tPASS\t01:0:.:5:.:.:.\n", "apus-candidates/1\n1\t5\tA\tC\tPASS\t01:0:.:0:.:.:.",
      "apus-candidates/1\n1\t5\tA\tC\tPASS\t01:0:.:0:.:.:.\n1\t6\tA\tC\tPASS\t01:0:.:0:.:.:.\t01:0:.:0:.:.:.\n",
    ])
  func malformed(text: String) { #expect(KeptCandidates(Array(text.utf8)) == nil) }

  @Test("A kept line is read by what its columns say")
  func line() throws {
    let text = "apus-candidates/1\n1\t5\tA\tC\tq10;s50\t01:1:77:1:30:14:99\t:0:.:4:.:.:.\n"
    let one = try #require(KeptCandidates(Array(text.utf8))?.all.first)
    #expect(one.filter == .failed(["q10", "s50"]))
    #expect(
      one.calls == [
        PersonCall(
          [.reference, .alternate], isPhased: true, phaseSet: 77, evidence: .jointRecord, depth: 30,
          alternateDepth: 14, quality: 99), .unknown,
      ])
  }
}
