import Genomics

/// The stretches of a contig that lie in an exon of some transcript, or near one.
///
/// Most variants of a genome lie in none: whoever asks for changes of coding bases and splice sites alone leaves them out
/// without looking at a transcript.
package struct ExonNeighbourhood: Sendable {
  /// How far a stretch reaches beyond its exon: as far as a splice region does (eight bases of the intron).
  package static let margin = 8

  fileprivate let stretches: [Range<Int>]

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
    let first = first(reaching: range.lowerBound)
    return first < stretches.count && stretches[first].lowerBound <= range.upperBound
  }

  /// The number of the first stretch that ends at a place or behind it.
  fileprivate func first(reaching place: Int) -> Int {
    var (low, high) = (0, stretches.count)
    while low < high {
      let middle = (low + high) / 2
      if stretches[middle].upperBound < place { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Asks of ranges that come mostly in ascending order: the same answers as ``touches(_:)``, without a search where the
  /// next range lies before the next stretch's end.
  package struct Walk {
    private let neighbourhood: ExonNeighbourhood
    /// The places for which the stretch at hand is the first that reaches them, closed.
    private var from = 0
    private var to = -1
    /// Where that stretch begins; beyond every place where there is none.
    private var lower = Int.max

    package init(_ neighbourhood: ExonNeighbourhood) { self.neighbourhood = neighbourhood }

    /// See ``ExonNeighbourhood/touches(_:)``.
    @inline(__always)
    package mutating func touches(_ range: Range<Int>) -> Bool {
      if range.lowerBound < from || range.lowerBound > to { seek(range.lowerBound) }
      return lower <= range.upperBound
    }

    private mutating func seek(_ place: Int) {
      let stretches = neighbourhood.stretches
      let next = neighbourhood.first(reaching: place)
      from = next == 0 ? Int.min : stretches[next - 1].upperBound + 1
      (lower, to) = next < stretches.count ? (stretches[next].lowerBound, stretches[next].upperBound) : (.max, .max)
    }
  }
}
