/// Sequences one person: FASTQ and the true alignment of the same reads, in one pass along the genome and in memory
/// that does not grow with depth.
///
/// The draws do not depend on which outputs are asked for, so the same seed gives the same reads in FASTQ and BAM
/// whether they are made together or apart.
public final class Sequencer {
  let genome: Genome
  let family: Family?
  let member: FamilyMember
  let sample: String
  let options: SequencingOptions
  let seed: UInt64
  let model: QualityModel
  let one: SequencedRead
  let two: SequencedRead
  var random: SeededGenerator
  var fastq: [FASTQOutput] = []
  var alignments: AlignmentOutput?
  var names: ReadNames
  var scratch = AlignedScratch()
  /// Pairs made so far.
  var made = 0
  /// Which way round the last fragment was read.
  var lastLeftIsFirst = false
  /// Pairs of which neither mate aligns, made again for the end of the BAM.
  var unmapped: [UnmappedPair] = []

  /// A pair without a place: its number and its name's serial number. Sixteen bytes for each of the few in a thousand.
  struct UnmappedPair {
    var number: Int
    var serial: Int
  }

  /// `family` nil: the reference itself is sequenced, two copies of each contig.
  public init(
    genome: Genome, family: Family?, member: FamilyMember, sample: String, options: SequencingOptions, seed: UInt64
  ) throws(WorkloadError) {
    self.genome = genome
    self.family = family
    self.member = member
    self.sample = sample
    self.options = try options.checked()
    // Another person is another run of the same machine.
    self.seed = SeededGenerator.seed(seed, for: sample)
    model = QualityModel(levels: options.levels, readLength: options.readLength)
    one = SequencedRead(length: options.readLength)
    two = SequencedRead(length: options.readLength)
    random = SeededGenerator(seed: self.seed, stream: "fragments")
    names = ReadNames(options: options)
  }

  /// Adds FASTQ output: one pair of paths a lane, or one interleaved path a lane.
  public func addFASTQ(
    _ paths: [(first: String, second: String?)], block: Int = 16384, _ compression: Compression = Compression()
  ) throws(WorkloadError) {
    guard paths.count == options.lanes else { throw WorkloadError("each lane needs its FASTQ files") }
    for (lane, path) in paths.enumerated() {
      fastq.append(try FASTQOutput(path.first, path.second, seed: seed, lane: lane, block: block, compression))
    }
  }

  /// Adds the sorted BAM (or SAM, by its name).
  public func addAlignments(_ path: String, _ compression: Compression = Compression()) throws(WorkloadError) {
    alignments = try AlignmentOutput(path, genome: genome, sample: sample, options: options, compression)
  }

  /// Pairs for a mean depth over an autosome.
  public func pairs(depth: Double) -> Int {
    let copies = genome.contigs.indices.reduce(0.0) { $0 + weight($1) }
    return max(1, Int(depth * copies / 2 / Double(2 * options.readLength)))
  }

  /// Known bases times copies.
  func weight(_ index: Int) -> Double {
    let contig = genome.contigs[index]
    let known = Double(contig.known.reduce(0) { $0 + $1.count })
    if contig.inheritance == .mitochondrial { return known * options.mitochondrialCopies * 2 }
    return known * Double(ploidy(contig))
  }

  func ploidy(_ contig: Contig) -> Int {
    guard let family else { return contig.inheritance == .mitochondrial ? 1 : 2 }
    return family.sex(member).ploidy(contig.inheritance)
  }

  /// Makes exactly `pairs` pairs and closes the outputs.
  public func run(pairs: Int) throws(WorkloadError) {
    let total = genome.contigs.indices.reduce(0.0) { $0 + weight($1) }
    guard total > 0 else { throw WorkloadError("\(sample): the genome has no known bases") }
    let crossing = planCrossContig(pairs: pairs)
    let along = pairs - crossing.count
    var done = 0.0
    for index in genome.contigs.indices where weight(index) > 0 {
      let contig = genome.contigs[index]
      let copies = haplotypes(of: index)
      let ends = crossing.flatMap(\.ends).filter { $0.contig == index }.sorted {
        ($0.position, $0.number) < ($1.position, $1.number)
      }
      var nextEnd = 0
      let perBase = weight(index) / Double(max(1, contig.known.reduce(0) { $0 + $1.count }))
      for run in contig.known {
        for start in stride(from: run.lowerBound, to: run.upperBound, by: 16384) {
          let window = start..<min(start + 16384, run.upperBound)
          while nextEnd < ends.count, ends[nextEnd].position < window.upperBound {
            try emitCrossContig(crossing[ends[nextEnd].number], end: ends[nextEnd].side)
            nextEnd += 1
          }
          done += perBase * Double(window.count)
          let goal = crossingMade + Int(Double(along) * (done / total) + 1e-6)
          try fill(window, of: run, contig: index, copies: copies, until: min(goal, along + crossingMade))
          try alignments?.flush(before: window.upperBound)
        }
      }
      try alignments?.flush()
    }
    // What rounding or places without room left over.
    while made < pairs { try emitUnmappedPair() }
    try writeUnmappedPairs()
    for output in fastq { try output.close() }
    try alignments?.close()
  }

  /// Cross-contig pairs whose FASTQ is out.
  var crossingMade = 0

  private func haplotypes(of index: Int) -> [Haplotype] {
    let contig = genome.contigs[index]
    guard let family else { return [Haplotype(contig: contig, sites: [], member: member, copy: 0)] }
    return (0..<ploidy(contig)).map {
      Haplotype(contig: contig, sites: family.sites[index], member: member, copy: $0)
    }
  }

  /// Fragments that begin in a window of a run of known bases.
  private func fill(
    _ window: Range<Int>, of run: Range<Int>, contig: Int, copies: [Haplotype], until goal: Int
  ) throws(WorkloadError) {
    // A run too short for a fragment gives none; what it owes is made up later.
    guard run.count > 300 else { return }
    var failures = 0
    while made < goal, failures < 1000 {
      let copy = copies[copies.count == 1 ? 0 : random.below(copies.count)]
      let insert = min(insertLength(), run.count - 120)
      // Fragments near the end of a run are moved back into it, within the window.
      let last = min(window.upperBound, run.upperBound - insert - 120)
      guard last > window.lowerBound else {
        failures += 1
        continue
      }
      let start = copy.position(ofReference: window.lowerBound + random.below(last - window.lowerBound))
      guard try emit(copy, start: start, insert: insert, contig: contig, duplicate: false) else {
        failures += 1
        continue
      }
      if made < goal, random.chance(options.duplicates / (1 - options.duplicates)) {
        _ = try emit(copy, start: start, insert: insert, contig: contig, duplicate: true)
      }
      if made < goal, random.chance(options.unmappedPairs) { try emitUnmappedPair() }
    }
  }

  private func insertLength() -> Int {
    let length = options.readLength
    if random.chance(options.readThrough) { return random.within(min(40, length - 1)...length - 1) }
    return max(length / 2, Int(options.insertMean + options.insertDeviation * random.normal()))
  }
}

extension SeededGenerator {
  /// A seed of its own for a named thing.
  static func seed(_ seed: UInt64, for name: String) -> UInt64 {
    var generator = SeededGenerator(seed: seed, stream: "sample." + name)
    return generator.next()
  }
}

extension Sequencer {
  /// Writes the genome that is sequenced.
  public func writeGenome(_ path: String, _ compression: Compression = Compression()) throws(WorkloadError) {
    try genome.writeFASTA(path, compression)
  }
}
