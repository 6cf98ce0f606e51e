import EngineTestSupport
import Foundation
import Testing

@testable import Interpretation

@Suite struct SortedJSONTests {
  /// A value of every kind that documents hold.
  private struct Sample: Codable, Equatable {
    enum Match: Codable, Equatable {
      case allele
      case protein(transcript: String, hgvsp: String)
    }
    enum Kind: String, Codable { case one, two }
    struct Inner: Codable, Equatable {
      var z: Int
      var a: [Int]
      var text: String?
    }
    var zebra: String
    var apple: Double
    var inner: [Inner]
    var matches: [Match]
    var kinds: [Kind]
    var counts: [String: Int]
    var nested: [String: [Double]]
    var flag: Bool
    var nothing: Int?
    var small: UInt8
    var large: UInt64
    var texts: [[String]]
  }

  private static func sample(_ random: inout SeededGenerator) -> Sample {
    let letters = [
      "a", "\"", "\\", "\n", "\r", "\t", "\u{1}", "\u{1F}", "é", "漢", "🧬", "/", "", "=", "\u{7F}", "\u{2028}",
    ]
    func text() -> String { (0..<random.int(0...8)).map { _ in random.pick(letters) }.joined() }
    func list<T>(_ make: () -> T) -> [T] { (0..<random.int(0...4)).map { _ in make() } }
    return Sample(
      zebra: text(), apple: random.pick([0, -1.5, 1e-9, 0.1, 1e20, 3, -0.25, 123456789.125, 2e15]),
      inner: list {
        Sample.Inner(z: random.pick([0, -1, .min, .max, 17]), a: list { random.int(-5...5) }, text: text())
      },
      matches: list { random.oneIn(2) ? .allele : .protein(transcript: text(), hgvsp: text()) },
      kinds: list { random.pick([.one, .two]) },
      counts: Dictionary(list { (text(), random.int(0...9)) }) { first, _ in first },
      nested: Dictionary(list { (text(), list { Double(random.int(0...9)) / 4 }) }) { first, _ in first },
      flag: random.oneIn(2), nothing: random.oneIn(2) ? nil : 3, small: 255, large: .max, texts: list { list(text) })
  }

  @Test("A document reads back as the value, its members by name", arguments: seeds(20))
  func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let sample = Self.sample(&random)
      let bytes = try SortedJSON.document(sample)
      #expect(try JSONDecoder().decode(Sample.self, from: Data(bytes)) == sample)
      #expect(bytes == (try SortedJSON.document(sample)))
      #expect(bytes.last == UInt8(ascii: "\n"))
      // Foundation's own writing of the same document, spaces and line feeds between values apart.
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let plain = try JSONSerialization.jsonObject(with: Data(bytes)) as? NSDictionary
      let other = try JSONSerialization.jsonObject(with: try encoder.encode(sample)) as? NSDictionary
      #expect(plain == other)
    }
  }

  /// Foundation's writing of a value, with members by name.
  private static func plain(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode([value]))
  }

  @Test("Values that write their members themselves write what their encoding would", arguments: seeds(10))
  func members(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    func text() -> String { random.text("ab\"\\c/é", random.int(0...6)) }
    func maybe<T>(_ value: T) -> T? { random.oneIn(2) ? nil : value }
    for _ in 0..<50 {
      let consequences = (0..<random.int(0...2)).map { _ in
        TranscriptConsequence(
          symbol: maybe(text()), gene: text(), hgnc: maybe(text()), transcript: text(), biotype: text(),
          terms: (0..<random.int(0...2)).map { _ in text() }, hgvsc: maybe(text()), hgvsp: maybe(text()),
          isMANESelect: random.oneIn(2), isCanonical: random.oneIn(2))
      }
      let line = TraceLine(
        rule: text(), outcome: random.pick(RuleOutcome.allCases), value: text(), threshold: text(),
        person: maybe(text()), source: text(), mark: random.pick(SourceMark.allCases), data: maybe(text()))
      let answer = FilterAnswer(
        filter: .deNovo, penetrance: random.pick(Penetrance.allCases), outcome: random.pick(RuleOutcome.allCases),
        person: maybe(text()), genotype: maybe(random.pick(GenotypeCategory.allCases)), reason: text(),
        ignored: (0..<random.int(0...2)).map { _ in text() })
      let miss = NearMiss(
        label: random.pick(NearMiss.Label.allCases), gene: maybe(text()), wouldBe: maybe(random.pick(Tier.allCases)),
        reason: text())
      let call = TierReport.Call(
        name: text(), genotype: text(), phaseSet: maybe(random.int(-3...3)), evidence: .jointRecord,
        depth: maybe(random.int(0...99)), alternateDepth: maybe(4), quality: maybe(99))
      let coding = CodingVariant(
        contig: text(), position: random.int(1...9), reference: text(), alternate: text(), type: .snv,
        inBurden: random.oneIn(2), consequences: consequences, alternateReads: maybe(3), depth: maybe(17),
        fraction: maybe(Double(random.int(0...7)) / 7), normalFraction: maybe(0), domains: [text()])
      func same(_ value: some SortedJSONMembers) throws {
        let bytes = try SortedJSON.document([[value]]).filter { $0 != UInt8(ascii: "\n") }
        #expect(bytes == [UInt8(ascii: "[")] + (try Self.plain(value)) + [UInt8(ascii: "]")])
      }
      for one in consequences { try same(one) }
      try same(line)
      try same(answer)
      try same(miss)
      try same(call)
      try same(coding)
    }
  }

  @Test("Members of a document and elements of its lists stand on lines of their own")
  func layout() throws {
    struct Outer: Encodable {
      var b: [[String: Int]]
      var a: String
      var c: [Int]
    }
    let text = String(
      decoding: try SortedJSON.document(Outer(b: [["y": 1, "x": 2], [:]], a: "t", c: [1, 2])), as: UTF8.self)
    #expect(text == "{\n\"a\": \"t\",\n\"b\": [\n{\"x\":2,\"y\":1},\n{}],\n\"c\": [\n1,\n2]\n}\n")
  }

  @Test("A number that JSON does not have is refused")
  func notFinite() {
    #expect(throws: EncodingError.self) { try SortedJSON.document(["a": Double.nan]) }
    #expect(throws: EncodingError.self) { try SortedJSON.document([[Double.infinity]]) }
  }
}
