/// What one allele does to one transcript, and where in it.
struct TranscriptEffect {
  var consequences = ConsequenceSet()
  /// Exons and introns touched, counted from 1 on the transcript's strand.
  var exons: ClosedRange<Int>?
  var introns: ClosedRange<Int>?
  /// Touched places, counted from 0, half-open, nil bounds where one lies outside: an insertion is an empty range.
  var inBases: PartialSpan?
  var inCoding: PartialSpan?
  var change: CodingChange?
  /// Bases to the transcript, for variants beside it.
  var distance: Int?

  /// A stretch of which one end may lie outside what it is counted in.
  struct PartialSpan {
    var start: Int?
    var end: Int?
  }
}

/// Finds the effect of an allele on a transcript: where it lies first, then what it does to the protein.
///
/// Conditions: reference/variants.md 4.2, after VariationEffect and the intron effects of ensembl-variation.
struct EffectFinder {
  let transcript: Transcript
  let isNonsenseMediated: Bool
  let variant: SmallVariant
  private(set) var effect = TranscriptEffect()

  /// The last base of an intron that is none, counted from its first.
  static let frameshiftIntron = 12
  /// Bases beside a transcript that are still told of.
  static let reach = 5_000

  init(_ variant: SmallVariant, _ transcript: Transcript, isNonsenseMediated: Bool) {
    self.variant = variant
    self.transcript = transcript
    self.isNonsenseMediated = isNonsenseMediated
  }

  /// The effect; nil where the variant lies too far away.
  static func find(_ variant: SmallVariant, _ transcript: Transcript, isNonsenseMediated: Bool) -> TranscriptEffect? {
    var finder = EffectFinder(variant, transcript, isNonsenseMediated: isNonsenseMediated)
    return finder.run() ? finder.effect : nil
  }

  /// Whether the variant meets bases `low...high`, counted from 0; an insertion meets them where it lies between two.
  @inline(__always)
  private static func meets(_ region: Range<Int>, _ low: Int, _ high: Int) -> Bool {
    region.upperBound - 1 >= low && region.lowerBound <= high
  }

  private mutating func run() -> Bool {
    let whole = variant.start..<variant.end
    guard Self.meets(whole, transcript.start, transcript.end - 1) else { return runBeside() }
    if variant.alternate.isEmpty, variant.start <= transcript.start, variant.end >= transcript.end {
      effect.consequences.insert(.transcriptAblation)
      return true
    }
    let introns = markIntrons()
    let exonic = markExons(treatsAsExon: introns.frameshift)
    if introns.intronic {
      effect.consequences.insert(.intron)
      if introns.polypyrimidine, !exonic { effect.consequences.insert(.splicePolypyrimidineTract) }
    }
    if !transcript.hasCoding {
      effect.consequences.insert(exonic ? exonicTerm : .nonCodingTranscript)
    } else if isNonsenseMediated {
      effect.consequences.insert(.nmdTranscript)
    }
    return true
  }

  /// The term for an exon of a transcript without CDS: VEP tells of a mature miRNA alone.
  private var exonicTerm: Consequence {
    for number in 0..<transcript.matureCount {
      let mature = transcript.mature(number)
      if Self.meets(variant.start..<variant.end, mature.lowerBound, mature.upperBound - 1) { return .matureMiRNA }
    }
    return .nonCodingExon
  }

  private mutating func runBeside() -> Bool {
    let isBefore = variant.start <= transcript.start
    let distance = isBefore ? transcript.start + 1 - variant.end : variant.start + 1 - transcript.end
    guard distance <= Self.reach else { return false }
    effect.distance = distance
    effect.consequences.insert(isBefore != transcript.isReverse ? .upstream : .downstream)
    return true
  }

  private struct IntronMarks {
    var intronic = false
    var polypyrimidine = false
    var frameshift = false
  }

