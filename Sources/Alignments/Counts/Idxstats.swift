public import GenomicFiles
import Genomics

/// The counts of `samtools idxstats`: records by contig, placed-unmapped ones apart; secondary and supplementary included.
public struct Idxstats: RecordCollector, Equatable {
  /// `idxstats`.
  public static let name = "idxstats"

  /// Mapped records by contig.
  public private(set) var mapped: [Int]
  /// Unmapped records that stand at a contig (their mate's).
  public private(set) var unmapped: [Int]
  /// Records without a contig.
  public private(set) var unplaced = 0

  /// Nothing counted, of this many contigs.
  public init(contigCount: Int) {
    mapped = Array(repeating: 0, count: contigCount)
    unmapped = mapped
  }

  /// Nothing counted.
  public init?(_ setting: CollectorSetting) { self.init(contigCount: setting.lengths.count) }

  /// All records.
  public var records: Int { mapped.reduce(0, +) + unmapped.reduce(0, +) + unplaced }

  /// The contigs (indices in the header) that carry records.
  public var usedContigs: [Int] { mapped.indices.filter { mapped[$0] + unmapped[$0] > 0 } }

  /// Counts a record.
  public mutating func add(_ record: AlignmentRecord) {
    let contig = record.contig
    if contig < 0 {
      unplaced += 1
    } else if record.flags.contains(.unmapped) {
      unmapped[contig] += 1
    } else {
      mapped[contig] += 1
    }
  }

  /// Adds a part.
  public mutating func merge(_ other: Idxstats) {
    for index in mapped.indices {
      mapped[index] += other.mapped[index]
      unmapped[index] += other.unmapped[index]
    }
    unplaced += other.unplaced
  }

  /// The text of `samtools idxstats`: name, length, mapped, unmapped; `*` for records without a contig.
  public func text(_ header: SAMHeader) -> String {
    header.contigs.contigs.enumerated().map { index, contig in
      "\(contig.name)\t\(contig.length ?? 0)\t\(mapped[index])\t\(unmapped[index])\n"
    }.joined() + "*\t0\t0\t\(unplaced)\n"
  }

  /// The files that it may add.
  public static func suffixes(_ options: AlignmentOptions) -> [String] { [".idxstats.txt"] }

  /// The text as `.idxstats.txt`.
  public func report(_ result: AlignmentResult, to report: inout CollectorReport) {
    report.add(".idxstats.txt", text(result.header))
  }
}
