/// Finds what an allele does to untranslated regions and to the protein.
struct CodingFinder {
  private let variant: SmallVariant
  private let transcript: Transcript
  private let coding: Range<Int>
  /// Whether the whole variant lies in one exon.
  private let isInside: Bool
  private let code: GeneticCode
  private let alternate: [UInt8]

  init(_ variant: SmallVariant, _ transcript: Transcript, _ coding: Range<Int>, isInside: Bool) {
    self.variant = variant
    self.transcript = transcript
    self.coding = coding
    self.isInside = isInside
    code = GeneticCode(isMitochondrial: transcript.flags.contains(.mitochondrial))
    alternate = transcript.isReverse ? variant.alternate.reverseComplement : variant.alternate
  }

  private var lead: Int { transcript.lead }
  /// A CDS whose first codon is no start codon cannot lose it.
  private var startIsComplete: Bool { transcript.flags.isDisjoint(with: [.startIncomplete, .noStart]) }
  private var endIsComplete: Bool { !transcript.flags.contains(.endIncomplete) }
  /// Bases of the CDS with those that its first codon lacks.
  private var length: Int { coding.count + lead }

  /// - Parameter span: the touched stretch of the transcript's bases.
  mutating func find(_ span: Range<Int>, _ effect: inout TranscriptEffect) {
    if variant.isInsertion {
      if span.lowerBound <= coding.lowerBound, coding.lowerBound > 0 {
        effect.consequences.insert(.fivePrimeUTR)
        return
      }
      if span.lowerBound >= coding.upperBound {
        effect.consequences.insert(.threePrimeUTR)
        return
      }
    } else {
      if span.lowerBound < coding.lowerBound { effect.consequences.insert(.fivePrimeUTR) }
      if span.upperBound > coding.upperBound { effect.consequences.insert(.threePrimeUTR) }
      guard span.overlaps(coding) else { return }
    }
    let start = span.lowerBound - coding.lowerBound + lead
    let end = span.upperBound - coding.lowerBound + lead
    let isWithin = isInside && start >= lead && end <= length
    effect.inCoding = TranscriptEffect.PartialSpan(
      start: effect.inBases?.start == nil || start < lead ? nil : start,
      end: effect.inBases?.end == nil || end > length ? nil : end)
    if isWithin {
      findChange(start..<end, &effect)
    } else {
      findPartial(span, start..<end, &effect)
    }
  }

  /// A base of the frame: counted from the first codon's first base, absent ones are N.
  private func base(_ index: Int) -> UInt8 {
    let place = index - lead + coding.lowerBound
    return index < lead || place >= transcript.bases.count ? UInt8(ascii: "N") : transcript.bases[place]
  }

  private func bases(_ range: Range<Int>) -> [UInt8] { range.map(base) }

  // MARK: Within the CDS

  private func findChange(_ span: Range<Int>, _ effect: inout TranscriptEffect) {
    let first = span.lowerBound / 3 * 3
    let last = (span.upperBound + 2) / 3 * 3
    let isPartial = last > length
    let end = min(last, length)
    let reference = bases(first..<max(first, end))
    let changed = (span.lowerBound - first)..<(span.upperBound - first)
    var altered = reference
    altered.replaceSubrange(changed, with: alternate)
    var change = CodingChange(
      referenceCodons: reference, alternateCodons: altered, referenceChanged: changed,
      alternateChanged: changed.lowerBound..<(changed.lowerBound + alternate.count),
      referencePeptide: code.translate(reference), alternatePeptide: code.translate(altered))
    if transcript.recodedCount > 0 { recode(&change, from: first) }
    effect.change = change
    if isPartial {
      effect.consequences.insert(.incompleteTerminalCodon)
      effect.consequences.insert(.codingSequence)
      return
    }
    let touchesStart = startIsComplete && lead == 0 && span.lowerBound < 3
    let touchesStop = endIsComplete && length % 3 == 0 && span.upperBound > length - 3 && isStop(length - 3)
    if touchesStart, alternate.count != span.count, keepsStart(span, fromRight: true) {
      // The same bases come of a change before the start codon: the protein is untouched.
      effect.consequences.insert(.startRetained)
      return
    }
    if touchesStart { markStart(span, &effect) }
    let isStopRetained = touchesStop && keepsStop(from: span)
    if isStopRetained { effect.consequences.insert(.stopRetained) }
    let stop = UInt8(ascii: "*")
    let isStopLost = touchesStop && !isStopRetained && losesStop(change)
    if isStopLost { effect.consequences.insert(.stopLost) }
    let difference = alternate.count - span.count
    let isStopGained =
      !isStopRetained && change.alternatePeptide.contains(stop) && !change.referencePeptide.contains(stop)
    if isStopGained { effect.consequences.insert(.stopGained) }
    if difference % 3 != 0 {
      if !isStopRetained { effect.consequences.insert(.frameshift) }
    } else if difference == 0 {
      markSubstitution(change, &effect)
    } else {
      markInframe(change, difference, &effect)
    }
    if effect.consequences.all.allSatisfy({ !$0.tellsOfProtein }) { effect.consequences.insert(.codingSequence) }
  }

