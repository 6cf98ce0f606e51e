extension Genome {
  /// Makes a genome: about 41 % GC with slow variation and few CpG, interspersed repeat copies with divergence (lower
  /// case, about two fifths of the bases), tandem repeats, N at both ends and in one gap.
  public static func synthesise(seed: UInt64, contigs: [ContigSpecification]) -> Genome {
    var families = SeededGenerator(seed: seed, stream: "genome.repeats")
    // Alu-like, L1-like, DNA-transposon-like and LTR-like consensus sequences, shared by all contigs.
    let consensus = [300, 300, 2400, 220, 700].map { length in
      (0..<length).map { _ in families.repeatBase() }
    }
    return Genome(
      contigs: contigs.enumerated().map { index, specification in
        var random = SeededGenerator(seed: seed, stream: "genome.contig", index: UInt64(index))
        var bases = background(length: specification.length, &random)
        let mitochondrial = Inheritance.of(contig: specification.name) == .mitochondrial
        if !mitochondrial {
          plantInterspersedRepeats(in: &bases, consensus: consensus, &random)
        }
        plantTandemRepeats(in: &bases, spacing: mitochondrial ? 8000 : 900, &random)
        if !mitochondrial { maskUnknown(in: &bases, &random) }
        return Contig(name: specification.name, bases: bases)
      })
  }

  private static func background(length: Int, _ random: inout SeededGenerator) -> [UInt8] {
    var gc = 0.41
    var last: UInt8 = 0
    return [UInt8](unsafeUninitializedCapacity: length) { bases, count in
      var position = 0
      while position < length {
        // Isochores: a bounded walk in steps of 4 kb.
        gc = min(0.55, max(0.33, gc + 0.1 * (0.41 - gc) + 0.02 * random.normal()))
        let half = UInt64(gc * 32768)
        let end = min(length, position + 4096)
        while position < end {
          var r = random.next()
          for _ in 0..<min(4, end - position) {
            let draw = r & 0xffff
            r >>= 16
            var base: UInt8 =
              draw < half ? 67 : draw < 2 * half ? 71 : draw & 1 == 0 ? 65 : 84
            // CpG is depleted five-fold in vertebrates.
            if last == 67, base == 71, draw % 5 != 0 { base = 65 }
            bases[position] = base
            last = base
            position += 1
          }
        }
      }
      count = length
    }
  }

  private static func plantInterspersedRepeats(
    in bases: inout [UInt8], consensus: [[UInt8]], _ random: inout SeededGenerator
  ) {
    var position = 0
    while true {
      position += 1 + Int(random.exponential(mean: 900))
      let family = consensus[random.below(consensus.count)]
      // Most copies are fragments; L1 copies lack their 5' part.
      let length = max(60, min(family.count, Int(Double(family.count) * (0.15 + 1.1 * random.unit()))))
      guard position + length < bases.count else { return }
      let copy = Array(family.suffix(length))
      let oriented = random.chance(0.5) ? copy : DNA.reverseComplement(copy)
      let divergence = 0.02 + 0.18 * random.unit()
      for (i, base) in oriented.enumerated() {
        bases[position + i] = (random.chance(divergence) ? random.repeatBase() : base) | 0x20
      }
      position += length
    }
  }

  /// Homopolymers and di-, tri- and tetranucleotide repeats: where indels shift.
  private static func plantTandemRepeats(in bases: inout [UInt8], spacing: Double, _ random: inout SeededGenerator) {
    var position = 0
    while true {
      position += 1 + Int(random.exponential(mean: spacing))
      let unitLength = [1, 1, 1, 2, 2, 3, 4, 4][random.below(8)]
      let copies = unitLength == 1 ? random.within(7...22) : random.within(4...(30 / unitLength + 3))
      guard position + unitLength * copies < bases.count else { return }
      let unit = (0..<unitLength).map { _ in random.base() }
      for i in 0..<unitLength * copies {
        bases[position + i] = unit[i % unitLength] | 0x20
      }
      position += unitLength * copies
    }
  }

  /// Telomeres and one gap.
  private static func maskUnknown(in bases: inout [UInt8], _ random: inout SeededGenerator) {
    let end = min(10_000, bases.count / 100)
    let gap = min(50_000, bases.count / 200)
    let middle = bases.count / 2 + random.below(bases.count / 10)
    for range in [0..<end, middle..<middle + gap, bases.count - end..<bases.count] {
      for i in range { bases[i] = DNA.n }
    }
  }
}

extension SeededGenerator {
  /// A base at 42 % GC, as in most repeats of the human genome.
  fileprivate mutating func repeatBase() -> UInt8 {
    let draw = next() >> 32
    let half: UInt64 = 0x35c2_8f5c  // 0.21 · 2^32
    return draw < half ? 67 : draw < 2 * half ? 71 : draw & 1 == 0 ? 65 : 84
  }
}
