public import GenomicFiles
import Genomics

/// Alignments that begin in each million bases of chromosomes 1 to 22, X and Y: primary, without the flags QC-fail and
/// duplicate, any mapping quality.
///
/// Without a floor of mapping quality, since reads of repeated parts of Y would else be missing in everybody who has a
/// Y. What is told rests on medians of stretches, which piles and gaps do not move.
public struct ChromosomeBins: RecordCollector {
  /// `sex`.
  public static let name = "sex"
  /// The length of a stretch in bases.
  public static let binLength = 1_000_000

  static let excluded = SiteCounts.excluded

  let lengths: [Int]
  let options: SampleCheckOptions
  private let chromosomes: [String?]
  /// Alignments by stretch, by contig; none for contigs that are no chromosome. The last stretch is a part of one.
  private var bins: [[UInt32]]

  /// Nothing counted.
  public init?(_ setting: CollectorSetting) {
    options = setting.options.samples
    lengths = setting.lengths
    let known = setting.header.contigs.contigs.map { ContigName.canonical($0.name) }
    chromosomes = known.map { $0 == "MT" ? nil : $0 }
    bins = zip(chromosomes, setting.lengths).map { chromosome, length in
      chromosome == nil ? [] : [UInt32](repeating: 0, count: length / Self.binLength + 1)
    }
  }

  /// Counts a record.
  public mutating func add(_ record: AlignmentRecord) {
    let contig = record.contig
    guard contig >= 0, record.position >= 0, record.flags.isDisjoint(with: Self.excluded) else { return }
    let bin = record.position / Self.binLength
    guard bin < bins[contig].count else { return }
    bins[contig][bin] &+= 1
  }

  /// Adds a part.
  public mutating func merge(_ other: ChromosomeBins) {
    for contig in bins.indices {
      for bin in bins[contig].indices { bins[contig][bin] &+= other.bins[contig][bin] }
    }
  }

  /// The whole stretches of a contig, by their index; the part at its end is left out.
  func whole(_ contig: Int) -> ArraySlice<UInt32> { bins[contig].dropLast() }

  /// The contigs that are chromosomes, by name; the first where several have one name.
  var contigs: [(chromosome: String, contig: Int)] {
    var seen: Set<String> = []
    return chromosomes.indices.compactMap { contig in
      guard let chromosome = chromosomes[contig], seen.insert(chromosome).inserted else { return nil }
      return (chromosome, contig)
    }
  }
}
