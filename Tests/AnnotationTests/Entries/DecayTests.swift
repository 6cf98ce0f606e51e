import EngineTestSupport
import TestSupport
import Testing

@testable import Annotation

/// Premature stops and nonsense-mediated decay.
@Suite struct DecayTests {
  @Test(arguments: [
    // Fifty bases before the junction; the hundredth base of the CDS.
    (950, 0, 1_000, true), (949, 0, 1_000, false), (1_000, 0, 1_000, true), (1_200, 0, 1_000, true),
    (99, 0, 1_000, true), (100, 0, 1_000, false), (129, 30, 1_000, true), (130, 30, 1_000, false),
    (99, nil, 1_000, false), (950, nil, 1_000, true), (500, 0, 0, true), (500, nil, 0, true),
  ])
  func theRuleHasItsBorders(stop: Int, start: Int?, junction: Int, escapes: Bool) {
    #expect(NonsenseMediatedDecay.escapes(stop: stop, codingStart: start, lastJunction: junction) == escapes)
  }

  /// A transcript whose spliced bases are given, with exons of these lengths and introns of 100 bases.
  private func model(
    _ spliced: [UInt8], lengths: [Int], coding: Range<Int>, isReverse: Bool, flags: TranscriptFlags = [],
    intron: Int = 100
  ) -> (contig: [UInt8], model: TranscriptModel) {
    var exons: [Range<Int>] = []
    var cursor = 50
    for length in isReverse ? lengths.reversed() : lengths {
      exons.append(cursor..<(cursor + length))
      cursor += length + intron
    }
    var contig = [UInt8](repeating: UInt8(ascii: "G"), count: cursor + 50)
    let plus = isReverse ? spliced.reverseComplement : spliced
    for (place, base) in zip(exons.flatMap { Array($0) }, plus) { contig[place] = base }
    let places = isReverse ? Array(exons.flatMap { Array($0) }.reversed()) : exons.flatMap { Array($0) }
    let inside = Set(places[coding])
    var made = TranscriptModel(
      id: "T", version: "", biotype: "protein_coding", protein: "", gene: GeneModel(id: "G", symbol: "", biotype: ""),
      contig: "1", isReverse: isReverse, exons: exons,
      coding: exons.compactMap { exon in
        let own = exon.filter { inside.contains($0) }
        return own.isEmpty ? nil : own[0]..<(own[own.count - 1] + 1)
      }, phase: 0, flags: flags, line: 1)
    made.bases = spliced
    return (contig, made)
  }

  /// What is told of a change of the spliced bases; nil where the consequence is neither a stop nor a frameshift.
  private func escapes(
    _ made: (contig: [UInt8], model: TranscriptModel), _ cache: AnnotationCache, at place: Int, _ count: Int,
    _ alternate: [UInt8]
  ) -> Bool? {
    let model = made.model
    let places = model.exons.flatMap { Array($0) }
    // Before which base of the contig the change begins; an insertion lies beside the base before it on the transcript.
    let start =
      model.isReverse
      ? places[places.count - place - max(count, 1)] + (count == 0 ? 1 : 0) : places[place]
    let variant = SmallVariant(
      position: start + 1, reference: Array(made.contig[start..<(start + count)]),
      alternate: model.isReverse ? alternate.reverseComplement : alternate)
    let transcript = cache.transcript(0)
    guard let effect = EffectFinder.find(variant, transcript, isNonsenseMediated: false),
      effect.consequences.contains(.stopGained) || effect.consequences.contains(.frameshift)
    else { return nil }
    return NonsenseMediatedDecay.isEscaped(effect, transcript)
  }

  private func cache(_ made: (contig: [UInt8], model: TranscriptModel)) throws -> HGVSCache {
    try HGVSCache(contigs: [("1", made.contig, nil)], models: [made.model])
  }

  /// 30 bases, ATG, 120 codons TAC, a stop, 60 bases.
  private var spliced: [UInt8] {
    Array((String(repeating: "C", count: 30) + "ATG" + String(repeating: "TAC", count: 120) + "TAA").utf8)
      + [UInt8](repeating: UInt8(ascii: "C"), count: 60)
  }

