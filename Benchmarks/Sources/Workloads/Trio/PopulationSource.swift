/// Frequencies of the family's alleles in a large cohort, by populations under gnomAD's names: most are common, as a
/// person's alleles are, some rare, some never seen.
struct PopulationSource {
  private let genome: Genome
  private let path: String
  private let compression: Compression
  private let file: OutputFile
  private var random: SeededGenerator
  private var text: [UInt8] = []

  private static let populations = ["afr", "amr", "eas", "nfe", "sas"]

  init(genome: Genome, seed: UInt64, to path: String, _ compression: Compression) throws(WorkloadError) {
    self.genome = genome
    self.path = path
    self.compression = compression
    file = try OutputFile(path, compression)
    random = SeededGenerator(seed: seed, stream: "trio.populations")
    text.append("##fileformat=VCFv4.2\n")
    for population in Self.populations {
      text.append(
        text: "##INFO=<ID=AF_\(population),Number=A,Type=Float,Description=\"Allele frequency\">\n"
          + "##INFO=<ID=AN_\(population),Number=1,Type=Integer,Description=\"Alleles called\">\n")
    }
    for contig in genome.contigs { text.append(text: "##contig=<ID=\(contig.name),length=\(contig.bases.count)>\n") }
    text.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")
  }

  mutating func write(_ index: Int, _ sites: [Site]) throws(WorkloadError) {
    let name = genome.contigs[index].name
    for site in sites where site.planted == nil {
      for alternate in site.alternates where random.chance(0.96) {
        let isRare = random.chance(0.06)
        text.append(text: "\(name)\t\(site.position + 1)\t.\t")
        text += site.reference
        text.append(9)
        text += alternate
        text.append("\t.\tPASS\t")
        for (number, population) in Self.populations.enumerated() {
          let (u, total) = (random.unit(), 4_000 + 2 * random.below(30_000))
          let frequency = isRare ? u * u * 0.002 : 0.002 + u * u * 0.9
          text.append(text: "\(number == 0 ? "" : ";")AF_\(population)=")
          text.append(fixed: Int(frequency * 1e8), places: 8)
          text.append(text: ";AN_\(population)=\(total)")
        }
        text.append(10)
      }
      if text.count > 1 << 20 { try flush() }
    }
  }

  private mutating func flush() throws(WorkloadError) {
    try file.write(text)
    text.removeAll(keepingCapacity: true)
  }

  mutating func close() throws(WorkloadError) {
    try flush()
    try file.close()
    try indexVCF(path, compression)
  }
}