  /// Writes `U` where the reference's codon stands for selenocysteine, and where the change leaves that codon as it is.
  /// - Parameter first: the first codon's first base, in the frame.
  private func recode(_ change: inout CodingChange, from first: Int) {
    let (stop, selenocysteine) = (UInt8(ascii: "*"), UInt8(ascii: "U"))
    let difference = change.alternateCodons.count - change.referenceCodons.count
    for number in 0..<transcript.recodedCount {
      let place = transcript.recoded(number) - coding.lowerBound + lead - first
      guard place >= 0, place % 3 == 0, place + 3 <= change.referenceCodons.count else { continue }
      if change.referencePeptide[place / 3] == stop { change.referencePeptide[place / 3] = selenocysteine }
      // Codons that share no base with the change stand where they stood, or in the same frame behind it.
      let isBehind = place >= change.referenceChanged.upperBound
      guard difference % 3 == 0 || !isBehind else { continue }
      let moved = isBehind ? place + difference : place
      let isUntouched =
        isBehind || place + 3 <= change.referenceChanged.lowerBound
        || difference == 0
          && change.alternateCodons[place..<(place + 3)] == change.referenceCodons[place..<(place + 3)]
      if isUntouched, change.alternatePeptide[moved / 3] == stop {
        change.alternatePeptide[moved / 3] = selenocysteine
      }
    }
  }

  private func markSubstitution(_ change: CodingChange, _ effect: inout TranscriptEffect) {
    let unknown = UInt8(ascii: "X")
    if change.referencePeptide.contains(unknown) || change.alternatePeptide.contains(unknown) { return }
    let told = effect.consequences
    if change.referencePeptide == change.alternatePeptide {
      if !told.contains(.startRetained), !told.contains(.stopRetained), !told.contains(.startLost) {
        effect.consequences.insert(.synonymous)
      }
    } else if ![.startLost, .stopLost, .stopGained, .stopRetained].contains(where: told.contains) {
      effect.consequences.insert(.missense)
    }
  }

  private func markInframe(_ change: CodingChange, _ difference: Int, _ effect: inout TranscriptEffect) {
    let stop = UInt8(ascii: "*")
    if difference > 0 {
      if effect.consequences.contains(.startLost) { return }
      // Behind the first stop nothing is translated.
      let cut = change.alternatePeptide.firstIndex(of: stop).map { change.alternatePeptide.prefix($0 + 1) }
      let peptide = Array(cut ?? change.alternatePeptide[...])
      let reference = change.referencePeptide
      if peptide.starts(with: reference) || peptide.reversed().starts(with: reference.reversed()) {
        effect.consequences.insert(.inframeInsertion)
        return
      }
    } else {
      let (reference, altered) = (change.referenceCodons, change.alternateCodons)
      let isDeletion =
        reference.starts(with: altered) || reference.reversed().starts(with: altered.reversed()) || alternate.isEmpty
      if isDeletion {
        effect.consequences.insert(.inframeDeletion)
        return
      }
    }
    if change.referencePeptide.first != stop, change.alternatePeptide.first != stop,
      !effect.consequences.contains(.startLost), !effect.consequences.contains(.stopRetained)
    {
      effect.consequences.insert(.proteinAltering)
    }
  }

