public import GenomicFiles
import Genomics

/// What a collector is given to begin with.
public struct CollectorSetting: Sendable {
  /// The file's header.
  public let header: SAMHeader
  /// The contigs' lengths in bases, in the header's order; 0 where the header does not say.
  public let lengths: [Int]
  /// What the user asked for.
  public let options: AlignmentOptions
  /// Whether there is a reference.
  public let hasReference: Bool

  /// A setting.
  public init(header: SAMHeader, options: AlignmentOptions = AlignmentOptions(), hasReference: Bool = false) {
    self.header = header
    lengths = header.contigs.contigs.map { $0.length ?? 0 }
    self.options = options
    self.hasReference = hasReference
  }
}

/// What a user can ask of the pass over alignments (CLI.md, "Alignments").
public struct AlignmentOptions: Sendable, Hashable {
  /// Depths at which coverage is told.
  public var thresholds = [1, 10, 15, 20, 30]
  /// What the checks of a sample are given.
  public var samples = SampleCheckOptions()
  /// Regions that coverage is told for.
  public var targets: TargetRegions?
  /// Whether depth is written base by base, as runs of equal depth.
  public var perBase = false
  /// Bins in which depth is written, as runs of bases of one bin.
  public var quantize: DepthBins?
  /// The least mapping quality of alignments that mosdepth's files count; no other definition has this option.
  public var minimumMappingQuality = 0
  /// Exons whose gaps are told.
  public var gaps: GapOptions?

  /// The defaults.
  public init() {}

  /// Refuses what is of another assembly than the alignments.
  func check(_ contigs: ContigDictionary) throws(InputError) {
    try targets?.check(contigs)
    try gaps?.check(contigs)
  }
}

/// One contig's bases in upper case. Immutable, shared by the collectors.
public final class ContigBases: Sendable {
  /// The contig's index in the header.
  public let contig: Int
  /// The bases, one a byte, `bytes[p]` at position `p` counted from 0.
  public let bytes: [UInt8]

  /// A contig of these bases.
  public init(contig: Int, bytes: [UInt8]) {
    self.contig = contig
    self.bytes = bytes
  }
}

/// Consecutive records of a batch that stand at one contig.
public struct AlignmentSlice: Sendable {
  /// The batch.
  public let batch: AlignmentBatch
  /// The records' indices in the batch.
  public let records: Range<Int>
  /// The contig's index in the header.
  public let contig: Int

  /// Some of a batch's records.
  public init(batch: AlignmentBatch, records: Range<Int>, contig: Int) {
    self.batch = batch
    self.records = records
    self.contig = contig
  }

  /// Gives each record in order to `body`.
  @inline(__always)
  public func forEachRecord(_ body: (AlignmentRecord) throws -> Void) rethrows {
    try batch.forEachRecord(in: records) { _, record in try body(record) }
  }
}

/// Text for large outputs on its way, by the suffix of the output's name.
public struct CollectorStreams: Sendable {
  private var pending: [String: [UInt8]] = [:]

  /// Nothing pending.
  public init() {}

  /// Appends final text to an output.
  public mutating func append(_ text: [UInt8], to suffix: String) { pending[suffix, default: []] += text }

  mutating func take() -> [String: [UInt8]] {
    let taken = pending
    pending = [:]
    return taken
  }
}
