/// Whether a premature stop is expected to escape nonsense-mediated decay.
///
/// A stop that lies in the last exon, or within 50 bases before the last exon–exon junction, or within the first 100
/// bases of the CDS, escapes, and so does any in a transcript of one exon (reference/variants.md 4.4; the literature has 50
/// to 55 and 100 to 150). The place of a stop is that of its codon's first base, counted in the changed transcript.
enum NonsenseMediatedDecay {
  /// Bases before the last junction.
  static let junctionReach = 50
  /// Bases of the CDS from its start.
  static let codingReach = 100

  /// What is written of a stop that escapes.
  static let term: StaticString = "NMD_escaping_variant"

  /// The rule alone. Places count from 0 in the changed transcript.
  /// - Parameters:
  ///   - stop: of the new stop codon's first base.
  ///   - codingStart: nil where the CDS lacks its start, so that nobody knows how far it is.
  ///   - lastJunction: of the last exon's first base; 0 for a transcript of one exon.
  static func escapes(stop: Int, codingStart: Int?, lastJunction: Int) -> Bool {
    if stop >= lastJunction - junctionReach || lastJunction == 0 { return true }
    return codingStart.map { stop - $0 < codingReach } ?? false
  }

  /// Whether an allele makes a premature stop that escapes: where the new stop is for `stop_gained`, where the new frame
  /// ends for `frameshift_variant`.
  static func isEscaped(_ effect: TranscriptEffect, _ transcript: Transcript) -> Bool {
    guard effect.consequences.contains(.stopGained) || effect.consequences.contains(.frameshift),
      !effect.consequences.contains(.startLost), let change = effect.change, let coding = transcript.coding,
      let start = effect.inCoding?.start, let exon = effect.exons?.upperBound,
      // Mitochondria have no such decay. Of a frame that is not known no stop can be told, nor of another sequence.
      transcript.flags.isDisjoint(with: [.mitochondrial, .unlikeReference, .irregular, .internalStop, .partialCodon]),
      transcript.editCount == 0
    else { return false }
    let frame = ChangedFrame(transcript, coding, start: start, change)
    guard let place = frame.firstStop(from: start / 3 * 3) else { return false }
    let isOpen = transcript.flags.contains(.endIncomplete)
    // Where the annotated stop is; of a CDS that lacks it, where the known part ends.
    let end = coding.upperBound + frame.difference - (isOpen ? 0 : 3)
    guard place < end else { return false }
    let codingStart = transcript.flags.contains(.startIncomplete) ? nil : coding.lowerBound
    // The last exon of a transcript that lacks its end is not known.
    if isOpen { return codingStart.map { place - $0 < codingReach } ?? false }
    let (junction, ordinal) = lastJunction(transcript)
    return escapes(
      stop: place, codingStart: codingStart,
      lastJunction: junction == 0 ? 0 : junction + (exon < ordinal ? frame.difference : 0))
  }

  /// The place of the last exon's first base, and the exon's number from 1 on the transcript's strand. Introns of a dozen
  /// bases are none: they stand for frameshifts of the assembly.
  private static func lastJunction(_ transcript: Transcript) -> (place: Int, ordinal: Int) {
    let count = transcript.exonCount
    var number = transcript.isReverse ? 0 : count - 1
    var ordinal = count
    while ordinal > 1 {
      let before = transcript.isReverse ? number + 1 : number - 1
      let (low, high) = (min(before, number), max(before, number))
      guard transcript.exon(high).start - transcript.exon(low).end <= EffectFinder.frameshiftIntron + 1 else { break }
      number = before
      ordinal -= 1
    }
    return (ordinal == 1 ? 0 : transcript.exon(number).offset, ordinal)
  }
}

/// A CDS with a change, read on into what lies behind it. Bases are counted from the first codon's first base.
private struct ChangedFrame {
  private let transcript: Transcript
  private let coding: Range<Int>
  private let changed: Range<Int>
  private let alternate: ArraySlice<UInt8>
  private let code: GeneticCode

  /// How many bases longer the sequence becomes.
  var difference: Int { alternate.count - changed.count }

  init(_ transcript: Transcript, _ coding: Range<Int>, start: Int, _ change: CodingChange) {
    self.transcript = transcript
    self.coding = coding
    changed = start..<(start + change.referenceChanged.count)
    alternate = change.alternateCodons[change.alternateChanged]
    code = GeneticCode(isMitochondrial: transcript.flags.contains(.mitochondrial))
  }

  private func base(_ index: Int) -> UInt8 {
    if index >= changed.lowerBound, index < changed.lowerBound + alternate.count {
      return alternate[alternate.startIndex + index - changed.lowerBound]
    }
    let own = index < changed.lowerBound ? index : index - difference
    let place = own - transcript.lead + coding.lowerBound
    return own >= transcript.lead && place < transcript.bases.count ? transcript.bases[place] : UInt8(ascii: "N")
  }

  /// Where the first stop from a codon on begins, in the changed transcript; nil for none, or where an unknown codon
  /// stands before any.
  func firstStop(from first: Int) -> Int? {
    var index = first
    while true {
      switch code.aminoAcid(base(index), base(index + 1), base(index + 2)) {
      case UInt8(ascii: "X"): return nil
      case UInt8(ascii: "*") where !isRecoded(index): return index - transcript.lead + coding.lowerBound
      default: index += 3
      }
    }
  }

  /// Whether a codon still stands for selenocysteine.
  private func isRecoded(_ index: Int) -> Bool {
    guard transcript.recodedCount > 0 else { return false }
    let isBehind = index >= changed.lowerBound + alternate.count
    guard index + 3 <= changed.lowerBound || isBehind && difference % 3 == 0 else { return false }
    let place = (isBehind ? index - difference : index) - transcript.lead + coding.lowerBound
    return (0..<transcript.recodedCount).contains { transcript.recoded($0) == place }
  }
}
