import Workloads

extension HotLoopData {
  /// Genome, genes, variants, reads and alignments. Small: a counted pass is some fifty times slower than a plain one.
  func generate() throws(WorkloadError) {
    var genome = Genome.synthesise(seed: Self.seed, contigs: ContigSpecification.standard(total: 2_000_000))
    let planted = Gene.plant(in: &genome, seed: Self.seed, spacing: 20_000)
    try Gene.writeGFF3(planted, genome: genome, to: genes)
    try genome.writeFASTA(fasta)

    var variation = VariationOptions()
    variation.spacing = 100
    let dense = try Family.synthesise(
      name: "SYN-001", genome: genome, genes: [], childSex: .male, seed: Self.seed, options: variation)
    let compression = Compression(level: 6)
    try dense.writeVCF([.child], genome: genome, to: person, seed: Self.seed, compression)
    try VariantStream(
      records: 400, samples: (1...100).map { "SYN-\($0)-P" }, seed: Self.seed, genome: genome
    ).write(to: cohort, compression)

    let family = try Family.synthesise(
      name: "SYN-001", genome: genome, genes: [], childSex: .male, seed: Self.seed)
    let lane = try sequencer(genome, family)
    try lane.addFASTQ([(reads.0, reads.1)], compression)
    try lane.run(pairs: 3_000)
    let aligned = try sequencer(genome, family)
    try aligned.addAlignments(alignments, compression)
    try aligned.run(pairs: 5_000)
  }

  private func sequencer(_ genome: Genome, _ family: Family) throws(WorkloadError) -> Sequencer {
    try Sequencer(
      genome: genome, family: family, member: .child, sample: "SYN-001-P", options: SequencingOptions(),
      seed: Self.seed)
  }
}
