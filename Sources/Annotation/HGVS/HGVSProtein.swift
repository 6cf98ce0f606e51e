/// The predicted change of a protein: `p.(Arg97ProfsTer23)`.
///
/// The stretch of residues whose codons are touched is compared before and after, what both share is left out, and what
/// remains is told by the 3′ rule on the protein.
struct HGVSProtein {
  private let frame: HGVSFrame
  /// The first residue whose codon is touched.
  private let first: Int

  private static let stop = UInt8(ascii: "*")
  private static let unknown = UInt8(ascii: "X")

  /// nil where no coding base is changed, or the frame cannot be told.
  init?(
    bases: UnsafeRawBufferPointer, coordinates: HGVSCoordinates, coding: Range<Int>, replaced: Range<Int>,
    alternate: [UInt8]
  ) {
    // Put in before the first or behind the last coding base, nothing coding is changed.
    let touches =
      replaced.isEmpty
      ? coding.lowerBound < replaced.lowerBound && replaced.lowerBound < coding.upperBound
      : replaced.overlaps(coding)
    guard touches, coordinates.transcript.flags.isDisjoint(with: [.irregular, .internalStop, .partialCodon])
    else { return nil }
    frame = HGVSFrame(
      bases: bases, coordinates: coordinates, coding: coding, replaced: replaced, alternate: alternate)
    first = max(0, replaced.lowerBound - frame.origin) / 3
  }

  /// Appends what stands behind `p.`.
  /// - Returns: false where nothing can be told, with part of a name perhaps appended.
  func append(to output: inout [UInt8]) -> Bool {
    let replaced = frame.replaced
    if replaced.lowerBound < frame.coding.lowerBound + 3, !frame.coordinates.transcript.flags.contains(.startIncomplete)
    {
      if let isTold = appendStart(to: &output) { return isTold }
    }
    // No residue is known of a codon that lacks bases at either end.
    guard replaced.lowerBound >= frame.coding.lowerBound || frame.startsProtein && frame.difference == 0,
      first < frame.count, frame.origin + 3 * first >= frame.coding.lowerBound
    else { return false }
    return frame.difference % 3 == 0 ? appendInFrame(to: &output) : appendShifted(from: first, to: &output)
  }

  /// Tells of a change that touches the start codon.
  /// - Returns: nil where the codon is whole and the protein is changed behind it.
  private func appendStart(to output: inout [UInt8]) -> Bool? {
    let start = frame.coding.lowerBound
    let replaced = frame.replaced
    // Of a first codon that begins no protein by the code it is not known what it stands for.
    guard frame.startsProtein else { return false }
    let moved = start + frame.difference
    func isStart(_ place: Int) -> Bool {
      guard place >= 0, place + 3 <= frame.bases.count + frame.difference else { return false }
      return (0..<3).allSatisfy { frame.changedBase(place + $0) == frame.bases[start + $0] }
    }
    if replaced.upperBound <= start + 3, isStart(moved) {
      HGVSText.append("(Met1", to: &output)
      HGVSText.appendEquals(to: &output)
      HGVSText.append(")", to: &output)
      return true
    }
    if replaced.lowerBound >= start || frame.difference == 0, isStart(start) { return nil }
    HGVSText.append("Met1?", to: &output)
    return true
  }

  // MARK: In frame

  private func appendInFrame(to output: inout [UInt8]) -> Bool {
    let difference = frame.difference / 3
    let end = (frame.replaced.upperBound - frame.origin + 2) / 3
    if end > frame.count {
      // Where the new protein ends is not told by the codons that are touched.
      return frame.hasStop && appendShifted(from: first, to: &output)
    }
    let touchesStop = frame.hasStop && end == frame.count && frame.replaced.upperBound > frame.origin + 3 * (end - 1)
    let changedEnd = end + difference
    guard changedEnd >= first else { return false }
    for residue in first..<max(first, end) where frame.reference(residue) == Self.unknown { return false }
    var stop: Int?
    for residue in first..<changedEnd {
      switch frame.changed(residue) {
      case 0, Self.unknown: return false
      case Self.stop where stop == nil: stop = residue
      default: break
      }
    }
    if touchesStop {
      guard let stop else { return appendShifted(from: first, to: &output) }
      if stop < changedEnd - 1 { return appendCut(at: stop, end: end, to: &output) }
    } else if let stop {
      return appendCut(at: stop, end: end, to: &output)
    }
    return appendDifference(end, changedEnd, to: &output)
  }

  /// Tells the difference of the residues up to `end` before and `changedEnd` after the change.
  private func appendDifference(_ end: Int, _ changedEnd: Int, to output: inout [UInt8]) -> Bool {
    var (start, end, changedEnd) = (first, end, changedEnd)
    while start < end, start < changedEnd, frame.reference(start) == frame.changed(start) { start += 1 }
    if start == end, start == changedEnd { return appendEqual(end, to: &output) }
    while end > start, changedEnd > start, frame.reference(end - 1) == frame.changed(changedEnd - 1) {
      end -= 1
      changedEnd -= 1
    }
    output.append(UInt8(ascii: "("))
    if changedEnd == start {
      // A deletion: the most 3′ one of the protein.
      while end < frame.count, frame.reference(start) == frame.reference(end) {
        start += 1
        end += 1
      }
      appendRange(start, end, to: &output)
      HGVSText.append("del", to: &output)
    } else if end == start {
      guard appendInsertion(start, changedEnd - start, to: &output) else { return false }
    } else {
      appendRange(start, end, to: &output)
      if end - start > 1 || changedEnd - start > 1 { HGVSText.append("delins", to: &output) }
      for residue in start..<changedEnd { HGVSText.append(residue: frame.changed(residue), to: &output) }
    }
    output.append(UInt8(ascii: ")"))
    return true
  }