  // MARK: Start and stop

  private func isStop(_ index: Int) -> Bool {
    code.aminoAcid(base(index), base(index + 1), base(index + 2)) == UInt8(ascii: "*")
  }

  private func markStart(_ span: Range<Int>, _ effect: inout TranscriptEffect) {
    // An insertion before the first base is not in the CDS, so the start codon is really touched.
    let keeps: Bool
    if alternate.count == span.count {
      let codon = (0..<3).map { span.contains($0) ? alternate[$0 - span.lowerBound] : base($0) }
      keeps = codon == Array("ATG".utf8) || code.isMitochondrial && code.isStart(codon)
    } else {
      keeps = keepsStart(span, fromRight: false)
    }
    effect.consequences.insert(keeps ? .startRetained : .startLost)
  }

  /// Whether the start codon stands after the change: where it stood, or else with the frame behind it.
  private func keepsStart(_ span: Range<Int>, fromRight: Bool) -> Bool {
    let before = Array(transcript.bases[..<max(0, coding.lowerBound + span.lowerBound - lead)])
    let after = (span.upperBound..<min(length, span.upperBound + 6)).map(base)
    let altered = before + alternate + after
    let codon = (0..<3).map(base)
    let left = altered.dropFirst(coding.lowerBound).prefix(3)
    if !fromRight { return span.lowerBound >= 0 && left.elementsEqual(codon) }
    guard span.upperBound <= 3 else { return false }
    let end = before.count + alternate.count + 3 - span.upperBound
    return end >= 3 && altered[..<min(end, altered.count)].suffix(3).elementsEqual(codon)
  }

  /// Whether a stop still ends the same protein after the change.
  private func keepsStop(from span: Range<Int>) -> Bool {
    let first = span.lowerBound / 3 * 3
    let behind = (transcript.bases.count - coding.lowerBound) + lead
    let altered = bases(first..<span.lowerBound) + alternate + bases(span.upperBound..<max(span.upperBound, behind))
    let protein = code.translate(altered)
    let kept = code.translate(bases(first..<length))
    guard let stop = protein.firstIndex(of: UInt8(ascii: "*")) else { return false }
    return protein[...stop].elementsEqual(kept)
  }

  private func losesStop(_ change: CodingChange) -> Bool {
    !change.alternatePeptide.contains(UInt8(ascii: "*"))
  }

  // MARK: Over a border

  /// A change that reaches over the end of an exon or of the CDS: no codon can be told.
  private func findPartial(_ span: Range<Int>, _ frame: Range<Int>, _ effect: inout TranscriptEffect) {
    if isInside, startIsComplete, frame.lowerBound < 0, frame.upperBound > 0 {
      effect.consequences.insert(keepsStart(frame, fromRight: true) ? .startRetained : .startLost)
    } else if isInside, endIsComplete, length % 3 == 0, frame.upperBound > length, isStop(length - 3) {
      effect.consequences.insert(keepsStop(from: frame) ? .stopRetained : .stopLost)
    } else {
      if startIsComplete, lead == 0, frame.lowerBound < 3 { effect.consequences.insert(.startLost) }
      if endIsComplete, frame.upperBound > length - 3, isStop(length - 3) { effect.consequences.insert(.stopLost) }
      effect.consequences.insert(.codingSequence)
    }
  }
}

extension Consequence {
  /// Whether the term says what becomes of the protein.
  fileprivate var tellsOfProtein: Bool {
    switch self {
    case .stopGained, .frameshift, .stopLost, .startLost, .inframeInsertion, .inframeDeletion, .missense,
      .proteinAltering, .incompleteTerminalCodon, .startRetained, .stopRetained, .synonymous:
      true
    default: false
    }
  }
}
