/// What a page about alignments draws beside its metrics.
public struct AlignmentPlots: Sendable {
  /// Pairs by insert size, of one orientation.
  public struct Inserts: Sendable {
    /// `FR`, `RF` or `TANDEM`.
    public var orientation: String
    /// The median in bases.
    public var median: Double
    /// The median absolute deviation in bases.
    public var deviation: Double
    /// Sizes in bases with their pairs, ascending; those far beyond the median are left out.
    public var pairs: [(size: Int, pairs: Int)]
  }

  /// One transcript's exons.
  public struct Transcript: Sendable {
    /// The gene's symbol.
    public var gene: String
    /// The transcript.
    public var transcript: String
    /// The contig's name.
    public var contig: String
    /// Why reads may lie in the wrong place, and who says so; nil for a gene that is not known for it.
    public var risk: String?
    /// The exons by ascending place.
    public var exons: [ExonCoverage]

    /// Bases in gaps.
    public var gapBases: Int { exons.reduce(0) { $0 + $1.gaps.reduce(0) { $0 + $1.places.count } } }
    /// Bases in exons.
    public var bases: Int { exons.reduce(0) { $0 + $1.exon.places.count } }
  }

  /// Pairs by insert size; empty where there are none.
  public var inserts: [Inserts] = []
  /// Windows of the reference by percentage of GC, with reads relative to the mean; empty where it is unknown.
  public var gc: [(gc: Int, windows: Int, coverage: Double)] = []
  /// Transcripts by contig and place; empty where no exons were given.
  public var transcripts: [Transcript] = []
  /// What counts as a gap; nil where no exons were given.
  public var profile: GapProfile?

  /// Nothing to draw.
  init() {}

  /// What a pass found.
  public init(_ result: AlignmentResult) {
    if let sizes = result[InsertSizes.self] {
      inserts = InsertSizeMetrics(sizes).rows.map { row in
        Inserts(
          orientation: row.orientation.label, median: row.median, deviation: row.deviation,
          pairs: row.trimmed.bins.map { ($0.key, $0.count) })
      }
    }
    if let reads = result[GCBiasReads.self], let bias = reads.measured(result) {
      gc = GCBiasMetrics(bias, reads).points
    }
    if let gaps = result[GapsCollector.self] {
      profile = gaps.options.profile
      transcripts = Self.transcripts(gaps)
    }
  }

  private static func transcripts(_ gaps: GapsCollector) -> [Transcript] {
    var places: [[String]: Int] = [:]
    var transcripts: [Transcript] = []
    for exon in gaps.found {
      let key = [exon.contigName, exon.exon.gene, exon.exon.transcript]
      if let place = places[key] {
        transcripts[place].exons.append(exon)
      } else {
        places[key] = transcripts.count
        transcripts.append(
          Transcript(
            gene: exon.exon.gene, transcript: exon.exon.transcript, contig: exon.contigName,
            risk: gaps.options.difficult.entry(exon.exon.gene)?.text, exons: [exon]))
      }
    }
    return transcripts
  }
}