  /// Residues put in before `place`, which are `changed(place)` and `count - 1` behind it.
  /// - Returns: false behind the last residue that is known.
  private func appendInsertion(_ place: Int, _ count: Int, to output: inout [UInt8]) -> Bool {
    var moved = 0
    func inserted(_ index: Int) -> UInt8 { frame.changed(place + (index + moved) % count) }
    while place + moved < frame.count, frame.reference(place + moved) == inserted(0) { moved += 1 }
    let end = place + moved
    let isCopy = end >= count && (0..<count).allSatisfy { frame.reference(end - count + $0) == inserted($0) }
    if isCopy {
      appendRange(end - count, end, to: &output)
      HGVSText.append("dup", to: &output)
    } else {
      guard isKnown(end - 1), isKnown(end) else { return false }
      appendRange(end - 1, end + 1, to: &output)
      HGVSText.append("ins", to: &output)
      for index in 0..<count { HGVSText.append(residue: inserted(index), to: &output) }
    }
    return true
  }

  private func isKnown(_ residue: Int) -> Bool {
    residue >= 0 && residue < frame.count && frame.reference(residue) != Self.unknown
  }

  /// Tells of a stop among the residues that replace others: behind it nothing is translated.
  private func appendCut(at stop: Int, end: Int, to output: inout [UInt8]) -> Bool {
    var start = first
    while start < stop, start < end, frame.reference(start) == frame.changed(start) { start += 1 }
    if start == stop {
      guard start < frame.count else { return false }
      if frame.reference(start) == Self.stop { return appendEqual(end, to: &output) }
      output.append(UInt8(ascii: "("))
      appendRange(start, start + 1, to: &output)
      HGVSText.append("Ter)", to: &output)
      return true
    }
    output.append(UInt8(ascii: "("))
    // A substitution replaces as many as it brings.
    let last = frame.difference == 0 ? min(end, stop + 1) : end
    if start == last {
      guard isKnown(start - 1), isKnown(start) else { return false }
      appendRange(start - 1, start + 1, to: &output)
      HGVSText.append("ins", to: &output)
    } else {
      appendRange(start, last, to: &output)
      HGVSText.append("delins", to: &output)
    }
    for residue in start...stop { HGVSText.append(residue: frame.changed(residue), to: &output) }
    output.append(UInt8(ascii: ")"))
    return true
  }

  /// The residues whose codons are touched are what they were.
  private func appendEqual(_ end: Int, to output: inout [UInt8]) -> Bool {
    output.append(UInt8(ascii: "("))
    appendRange(first, max(first + 1, end), to: &output)
    HGVSText.appendEquals(to: &output)
    output.append(UInt8(ascii: ")"))
    return true
  }

  // MARK: Another frame, or none that ends where it did

  /// Tells the first residue that changes, and where the new frame ends.
  private func appendShifted(from first: Int, to output: inout [UInt8]) -> Bool {
    var place = first
    while place < frame.count, frame.reference(place) == frame.changed(place) {
      if frame.reference(place) == Self.unknown { return false }
      place += 1
    }
    if place == frame.count { return frame.hasStop && appendEqual(first + 1, to: &output) }
    let (before, after) = (frame.reference(place), frame.changed(place))
    guard before != Self.unknown, after != Self.unknown else { return false }
    guard after != 0 else {
      output.append(UInt8(ascii: "?"))
      return true
    }
    let stop = frame.firstStop(from: place)
    if stop == .unknown { return false }
    output.append(UInt8(ascii: "("))
    appendRange(place, place + 1, to: &output)
    HGVSText.append(residue: after, to: &output)
    if after != Self.stop {
      let isExtension = before == Self.stop
      HGVSText.append(isExtension ? "extTer" : "fsTer", to: &output)
      if case .at(let end) = stop {
        HGVSText.append(end - place + (isExtension ? 0 : 1), to: &output)
      } else {
        output.append(UInt8(ascii: "?"))
      }
    }
    output.append(UInt8(ascii: ")"))
    return true
  }

  /// Appends `Lys23_Val25`, or one residue.
  private func appendRange(_ start: Int, _ end: Int, to output: inout [UInt8]) {
    HGVSText.append(residue: frame.reference(start), to: &output)
    HGVSText.append(start + 1, to: &output)
    guard end - start > 1 else { return }
    output.append(UInt8(ascii: "_"))
    HGVSText.append(residue: frame.reference(end - 1), to: &output)
    HGVSText.append(end, to: &output)
  }
}
