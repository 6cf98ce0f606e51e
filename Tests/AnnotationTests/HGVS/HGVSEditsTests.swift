import TestSupport
import Testing

@testable import Annotation

/// Transcripts whose own sequence differs from the reference in random places.
@Suite struct HGVSEditsTests {
  private struct Case {
    var gene: HGVSGene
    var model: TranscriptModel
    /// The transcript's own sequence.
    var own: [UInt8]
    /// Where each of the spliced bases stands in it; nil for those that it lacks or has otherwise.
    var places: [Int?]
    var cache: HGVSCache
  }

  private func makeCase(_ name: String, _ random: inout SplitMix64) throws -> Case? {
    let gene = HGVSGene(name, &random)
    guard let coding = gene.coding else { return nil }
    let spliced = gene.transcript
    var edits: [TranscriptModel.Edit] = []
    var own: [UInt8] = []
    var places: [Int?] = []
    var place = 0
    while place < spliced.count {
      // Away from the ends of the CDS, which a difference would leave unnumbered.
      let isFree = [coding.lowerBound, coding.upperBound].allSatisfy { abs($0 - place) > 4 } && place > 1
      if isFree, random.chance(0.04), place + 4 < spliced.count {
        let skipped = random.int(0...2)
        let letters = random.letters(random.int(skipped == 0 ? 1...3 : 0...3), of: "ACGT")
        edits.append(
          TranscriptModel.Edit(place: place, skipped: skipped, letters: String(decoding: letters, as: UTF8.self)))
        own += letters
        places += [Int?](repeating: nil, count: skipped)
        place += skipped
      }
      places.append(own.count)
      own.append(spliced[place])
      place += 1
    }
    var model = TranscriptModel(
      id: "T", version: "1", biotype: "protein_coding", protein: "P.1",
      gene: GeneModel(id: "G", symbol: "", biotype: ""),
      contig: name, isReverse: gene.isReverse, exons: gene.exons, coding: [], phase: 0, flags: [], line: 1)
    let ends = gene.places[coding].sorted()
    model.coding = gene.exons.map { $0.clamped(to: ends[0]..<(ends[ends.count - 1] + 1)) }.filter { !$0.isEmpty }
    model.bases = spliced
    model.edits = edits
    return Case(
      gene: gene, model: model, own: own, places: places,
      cache: try HGVSCache(contigs: [(name, gene.genome, nil)], models: [model]))
  }

  @Test func namesTellOfTheTranscriptsOwnSequence() throws {
    var random = SplitMix64()
    var checked = 0
    var unnamed = 0
    for round in 0..<150 {
      guard let one = try makeCase("c\(round)", &random), let coding = one.gene.coding,
        let start = one.places[coding.lowerBound], let end = one.places[coding.upperBound - 1]
      else { continue }
      let gene = one.gene
      let mapped = HGVSGene(
        "own", String(decoding: one.own, as: UTF8.self), exons: [0..<one.own.count], isReverse: false,
        coding: start..<(end + 1))
      for _ in 0..<60 {
        let exon = random.pick(gene.exons)
        let length = random.int(0...3)
        let from = random.int((exon.lowerBound + 1)...(exon.upperBound - 4))
        let range = from..<(from + length)
        var alternate: [UInt8] = []
        if length < 2 { alternate = random.letters(length == 0 ? random.int(1...4) : random.int(0...1), of: "ACGT") }
        // An allele that can be told in several places may be told beside a difference that it is spelled at.
        guard alternate != Array(gene.genome[range]), !slides(gene.genome, range, alternate) else { continue }
        let anchor = gene.genome[from - 1]
        let names = one.cache.names(
          gene.name, from, String(decoding: [anchor] + gene.genome[range], as: UTF8.self),
          String(decoding: [anchor] + alternate, as: UTF8.self))
        guard let names else { continue }
        guard !names.coding.isEmpty else {
          unnamed += 1
          #expect(touchesEdit(one, range), "\(names) \(gene.exons) \(gene.isReverse) \(one.model.edits)")
          continue
        }
        let name = try #require(HGVSReading(names.coding))
        let told = name.applied(to: one.own, isReverse: false) { HGVSReading.transcriptPlace($0, mapped) }
        let isTold = try #require(told) == expected(one, range, alternate)
        #expect(isTold, "\(names) \(gene.exons) \(gene.isReverse) \(one.model.edits)")
        checked += 1
      }
    }
    print("HGVS edits: \(checked) names, \(unnamed) without")
    #expect(checked > 2_000)
    #expect(unnamed > 100)
  }

  private func slides(_ genome: [UInt8], _ range: Range<Int>, _ alternate: [UInt8]) -> Bool {
    if range.isEmpty {
      return genome[range.lowerBound] == alternate[0] || genome[range.lowerBound - 1] == alternate.last
    }
    guard alternate.isEmpty else { return false }
    return genome[range.lowerBound] == genome[range.upperBound]
      || genome[range.lowerBound - 1] == genome[range.upperBound - 1]
  }

  private func spliced(_ one: Case, _ range: Range<Int>) -> Range<Int> {
    let before = one.gene.isReverse ? range.upperBound : range.lowerBound - 1
    let first = (one.gene.places.firstIndex(of: before) ?? -1) + 1
    return first..<(first + range.count)
  }

  /// Whether the change lies in, over or beside a difference.
  private func touchesEdit(_ one: Case, _ range: Range<Int>) -> Bool {
    let changed = spliced(one, range)
    return one.model.edits.contains { $0.place <= changed.upperBound && changed.lowerBound <= $0.place + $0.skipped }
  }

  /// The own sequence with the allele; an allele at a base that the transcript has otherwise is put in its place.
  private func expected(_ one: Case, _ range: Range<Int>, _ alternate: [UInt8]) -> [UInt8]? {
    let gene = one.gene
    let turned = gene.isReverse ? alternate.reversed().map(SyntheticGene.opposite) : alternate
    var own = one.own
    let changed = spliced(one, range)
    let inside = changed.map { one.places[$0] }
    if let place = inside.first.flatMap({ $0 }), inside == (place..<(place + range.count)).map({ $0 }) {
      own.replaceSubrange(place..<(place + range.count), with: turned)
      return own
    }
    if inside.isEmpty, let place = one.places[changed.lowerBound - 1] {
      own.insert(contentsOf: turned, at: place + 1)
      return own
    }
    // One base for one that is otherwise.
    guard
      let edit = one.model.edits.first(where: {
        $0.place <= changed.lowerBound && changed.lowerBound < $0.place + $0.skipped
      }),
      edit.skipped == edit.letters.utf8.count, turned.count == 1
    else { return nil }
    let behind = (edit.place + edit.skipped..<one.places.count).lazy.compactMap { one.places[$0] }.first
    guard let behind else { return nil }
    own[behind - edit.skipped + changed.lowerBound - edit.place] = turned[0]
    return own
  }
}
