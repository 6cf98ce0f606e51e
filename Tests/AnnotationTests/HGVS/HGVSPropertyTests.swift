import TestSupport
import Testing

/// Random alleles on random transcripts: what the names say is applied by an independent reading.
@Suite struct HGVSPropertyTests {
  private struct Allele {
    var position: Int
    var reference: [UInt8]
    var alternate: [UInt8]

    func applied(to genome: [UInt8]) -> [UInt8] {
      var changed = genome
      changed.replaceSubrange((position - 1)..<(position - 1 + reference.count), with: alternate)
      return changed
    }
  }

  private struct Tally {
    var genomic = 0
    var coding = 0
    var protein = 0
    var spellings = 0
  }

  @Test func namesSayWhatTheAlleleDoes() async throws {
    var random = SplitMix64()
    var tally = Tally()
    for round in 0..<12 {
      let genes = (0..<40).map { HGVSGene("g\(round)x\($0)", &random) }
      let cache = try await HGVSCache(genes)
      for gene in genes {
        for _ in 0..<60 {
          guard let allele = Self.allele(gene, &random) else { continue }
          try check(allele, gene, cache, &random, &tally)
        }
      }
    }
    print(
      "HGVS properties: \(tally.genomic) g. names, \(tally.coding) c. and n. names, \(tally.protein) p. names, \(tally.spellings) other spellings"
    )
    #expect(tally.coding > 10_000)
    #expect(tally.protein > 3_000)
    #expect(tally.spellings > 5_000)
  }

  private static func allele(_ gene: HGVSGene, _ random: inout SplitMix64) -> Allele? {
    let genome = gene.genome
    let start = random.int(1...(genome.count - 40))
    let length = random.int(1...9)
    let stretch = Array(genome[start..<(start + length)])
    var (reference, alternate) = (stretch, [UInt8]())
    switch random.int(0...7) {
    case 0, 1:
      reference = [stretch[0]]
      alternate = random.letters(1, of: "ACGT")
    case 2, 3: alternate = []
    case 4: (reference, alternate) = ([], random.letters(length, of: "ACGT"))
    case 5: (reference, alternate) = ([], Array(genome[(start - min(start, length))..<start]))
    case 6: alternate = stretch.reversed().map(SyntheticGene.opposite)
    default: alternate = random.letters(random.int(1...7), of: "ACGT")
    }
    guard reference != alternate, !(reference.isEmpty && alternate.isEmpty) else { return nil }
    return Allele(position: start + 1, reference: reference, alternate: alternate)
  }

  private func check(
    _ allele: Allele, _ gene: HGVSGene, _ cache: HGVSCache, _ random: inout SplitMix64, _ tally: inout Tally
  ) throws {
    let changed = allele.applied(to: gene.genome)
    guard changed != gene.genome else { return }
    let spelling = Self.spelling(allele, gene.genome, changed, &random)
    let names = try #require(Self.names(spelling, gene, cache))
    let context =
      "\(names) \(spelling.position) \(String(decoding: spelling.reference, as: UTF8.self))>"
      + "\(String(decoding: spelling.alternate, as: UTF8.self)) \(gene.exons) \(gene.isReverse) \(String(describing: gene.coding))"

    let genomic = try #require(HGVSReading(names.genomic), "\(context)")
    #expect(genomic.sequence == gene.name && genomic.type == "g", "\(context)")
    #expect(
      genomic.applied(to: gene.genome, isReverse: false) { $0.number - 1 } == changed, "\(context)")
    tally.genomic += 1

    for _ in 0..<2 {
      let other = Self.spelling(allele, gene.genome, changed, &random)
      #expect(Self.names(other, gene, cache) == names, "\(context) and \(other)")
      tally.spellings += 1
    }
    HGVSMostThreePrime.check(genomic: genomic, gene, changed, context)

