import Genomics

/// The stretches of a contig that lie in an exon of some transcript, or near one.
///
/// Most variants of a genome lie in none: whoever asks for changes of coding bases and splice sites alone leaves them out
/// without looking at a transcript.
package struct ExonNeighbourhood: Sendable {
  /// How far a stretch reaches beyond its exon: as far as a splice region does (eight bases of the intron).
  package static let margin = 8

  private let stretches: [Range<Int>]

  /// Of all transcripts of a contig; none where the cache does not have it.
  package init(_ cache: AnnotationCache, contig name: String) {
    guard let contig = cache.contigs.index(of: name), cache.hasGenes(contig) else {
      stretches = []
      return
    }
    var transcripts: [Int] = []
    cache.transcripts(on: contig, near: 0..<cache.reference.length(contig), into: &transcripts)
    var all: [Range<Int>] = []
    for index in transcripts {
      let transcript = cache.transcript(index)
      for number in 0..<transcript.exonCount {
        let exon = transcript.exon(number)
        all.append((exon.start - Self.margin)..<(exon.end + Self.margin))
      }
    }
    stretches = TranscriptModel.joined(all)
  }

  /// Whether a range (from 0, half-open; empty for a place between two bases) shares a base with a stretch, or stands
  /// beside one.
  package func touches(_ range: Range<Int>) -> Bool {
    var (low, high) = (0, stretches.count)
    while low < high {
      let middle = (low + high) / 2
      if stretches[middle].upperBound < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low < stretches.count && stretches[low].lowerBound <= range.upperBound
  }
}
