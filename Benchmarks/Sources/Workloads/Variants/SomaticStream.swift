/// The calls of a tumour and its normal as GATK4's Mutect2 and FilterMutectCalls write them, for benchmarks: as many as
/// asked for, on a genome, in constant memory.
///
/// One call in ten is filtered, one in seven is an insertion or a deletion, one in thirteen is phased with others (PGT,
/// PID and PS: a FORMAT of its own). Four fifths of the calls have a fraction of 0.3 on average, the others of 0.1.
public struct SomaticStream: Sendable {
  /// Where the calls lie.
  public var genome: Genome
  /// How many.
  public var records: Int
  /// The tumour's sample name.
  public var tumour: String
  /// The normal's.
  public var normal: String
  /// The seed of everything.
  public var seed: UInt64

  /// Calls of a tumour and its normal on a genome.
  public init(genome: Genome, records: Int, tumour: String = "TUMOUR", normal: String = "NORMAL", seed: UInt64) {
    self.genome = genome
    self.records = records
    self.tumour = tumour
    self.normal = normal
    self.seed = seed
  }

  /// Writes the records; `.vcf.gz` gets its `.tbi`.
  public func write(to path: String, _ compression: Compression = Compression()) throws(WorkloadError) {
    let file = try OutputFile(path, compression)
    var text = header
    var random = SeededGenerator(seed: seed, stream: "somatic-stream")
    let used = genome.contigs.filter { Inheritance.of(contig: $0.name) != .mitochondrial }
    let total = used.reduce(0) { $0 + $1.bases.count }
    var (covered, written) = (0, 0)
    for contig in used {
      let name = Array(contig.name.utf8)
      covered += contig.bases.count
      let count = Int(Double(records) * (Double(covered) / Double(total))) - written
      written += count
      let step = contig.bases.count / (count + 1)
      guard step >= 4 || count == 0 else { throw WorkloadError("\(records) records do not fit; ask for fewer") }
      for number in 0..<count {
        // Records ascend; deletions may reach over the next one, as they do in a caller's file.
        let position = (number + 1) * step + random.below(step)
        guard position + 26 < contig.bases.count, contig.base(position) != DNA.n else { continue }
        append(name, position, contig, &random, &text)
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

  private func append(
    _ name: [UInt8], _ position: Int, _ contig: Contig, _ random: inout SeededGenerator, _ text: inout [UInt8]
  ) {
    let reference = contig.base(position)
    var (ref, alt) = ([reference], [reference])
    let kind = random.unit()
    if kind < 0.14 {
      let length = min(24, 1 + Int(random.exponential(mean: 2.5)))
      if kind < 0.07 {
        ref = (0...length).map { contig.base(position + $0) }
        if ref.contains(DNA.n) { ref = [reference, reference == 65 ? 67 : 65] }
      } else {
        for _ in 0..<length { alt.append(random.base()) }
      }
    }
    if ref.count == 1, alt.count == 1 {
      while alt[0] == reference { alt[0] = random.base() }
    }
    let depth = 40 + random.below(90)
    let other = 25 + random.below(35)
    let fraction = random.chance(0.8) ? 0.3 : 0.1
    var reads = 0
    for _ in 0..<depth where random.chance(fraction) { reads += 1 }
    let isPhased = random.chance(1.0 / 13)
    text += name
    text.append(9)
    text.append(decimal: position + 1)
    text.append("\t.\t")
    text += ref
    text.append(9)
    text += alt
    text.append(
      random.chance(0.9) ? "\t.\tPASS\tAS_FilterStatus=SITE" : "\t.\tweak_evidence\tAS_FilterStatus=weak_evidence")
    text.append(";AS_SB_TABLE=")
    pair((depth - reads + other) / 2, (depth - reads + other + 1) / 2, &text)
    text.append(124)
    pair(reads / 2, (reads + 1) / 2, &text)
    text.append(";DP=")
    text.append(decimal: depth + other)
    text.append(";ECNT=1;GERMQ=93;MBQ=30,30;MFRL=170,170;MMQ=60,60;MPOS=")
    text.append(decimal: 10 + random.below(60))
    text.append(";NALOD=1.")
    text.append(decimal: 10 + random.below(90))
    text.append(";NLOD=9.")
    text.append(decimal: 10 + random.below(90))
    text.append(";POPAF=6.00;TLOD=")
    text.append(fixed: 300 + reads * 180, places: 2)
    text.append(isPhased ? "\tGT:AD:AF:DP:F1R2:F2R1:FAD:PGT:PID:PS:SB\t" : "\tGT:AD:AF:DP:F1R2:F2R1:FAD:SB\t")
    sample(isPhased ? "0|1:" : "0/1:", reads, of: depth, position, ref, alt, isPhased, &text)
    text.append(9)
    sample(isPhased ? "0|0:" : "0/0:", 0, of: other, position, ref, alt, isPhased, &text)
    text.append(10)
  }

  private func sample(
    _ genotype: StaticString, _ reads: Int, of depth: Int, _ position: Int, _ ref: [UInt8], _ alt: [UInt8],
    _ isPhased: Bool, _ text: inout [UInt8]
  ) {
    let others = depth - reads
    text.append(genotype)
    pair(others, reads, &text)
    text.append(58)
    text.append(fixed: (reads + 1) * 1000 / (depth + 2), places: 3)
    text.append(58)
    text.append(decimal: depth)
    text.append(58)
    pair(others / 2, reads / 2, &text)
    text.append(58)
    pair((others + 1) / 2, (reads + 1) / 2, &text)
    text.append(58)
    pair(others * 9 / 10, reads * 9 / 10, &text)
    text.append(58)
    if isPhased {
      text.append(reads > 0 ? "0|1:" : "0|0:")
      text.append(decimal: position + 1)
      text.append(95)
      text += ref
      text.append(95)
      text += alt
      text.append(58)
      text.append(decimal: position + 1)
      text.append(58)
    }
    pair(others / 2, (others + 1) / 2, &text)
    text.append(44)
    pair(reads / 2, (reads + 1) / 2, &text)
  }

  private func pair(_ one: Int, _ other: Int, _ text: inout [UInt8]) {
    text.append(decimal: one)
    text.append(44)
    text.append(decimal: other)
  }

  private var header: [UInt8] {
    var text: [UInt8] = []
    text.append(
      """
      ##fileformat=VCFv4.2
      ##FILTER=<ID=PASS,Description="All filters passed">
      ##FILTER=<ID=weak_evidence,Description="Mutation does not meet likelihood threshold">
      ##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Allelic depths">
      ##FORMAT=<ID=AF,Number=A,Type=Float,Description="Allele fractions">
      ##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Read depth">
      ##FORMAT=<ID=F1R2,Number=R,Type=Integer,Description="Reads in F1R2 orientation">
      ##FORMAT=<ID=F2R1,Number=R,Type=Integer,Description="Reads in F2R1 orientation">
      ##FORMAT=<ID=FAD,Number=R,Type=Integer,Description="Fragment depth">
      ##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
      ##FORMAT=<ID=PGT,Number=1,Type=String,Description="Physical phasing haplotype">
      ##FORMAT=<ID=PID,Number=1,Type=String,Description="Physical phasing ID">
      ##FORMAT=<ID=PS,Number=1,Type=Integer,Description="Phasing set">
      ##FORMAT=<ID=SB,Number=4,Type=Integer,Description="Strand bias">
      ##INFO=<ID=AS_FilterStatus,Number=A,Type=String,Description="Filter status for each allele">
      ##INFO=<ID=AS_SB_TABLE,Number=1,Type=String,Description="Strand counts by allele">
      ##INFO=<ID=DP,Number=1,Type=Integer,Description="Depth">
      ##INFO=<ID=ECNT,Number=1,Type=Integer,Description="Events in this haplotype">
      ##INFO=<ID=GERMQ,Number=1,Type=Integer,Description="Quality that alternates are not germline">
      ##INFO=<ID=MBQ,Number=R,Type=Integer,Description="Median base quality">
      ##INFO=<ID=MFRL,Number=R,Type=Integer,Description="Median fragment length">
      ##INFO=<ID=MMQ,Number=R,Type=Integer,Description="Median mapping quality">
      ##INFO=<ID=MPOS,Number=A,Type=Integer,Description="Median distance from end of read">
      ##INFO=<ID=NALOD,Number=A,Type=Float,Description="Normal artifact log odds">
      ##INFO=<ID=NLOD,Number=A,Type=Float,Description="Normal log odds">
      ##INFO=<ID=POPAF,Number=A,Type=Float,Description="Population allele frequency">
      ##INFO=<ID=TLOD,Number=A,Type=Float,Description="Tumour log odds">
      ##source=Mutect2

      """)
    text.append(text: "##normal_sample=\(normal)\n##tumor_sample=\(tumour)\n")
    for contig in genome.contigs { text.append(text: "##contig=<ID=\(contig.name),length=\(contig.bases.count)>\n") }
    text.append(text: "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t\(tumour)\t\(normal)\n")
    return text
  }
}
