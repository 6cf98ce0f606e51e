import Foundation
import Testing

@testable import Workloads

struct ReadTests {
  static let samples = ["SYN-001-P", "SYN-001-M", "SYN-001-F"]

  @Test("the same seed gives the same reads and alignments, whether made together or apart; another seed others")
  func seeded() throws {
    let genome = Genome.synthesise(seed: 1, contigs: ContigSpecification.standard(total: 60_000))
    func make(_ seed: UInt64, fastq: Bool, bam: Bool) throws -> [UInt8] {
      let sequencer = try Sequencer(
        genome: genome, family: nil, member: .child, sample: "SYN-001-P", options: SequencingOptions(), seed: seed)
      let name = TestCase.path("seeded-\(seed)-\(fastq)-\(bam)")
      if fastq { try sequencer.addFASTQ([(name + ".fastq", nil)]) }
      if bam { try sequencer.addAlignments(name + ".sam") }
      try sequencer.run(pairs: 3000)
      return try (fastq ? TestCase.contents(name + ".fastq") : []) + (bam ? TestCase.contents(name + ".sam") : [])
    }
    let both = try make(1, fastq: true, bam: true)
    let apart = try make(1, fastq: true, bam: false) + make(1, fastq: false, bam: true)
    #expect(both == apart)
    let other = try make(2, fastq: true, bam: true)
    #expect(both != other)
    // As for the genome: on purpose or not at all.
    #expect(TestCase.hash(both) == 0x7cdf_9ca2_cb05_c44f)
  }

  @Test("FASTQ holds exactly the BAM's primary reads", arguments: samples)
  func sameReads(sample: String) throws {
    var fromFASTQ: [String] = []
    for mate in 1...2 {
      let lines = try TestCase.lines(TestCase.path("\(sample)_R\(mate).fastq.gz"))
      #expect(lines.count % 4 == 0)
      for i in stride(from: 0, to: lines.count, by: 4) {
        let name = try #require(lines[i].dropFirst().split(separator: " ").first)
        fromFASTQ.append("\(name)/\(mate) \(lines[i + 1]) \(lines[i + 3])")
      }
    }
    let fromBAM = try DecodedRecord.all(TestCase.path("\(sample).bam")).filter(\.isPrimary).map { record in
      let reversed = record.flag & Flag.reverse != 0
      let bases = reversed ? DNA.reverseComplement(record.bases) : record.bases
      let qualities = (reversed ? record.qualities.reversed() : record.qualities).map { $0 + 33 }
      return "\(record.name)/\(record.flag & Flag.first != 0 ? 1 : 2) "
        + String(decoding: bases, as: UTF8.self) + " " + String(decoding: qualities, as: UTF8.self)
    }
    #expect(fromFASTQ.sorted() == fromBAM.sorted())
    #expect(Set(fromBAM.map { $0.prefix { $0 != " " } }).count == fromBAM.count)
  }

