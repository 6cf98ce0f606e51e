/// Finds the effect of a structural allele on a transcript.
///
/// Conditions: reference/variants.md 4.2, after VariationEffect of ensembl-variation. What lies wholly within one exon's
/// CDS, with ends known to the base, is told as a change of frame or in frame too.
struct StructuralEffect {
  private let variant: StructuralVariant
  private let transcript: Transcript
  private var effect = TranscriptEffect()
  /// The bases touched; of an insertion the two that it lies between.
  private let touched: Range<Int>

  /// The effect; nil where the allele lies too far away.
  static func find(
    _ variant: StructuralVariant, _ transcript: Transcript, isNonsenseMediated: Bool
  ) -> TranscriptEffect? {
    var finder = StructuralEffect(variant, transcript)
    return finder.run(isNonsenseMediated: isNonsenseMediated) ? finder.effect : nil
  }

  private init(_ variant: StructuralVariant, _ transcript: Transcript) {
    self.variant = variant
    self.transcript = transcript
    touched = variant.range.isEmpty ? (variant.range.lowerBound - 1)..<(variant.range.lowerBound + 1) : variant.range
  }

  private mutating func run(isNonsenseMediated: Bool) -> Bool {
    let whole = transcript.start..<transcript.end
    let isInside =
      variant.kind == .insertion
      ? whole.lowerBound < variant.range.lowerBound && variant.range.lowerBound < whole.upperBound
      : touched.overlaps(whole)
    guard isInside else { return runBeside() }
    if variant.kind != .insertion, touched.lowerBound <= whole.lowerBound, touched.upperBound >= whole.upperBound {
      switch variant.kind {
      case .deletion: effect.consequences.insert(.transcriptAblation)
      case .duplication: effect.consequences.insert(.transcriptAmplification)
      // All of it is turned round, or its number unknown: nothing inside is changed for sure.
      default: effect.consequences.insert(transcript.hasCoding ? .codingTranscript : .nonCodingTranscript)
      }
      return true
    }
    let isExonic = markExons()
    markIntrons()
    markLength(isExonic: isExonic)
    if !transcript.hasCoding {
      let isMature = (0..<transcript.matureCount).contains { transcript.mature($0).overlaps(touched) }
      effect.consequences.insert(isMature ? .matureMiRNA : isExonic ? .nonCodingExon : .nonCodingTranscript)
    } else if isNonsenseMediated {
      effect.consequences.insert(.nmdTranscript)
    }
    return true
  }

  private mutating func runBeside() -> Bool {
    let isBefore = variant.range.lowerBound <= transcript.start
    let distance =
      isBefore ? transcript.start + 1 - variant.range.upperBound : variant.range.lowerBound + 1 - transcript.end
    guard distance <= EffectFinder.reach else { return false }
    effect.distance = max(0, distance)
    effect.consequences.insert(isBefore != transcript.isReverse ? .upstream : .downstream)
    return true
  }

  // MARK: Exons

  private mutating func markExons() -> Bool {
    var low = Int.max
    var high = 0
    var exons: ClosedRange<Int>?
    var holder: Exon?
    for number in 0..<transcript.exonCount {
      let exon = transcript.exon(number)
      let bases = exon.start..<exon.end
      guard variant.kind == .insertion ? isInserted(in: bases) : bases.overlaps(touched) else { continue }
      let part = variant.kind == .insertion ? variant.range : touched.clamped(to: bases)
      let ordinal = transcript.ordinal(number, of: transcript.exonCount)
      exons = exons.map { min($0.lowerBound, ordinal)...max($0.upperBound, ordinal) } ?? ordinal...ordinal
      // On the transcript's strand.
      let start = transcript.isReverse ? exon.end - part.upperBound : part.lowerBound - exon.start
      low = min(low, exon.offset + start)
      high = max(high, exon.offset + start + part.count)
      if bases.lowerBound <= variant.range.lowerBound, variant.range.upperBound <= bases.upperBound { holder = exon }
    }
    guard let exons else { return false }
    effect.exons = exons
    let starts = touched.lowerBound >= transcript.start && isExonic(variant.range.lowerBound)
    let ends =
      touched.upperBound <= transcript.end && isExonic(max(variant.range.lowerBound, variant.range.upperBound - 1))
    effect.inBases = TranscriptEffect.PartialSpan(
      start: (transcript.isReverse ? ends : starts) ? low : nil,
      end: (transcript.isReverse ? starts : ends) ? high : nil)
    markCoding(low..<max(low, high), isWithin: holder != nil)
    return true
  }

  private func isInserted(in bases: Range<Int>) -> Bool {
    bases.lowerBound <= variant.range.lowerBound && variant.range.lowerBound <= bases.upperBound
  }

  private func isExonic(_ position: Int) -> Bool {
    (0..<transcript.exonCount).contains { number in
      let exon = transcript.exon(number)
      return exon.start <= position && position < exon.end
    }
  }

