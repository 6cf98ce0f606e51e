import GenomicFiles
public import Genomics
import Synchronization

/// An annotation cache, mapped read-only: transcripts with their bases, and the reference that they belong to.
public final class AnnotationCache: Sendable {
  /// The path as the user gave it.
  public let path: String
  /// The contigs of its reference, in the FASTA's order; those that carry genes with their digests.
  public let contigs: ContigDictionary
  /// What it was made of.
  public let build: CacheBuild
  /// SHA-256 of head, section table and trailer, as 64 hexadecimal digits: names the content, since the table
  /// holds every section's digest.
  public let digest: String
  /// Bytes.
  public let size: Int
  /// Sections with their sizes in bytes, in order.
  public let sections: [(name: String, bytes: Int)]
  private let file: MappedFile
  private let layout: [CacheLayout.Section]
  private let strings: RecordTable
  private let genes: RecordTable
  private let transcripts: RecordTable
  private let tables: Transcript.Tables
  private let intervals: RecordTable
  private let intervalsByContig: [Range<Int>]
  private let regulatory: RecordTable
  private let regulatoryByContig: [Range<Int>]
  /// Sources of known variants, in the order given to the build.
  let sources: [KnownSource]
  /// The reference's bases; `requireReference` checks a contig's before they are used.
  let reference: PackedReference
  /// What stands before a position in a name on each contig: the accession, or else the contig's name, and `:g.` or
  /// `:m.`.
  let genomicPrefixes: [[UInt8]]
  // Contigs whose bases were compared with their digest.
  private let checkedContigs = Mutex<Set<Int>>([])
  static let referenceSection = "refbases"

  /// Opens a cache: checks its head and its small sections. `verify()` checks the rest before they are used.
  /// - Throws: `InputError` of kind `unreadable`; `CacheError`. Blocks.
  public convenience init(path: String) throws { try self.init(MappedFile(path: path), path: path) }

  /// Opens a cache in memory.
  package convenience init(bytes: [UInt8], path: String) throws { try self.init(MappedFile(bytes: bytes), path: path) }

