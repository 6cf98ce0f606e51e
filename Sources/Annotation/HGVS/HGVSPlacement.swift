/// Where on a transcript an allele is told, of all the places that tell the same allele.
///
/// An allele that can be told within one exon is told there, else within one intron, else over the border: so it is
/// never shifted over an exon's end (HGVS, "deletion", the exception to the 3′ rule), and the name does not depend on
/// how the record spells the allele. Within that, the place is the most 3′ one on the transcript's strand.
struct HGVSPlacement {
  /// What the named stretch lies in.
  enum Site: Equatable {
    /// One exon, by its number on the contig.
    case exon(Int)
    /// One intron: that behind this exon on the contig.
    case intron(Int)
    /// The end of an exon at least, of which the first touched or last left behind is this, on the contig.
    case border(Int)
  }

  /// The named stretch on the contig, from 0, half-open.
  var range: Range<Int>
  var site: Site
  /// The allele's kind, but for a copy of bases of which some lie outside the transcript: that is an insertion.
  var kind: HGVSAllele.Kind

  /// Finds the place; nil where no place lies in the transcript.
  static func find(_ allele: HGVSAllele, on transcript: Transcript) -> HGVSPlacement? {
    if let found = find(allele, as: allele.kind, on: transcript) { return found }
    return allele.kind == .duplication ? find(allele, as: .insertion, on: transcript) : nil
  }

  private static func find(
    _ allele: HGVSAllele, as kind: HGVSAllele.Kind, on transcript: Transcript
  ) -> HGVSPlacement? {
    let window = allele.window(kind)
    let starts = allele.windowStarts(kind)
    let low = max(starts.lowerBound, transcript.start)
    let high = min(starts.upperBound, transcript.end - window)
    guard low <= high else { return nil }
    let first = exon(at: low, of: transcript)
    let exon = transcript.exon(first)
    // Nearly always all places lie in one exon or intron.
    if high + window <= exon.end {
      return HGVSPlacement(range: range(low, high, window, transcript), site: .exon(first), kind: kind)
    }
    if low >= exon.end, first + 1 < transcript.exonCount, high + window <= transcript.exon(first + 1).start {
      return HGVSPlacement(range: range(low, high, window, transcript), site: .intron(first), kind: kind)
    }
    return choose(low, high, window, first, transcript, kind)
  }

  private static func choose(
    _ low: Int, _ high: Int, _ window: Int, _ first: Int, _ transcript: Transcript, _ kind: HGVSAllele.Kind
  ) -> HGVSPlacement {
    var inExon: HGVSPlacement?
    var inIntron: HGVSPlacement?
    var number = first
    while number < transcript.exonCount {
      let exon = transcript.exon(number)
      if exon.start >= high + window { break }
      let (from, to) = (max(low, exon.start), min(high, exon.end - window))
      // The last one that is found is the most 3′ one of the plus strand, the first that of the minus strand.
      if from <= to, inExon == nil || !transcript.isReverse {
        inExon = HGVSPlacement(range: range(from, to, window, transcript), site: .exon(number), kind: kind)
      }
      if number + 1 < transcript.exonCount {
        let (from, to) = (max(low, exon.end), min(high, transcript.exon(number + 1).start - window))
        if from <= to, inIntron == nil || !transcript.isReverse {
          inIntron = HGVSPlacement(range: range(from, to, window, transcript), site: .intron(number), kind: kind)
        }
      }
      number += 1
    }
    if let found = inExon ?? inIntron { return found }
    let place = range(low, high, window, transcript)
    return HGVSPlacement(range: place, site: .border(Self.exon(at: place.lowerBound, of: transcript)), kind: kind)
  }

  private static func range(_ low: Int, _ high: Int, _ window: Int, _ transcript: Transcript) -> Range<Int> {
    let start = transcript.isReverse ? low : high
    return start..<(start + window)
  }

  /// The last exon that starts at or before a position of the transcript's span, by bisection.
  @inline(__always)
  static func exon(at position: Int, of transcript: Transcript) -> Int {
    var low = 0
    var high = transcript.exonCount
    while high - low > 1 {
      let middle = (low + high) / 2
      if transcript.exon(middle).start <= position { low = middle } else { high = middle }
    }
    return low
  }
}