  /// - Parameter span: in the transcript's bases.
  private mutating func markCoding(_ span: Range<Int>, isWithin: Bool) {
    guard transcript.hasCoding else { return }
    guard let coding = transcript.coding else {
      effect.consequences.insert(.codingSequence)
      return
    }
    if span.isEmpty {
      if span.lowerBound <= coding.lowerBound, coding.lowerBound > 0 {
        effect.consequences.insert(.fivePrimeUTR)
      } else if span.lowerBound >= coding.upperBound {
        effect.consequences.insert(.threePrimeUTR)
      } else {
        effect.consequences.insert(.codingSequence)
        effect.inCoding = TranscriptEffect.PartialSpan(
          start: span.lowerBound - coding.lowerBound + transcript.lead,
          end: span.lowerBound - coding.lowerBound + transcript.lead)
      }
      return
    }
    if span.lowerBound < coding.lowerBound { effect.consequences.insert(.fivePrimeUTR) }
    if span.upperBound > coding.upperBound { effect.consequences.insert(.threePrimeUTR) }
    guard span.overlaps(coding) else { return }
    let part = span.clamped(to: coding)
    effect.inCoding = TranscriptEffect.PartialSpan(
      start: effect.inBases?.start == nil || span.lowerBound < coding.lowerBound
        ? nil : part.lowerBound - coding.lowerBound + transcript.lead,
      end: effect.inBases?.end == nil || span.upperBound > coding.upperBound
        ? nil : part.upperBound - coding.lowerBound + transcript.lead)
    guard variant.isLoss else {
      effect.consequences.insert(.codingSequence)
      return
    }
    let hasStart = transcript.flags.isDisjoint(with: [.startIncomplete, .noStart]) && transcript.lead == 0
    let hasStop = transcript.flags.isDisjoint(with: [.endIncomplete, .noStop, .partialCodon])
    let losesStart = hasStart && part.lowerBound < coding.lowerBound + 3
    let losesStop = hasStop && part.upperBound > coding.upperBound - 3
    if losesStart { effect.consequences.insert(.startLost) }
    if losesStop { effect.consequences.insert(.stopLost) }
    if isWithin, variant.isPrecise, part == span, !losesStart, !losesStop {
      effect.consequences.insert(part.count % 3 == 0 ? .inframeDeletion : .frameshift)
    } else {
      effect.consequences.insert(.codingSequence)
    }
  }

  // MARK: Introns

  private mutating func markIntrons() {
    for number in 0..<max(0, transcript.exonCount - 1) {
      let first = transcript.exon(number).end
      let last = transcript.exon(number + 1).start - 1
      // Introns of a dozen bases stand for frameshifts of the assembly.
      guard last - first > 12, touched.upperBound > first - 3, touched.lowerBound <= last + 3 else { continue }
      let isTouched =
        variant.kind == .insertion ? first < touched.upperBound && touched.lowerBound <= last : meets(first, last)
      if isTouched {
        let ordinal = transcript.ordinal(number, of: transcript.exonCount - 1)
        effect.introns =
          effect.introns.map { min($0.lowerBound, ordinal)...max($0.upperBound, ordinal) } ?? ordinal...ordinal
      }
      // An insertion changes a site only where it lies inside it.
      let isInsertion = variant.kind == .insertion
      let left = isInsertion ? variant.range.lowerBound == first + 1 : meets(first, first + 1)
      let right = isInsertion ? variant.range.lowerBound == last : meets(last - 1, last)
      if transcript.isReverse ? right : left { effect.consequences.insert(.spliceDonor) }
      if transcript.isReverse ? left : right { effect.consequences.insert(.spliceAcceptor) }
      let isIntronic =
        isInsertion
        ? variant.range.lowerBound >= first + 2 && variant.range.lowerBound <= last - 1 : meets(first + 2, last - 2)
      if isIntronic { effect.consequences.insert(.intron) }
      let isNear =
        meets(first - 3, first - 1) || meets(first + 2, first + 7) || meets(last - 7, last - 2)
        || meets(last + 1, last + 3)
      if isNear, !(left || right) { effect.consequences.insert(.spliceRegion) }
    }
    if effect.consequences.contains(.spliceDonor) || effect.consequences.contains(.spliceAcceptor) {
      effect.consequences.remove(.spliceRegion)
    }
  }

  private func meets(_ low: Int, _ high: Int) -> Bool { touched.upperBound > low && touched.lowerBound <= high }

  private mutating func markLength(isExonic: Bool) {
    switch variant.kind {
    case .deletion: if isExonic { effect.consequences.insert(.featureTruncation) }
    case .duplication, .insertion:
      // Sequence that is gained within the transcript, in an intron too; a copy that reaches over its end leaves it whole.
      if touched.lowerBound >= transcript.start, touched.upperBound <= transcript.end {
        effect.consequences.insert(.featureElongation)
      }
    case .inversion, .breakend:
      // A breakpoint inside ends the transcript there.
      let ends = variant.kind == .breakend ? [variant.range.upperBound - 1] : [touched.lowerBound, touched.upperBound]
      if ends.contains(where: { $0 > transcript.start && $0 < transcript.end }) {
        effect.consequences.insert(.featureTruncation)
      }
    case .copyNumber: break
    }
  }
}
