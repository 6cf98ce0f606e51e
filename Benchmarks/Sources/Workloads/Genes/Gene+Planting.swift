extension Gene {
  /// Plants genes into the genome, one to a slot of `spacing` bases, on both strands in turn; every fifth is
  /// non-coding, some have a second transcript. Each coding sequence begins with ATG, ends with its only stop, and each intron is GT…AG.
  ///
  /// A slot without room (N, or a contig's end) stays empty, as do mitochondrial contigs.
  public static func plant(in genome: inout Genome, seed: UInt64, spacing: Int) -> [Gene] {
    var genes: [Gene] = []
    for index in genome.contigs.indices where genome.contigs[index].inheritance != .mitochondrial {
      var random = SeededGenerator(seed: seed, stream: "genes", index: UInt64(index))
      for run in genome.contigs[index].known {
        for slot in stride(from: run.lowerBound, to: run.upperBound, by: spacing) {
          let end = min(slot + spacing, run.upperBound) - spacing / 10
          guard end - slot - spacing / 10 >= 1200 else { continue }
          let room = slot + spacing / 10..<end
          let number = genes.count + 1
          var gene = plant(
            number: number, contig: index, room: room, coding: number % 5 != 0,
            strand: number % 2 == 1 ? .forward : .reverse, in: &genome.contigs[index].bases, &random)
          if let shorter = gene.exonSkipped(in: genome, number: number) { gene.transcripts.append(shorter) }
          genes.append(gene)
        }
      }
    }
    return genes
  }

  /// A second transcript without one inner coding exon, where the rest still translates.
  private func exonSkipped(in genome: Genome, number: Int) -> Transcript? {
    let whole = transcripts[0]
    guard let coding = whole.coding, whole.exons.count > 3 else { return nil }
    for skipped in 1..<whole.exons.count - 1 {
      let exon = whole.exons[skipped]
      guard exon.count % 3 == 0, coding.lowerBound < exon.lowerBound, exon.upperBound < coding.upperBound else {
        continue
      }
      var shorter = Transcript(
        identifier: Self.identifier("SYNT", number * 10 + 1), exons: whole.exons, coding: whole.coding)
      shorter.exons.remove(at: skipped)
      let protein = DNA.translate(codingSequence(shorter, in: genome))
      if protein.first == 77, protein.last == 42, !protein.dropLast().contains(42) { return shorter }
    }
    return nil
  }

  private static func plant(
    number: Int, contig: Int, room: Range<Int>, coding: Bool, strand: Strand, in bases: inout [UInt8],
    _ random: inout SeededGenerator
  ) -> Gene {
    // Spliced length: a quarter of the room at most, so that introns get the rest.
    let codons = min(random.within(90...520), room.count / 14)
    let upstream = random.within(25...130)
    let downstream = random.within(40...260)
    let body = coding ? codingSequence(codons: codons, &random) : (0..<codons * 3).map { _ in random.base() }
    let spliced = (0..<upstream).map { _ in random.base() } + body + (0..<downstream).map { _ in random.base() }

    let introns = max(1, min(random.within(2...9), spliced.count / 110, (room.count - spliced.count) / 120))
    let exonLengths = split(spliced.count, into: introns + 1, minimum: 35, &random)
    let intronTotal = min(room.count - spliced.count, introns * 6000)
    let intronLengths = split(
      introns * 80 + random.below(max(1, intronTotal - introns * 80)), into: introns, minimum: 72, &random)

    // Laid out in the order of transcription, from 0; then placed on the contig.
    let total = spliced.count + intronLengths.reduce(0, +)
    let start = room.lowerBound + random.below(max(1, room.count - total))
    func onContig(_ range: Range<Int>) -> Range<Int> {
      strand == .forward
        ? start + range.lowerBound..<start + range.upperBound
        : start + total - range.upperBound..<start + total - range.lowerBound
    }
    func set(_ offset: Int, _ base: UInt8) {
      if strand == .forward {
        bases[start + offset] = base
      } else {
        bases[start + total - 1 - offset] = DNA.complement(base)
      }
    }

    var exons: [Range<Int>] = []
    var codingStart = 0
    var codingEnd = 0
    var offset = 0
    var taken = 0
    for i in exonLengths.indices {
      for j in 0..<exonLengths[i] {
        set(offset + j, spliced[taken + j])
        // Offsets of the first and of the last coding base.
        if taken + j == upstream { codingStart = offset + j }
        if taken + j == upstream + body.count - 1 { codingEnd = offset + j + 1 }
      }
      exons.append(onContig(offset..<offset + exonLengths[i]))
      taken += exonLengths[i]
      offset += exonLengths[i]
      guard i < intronLengths.count else { break }
      plantSpliceSites(from: offset, length: intronLengths[i], set, &random)
      offset += intronLengths[i]
    }
    if strand == .reverse { exons.reverse() }
    let codingRange = coding ? onContig(codingStart..<codingEnd) : nil
    let transcript = Transcript(identifier: identifier("SYNT", number * 10), exons: exons, coding: codingRange)
    return Gene(
      name: "SYN\(number)", identifier: identifier("SYNG", number), contig: contig, strand: strand,
      transcripts: [transcript])
  }

  /// Six digits: a run of ten could be taken for an NHS number.
  private static func identifier(_ prefix: String, _ number: Int) -> String {
    let digits = String(number)
    return prefix + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  /// GTRAGT at the donor; a pyrimidine tract and CAG at the acceptor.
  private static func plantSpliceSites(
    from offset: Int, length: Int, _ set: (Int, UInt8) -> Void, _ random: inout SeededGenerator
  ) {
    for (i, base) in "GTAAGT".utf8.enumerated() { set(offset + i, base) }
    for i in 4..<16 { set(offset + length - 1 - i, random.chance(0.5) ? 67 : 84) }
    for (i, base) in "NCAG".utf8.enumerated() {
      set(offset + length - 4 + i, base == DNA.n ? random.base() : base)
    }
  }

  private static func codingSequence(codons: Int, _ random: inout SeededGenerator) -> [UInt8] {
    var sequence = Array("ATG".utf8)
    while sequence.count < 3 * (codons - 1) {
      let codon = [random.base(), random.base(), random.base()]
      if DNA.translate(codon) != [42] { sequence += codon }
    }
    return sequence + [Array("TAA".utf8), Array("TAG".utf8), Array("TGA".utf8)][random.below(3)]
  }

  /// Cuts `total` into `parts` of at least `minimum` (where it can).
  private static func split(
    _ total: Int, into parts: Int, minimum: Int, _ random: inout SeededGenerator
  ) -> [Int] {
    let spare = max(0, total - parts * minimum)
    var cuts = (1..<max(parts, 1)).map { _ in random.below(spare + 1) }
    cuts.sort()
    let bounds = [0] + cuts + [spare]
    var lengths = (0..<parts).map { bounds[$0 + 1] - bounds[$0] + minimum }
    lengths[parts - 1] += total - lengths.reduce(0, +)
    return lengths
  }
}
