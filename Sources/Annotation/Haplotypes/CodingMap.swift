/// A transcript's CDS as frames are counted in it: places count from the first base of the first codon, also where that
/// codon lacks bases, so that codons of the reference begin at multiples of three.
struct CodingMap {
  let transcript: Transcript
  /// The CDS in the transcript's bases.
  let coding: Range<Int>
  let code: GeneticCode

  /// nil where the CDS's frame is not known.
  init?(_ transcript: Transcript) {
    guard let coding = transcript.coding else { return nil }
    self.transcript = transcript
    self.coding = coding
    code = GeneticCode(isMitochondrial: transcript.flags.contains(.mitochondrial))
  }

  /// The end of the CDS.
  var length: Int { coding.count + transcript.lead }

  /// What a place is in the transcript's bases.
  func inBases(_ place: Int) -> Int { place - transcript.lead + coding.lowerBound }

  /// A base on the transcript's strand, also behind the CDS; N for one that the transcript lacks.
  func base(_ place: Int) -> UInt8 {
    let index = inBases(place)
    return place < transcript.lead || index >= transcript.bases.count ? UInt8(ascii: "N") : transcript.bases[index]
  }

  /// Where the codon that a place lies in begins.
  static func codonStart(_ place: Int) -> Int { place / 3 * 3 }
  /// Where the last codon that ends at or behind a place ends.
  static func codonEnd(_ place: Int) -> Int { (place + 2) / 3 * 3 }

  private func isStop(_ place: Int) -> Bool {
    code.aminoAcid(base(place), base(place + 1), base(place + 2)) == UInt8(ascii: "*")
  }

  /// Where a frame shifted before `place` ends at the latest, if nothing is changed behind it: behind the first stop of
  /// either shifted frame, or at the CDS's end.
  func shiftedEnd(from place: Int) -> Int {
    var end = place
    for frame in 1...2 {
      var codon = place + ((frame - place) % 3 + 3) % 3
      while codon < length, !isStop(codon) { codon += 3 }
      end = max(end, codon + 3)
    }
    return min(end, length)
  }

  /// Where a shift of the frame has to lie at the earliest to reach `place`, if nothing is changed between: the last
  /// stop of either shifted frame before it, or the CDS's start.
  func shiftedStart(before place: Int) -> Int {
    var start = place
    for frame in 1...2 {
      var codon = place - 3 - ((place - 3 - frame) % 3 + 3) % 3
      while codon >= transcript.lead, !isStop(codon) { codon -= 3 }
      start = min(start, codon)
    }
    return max(start, 0)
  }

  /// The contig's position of a place of the CDS.
  func position(of place: Int) -> Int {
    let base = inBases(min(max(place, transcript.lead), length - 1))
    for number in 0..<transcript.exonCount {
      let exon = transcript.exon(number)
      guard base >= exon.offset, base < exon.offset + exon.end - exon.start else { continue }
      return transcript.isReverse ? exon.end - 1 - (base - exon.offset) : exon.start + base - exon.offset
    }
    return transcript.isReverse ? transcript.start : transcript.end - 1
  }

  /// Where an allele lies.
  enum Placement: Equatable {
    /// In no base of the CDS.
    case outside
    /// Whole within one exon of the CDS: what it replaces.
    case inside(Range<Int>)
    /// Over an end of an exon or of the CDS, or put in between two exons: what it touches of the CDS.
    case overEnd(Range<Int>)
  }

  /// Where a trimmed allele of the contig lies, `start..<end` from 0; empty for an insertion.
  func place(_ start: Int, _ end: Int) -> Placement {
    guard end >= transcript.start, start <= transcript.end else { return .outside }
    let first = HGVSPlacement.exon(at: start, of: transcript)
    let exon = transcript.exon(first)
    let shift = transcript.lead - coding.lowerBound
    func inBases(_ low: Int, _ high: Int, _ exon: Exon) -> Range<Int> {
      transcript.isReverse
        ? (exon.offset + exon.end - high)..<(exon.offset + exon.end - low)
        : (exon.offset + low - exon.start)..<(exon.offset + high - exon.start)
    }
    if start >= exon.start, end <= exon.end {
      let span = inBases(start, end, exon)
      let place = (span.lowerBound + shift)..<(span.upperBound + shift)
      if span.isEmpty {
        guard coding.lowerBound < span.lowerBound, span.lowerBound < coding.upperBound else { return .outside }
        // Whether it is spliced out with the intron is not known.
        return start == exon.start || start == exon.end ? .overEnd(place) : .inside(place)
      }
      guard span.overlaps(coding) else { return .outside }
      if coding.lowerBound <= span.lowerBound, span.upperBound <= coding.upperBound { return .inside(place) }
    }
    var touched: Range<Int>?
    var number = first
    while number < transcript.exonCount, transcript.exon(number).start < end {
      let exon = transcript.exon(number)
      let (low, high) = (max(start, exon.start), min(end, exon.end))
      if low < high {
        let part = inBases(low, high, exon).clamped(to: coding)
        if !part.isEmpty {
          touched =
            min(
              touched?.lowerBound ?? part.lowerBound, part.lowerBound)..<max(
              touched?.upperBound ?? part.upperBound, part.upperBound)
        }
      }
      number += 1
    }
    return touched.map { .overEnd(($0.lowerBound + shift)..<($0.upperBound + shift)) } ?? .outside
  }
}