  @Test("the BAM is sorted and its mates point at each other", arguments: samples)
  func mates(sample: String) throws {
    let records = try DecodedRecord.all(TestCase.path("\(sample).bam"))
    func key(_ record: DecodedRecord) -> (Int, Int) {
      (record.contig < 0 ? .max : record.contig, record.position)
    }
    for (a, b) in zip(records, records.dropFirst()) { #expect(key(a) <= key(b)) }
    var pairs: [String: [DecodedRecord]] = [:]
    for record in records where record.isPrimary { pairs[record.name, default: []].append(record) }
    for (name, pair) in pairs {
      try #require(pair.count == 2, "\(name)")
      for (a, b) in [(pair[0], pair[1]), (pair[1], pair[0])] {
        #expect(a.mateContig == b.contig && a.matePosition == b.position, "\(name)")
        #expect((a.flag & Flag.mateReverse != 0) == (b.flag & Flag.reverse != 0), "\(name)")
        #expect((a.flag & Flag.mateUnmapped != 0) == (b.flag & Flag.unmapped != 0), "\(name)")
        #expect(a.templateLength == -b.templateLength, "\(name)")
      }
      #expect((pair[0].flag ^ pair[1].flag) & (Flag.first | Flag.second) == Flag.first | Flag.second)
    }
    let flags = records.map(\.flag)
    for wanted in [Flag.duplicate, Flag.unmapped, Flag.failed, Flag.mateUnmapped] {
      #expect(flags.contains { $0 & wanted != 0 }, "no record with flag \(wanted)")
    }
  }

  @Test(
    "aligned bases differ from the genome only at variants and as often as qualities say",
    arguments: [FamilyMember.child, .mother, .father])
  func agreement(member: FamilyMember) throws {
    let (genome, _, family) = try TestCase.family()
    var varied = genome.contigs.map { [Bool](repeating: false, count: $0.bases.count) }
    for site in family.sites.joined() where site.alleles.carries(member) {
      for i in site.footprint { varied[site.contig][i] = true }
    }
    var compared: [UInt8: (bases: Int, errors: Int)] = [:]
    var indels = 0
    let sample = member.sampleName(family: family.name)
    for record in try DecodedRecord.all(TestCase.path("\(sample).bam")) where !record.bases.isEmpty {
      var read = 0
      var position = record.position
      for operation in record.cigar {
        let length = Int(operation >> 4)
        switch operation & 15 {
        case 0:
          for i in 0..<length where !varied[record.contig][position + i] && record.bases[read + i] != DNA.n {
            let differs = record.bases[read + i] != genome.contigs[record.contig].base(position + i)
            compared[record.qualities[read + i], default: (0, 0)].bases += 1
            if differs { compared[record.qualities[read + i], default: (0, 0)].errors += 1 }
          }
          read += length
          position += length
        case 1:
          #expect(varied[record.contig][position - 1] || varied[record.contig][position], "\(record.name)")
          indels += 1
          read += length
        case 2:
          #expect((position..<position + length).allSatisfy { varied[record.contig][$0] }, "\(record.name)")
          indels += 1
          position += length
        case 4: read += length
        default: break
        }
      }
      #expect(record.cigar.isEmpty || read == record.bases.count)
    }
    #expect(indels > 0)
    let high = try #require(compared[37])
    #expect(high.bases > 50_000 && Double(high.errors) < 0.0006 * Double(high.bases))
    let low = try #require(compared[12])
    #expect((0.02...0.11).contains(Double(low.errors) / Double(low.bases)))
  }

  @Test(
    "qualities decline, have four levels or about forty, and short fragments run into the adapter",
    arguments: QualityLevels.allCases)
  func qualities(levels: QualityLevels) throws {
    let genome = Genome.synthesise(seed: 2, contigs: ContigSpecification.standard(total: 60_000))
    var options = SequencingOptions()
    options.levels = levels
    let sequencer = try Sequencer(
      genome: genome, family: nil, member: .child, sample: "SYN-002-P", options: options, seed: 2)
    let path = TestCase.path("levels-\(levels)")
    try sequencer.addFASTQ([(path + "_R1.fastq", path + "_R2.fastq")])
    try sequencer.run(pairs: 4000)
    let lines = try TestCase.lines(path + "_R1.fastq")
    #expect(lines.count == 16_000)
    var sums = [Int](repeating: 0, count: 150)
    var seen = Set<UInt8>()
    var adapters = 0
    for i in stride(from: 0, to: lines.count, by: 4) {
      for (cycle, quality) in lines[i + 3].utf8.enumerated() {
        sums[cycle] += Int(quality) - 33
        seen.insert(quality - 33)
      }
      if lines[i + 1].contains("AGATCGGAAGAGC") { adapters += 1 }
    }
    #expect(sums[10] > sums[149])
    #expect(levels == .four ? seen == [2, 12, 23, 37] : seen.count > 30)
    #expect((40...250).contains(adapters))
    #expect(try TestCase.lines(path + "_R2.fastq").count == 16_000)
  }

  @Test("lanes have FASTQ files and read groups of their own, and share no read name")
  func lanes() throws {
    let genome = Genome.synthesise(seed: 2, contigs: ContigSpecification.standard(total: 60_000))
    var options = SequencingOptions()
    options.lanes = 3
    let sequencer = try Sequencer(
      genome: genome, family: nil, member: .child, sample: "SYN-002-P", options: options, seed: 2)
    let paths = (1...3).map { TestCase.path("lane\($0).fastq") }
    try sequencer.addFASTQ(paths.map { ($0, nil) })
    try sequencer.addAlignments(TestCase.path("lanes.sam"))
    try sequencer.run(pairs: 3000)
    var names: [String] = []
    for (lane, path) in paths.enumerated() {
      let lines = try TestCase.lines(path)
      let headers = stride(from: 0, to: lines.count, by: 8).map { lines[$0] }
      #expect(headers.count > 900 && headers.allSatisfy { $0.hasPrefix("@SYN:1:HSYNDSX2:\(lane + 1):") })
      names += headers
    }
    #expect(names.count == 3000 && Set(names).count == 3000)
    for line in try TestCase.lines(TestCase.path("lanes.sam")) where !line.hasPrefix("@") {
      let lane = line.split(separator: ":")[3]
      #expect(line.contains("\tRG:Z:HSYNDSX2.\(lane).SYN-002-P"))
    }
  }

  @Test("plain gzip, BGZF and plain text hold the same reads", arguments: [Container.gzip, .bgzf])
  func containers(container: Container) throws {
    let genome = Genome.synthesise(seed: 2, contigs: ContigSpecification.standard(total: 60_000))
    func make(_ container: Container) throws -> [UInt8] {
      let sequencer = try Sequencer(
        genome: genome, family: nil, member: .child, sample: "SYN-002-P", options: SequencingOptions(), seed: 2)
      let path = TestCase.path("container-\(container).fastq.gz")
      try sequencer.addFASTQ([(path, nil)], Compression(container: container))
      try sequencer.run(pairs: 500)
      return try TestCase.contents(path)
    }
    let packed = try make(container)
    let plain = try make(.plain)
    #expect(packed == plain)
  }

  @Test(
    "samtools finds nothing to say about the BAM, and computes the same NM",
    .enabled(if: Peer.isInstalled("samtools")), arguments: samples)
  func samtools(sample: String) throws {
    let bam = TestCase.path("\(sample).bam")
    let quick = try Peer.run("samtools quickcheck -v '\(bam)'")
    #expect(quick.code == 0 && quick.errors.isEmpty && quick.output.isEmpty)
    let calmd = try Peer.run("samtools calmd -b '\(bam)' '\(TestCase.path("genome.fa.gz"))' >/dev/null")
    #expect(calmd.code == 0 && !calmd.errors.contains("different NM"), "\(calmd.errors.prefix(400))")
    let index = try Peer.run("samtools idxstats '\(bam)'")
    #expect(index.code == 0 && index.output.hasPrefix("20\t24000\t"))
  }

  @Test("the committed test data stays small and names no one")
  func small() throws {
    let size = try Peer.run("cat '\(TestCase.directory)'/SYN-001* '\(TestCase.directory)'/genome.fa.gz | wc -c")
    let bytes = try #require(Int(size.output.filter(\.isNumber)))
    #expect(bytes < 1_500_000)
    for line in try TestCase.lines(TestCase.path("samplesheet.csv")) {
      #expect(line.range(of: "[0-9]{10}", options: .regularExpression) == nil)
    }
  }
}
