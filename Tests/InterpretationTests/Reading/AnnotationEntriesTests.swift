import EngineTestSupport
import Testing

@testable import Interpretation

/// Entries of an annotation, held against the plain way: split, then looked for.
@Suite struct AnnotationEntriesTests {
  @Test(arguments: seeds(3)) func randomEntriesAreFoundAsBySplitting(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<700 {
      let keys = (0..<Int.random(in: 1...8, using: &random)).map { "K\($0)_\(random.pick(["A", "AF", "AFR"]))" }
      let entries = keys.map { key -> String in
        if random.oneIn(9) { return key }
        let values = (0..<Int.random(in: 0...3, using: &random)).map { _ in random.pick([".", "", "0.1", "a=b", "x&y"])
        }
        return "\(key)=\(values.joined(separator: ","))"
      }
      let text = Array(entries.joined(separator: ";").utf8)
      var asked = keys + ["K0", "K1_AFRO", ""]
      asked.shuffle(using: &random)
      let allele = Int.random(in: 1...3, using: &random)
      text.withUnsafeBytes { bytes in
        var found = AnnotationEntries(bytes)
        for key in asked {
          let plain = entries.first { $0.hasPrefix("\(key)=") }.map { $0.dropFirst(key.utf8.count + 1) }
          #expect(
            found.value(of: Array(key.utf8)).map { String(decoding: $0, as: UTF8.self) } == plain.map(String.init))
          let values = plain?.split(separator: ",", omittingEmptySubsequences: false) ?? []
          let value = allele <= values.count ? String(values[allele - 1]) : nil
          #expect(
            found.value(of: Array(key.utf8), allele: allele).map { String(decoding: $0, as: UTF8.self) }
              == (value == "." || value == "" ? nil : value))
        }
      }
    }
  }

  @Test func answersOfFrequenciesAreTheSameInAnyOrder() {
    let (one, other) = (FrequencyKey("d", "AFR"), FrequencyKey("d", "NFE"))
    var answers: FrequencyAnswers = [one: .absent, other: .value(0.5, alleleNumber: 2)]
    #expect(answers == [other: .value(0.5, alleleNumber: 2), one: .absent])
    #expect(answers.hashValue == ([other: .value(0.5, alleleNumber: 2), one: .absent] as FrequencyAnswers).hashValue)
    #expect(answers != [other: .absent, one: .absent])
    #expect(answers[FrequencyKey("d", "ALL")] == nil)
    answers[one] = nil
    #expect(answers.keys == [other])
    answers[one] = .notLookedUp("contig")
    answers[other] = .absent
    #expect(answers == [one: .notLookedUp("contig"), other: .absent])
  }

  @Test(arguments: [
    ("Pathogenic", true), ("Likely_pathogenic", true), ("PATHOGENIC/x", true), ("Uncertain_significance", false),
    ("pathogeni", false), ("", false), ("Conflicting_classifications_of_pathogenicity", true),
  ])
  func whatSpeaksForAVariantIsFoundInItsSignificance(_ text: String, _ isThere: Bool) {
    #expect(KnownEvidence(source: "s", match: .allele, significance: text).mentionsPathogenic == isThere)
  }
}
