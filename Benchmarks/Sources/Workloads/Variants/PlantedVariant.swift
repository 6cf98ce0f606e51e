/// A variant that the truth file names, with what an analysis should find.
public struct PlantedVariant: Sendable {
  /// Why it is there.
  public enum Kind: String, Sendable {
    case deNovo = "de_novo"
    case compoundMaternal = "compound_heterozygous_maternal"
    case compoundPaternal = "compound_heterozygous_paternal"
    case homozygous = "homozygous_recessive"
    case xLinked = "x_linked"
  }

  /// Why it is there.
  public var kind: Kind
  /// The gene's name.
  public var gene: String
  /// The transcript's identifier.
  public var transcript: String
  /// A Sequence Ontology term.
  public var consequence: String
  /// 1-based number of the amino acid.
  public var residue: Int
  /// Where, and who has it.
  public var site: Site
}

extension PlantedVariant {
  /// Chooses the trio's planted variants: one de novo, two that make a compound heterozygote, one recessive with both
  /// parents heterozygous, and, where X has a coding gene and the child is a boy, one from a carrier mother.
  static func choose(
    genome: Genome, genes: [Gene], childSex: Sex, seed: UInt64
  ) throws(WorkloadError) -> [PlantedVariant] {
    var random = SeededGenerator(seed: seed, stream: "planted")
    let coding = genes.filter { $0.isCoding && genome.contigs[$0.contig].inheritance == .autosome }
    guard coding.count >= 3 else {
      throw WorkloadError("a trio needs 3 coding genes on autosomes, there are \(coding.count); enlarge the genome")
    }
    // Spread out, so that a region of interest does not hold them all.
    let (first, second, third) = (coding[0], coding[coding.count / 2], coding[coding.count - 1])
    var planted = [
      try stopGained(.deNovo, first, genome, part: 0.2..<0.6, &random) {
        $0[.mother] = (0, 0)
        $0[.father] = (0, 0)
        $0[.child] = (1, 0)
      },
      try frameshift(.compoundMaternal, second, genome, part: 0.1..<0.45, &random) {
        $0[.mother] = (0, 1)
        $0[.father] = (0, 0)
        $0[.child] = (0, 1)
      },
      try stopGained(.compoundPaternal, second, genome, part: 0.55..<0.85, &random) {
        $0[.mother] = (0, 0)
        $0[.father] = (1, 0)
        $0[.child] = (1, 0)
      },
      try missense(.homozygous, third, genome, part: 0.2..<0.8, &random) {
        $0[.mother] = (1, 0)
        $0[.father] = (0, 1)
        $0[.child] = (1, 1)
      },
    ]
    let onX = genes.first { $0.isCoding && genome.contigs[$0.contig].inheritance == .x }
    if childSex == .male, let onX {
      planted.append(
        try stopGained(.xLinked, onX, genome, part: 0.2..<0.7, &random) {
          $0[.mother] = (0, 1)
          $0[.father] = (0, FamilyAlleles.absent)
          $0[.child] = (1, FamilyAlleles.absent)
        })
    }
    return planted
  }

  private static func stopGained(
    _ kind: Kind, _ gene: Gene, _ genome: Genome, part: Range<Double>, _ random: inout SeededGenerator,
    _ give: (inout FamilyAlleles) -> Void
  ) throws(WorkloadError) -> PlantedVariant {
    try substitution(kind, gene, genome, part: part, "stop_gained", &random, give) { old, new in
      old != 42 && new == 42
    }
  }

  private static func missense(
    _ kind: Kind, _ gene: Gene, _ genome: Genome, part: Range<Double>, _ random: inout SeededGenerator,
    _ give: (inout FamilyAlleles) -> Void
  ) throws(WorkloadError) -> PlantedVariant {
    try substitution(kind, gene, genome, part: part, "missense_variant", &random, give) { old, new in
      old != 42 && new != 42 && old != new
    }
  }

  /// A substitution in the given part (0 ..< 1) of the coding sequence whose amino acids satisfy `wanted`.
  private static func substitution(
    _ kind: Kind, _ gene: Gene, _ genome: Genome, part: Range<Double>, _ consequence: String,
    _ random: inout SeededGenerator, _ give: (inout FamilyAlleles) -> Void, _ wanted: (UInt8, UInt8) -> Bool
  ) throws(WorkloadError) -> PlantedVariant {
    let transcript = gene.transcripts[0]
    let positions = gene.codingPositions(transcript)
    let sequence = gene.codingSequence(transcript, in: genome)
    var choices: [(offset: Int, base: UInt8)] = []
    for offset in offsets(positions, part) where isInsideExon(positions[offset], of: transcript) {
      let start = offset / 3 * 3
      var codon = Array(sequence[start..<start + 3])
      let old = DNA.translate(codon)[0]
      for base in DNA.letters where base != sequence[offset] {
        codon[offset - start] = base
        if wanted(old, DNA.translate(codon)[0]) { choices.append((offset, base)) }
      }
    }
    guard !choices.isEmpty else { throw WorkloadError("\(gene.name): no place for a \(consequence)") }
    let choice = choices[random.below(choices.count)]
    let position = positions[choice.offset]
    let alternate = gene.strand == .forward ? choice.base : DNA.complement(choice.base)
    var site = Site(
      contig: gene.contig, position: position, reference: [genome.contigs[gene.contig].base(position)],
      alternates: [[alternate]], footprint: position..<position + 1)
    give(&site.alleles)
    return PlantedVariant(
      kind: kind, gene: gene.name, transcript: transcript.identifier, consequence: consequence,
      residue: choice.offset / 3 + 1, site: site)
  }

  /// A deletion of one base that has only one spelling.
  private static func frameshift(
    _ kind: Kind, _ gene: Gene, _ genome: Genome, part: Range<Double>, _ random: inout SeededGenerator,
    _ give: (inout FamilyAlleles) -> Void
  ) throws(WorkloadError) -> PlantedVariant {
    let transcript = gene.transcripts[0]
    let positions = gene.codingPositions(transcript)
    let contig = genome.contigs[gene.contig]
    let choices = offsets(positions, part).filter { offset in
      let position = positions[offset]
      return isInsideExon(position, of: transcript) && contig.base(position) != contig.base(position - 1)
        && contig.base(position) != contig.base(position + 1)
    }
    guard !choices.isEmpty else { throw WorkloadError("\(gene.name): no place for a frameshift") }
    let offset = choices[random.below(choices.count)]
    let position = positions[offset]
    var site = Site(
      contig: gene.contig, position: position - 1, reference: [contig.base(position - 1), contig.base(position)],
      alternates: [[contig.base(position - 1)]], footprint: position - 1..<position + 2)
    give(&site.alleles)
    return PlantedVariant(
      kind: kind, gene: gene.name, transcript: transcript.identifier, consequence: "frameshift_variant",
      residue: offset / 3 + 1, site: site)
  }

  private static func offsets(_ positions: [Int], _ part: Range<Double>) -> Range<Int> {
    max(3, Int(Double(positions.count) * part.lowerBound))..<Int(Double(positions.count) * part.upperBound)
  }

  /// At least ten bases from both ends of its exon, so that splice regions have no say.
  private static func isInsideExon(_ position: Int, of transcript: Transcript) -> Bool {
    transcript.codingExons.contains { $0.lowerBound + 10 <= position && position < $0.upperBound - 10 }
  }
}
