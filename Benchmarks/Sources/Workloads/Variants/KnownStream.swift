/// A source of known variants for benchmarks: sites only, on a genome, in constant memory. It knows nearly all alleles of
/// one synthetic person, and many more.
public struct KnownStream: Sendable {
  /// What the source tells of an allele.
  public enum Kind: String, Sendable, CaseIterable {
    /// Counts and frequencies, as of a large cohort.
    case frequency
    /// Significance, review status and name, as of a register of clinical variants.
    case clinical
  }

  /// Where the alleles lie.
  public var genome: Genome
  /// Alleles beside the person's.
  public var alleles: Int
  /// The person whose alleles are known too.
  public var family: Family
  /// The share of the person's alleles that are known.
  public var known: Double
  /// What is told.
  public var kind: Kind
  /// The seed of everything.
  public var seed: UInt64

  /// A source with `alleles` alleles drawn evenly over `genome`, and the share `known` of those of `family`.
  public init(genome: Genome, family: Family, alleles: Int, known: Double, kind: Kind, seed: UInt64) {
    self.genome = genome
    self.family = family
    self.alleles = alleles
    self.known = known
    self.kind = kind
    self.seed = seed
  }

  /// Writes the records; `.vcf.gz` gets its `.tbi`.
  public func write(to path: String, _ compression: Compression = Compression()) throws(WorkloadError) {
    let file = try OutputFile(path, compression)
    var text = header
    var random = SeededGenerator(seed: seed, stream: "known-stream.\(kind.rawValue)")
    let total = genome.contigs.reduce(0) { $0 + $1.bases.count }
    for (index, contig) in genome.contigs.enumerated() {
      let name = Array(contig.name.utf8)
      let count = max(1, alleles * contig.bases.count / total)
      let step = Double(contig.bases.count - 60) / Double(count)
      var sites = family.sites[index][...]
      for number in 0..<count {
        let position = Int((Double(number) + random.unit()) * step)
        while let site = sites.first, site.position <= position {
          sites.removeFirst()
          for alternate in site.alternates where random.chance(known) {
            append(name, site.position, site.reference, alternate, &random, &text)
          }
        }
        if contig.base(position) == DNA.n { continue }
        let (reference, alternate) = allele(contig, position, &random)
        if reference.contains(DNA.n) { continue }
        append(name, position, reference, alternate, &random, &text)
        if text.count > 1 << 20 {
          try file.write(text)
          text.removeAll(keepingCapacity: true)
        }
      }
    }
    try file.write(text)
    try file.close()
    try indexVCF(path, compression)
  }

  private func allele(_ contig: Contig, _ position: Int, _ random: inout SeededGenerator) -> ([UInt8], [UInt8]) {
    let reference = contig.base(position)
    if random.chance(0.1) {
      let length = min(24, 1 + Int(random.exponential(mean: 2.5)))
      if random.chance(0.5) { return ([reference], [reference] + (0..<length).map { _ in random.base() }) }
      return ((0...length).map { contig.base(position + $0) }, [reference])
    }
    var alternate = random.base()
    while alternate == reference { alternate = random.base() }
    return ([reference], [alternate])
  }

  private func append(
    _ contig: [UInt8], _ position: Int, _ reference: [UInt8], _ alternate: [UInt8], _ random: inout SeededGenerator,
    _ text: inout [UInt8]
  ) {
    text += contig
    text.append(9)
    text.append(decimal: position + 1)
    text.append("\trs")
    text.append(decimal: random.below(1 << 30))
    text.append(9)
    text += reference
    text.append(9)
    text += alternate
    switch kind {
    case .frequency:
      // Most alleles of a cohort were seen once or twice.
      let u = random.unit()
      let number = 150_000 + 2 * random.below(1_156)
      let count = max(1, Int(u * u * u * u * u * u * Double(number)))
      text.append(random.chance(0.9) ? "\t.\tPASS\tAC=" : "\t.\tAC0\tAC=")
      text.append(decimal: count)
      text.append(";AN=")
      text.append(decimal: number)
      text.append(";AF=")
      text.append(fixed: Int(Double(count) / Double(number) * 1e8), places: 8)
    case .clinical:
      let classes = ["Benign", "Likely_benign", "Uncertain_significance", "Likely_pathogenic", "Pathogenic"]
      let reviews = [
        "criteria_provided,_single_submitter", "reviewed_by_expert_panel", "no_assertion_criteria_provided",
      ]
      text.append("\t.\t.\tALLELEID=")
      text.append(decimal: 15_000 + random.below(3_000_000))
      text.append(";CLNSIG=")
      text.append(text: classes[random.below(classes.count)])
      text.append(";CLNREVSTAT=")
      text.append(text: reviews[random.below(reviews.count)])
    }
    text.append(10)
  }

  private var header: [UInt8] {
    var text: [UInt8] = []
    text.append("##fileformat=VCFv4.2\n##FILTER=<ID=AC0,Description=\"No high-confidence carrier\">\n")
    switch kind {
    case .frequency:
      text.append(
        """
        ##INFO=<ID=AC,Number=A,Type=Integer,Description="Allele count">
        ##INFO=<ID=AF,Number=A,Type=Float,Description="Allele frequency">
        ##INFO=<ID=AN,Number=1,Type=Integer,Description="Alleles called">

        """)
    case .clinical:
      text.append(
        """
        ##INFO=<ID=ALLELEID,Number=1,Type=Integer,Description="Identifier of the allele">
        ##INFO=<ID=CLNREVSTAT,Number=.,Type=String,Description="Review status">
        ##INFO=<ID=CLNSIG,Number=.,Type=String,Description="Clinical significance">

        """)
    }
    for contig in genome.contigs { text.append(text: "##contig=<ID=\(contig.name),length=\(contig.bases.count)>\n") }
    text.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")
    return text
  }
}
