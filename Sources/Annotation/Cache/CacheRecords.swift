/// The fixed records of the cache's sections: where each field stands, in bytes. Positions count from 0, half-open.
///
/// `contigs` 64 bytes: name (string), length u64, refget digest 32 or zeros, first interval u32, intervals u32,
/// first regulatory feature u32, regulatory features u32.
/// `genes` 48: id, symbol, biotype, HGNC id, source of the symbol (strings). `transcripts` 136: id, version, biotype,
/// protein (strings), gene u32, contig u32, start u32, end u32, first exon u32, exons u32, CDS start and end in the bases
/// u32 (both 0 for none), flags u32, strand u8 (1 reverse), phase u8, has CDS u8, 0, first base u64, bases u32, first
/// edit u32, first recoded codon u32, edits u16, recoded codons u16, MANE counterpart, support level, APPRIS, CCDS
/// (strings), first mature miRNA u32, mature miRNAs u32. `exons` 16: start, end, place of its first base in the transcript u32, 0.
/// `intervals` 16: start, end, greatest end so far u32, transcript u32; of a contig by start. `bases` are letters.
/// `edits` 16: place in the bases, bases left out u32, letters put in (string): what makes the transcript's own sequence
/// of its bases; ascending. `recoded` 4: the place of a selenocysteine's codon in the bases.
/// `mature` 8: start and end u32 of a mature miRNA on the contig. `regulatory` 32: start, end, greatest end so far u32,
/// kind u8 (1 motif), strand u8 (1 forward, 2 reverse), zeros 2, id, biotype (strings); of a contig by start.
/// `refindex` 64: first byte u64 in `refbases`, length u64, first run u32, runs u32, accession (string), SHA-256 of the
/// packed bytes 32. `refruns` 12: start, end u32, letter u32. `refbases`: see `PackedReference`. A string is offset and
/// length u32 in `strings`.
enum CacheRecords {
  static let contig = 64
  static let gene = 48
  static let transcript = 136
  static let exon = 16
  static let interval = 16
  static let edit = 16
  static let recoded = 4
  static let mature = 8
  static let regulatory = 32
  static let packedContig = 64
  static let packedRun = 12
}

/// A text in the mapped cache.
typealias MappedText = UnsafeRawBufferPointer

/// A table of the cache's fixed records.
struct RecordTable: @unchecked Sendable {
  // Points into the mapped file, which the cache keeps.
  let bytes: UnsafeRawBufferPointer
  let stride: Int
  var count: Int { bytes.count / stride }

  @inline(__always)
  func u32(_ record: Int, _ offset: Int) -> Int {
    Int(bytes.littleEndian(UInt32.self, at: record * stride + offset))
  }
}

/// An exon: where it lies on the contig (from 0, half-open) and where its bases start in the transcript's.
struct Exon {
  var start: Int
  var end: Int
  /// The place, in the transcript's bases, of the exon's first base on the transcript's strand.
  var offset: Int
}

/// A transcript in the mapped cache. Positions count from 0, half-open; valid while the cache is.
struct Transcript {
  let index: Int
  let start: Int
  let end: Int
  let isReverse: Bool
  /// Where the CDS lies in `bases`; nil for none, or where it is irregular.
  let coding: Range<Int>?
  /// Whether the annotation gives it a CDS at all.
  let hasCoding: Bool
  /// Bases that a whole first codon lacks, 0 to 2.
  let lead: Int
  let flags: TranscriptFlags
  /// The spliced bases on the transcript's strand.
  let bases: UnsafeRawBufferPointer
  let exonCount: Int
  /// How many places of the bases the transcript's own sequence has otherwise.
  let editCount: Int
  /// How many codons stand for selenocysteine.
  let recodedCount: Int
  /// How many mature miRNAs are cut out of it.
  let matureCount: Int
  private let firstExon: Int
  private let firstEdit: Int
  private let firstRecoded: Int
  private let firstMature: Int
  private let tables: Tables

  /// The tables that transcripts point into.
  struct Tables: @unchecked Sendable {
    // Point into the mapped file, which the cache keeps.
    let transcripts: RecordTable
    let exons: RecordTable
    let edits: RecordTable
    let recoded: RecordTable
    let mature: RecordTable
    let bases: UnsafeRawBufferPointer
    let strings: UnsafeRawBufferPointer
  }

  init(_ index: Int, _ tables: Tables) {
    let table = tables.transcripts
    self.tables = tables
    firstEdit = table.u32(index, 84)
    firstRecoded = table.u32(index, 88)
    let counts = table.u32(index, 92)
    editCount = counts & 0xFFFF
    recodedCount = counts >> 16
    firstMature = table.u32(index, 128)
    matureCount = table.u32(index, 132)
    self.index = index
    start = table.u32(index, 40)
    end = table.u32(index, 44)
    firstExon = table.u32(index, 48)
    exonCount = table.u32(index, 52)
    let codingStart = table.u32(index, 56)
    let codingEnd = table.u32(index, 60)
    coding = codingEnd > codingStart ? codingStart..<codingEnd : nil
    flags = TranscriptFlags(rawValue: UInt32(table.u32(index, 64)))
    let packed = table.u32(index, 68)
    isReverse = packed & 255 == 1
    lead = (3 - packed >> 8 & 255) % 3
    hasCoding = packed >> 16 & 255 == 1
    let first = Int(table.bytes.littleEndian(UInt64.self, at: index * table.stride + 72))
    bases = UnsafeRawBufferPointer(rebasing: tables.bases[first..<(first + table.u32(index, 80))])
  }

  /// An exon by its place on the contig, ascending.
  @inline(__always)
  func exon(_ number: Int) -> Exon {
    let record = firstExon + number
    return Exon(
      start: tables.exons.u32(record, 0), end: tables.exons.u32(record, 4), offset: tables.exons.u32(record, 8))
  }

  /// A place where the transcript's own sequence differs from its bases.
  struct Edit {
    /// Where in the bases.
    var place: Int
    /// How many of the bases the transcript lacks from there.
    var skipped: Int
    /// What it has in their stead; N for letters that are not known.
    var letters: MappedText
  }

  /// An edit; ascending by place.
  func edit(_ number: Int) -> Edit {
    let record = firstEdit + number
    let start = tables.edits.u32(record, 8)
    return Edit(
      place: tables.edits.u32(record, 0), skipped: tables.edits.u32(record, 4),
      letters: UnsafeRawBufferPointer(rebasing: tables.strings[start..<(start + tables.edits.u32(record, 12))]))
  }

  /// The place, in the bases, of a selenocysteine's codon; ascending.
  func recoded(_ number: Int) -> Int { tables.recoded.u32(firstRecoded + number, 0) }

  /// Where a mature miRNA lies on the contig; ascending.
  func mature(_ number: Int) -> Range<Int> {
    let record = firstMature + number
    return tables.mature.u32(record, 0)..<tables.mature.u32(record, 4)
  }

  /// An exon's or intron's number as people count: from 1, on the transcript's strand.
  func ordinal(_ number: Int, of count: Int) -> Int { isReverse ? count - number : number + 1 }
}