    guard !names.coding.isEmpty else {
      #expect(names.protein.isEmpty, "\(context)")
      // Only what reaches out of the transcript has no name.
      let span = gene.exons[0].lowerBound..<gene.exons[gene.exons.count - 1].upperBound
      let (start, end) = (allele.position - 1, allele.position - 1 + allele.reference.count)
      // What slides may be spelled inside and told outside.
      let isInside =
        start > span.lowerBound && end < span.upperBound && !(allele.reference.isEmpty || allele.alternate.isEmpty)
      #expect(!isInside, "\(context)")
      return
    }
    let coding = try #require(HGVSReading(names.coding), "\(context)")
    #expect(coding.sequence == "T\(gene.name).3" && coding.type == (gene.coding == nil ? "n" : "c"), "\(context)")
    #expect(
      coding.applied(to: gene.genome, isReverse: gene.isReverse) { HGVSReading.position($0, gene) } == changed,
      "\(context)")
    HGVSMostThreePrime.check(coding: coding, near: allele.position, gene, changed, context)
    tally.coding += 1
    if gene.coding != nil { try checkProtein(names.protein, coding, gene, context, &tally) }
  }

  private static func names(_ allele: Allele, _ gene: HGVSGene, _ cache: HGVSCache) -> HGVSNames? {
    var names = cache.names(
      gene.name, allele.position, String(decoding: allele.reference, as: UTF8.self),
      String(decoding: allele.alternate, as: UTF8.self))
    names?.offset = nil
    return names
  }

  /// The same allele at another place that tells it, with more bases beside it than it needs, in either case.
  private static func spelling(
    _ allele: Allele, _ genome: [UInt8], _ changed: [UInt8], _ random: inout SplitMix64
  ) -> Allele {
    var start = allele.position - 1
    var alternate = allele.alternate
    let length = allele.reference.count
    if allele.reference.isEmpty || alternate.isEmpty {
      // Every place nearby is tried.
      var places: [(Int, [UInt8])] = []
      for place in max(0, start - 40)...min(genome.count - length, start + 40) {
        let inserted = length == 0 ? Array(changed[place..<(place + alternate.count)]) : []
        let other = Allele(position: place + 1, reference: Array(genome[place..<(place + length)]), alternate: inserted)
        if other.applied(to: genome) == changed { places.append((place, inserted)) }
      }
      (start, alternate) = random.pick(places)
    }
    let left = min(start, random.int(0...4))
    var right = random.int(0...4)
    if left == 0, length == 0 || alternate.isEmpty { right = max(1, right) }
    right = min(right, genome.count - start - length)
    let before = Array(genome[(start - left)..<start])
    let behind = Array(genome[(start + length)..<(start + length + right)])
    var spelled = Allele(
      position: start - left + 1, reference: before + genome[start..<(start + length)] + behind,
      alternate: before + alternate + behind)
    if random.chance(0.2) { spelled.alternate = spelled.alternate.map { $0 | 0x20 } }
    return spelled
  }

  private func checkProtein(
    _ name: String, _ coding: HGVSReading, _ gene: HGVSGene, _ context: String, _ tally: inout Tally
  ) throws {
    guard let cds = gene.coding, let first = HGVSReading.transcriptPlace(coding.start, gene),
      let last = HGVSReading.transcriptPlace(coding.end, gene)
    else { return }
    let text = name.isEmpty ? "" : String(name.dropFirst("P\(gene.name).2:p.".count))
    if coding.start.offset != 0 || coding.end.offset != 0 || !Self.isOneExon(first, last, coding, gene) {
      #expect(text.isEmpty || text == "?", "\(context)")
      let touchesSite = [coding.start, coding.end].contains { abs($0.offset) == 1 || abs($0.offset) == 2 }
      if text == "?" {
        #expect(touchesSite || first != last || coding.start.offset == 0 || coding.end.offset == 0, "\(context)")
      }
      if coding.start == coding.end, touchesSite, cds.contains(first) { #expect(text == "?", "\(context)") }
      return
    }
    let transcript = gene.transcript
    // On the transcript itself the name is told in its own direction.
    let altered = try #require(
      coding.applied(to: transcript, isReverse: false) { HGVSReading.transcriptPlace($0, gene) }, "\(context)")
    let reference = HGVSGene.protein(transcript, from: cds.lowerBound)
    #expect(reference.last == "*" && reference.count * 3 == cds.count)
    let isPutIn = { if case .insertion = coding.change { true } else { coding.change == .duplication } }()
    let (from, to) =
      coding.change == .duplication ? (last + 1, last + 1) : isPutIn ? (last, last) : (first, last + 1)
    let touches =
      isPutIn ? cds.lowerBound < from && from < cds.upperBound : from < cds.upperBound && to > cds.lowerBound
    guard touches else {
      #expect(text.isEmpty, "\(context)")
      return
    }
    tally.protein += 1
    let difference = altered.count - transcript.count
    let start = cds.lowerBound + 3
    if from < start, text == "Met1?" || text == "(Met1%3D)" {
      let moved = cds.lowerBound + difference
      let isKept = to <= start && moved >= 0 && altered[moved...].elementsEqual(transcript[cds.lowerBound...])
      #expect(isKept == (text == "(Met1%3D)"), "\(context)")
      if text == "Met1?", difference == 0 || from >= cds.lowerBound {
        #expect(!altered.dropFirst(cds.lowerBound).starts(with: "ATG".utf8), "\(context)")
      }
      return
    }
    let protein = HGVSGene.protein(altered, from: cds.lowerBound)
    let outcome = try #require(HGVSProteinReading.outcome(text, reference), "\(context)")
    switch outcome {
    case .protein(let expected): #expect(expected == protein, "\(context)")
    case .begins(let beginning, let count):
      #expect(protein.starts(with: beginning), "\(context)")
      #expect(count == (protein.last == "*" ? protein.count : nil), "\(context)")
    case .unknown:
      // The transcript ends before a codon differs.
      #expect(protein.last != "*" && reference.starts(with: protein), "\(context)")
    case .startUnknown: Issue.record("\(context): nothing is told of a coding change")
    }
    HGVSMostThreePrime.check(protein: text, reference, context)
  }

  /// Whether both named places lie in one exon, and the bases put in are not put between two.
  private static func isOneExon(_ first: Int, _ last: Int, _ name: HGVSReading, _ gene: HGVSGene) -> Bool {
    let places = gene.places
    return gene.exons.contains { $0.contains(places[first]) && $0.contains(places[last]) }
  }
}
