/// Two releases of a register of clinical variants, as ClinVar's VCF is laid out. As there, most alleles lie in and
/// beside coding exons, half of them of uncertain significance; of the family's own alleles there most are known, and
/// nearly all of those benign. From one release to the next alleles come, go and are classified otherwise.
struct ClinicalReleases {
  private let genome: Genome
  private let genes: [Gene]
  private let changed: Double
  /// How likely a base near a coding exon has an allele in the register.
  private let density: Double
  private let paths: [String]
  private let compression: Compression
  private let files: [OutputFile]
  private var random: SeededGenerator
  private var texts: [[UInt8]] = [[], []]
  /// Alleles of the first release.
  private(set) var entries = 0
  /// Alleles that the next one adds, withdraws or classifies otherwise.
  private(set) var differing = 0

  /// Bases on both sides of a coding exon that the register covers too.
  private static let flank = 12

  /// Significances with their weights in thousandths.
  private static let register = [
    ("Uncertain_significance", 480), ("Likely_benign", 275), ("Benign", 70), ("Pathogenic", 65),
    ("Likely_pathogenic", 40), ("Conflicting_classifications_of_pathogenicity", 55),
    ("Pathogenic/Likely_pathogenic", 15),
  ]
  private static let carried = [
    ("Benign", 600), ("Likely_benign", 230), ("Uncertain_significance", 144),
    ("Conflicting_classifications_of_pathogenicity", 24), ("Likely_pathogenic", 1), ("Pathogenic", 1),
  ]
  private static let reviews = [
    "criteria_provided,_single_submitter", "criteria_provided,_multiple_submitters,_no_conflicts",
    "reviewed_by_expert_panel", "no_assertion_criteria_provided",
  ]

  init(
    genome: Genome, genes: [Gene], alleles: Int, changed: Double, seed: UInt64, to path: String, next: String,
    _ compression: Compression
  ) throws(WorkloadError) {
    self.genome = genome
    self.genes = genes
    self.changed = changed
    self.compression = compression
    paths = [path, next]
    files = [try OutputFile(path, compression), try OutputFile(next, compression)]
    random = SeededGenerator(seed: seed, stream: "trio.clinical")
    let bases = genes.reduce(0) { $0 + Self.covered($1).reduce(0) { $0 + $1.count } }
    density = min(0.9, Double(alleles) / Double(max(1, bases)))
    for number in texts.indices { texts[number] = header }
  }

  private var header: [UInt8] {
    var text: [UInt8] = []
    text.append(
      """
      ##fileformat=VCFv4.2
      ##INFO=<ID=CLNREVSTAT,Number=.,Type=String,Description="Review status">
      ##INFO=<ID=CLNSIG,Number=.,Type=String,Description="Clinical significance">

      """)
    for contig in genome.contigs { text.append(text: "##contig=<ID=\(contig.name),length=\(contig.bases.count)>\n") }
    text.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")
    return text
  }

  /// Where the register looks at a gene; 0-based half-open, ascending.
  private static func covered(_ gene: Gene) -> [Range<Int>] {
    gene.transcripts[0].codingExons.map { max(1, $0.lowerBound - flank)..<$0.upperBound + flank }
  }

  private struct Entry {
    var position: Int
    var reference: [UInt8]
    var alternate: [UInt8]
    var isCarried: Bool
  }

  mutating func write(_ index: Int, _ sites: [Site]) throws(WorkloadError) {
    let contig = genome.contigs[index]
    let regions = genes.filter { $0.contig == index }.flatMap { Self.covered($0) }
      .sorted { $0.lowerBound < $1.lowerBound }
    var rest = sites[...]
    for region in regions {
      var drawn: [Entry] = []
      while let site = rest.first, site.position < region.upperBound {
        rest.removeFirst()
        guard site.position >= region.lowerBound else { continue }
        for alternate in site.alternates where random.chance(0.6) {
          drawn.append(
            Entry(position: site.position, reference: site.reference, alternate: alternate, isCarried: true))
        }
      }
      for position in region where position + 4 < contig.bases.count && random.chance(density) {
        if let entry = entry(contig, position) { drawn.append(entry) }
      }
      drawn.sort {
        ($0.position, $0.reference.count, $0.isCarried ? 0 : 1) < (
          $1.position, $1.reference.count, $1.isCarried ? 0 : 1
        )
      }
      var last: Entry?
      for entry in drawn {
        if let last, last.position == entry.position, last.reference == entry.reference,
          last.alternate == entry.alternate
        {
          continue
        }
        last = entry
        append(entry, contig.name)
      }
      if texts[0].count > 1 << 20 { try flush() }
    }
  }

  private mutating func entry(_ contig: Contig, _ position: Int) -> Entry? {
    let length = random.chance(0.1) ? 1 + random.below(3) : 0
    let reference = (position...position + length).map { contig.base($0) }
    guard !reference.contains(DNA.n) else { return nil }
    if length > 0 {
      return Entry(position: position, reference: reference, alternate: [reference[0]], isCarried: false)
    }
    var alternate = random.base()
    while alternate == reference[0] { alternate = random.base() }
    return Entry(position: position, reference: reference, alternate: [alternate], isCarried: false)
  }

  /// Writes what both releases say of an allele.
  private mutating func append(_ entry: Entry, _ contig: String) {
    let said = classification(entry)
    var (first, next): (String?, String?) = (said, said)
    if random.chance(changed) {
      differing += 1
      switch random.below(20) {
      case 0..<9: first = nil
      case 9..<11: next = nil
      // What the register revises is more often something than nothing.
      default: next = classification(Entry(position: 0, reference: [], alternate: [], isCarried: false), other: said)
      }
    }
    if first != nil { entries += 1 }
    for (release, said) in [first, next].enumerated() {
      guard let said else { continue }
      texts[release].append(text: "\(contig)\t\(entry.position + 1)\t.\t")
      texts[release] += entry.reference
      texts[release].append(9)
      texts[release] += entry.alternate
      texts[release].append(text: "\t.\t.\t\(said)\n")
    }
  }

  private mutating func classification(_ entry: Entry, other: String? = nil) -> String {
    while true {
      var draw = random.below(1000)
      var significance = ""
      for (name, weight) in entry.isCarried ? Self.carried : Self.register {
        significance = name
        draw -= weight
        if draw < 0 { break }
      }
      let said = "CLNSIG=\(significance);CLNREVSTAT=\(Self.reviews[random.below(Self.reviews.count)])"
      if said != other { return said }
    }
  }

  private mutating func flush() throws(WorkloadError) {
    for number in texts.indices {
      try files[number].write(texts[number])
      texts[number].removeAll(keepingCapacity: true)
    }
  }

  mutating func close() throws(WorkloadError) {
    try flush()
    for (file, path) in zip(files, paths) {
      try file.close()
      try indexVCF(path, compression)
    }
  }
}
