/// WGS-like records for benchmarks, with or without a genome: as many as asked for, in constant memory.
public struct VariantStream: Sendable {
  /// Lengths of GRCh38's chromosomes.
  public static let humanContigs: [ContigSpecification] = [
    ("chr1", 248_956_422), ("chr2", 242_193_529), ("chr3", 198_295_559), ("chr4", 190_214_555),
    ("chr5", 181_538_259), ("chr6", 170_805_979), ("chr7", 159_345_973), ("chr8", 145_138_636),
    ("chr9", 138_394_717), ("chr10", 133_797_422), ("chr11", 135_086_622), ("chr12", 133_275_309),
    ("chr13", 114_364_328), ("chr14", 107_043_718), ("chr15", 101_991_189), ("chr16", 90_338_345),
    ("chr17", 83_257_441), ("chr18", 80_373_285), ("chr19", 58_617_616), ("chr20", 64_444_167),
    ("chr21", 46_709_983), ("chr22", 50_818_468), ("chrX", 156_040_895), ("chrY", 57_227_415), ("chrM", 16_569),
  ].map { ContigSpecification(name: $0.0, length: $0.1) }

  /// Header contigs; records fall on all of them but Y and MT.
  public var contigs = VariantStream.humanContigs
  /// How many records.
  public var records: Int
  /// Sample names; each gets a genotype in every record.
  public var samples: [String]
  /// The seed of everything.
  public var seed: UInt64
  /// Where REF comes from, without its N; nil for bases at random.
  public var genome: Genome?

  /// A stream of `records` for `samples`; with a genome, on its contigs.
  public init(records: Int, samples: [String], seed: UInt64, genome: Genome? = nil) {
    self.records = records
    self.samples = samples
    self.seed = seed
    self.genome = genome
    if let genome {
      contigs = genome.contigs.map { ContigSpecification(name: $0.name, length: $0.bases.count) }
    }
  }

  /// Writes the records; `.vcf.gz` gets its `.tbi`.
  public func write(to path: String, _ compression: Compression = Compression()) throws(WorkloadError) {
    let file = try OutputFile(path, compression)
    try file.write(VariantText.header(contigs: contigs, samples: samples))
    var random = SeededGenerator(seed: seed, stream: "variant-stream")
    var writer = VariantText(
      random: SeededGenerator(seed: seed, stream: "variant-stream.text"), meanDepth: 32, phased: false)
    let used = contigs.filter {
      let inheritance = Inheritance.of(contig: $0.name)
      return inheritance == .autosome || inheritance == .x
    }
    let total = used.reduce(0) { $0 + $1.length }
    var covered = 0
    var written = 0
    var genotypes: [VariantText.Genotype] = []
    for contig in used {
      let name = Array(contig.name.utf8)
      covered += contig.length
      let until = Int(Double(records) * (Double(covered) / Double(total)))
      let count = (contig.name == used[used.count - 1].name ? records : until) - written
      guard count > 0 else { continue }
      let step = contig.length / (count + 1)
      let bases = genome?.contigs.first { $0.name == contig.name }
      guard step >= 40 else { throw WorkloadError("\(records) records do not fit; ask for fewer") }
      for i in 0..<count {
        // Alleles stay well inside the step, so records ascend and never overlap.
        let position = (i + 1) * step + random.below(step - 30)
        if let bases, bases.base(position) == DNA.n { continue }
        let (reference, alternates) = Self.alleles(&random, bases.map { ($0, position) })
        genotypes.removeAll(keepingCapacity: true)
        for _ in samples { genotypes.append(Self.genotype(alternates: alternates.count, &random)) }
        if !genotypes.contains(where: { $0.0 != 0 || $0.1 != 0 }) { genotypes[0] = (0, 1) }
        writer.append(
          contig: name, position: position, reference: reference, alternates: alternates, genotypes: genotypes)
        if writer.text.count > 1 << 20 {
          try file.write(writer.text)
          writer.text.removeAll(keepingCapacity: true)
        }
      }
      written += count
    }
    try file.write(writer.text)
    try file.close()
    try indexVCF(path, compression)
  }

  private static func alleles(
    _ random: inout SeededGenerator, _ place: (contig: Contig, position: Int)?
  ) -> ([UInt8], [[UInt8]]) {
    let drawn = random.base()
    let reference = place.map { $0.contig.base($0.position) } ?? drawn
    let kind = random.unit()
    if kind < 0.125 {
      let length = min(24, 1 + Int(random.exponential(mean: 2.5)))
      var longer = [reference]
      for _ in 0..<length { longer.append(random.base()) }
      guard random.chance(0.5) else { return ([reference], [longer]) }
      if let place { longer = (0...length).map { place.contig.base(place.position + $0) } }
      return (longer, [[reference]])
    }
    let transition = DNA.transition(reference)
    let purine = reference == 65 || reference == 71
    let transversion: UInt8 = random.chance(0.5) ? (purine ? 67 : 65) : (purine ? 84 : 71)
    if kind < 0.135 { return ([reference], [[transition], [transversion]]) }
    return ([reference], [[random.chance(2.0 / 3.0) ? transition : transversion]])
  }

  /// het : hom of 1.6; multi-allelic sites as 1/2.
  private static func genotype(alternates: Int, _ random: inout SeededGenerator) -> VariantText.Genotype {
    if alternates == 2 { return (1, 2) }
    return random.chance(1.6 / 2.6) ? (0, 1) : (1, 1)
  }
}
