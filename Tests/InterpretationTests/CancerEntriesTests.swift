import Annotation
import EngineTestSupport
import Testing

@testable import Interpretation

@Suite struct CancerEntriesTests {
  @Test("Of each gene the entry is told that picking among all of them tells", arguments: seeds(20))
  func picked(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let fields = ConsequenceEntries.fields
    let listed: Set<String> = ["missense_variant", "stop_gained", "splice_donor_variant"]
    let entries = try #require(ConsequenceEntries(fields))
    let picks = try #require(ListedEntries(listed, fields))
    for _ in 0..<200 {
      let texts = (0..<random.int(0...9)).map { number -> String in
        fields.map { field -> String in
          switch field {
          case .consequence:
            let all = [
              "missense_variant", "stop_gained", "splice_donor_variant", "missense", "intron_variant",
              "synonymous_variant", "stop_gained_x",
            ]
            return (0..<random.int(1...3)).map { _ in random.pick(all) }.joined(separator: "&")
          case .gene: return random.pick(["G1", "G2", "G11", "G3"])
          case .featureType: return "Transcript"
          case .feature: return "T\(number)"
          case .alleleNumber: return "1"
          case .canonical: return random.oneIn(3) ? "YES" : ""
          case .mane: return random.pick(["MANE_Select", "MANE_Plus_Clinical", ""])
          default: return random.pick(["", "x"])
          }
        }.joined(separator: "|")
      }
      let value = Array(texts.joined(separator: ",").utf8)
      func read(_ bytes: [UInt8]) -> [TranscriptConsequence] {
        bytes.withUnsafeBytes { entries.entries($0, allele: 1) }
      }
      var expected: [TranscriptConsequence] = []
      for entry in read(value) where entry.terms.contains(where: listed.contains) {
        func rank(_ one: TranscriptConsequence) -> Int { one.isMANESelect ? 0 : one.isCanonical ? 1 : 2 }
        if let place = expected.firstIndex(where: { $0.gene == entry.gene }) {
          if rank(entry) < rank(expected[place]) { expected[place] = entry }
        } else {
          expected.append(entry)
        }
      }
      #expect(read(value.withUnsafeBytes { picks.picked($0) }) == expected)
    }
  }
}
