/// The stretches of a contig that lie in some CDS, walked along with sorted records: most records touch none, and of
/// those nothing but the position is looked at.
struct CodingSpans {
  private var spans: [Range<Int>] = []
  private var next = 0

  /// No stretches.
  init() {}

  /// Of all transcripts of a contig whose frame is known.
  init(_ cache: AnnotationCache, contig: Int) {
    guard cache.hasGenes(contig) else { return }
    var transcripts: [Int] = []
    cache.transcripts(on: contig, near: 0..<cache.reference.length(contig), into: &transcripts)
    var all: [Range<Int>] = []
    for index in transcripts {
      let transcript = cache.transcript(index)
      guard let coding = transcript.coding else { continue }
      for number in 0..<transcript.exonCount {
        let exon = transcript.exon(number)
        let inside = (exon.offset..<(exon.offset + exon.end - exon.start)).clamped(to: coding)
        guard !inside.isEmpty else { continue }
        let (from, to) = (inside.lowerBound - exon.offset, inside.upperBound - exon.offset)
        all.append(
          transcript.isReverse ? (exon.end - to)..<(exon.end - from) : (exon.start + from)..<(exon.start + to))
      }
    }
    spans = TranscriptModel.joined(all)
  }

  /// Whether a stretch (from 0, half-open) shares a base with a CDS or stands beside one.
  /// - Precondition: the stretches that are asked for begin in ascending order.
  mutating func touch(_ start: Int, _ end: Int) -> Bool {
    while next < spans.count, spans[next].upperBound < start { next += 1 }
    return next < spans.count && spans[next].lowerBound <= end
  }
}
