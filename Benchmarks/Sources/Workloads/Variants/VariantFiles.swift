import CWorkloadHTSlib

extension Family {
  /// Writes the variants of `members` as one VCF; `.vcf.gz` gets its `.tbi`. Alleles that none of them carries are left
  /// out, and so are sites where nobody of them varies.
  /// - Returns: records written.
  @discardableResult
  public func writeVCF(
    _ members: [FamilyMember], genome: Genome, to path: String, meanDepth: Double = 32, phased: Bool = false,
    seed: UInt64, _ compression: Compression = Compression()
  ) throws(WorkloadError) -> Int {
    let file = try OutputFile(path, compression)
    try file.write(
      VariantText.header(
        contigs: genome.contigs.map { ContigSpecification(name: $0.name, length: $0.bases.count) },
        samples: members.map { $0.sampleName(family: name) }))
    var records = 0
    var writer = VariantText(
      random: SeededGenerator(
        seed: seed, stream: "vcf." + members.map { String($0.rawValue) }.joined(), index: 0),
      meanDepth: meanDepth, phased: phased)
    for (index, contig) in genome.contigs.enumerated() {
      let name = Array(contig.name.utf8)
      for site in sites[index] {
        guard let called = site.called(in: members) else { continue }
        writer.append(
          contig: name, position: site.position, reference: called.reference, alternates: called.alternates,
          genotypes: called.genotypes, passes: site.planted != nil)
        records += 1
        if writer.text.count > 1 << 20 {
          try file.write(writer.text)
          writer.text.removeAll(keepingCapacity: true)
        }
      }
    }
    try file.write(writer.text)
    try file.close()
    try indexVCF(path, compression)
    return records
  }
}

/// Writes `.tbi` beside a BGZF VCF.
func indexVCF(_ path: String, _ compression: Compression) throws(WorkloadError) {
  guard Container.forName(path, asked: compression.container) == .bgzf else { return }
  guard workload_index_vcf(path) == 0 else { throw WorkloadError("\(path): cannot be indexed") }
}

extension Site {
  /// The site as a caller sees it who knows only these people; nil when none of them varies.
  func called(
    in members: [FamilyMember]
  ) -> (reference: [UInt8], alternates: [[UInt8]], genotypes: [VariantText.Genotype])? {
    var renumbered = [UInt8](repeating: 0, count: alternates.count + 1)
    var kept: [[UInt8]] = []
    for number in 1...alternates.count {
      let carried = members.contains { alleles[$0].0 == UInt8(number) || alleles[$0].1 == UInt8(number) }
      guard carried else { continue }
      kept.append(alternates[number - 1])
      renumbered[number] = UInt8(kept.count)
    }
    guard !kept.isEmpty else { return nil }
    func renumber(_ allele: UInt8) -> UInt8 {
      allele == FamilyAlleles.absent ? allele : renumbered[Int(allele)]
    }
    let genotypes = members.map { (renumber(alleles[$0].0), renumber(alleles[$0].1)) }
    var reference = reference
    // Dropping an allele can leave the others with a common last base.
    if kept.count < alternates.count {
      while reference.count > 1, kept.allSatisfy({ $0.count > 1 && $0.last == reference.last }) {
        reference.removeLast()
        for i in kept.indices { kept[i].removeLast() }
      }
    }
    return (reference, kept, genotypes)
  }
}