  private mutating func markIntrons() -> IntronMarks {
    var marks = IntronMarks()
    guard transcript.exonCount > 1 else { return marks }
    var donor = false
    var acceptor = false
    var fifth = false
    var donorRegion = false
    var spliceRegion = false
    for number in firstExonFromRight..<(transcript.exonCount - 1) {
      let first = transcript.exon(number).end
      let last = transcript.exon(number + 1).start - 1
      if first - 3 > variant.end { break }
      guard Self.meets(variant.start..<variant.end, first - 3, last + 3) || touches(first) || touches(last + 1) else {
        continue
      }
      let ordinal = transcript.ordinal(number, of: transcript.exonCount - 1)
      // Introns of a dozen bases stand for frameshifts of the assembly; VEP takes them for coding.
      if last - first <= Self.frameshiftIntron {
        if Self.meets(variant.start..<variant.end, first, last) { marks.frameshift = true }
        continue
      }
      if Self.meets(variant.start..<variant.end, first, last) { effect.introns = Self.widen(effect.introns, ordinal) }
      for region in variant.differingRegions {
        let isInsertion = variant.isInsertion
        let (left, right) = (Self.meets(region, first, first + 1), Self.meets(region, last - 1, last))
        if transcript.isReverse ? right : left { donor = true }
        if transcript.isReverse ? left : right { acceptor = true }
        if Self.meets(region, first + 2, last - 2)
          || isInsertion && (region.lowerBound == first + 2 || region.lowerBound - 1 == last - 2)
        {
          marks.intronic = true
        }
        if Self.meets(region, first - 3, first - 1) || Self.meets(region, first + 2, first + 7)
          || Self.meets(region, last - 7, last - 2) || Self.meets(region, last + 1, last + 3)
          || isInsertion
            && (region.lowerBound == first || region.lowerBound - 1 == last || region.lowerBound == first + 2
              || region.lowerBound - 1 == last - 2)
        {
          spliceRegion = true
        }
        if transcript.isReverse {
          if Self.meets(region, last - 4, last - 4) { fifth = true }
          if Self.meets(region, last - 5, last - 2) { donorRegion = true }
          if Self.meets(region, first + 2, first + 16) { marks.polypyrimidine = true }
        } else {
          if Self.meets(region, first + 4, first + 4) { fifth = true }
          if Self.meets(region, first + 2, first + 5) { donorRegion = true }
          if Self.meets(region, last - 16, last - 2) { marks.polypyrimidine = true }
        }
      }
    }
    if donor { effect.consequences.insert(.spliceDonor) }
    if acceptor { effect.consequences.insert(.spliceAcceptor) }
    if fifth { effect.consequences.insert(.spliceDonor5thBase) }
    if donorRegion, !fifth { effect.consequences.insert(.spliceDonorRegion) }
    if spliceRegion, !donor, !acceptor, !fifth, !donorRegion { effect.consequences.insert(.spliceRegion) }
    return marks
  }

  private func touches(_ boundary: Int) -> Bool { variant.isInsertion && variant.start == boundary }

  /// The last exon that starts before the variant, by bisection; 0 at least.
  private var firstExonFromRight: Int {
    var low = 0
    var high = transcript.exonCount
    while low < high {
      let middle = (low + high) / 2
      if transcript.exon(middle).start < variant.start - 3 { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }

  /// Marks exons, untranslated regions and the coding change.
  /// - Returns: whether an exon is touched.
  private mutating func markExons(treatsAsExon: Bool) -> Bool {
    var touched: (first: Int, last: Int)?
    var isInside = false
    for number in firstExonFromRight..<transcript.exonCount {
      let exon = transcript.exon(number)
      if exon.start > variant.end { break }
      let meets =
        variant.isInsertion
        ? exon.start <= variant.start && variant.start <= exon.end
        : Self.meets(variant.start..<variant.end, exon.start, exon.end - 1)
      guard meets else { continue }
      touched = (touched?.first ?? number, number)
      isInside = isInside || exon.start <= variant.start && variant.end <= exon.end
    }
    guard let touched else {
      if treatsAsExon, transcript.hasCoding { effect.consequences.insert(.codingSequence) }
      return treatsAsExon
    }
    let ordinals = [touched.first, touched.last].map { transcript.ordinal($0, of: transcript.exonCount) }.sorted()
    effect.exons = ordinals[0]...ordinals[1]
    let first = transcript.exon(touched.first)
    let last = transcript.exon(touched.last)
    // The ends that lie in an exon, on the transcript's strand.
    let left = variant.start >= first.start ? place(variant.start, first) : nil
    let right = variant.end <= last.end ? place(variant.end, last) : nil
    let span =
      transcript.isReverse
      ? TranscriptEffect.PartialSpan(start: right, end: left) : TranscriptEffect.PartialSpan(start: left, end: right)
    effect.inBases = span
    guard transcript.hasCoding else { return true }
    guard let coding = transcript.coding else {
      effect.consequences.insert(.codingSequence)
      return true
    }
    // What is touched of the bases even where an end lies in an intron.
    let low = span.start ?? (transcript.isReverse ? last : first).offset
    let reached = transcript.isReverse ? first : last
    let high = span.end ?? (reached.offset + reached.end - reached.start)
    var finder = CodingFinder(variant, transcript, coding, isInside: isInside && touched.first == touched.last)
    finder.find(low..<max(low, high), &effect)
    return true
  }

  /// The place in the transcript's bases of the border before the base at `position` (behind it on the reverse strand).
  private func place(_ position: Int, _ exon: Exon) -> Int {
    exon.offset + (transcript.isReverse ? exon.end - position : position - exon.start)
  }

  private static func widen(_ range: ClosedRange<Int>?, _ number: Int) -> ClosedRange<Int> {
    guard let range else { return number...number }
    return min(range.lowerBound, number)...max(range.upperBound, number)
  }
}
