/// How a sample is sequenced. Fractions are of pairs unless it says otherwise.
public struct SequencingOptions: Sendable {
  /// Bases of each mate.
  public var readLength = 150
  /// Mean fragment length in bases.
  public var insertMean = 420.0
  /// Standard deviation of the fragment length in bases.
  public var insertDeviation = 90.0
  /// Fragments shorter than a read: the read runs through into the adapter.
  public var readThrough = 0.03
  /// Copies of another fragment (flag 0x400).
  public var duplicates = 0.08
  /// Neither mate aligns.
  public var unmappedPairs = 0.006
  /// One mate does not align.
  public var halfMapped = 0.004
  /// Fail the sequencer's own filter (flag 0x200, `Y` in FASTQ).
  public var failedQC = 0.003
  /// Get a secondary record.
  public var secondary = 0.004
  /// One read is chimeric and gets a supplementary record.
  public var supplementary = 0.004
  /// The mates lie on different contigs.
  public var crossContig = 0.002
  /// Copies of a mitochondrial contig for each autosomal copy.
  public var mitochondrialCopies = 10.0
  /// Quality levels.
  public var levels = QualityLevels.four
  /// Lanes, each with a read group and a FASTQ pair of its own.
  public var lanes = 1
  /// In the read names.
  public var flowcell = "HSYNDSX2"
  /// In the FASTQ comments and the read groups.
  public var index = "ACGTTGCA"

  /// Illumina-like whole-genome sequencing.
  public init() {}

  func checked() throws(WorkloadError) -> SequencingOptions {
    guard (30...250).contains(readLength) else { throw WorkloadError("reads must have 30 to 250 bases") }
    guard (1...4).contains(lanes) else { throw WorkloadError("there are 1 to 4 lanes") }
    guard (1...0xff).contains(index.utf8.count), !flowcell.isEmpty else {
      throw WorkloadError("a flow cell and an index are needed")
    }
    return self
  }
}

/// Adapters of Illumina's TruSeq kits, as they appear after a short fragment.
enum Adapter {
  static let first = Array("AGATCGGAAGAGCACACGTCTGAACTCCAGTCA".utf8)
  static let second = Array("AGATCGGAAGAGCGTCGTGTAGGGAAAGAGTGT".utf8)
}