  @Test(arguments: [false, true], [230, 231, 232, 300])
  func everyNewStopIsHeldToItsOwnPlace(isReverse: Bool, junction: Int) throws {
    let made = model(
      spliced, lengths: [90, junction - 90, spliced.count - junction], coding: 30..<396, isReverse: isReverse)
    let kept = try cache(made)
    var borders: Set<Int> = []
    for codon in 1...120 {
      let stop = 30 + 3 * codon
      // TAC becomes TAA.
      let told = escapes(made, kept.cache, at: stop + 2, 1, [UInt8(ascii: "A")])
      #expect(told == (stop >= junction - 50 || stop - 30 < 100), "\(codon)")
      borders.insert(junction - stop)
    }
    // Stops stand at 50 and at 51 bases before one junction or another.
    #expect(borders.contains(junction == 230 ? 50 : junction == 231 ? 51 : junction == 232 ? 49 : 51))
  }

  @Test(arguments: [false, true]) func oneExonEscapes(isReverse: Bool) throws {
    let made = model(spliced, lengths: [spliced.count], coding: 30..<396, isReverse: isReverse)
    let kept = try cache(made)
    #expect(escapes(made, kept.cache, at: 32 + 3 * 60, 1, [UInt8(ascii: "A")]) == true)
    // So does one whose introns are a dozen bases: they stand for frameshifts of the assembly.
    let torn = model(spliced, lengths: [200, 256], coding: 30..<396, isReverse: isReverse, intron: 2)
    let tornCache = try cache(torn)
    #expect(escapes(torn, tornCache.cache, at: 32 + 3 * 40, 1, [UInt8(ascii: "A")]) == true)
  }

  @Test func openEndsTellLess() throws {
    // Without a known start nothing is near it, without a known end no exon is the last.
    for (flags, early, late) in [
      (TranscriptFlags.startIncomplete, false, true), (.endIncomplete, true, false), (.mitochondrial, false, false),
      (.internalStop, false, false),
    ] {
      let made = model(spliced, lengths: [200, 256], coding: 30..<396, isReverse: false, flags: flags)
      let kept = try cache(made)
      #expect(escapes(made, kept.cache, at: 32 + 3 * 10, 1, [UInt8(ascii: "A")]) == early)
      #expect(escapes(made, kept.cache, at: 32 + 3 * 80, 1, [UInt8(ascii: "A")]) == late)
    }
  }

  @Test(arguments: seeds(8)) func frameshiftsAreHeldToTheirFirstNewStop(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var told = [true: 0, false: 0]
    for _ in 0..<30 {
      let leader = random.int(5...20)
      var bases = Array((random.text("ACGT", leader) + "ATG").utf8)
      let codons = random.int(40...140)
      while bases.count < leader + 3 * codons {
        let codon = Array(random.text("ACGT", 3).utf8)
        if SyntheticGene.residue(codon[...]) != "*" { bases += codon }
      }
      bases += Array(("TAA" + random.text("ACGT", 40)).utf8)
      let coding = leader..<(leader + 3 * codons + 3)
      let first = random.int(20...(bases.count - 30))
      let lengths = random.oneIn(6) ? [bases.count] : [first, bases.count - first]
      let made = model(bases, lengths: lengths, coding: coding, isReverse: random.oneIn(2))
      let kept = try cache(made)
      let junction = lengths.count == 1 ? 0 : first
      for _ in 0..<40 {
        let place = random.int((leader + 3)...(coding.upperBound - 8))
        let count = random.int(0...2)
        // Within an exon, away from its ends.
        guard lengths.count == 1 || place + count + 3 < first || place > first + 3 else { continue }
        let alternate = count == 0 ? Array(random.text("ACGT", random.int(1...2)).utf8) : []
        guard let found = escapes(made, kept.cache, at: place, count, alternate) else { continue }
        var changed = bases
        changed.replaceSubrange(place..<(place + count), with: alternate)
        let difference = alternate.count - count
        var stop: Int?
        var cursor = leader
        while cursor + 3 <= changed.count, stop == nil {
          if SyntheticGene.residue(changed[cursor..<(cursor + 3)]) == "*" { stop = cursor }
          cursor += 3
        }
        let moved = junction == 0 ? 0 : junction + (place < junction ? difference : 0)
        let expected =
          stop.map { stop in
            stop < coding.upperBound - 3 + difference
              && (moved == 0 || stop >= moved - 50 || stop - leader < 100)
          } ?? false
        #expect(found == expected, "\(place) \(count) \(alternate) \(lengths) \(made.model.isReverse)")
        told[found, default: 0] += 1
      }
    }
    #expect(told.values.allSatisfy { $0 > 20 })
  }
}