  private init(_ file: MappedFile, path: String) throws {
    self.path = path
    self.file = file
    let (layout, content) = try CacheLayout.decode(file.bytes, path: path)
    self.layout = layout
    size = file.bytes.count
    sections = layout.map { ($0.name, $0.range.count) }
    digest = CacheLayout.hexadecimal(content)
    func section(_ name: String, stride: Int = 1, verified: Bool = false) throws(CacheError) -> RecordTable {
      guard let section = layout.first(where: { $0.name == name }), section.range.count % stride == 0 else {
        throw CacheLayout.damaged(path, "section \(name) is missing or cut")
      }
      if verified { try CacheLayout.verify(section, in: file.bytes, path: path) }
      return RecordTable(bytes: UnsafeRawBufferPointer(rebasing: file.bytes[section.range]), stride: stride)
    }
    let build = try section("build", verified: true)
    let contigs = try section("contigs", stride: CacheRecords.contig, verified: true)
    strings = try section("strings")
    genes = try section("genes", stride: CacheRecords.gene)
    transcripts = try section("transcripts", stride: CacheRecords.transcript)
    intervals = try section("intervals", stride: CacheRecords.interval)
    regulatory = try section("regulatory", stride: CacheRecords.regulatory)
    tables = Transcript.Tables(
      transcripts: transcripts, exons: try section("exons", stride: CacheRecords.exon),
      edits: try section("edits", stride: CacheRecords.edit),
      recoded: try section("recoded", stride: CacheRecords.recoded),
      mature: try section("mature", stride: CacheRecords.mature), bases: try section("bases").bytes,
      strings: strings.bytes)
    guard
      let reference = PackedReference(
        index: try section("refindex", stride: CacheRecords.packedContig),
        others: try section("refruns", stride: CacheRecords.packedRun),
        bytes: try section(Self.referenceSection).bytes), reference.count == contigs.count
    else { throw CacheLayout.damaged(path, "the reference's bases cannot be found") }
    self.reference = reference
    guard let provenance = CacheBuild(json: Array(build.bytes)) else {
      throw CacheLayout.damaged(path, "its provenance cannot be read")
    }
    self.build = provenance
    var names: [Contig] = []
    var ranges: [Range<Int>] = []
    var regulatoryRanges: [Range<Int>] = []
    var prefixes: [[UInt8]] = []
    for index in 0..<contigs.count {
      let place = contigs.u32(index, 0)
      let count = contigs.u32(index, 4)
      guard place + count <= strings.bytes.count else { throw CacheLayout.damaged(path, "a name lies outside it") }
      let record = index * CacheRecords.contig
      names.append(
        Contig(
          name: String(decoding: strings.bytes[place..<(place + count)], as: UTF8.self),
          length: Int(contigs.bytes.littleEndian(UInt64.self, at: record + 8)),
          digest: RefgetDigest(
            sha512t24u: String(decoding: contigs.bytes[(record + 16)..<(record + 48)], as: UTF8.self))))
      let accession = reference.accession(index)
      guard accession.upperBound <= strings.bytes.count else {
        throw CacheLayout.damaged(path, "an accession lies outside it")
      }
      let name = accession.isEmpty ? strings.bytes[place..<(place + count)] : strings.bytes[accession]
      let isMitochondrial = name.elementsEqual(RefSeqContigs.mitochondrion.utf8)
      var prefix: [UInt8] = []
      HGVSText.append(UnsafeRawBufferPointer(rebasing: name), to: &prefix)
      HGVSText.append(isMitochondrial ? ":m." : ":g.", to: &prefix)
      prefixes.append(prefix)
      ranges.append(contigs.u32(index, 48)..<(contigs.u32(index, 48) + contigs.u32(index, 52)))
      regulatoryRanges.append(contigs.u32(index, 56)..<(contigs.u32(index, 56) + contigs.u32(index, 60)))
    }
    guard let dictionary = ContigDictionary(names), (ranges.map(\.upperBound).max() ?? 0) <= intervals.count,
      (regulatoryRanges.map(\.upperBound).max() ?? 0) <= regulatory.count
    else {
      throw CacheLayout.damaged(path, "its contigs cannot be read")
    }
    self.contigs = dictionary
    intervalsByContig = ranges
    regulatoryByContig = regulatoryRanges
    var sources: [KnownSource] = []
    for (number, source) in provenance.sources.enumerated() {
      sources.append(
        try KnownSource(
          source, contigs: dictionary,
          chunks: try section(KnownSource.chunkSection(number), stride: KnownSource.chunkEntry, verified: true),
          rows: try section(KnownSource.rowSection(number)), path: path))
    }
    self.sources = sources
    genomicPrefixes = prefixes
  }

  /// The digest of each section that holds no source of known variants, by name; `build`, which tells of sources, aside.
  var geneSectionDigests: [String: [UInt8]] {
    var digests: [String: [UInt8]] = [:]
    for section in layout where section.name != "build" && !KnownSource.isSection(section.name) {
      digests[section.name] = section.sha256
    }
    return digests
  }

  /// Compares every section with its digest; reads the whole file once. Blocks.
  /// - Throws: `CacheError` of kind `damaged`.
  public func verify() throws(CacheError) {
    for section in layout { try CacheLayout.verify(section, in: file.bytes, path: path) }
  }

  /// Compares with their digests the sections that are used as they stand. The reference's bases are compared contig by
  /// contig, sources chunk by chunk, where each is first used. Blocks.
  /// - Throws: `CacheError` of kind `damaged`.
  func verifyGenes() throws(CacheError) {
    for section in layout {
      if section.name == Self.referenceSection || KnownSource.isRowSection(section.name) {
        try CacheLayout.verifyPadding(section, in: file.bytes, path: path)
      } else {
        try CacheLayout.verify(section, in: file.bytes, path: path)
      }
    }
  }

  /// Compares the bases of a contig with their digest, once. Blocks.
  /// - Throws: `CacheError` of kind `damaged`.
  func requireReference(_ contig: Int) throws(CacheError) {
    try checkedContigs.withLock { checked throws(CacheError) in
      guard !checked.contains(contig) else { return }
      guard CacheLayout.sha256(reference.packed(contig)).elementsEqual(reference.digest(contig)) else {
        throw CacheLayout.damaged(path, "the bases of contig \(contigs.contigs[contig].name) differ from their digest")
      }
      checked.insert(contig)
    }
  }

  /// The number of transcripts.
  public var transcriptCount: Int { transcripts.count }
  /// The number of genes.
  public var geneCount: Int { genes.count }

