import TestSupport
import Testing

/// Random alleles on transcripts whose CDS begins or ends within the protein.
@Suite struct HGVSIncompleteTests {
  /// A gene whose CDS is open at one end at least.
  private func gene(_ name: String, _ random: inout SplitMix64) -> HGVSGene? {
    var gene = HGVSGene(name, &random)
    guard let whole = gene.coding else { return nil }
    let bases = gene.transcript
    // Of a CDS without stops any part has none.
    let start = random.chance(0.5) ? random.int(whole.lowerBound...(whole.lowerBound + 6)) : whole.lowerBound
    if start > whole.lowerBound {
      gene.tags.append("cds_start_NF")
      gene.phase = (3 - (start - whole.lowerBound) % 3) % 3
    }
    var end = whole.upperBound
    if start == whole.lowerBound || random.chance(0.5) {
      gene.tags.append("cds_end_NF")
      end -= random.int(1...5)
    }
    // The transcript begins or ends where its CDS does.
    let kept = (start > whole.lowerBound ? start : 0)..<(end < whole.upperBound ? end : bases.count)
    let places = Set(gene.places[kept])
    gene.exons = gene.exons.compactMap { exon in
      let inside = exon.filter { places.contains($0) }
      guard let low = inside.min(), let high = inside.max() else { return nil }
      return low..<(high + 1)
    }
    gene.coding = (start - kept.lowerBound)..<(end - kept.lowerBound)
    return gene.coding?.count ?? 0 > 9 ? gene : nil
  }

  /// Residues, with `X` for a first codon that lacks bases, to the first stop or the end of what is given.
  private func protein(_ bases: [UInt8], from start: Int, phase: Int) -> [Character] {
    (phase == 0 ? [] : ["X"]) + HGVSGene.protein(bases, from: start + phase)
  }

  @Test func namesSayWhatIsKnown() async throws {
    var random = SplitMix64()
    var named = 0
    for round in 0..<8 {
      let genes = (0..<40).compactMap { gene("i\(round)x\($0)", &random) }
      let cache = try await HGVSCache(genes)
      for gene in genes {
        guard let coding = gene.coding else { continue }
        let transcript = gene.transcript
        let reference = protein(Array(transcript[..<coding.upperBound]), from: coding.lowerBound, phase: gene.phase)
        for _ in 0..<60 {
          let place = random.int(1...(gene.genome.count - 12))
          let length = random.int(0...6)
          let alternate = random.letters(length == 0 ? random.int(1...6) : random.int(0...6), of: "ACGT")
          let anchor = gene.genome[place - 1]
          let names = cache.names(
            gene.name, place, String(decoding: [anchor] + gene.genome[place..<(place + length)], as: UTF8.self),
            String(decoding: [anchor] + alternate, as: UTF8.self))
          guard let names, !names.coding.isEmpty else { continue }
          let context = "\(names) \(gene.exons) \(gene.isReverse) \(coding) \(gene.phase) \(gene.tags)"
          var changed = gene.genome
          changed.replaceSubrange(place..<(place + length), with: alternate)
          let name = try #require(HGVSReading(names.coding), "\(context)")
          #expect(
            name.applied(to: gene.genome, isReverse: gene.isReverse) { HGVSReading.position($0, gene) } == changed,
            "\(context)")
          guard !names.protein.isEmpty, name.start.offset == 0, name.end.offset == 0 else { continue }
          let text = String(names.protein.dropFirst("P\(gene.name).2:p.".count))
          if text == "Met1?" {
            #expect(!gene.tags.contains("cds_start_NF"), "\(context)")
            continue
          }
          guard text.hasPrefix("("), text != "(Met1%3D)" else { continue }
          let altered = try #require(
            name.applied(to: transcript, isReverse: false) { HGVSReading.transcriptPlace($0, gene) }, "\(context)")
          // What is open at its end ends with the transcript.
          let whole = protein(altered, from: coding.lowerBound, phase: gene.phase)
          let outcome = try #require(HGVSProteinReading.outcome(text, reference), "\(context)")
          named += 1
          switch outcome {
          case .protein(let expected): #expect(expected == whole, "\(context)")
          case .begins(let beginning, let count):
            #expect(whole.starts(with: beginning), "\(context)")
            #expect(count == (whole.last == "*" ? whole.count : nil), "\(context)")
          case .startUnknown, .unknown: Issue.record("\(context)")
          }
        }
      }
    }
    print("HGVS of incomplete CDS: \(named) p. names")
    #expect(named > 500)
  }
}
