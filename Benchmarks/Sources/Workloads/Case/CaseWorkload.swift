import Foundation

/// One case as a laboratory would hand it over: genome, genes, and for each person FASTQ, BAM and VCF, with a sample
/// sheet, a pedigree and the truth. Synthetic people only.
public struct CaseWorkload: Sendable {
  /// `SYN-001`.
  public var name = "SYN-001"
  /// The seed of everything.
  public var seed: UInt64
  /// Contigs of the genome.
  public var contigs: [ContigSpecification]
  /// Bases from one gene's slot to the next.
  public var geneSpacing = 40_000
  /// Mean depth of the child over autosomes.
  public var depth = 30.0
  /// Mean depth of the parents; nil: as the child.
  public var parentDepth: Double?
  /// The child alone, or with both parents.
  public var trio = true
  /// One VCF of the whole family instead of one a person.
  public var jointVCF = false
  /// Genotypes with `|`.
  public var phased = false
  /// The child's sex.
  public var childSex = Sex.male
  /// How everybody is sequenced.
  public var sequencing = SequencingOptions()
  /// Variation.
  public var variation = VariationOptions()
  /// Of every output.
  public var compression = Compression()

  /// A case of the given genome.
  public init(seed: UInt64, contigs: [ContigSpecification]) {
    self.seed = seed
    self.contigs = contigs
  }

  /// The trio that the repository keeps: the smallest set in which everything happens.
  public static func testData(seed: UInt64) -> CaseWorkload {
    var workload = CaseWorkload(
      seed: seed,
      contigs: [("20", 24_000), ("X", 5_000), ("Y", 2_500), ("MT", 1_200)].map {
        ContigSpecification(name: $0.0, length: $0.1)
      })
    workload.geneSpacing = 4_500
    workload.depth = 24
    workload.parentDepth = 16
    workload.sequencing.mitochondrialCopies = 3
    workload.compression.level = 9
    // Denser than life, for the genome is tiny.
    workload.variation.spacing = 90
    workload.variation.multiallelicFraction = 0.04
    workload.variation.unalignedFraction = 0.4
    return workload
  }

  /// The people of this case, the child first.
  var members: [FamilyMember] { trio ? [.child, .mother, .father] : [.child] }

  /// Makes the files in `directory`, which is created. `report` gets a line a step.
  public func write(to directory: String, report: (String) -> Void = { _ in }) throws {
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    func path(_ file: String) -> String { directory + "/" + file }

    var genome = Genome.synthesise(seed: seed, contigs: contigs)
    let genes = Gene.plant(in: &genome, seed: seed, spacing: geneSpacing)
    try genome.writeFASTA(path("genome.fa.gz"), compression)
    try Gene.writeGFF3(genes, genome: genome, to: path("genes.gff3"), compression)
    report("genome: \(genome.length) bases, \(genes.count) genes")

    let family = try Family.synthesise(
      name: name, genome: genome, genes: genes, childSex: childSex, seed: seed, options: variation)
    try family.writeTruth(to: path("truth.tsv"), genome: genome)
    try family.writePedigree(to: path("\(name).ped"), members: members)
    if jointVCF {
      let records = try family.writeVCF(
        members, genome: genome, to: path("\(name).vcf.gz"), meanDepth: depth, phased: phased, seed: seed, compression)
      report("\(name).vcf.gz: \(records) records")
    }

    var sheet = SampleSheet(family: family, lanes: sequencing.lanes, jointVCF: jointVCF)
    for member in members {
      let sample = member.sampleName(family: name)
      if !jointVCF {
        let records = try family.writeVCF(
          [member], genome: genome, to: path("\(sample).vcf.gz"), meanDepth: depth, phased: phased, seed: seed,
          compression)
        report("\(sample).vcf.gz: \(records) records")
      }
      var options = sequencing
      // A flow cell a person: read names never meet.
      options.flowcell += ["M", "F", "P"][member.rawValue]
      let sequencer = try Sequencer(
        genome: genome, family: family, member: member, sample: sample, options: options, seed: seed)
      try sequencer.addFASTQ(
        (1...sequencing.lanes).map { lane in
          let files = sheet.fastq(sample, lane: lane)
          return (path(files.first), path(files.second))
        }, compression)
      try sequencer.addAlignments(path("\(sample).bam"), compression)
      let pairs = sequencer.pairs(depth: member == .child ? depth : parentDepth ?? depth)
      try sequencer.run(pairs: pairs)
      report("\(sample): \(pairs) pairs")
      sheet.add(member, hasParents: trio)
    }
    try sheet.write(to: path("samplesheet.csv"))
  }
}