  /// Whether a contig of `contigs` carries transcripts.
  public func hasGenes(_ contig: Int) -> Bool { !intervalsByContig[contig].isEmpty }

  func transcript(_ index: Int) -> Transcript { Transcript(index, tables) }

  func identifier(_ transcript: Int) -> MappedText { string(transcripts, transcript, 0) }
  func version(_ transcript: Int) -> MappedText { string(transcripts, transcript, 8) }
  func protein(_ transcript: Int) -> MappedText { string(transcripts, transcript, 24) }
  func biotype(_ transcript: Int) -> MappedText { string(transcripts, transcript, 16) }
  func geneIdentifier(_ transcript: Int) -> MappedText { string(genes, gene(transcript), 0) }
  func geneSymbol(_ transcript: Int) -> MappedText { string(genes, gene(transcript), 8) }
  func hgncIdentifier(_ transcript: Int) -> MappedText { string(genes, gene(transcript), 24) }
  func symbolSource(_ transcript: Int) -> MappedText { string(genes, gene(transcript), 32) }
  /// The transcript of the other annotation that is the same under MANE.
  func counterpart(_ transcript: Int) -> MappedText { string(transcripts, transcript, 96) }
  func supportLevel(_ transcript: Int) -> MappedText { string(transcripts, transcript, 104) }
  func appris(_ transcript: Int) -> MappedText { string(transcripts, transcript, 112) }
  func consensus(_ transcript: Int) -> MappedText { string(transcripts, transcript, 120) }
  /// The number of a transcript's gene.
  func gene(_ transcript: Int) -> Int { transcripts.u32(transcript, 32) }
  /// The place of a transcript's contig in `contigs`.
  func contig(of transcript: Int) -> Int { transcripts.u32(transcript, 36) }

  private func string(_ table: RecordTable, _ record: Int, _ offset: Int) -> MappedText {
    let place = table.u32(record, offset)
    return UnsafeRawBufferPointer(rebasing: strings.bytes[place..<(place + table.u32(record, offset + 4))])
  }

  /// The transcripts that share a base with, or touch, `range` (from 0, half-open) of a contig; ascending.
  func transcripts(on contig: Int, near range: Range<Int>, into found: inout [Int]) {
    found.removeAll(keepingCapacity: true)
    Self.records(of: intervals, intervalsByContig[contig], near: range) { found.append(intervals.u32($0, 12)) }
    found.sort()
  }

  /// Whether a contig of `contigs` carries regulatory features.
  func hasRegulatory(_ contig: Int) -> Bool { !regulatoryByContig[contig].isEmpty }

  /// The numbers of the regulatory features that share a base with, or touch, `range` of a contig; ascending.
  func regulatory(on contig: Int, near range: Range<Int>, into found: inout [Int]) {
    found.removeAll(keepingCapacity: true)
    Self.records(of: regulatory, regulatoryByContig[contig], near: range) { found.append($0) }
    found.sort()
  }

  /// A regulatory feature by its number.
  func regulatory(_ number: Int) -> RegulatoryFeature {
    let packed = regulatory.u32(number, 12)
    let strand = packed >> 8 & 255
    return RegulatoryFeature(
      start: regulatory.u32(number, 0), end: regulatory.u32(number, 4), kind: packed & 255 == 1 ? .motif : .region,
      isReverse: strand == 0 ? nil : strand == 2, identifier: string(regulatory, number, 16),
      biotype: string(regulatory, number, 24))
  }

  /// Gives the records, of some that are sorted by start, that share a base with, or touch, `range`. Their first fields
  /// are start, end and the greatest end so far.
  @inline(__always)
  private static func records(
    of intervals: RecordTable, _ all: Range<Int>, near range: Range<Int>, _ body: (Int) -> Void
  ) {
    var low = all.lowerBound
    var high = all.upperBound
    // The first that starts behind the range.
    while low < high {
      let middle = (low + high) / 2
      if intervals.u32(middle, 0) <= range.upperBound { low = middle + 1 } else { high = middle }
    }
    var index = low - 1
    while index >= all.lowerBound, intervals.u32(index, 8) >= range.lowerBound {
      if intervals.u32(index, 4) >= range.lowerBound { body(index) }
      index -= 1
    }
  }
}
