/// Names alleles on the genome, on transcripts and on proteins, into a buffer.
///
/// Source: HGVS Nomenclature; the choices where it leaves one are in `Docs/annotation.md`. Nothing is allocated for an
/// allele once the buffers have their size.
struct HGVSNamer {
  private let cache: AnnotationCache
  private let contig: Int
  private var cursor: ReferenceCursor
  private var allele = HGVSAllele()
  private var onTranscript = HGVSTranscriptAllele()

  /// Names alleles of a contig of the cache.
  init(_ cache: AnnotationCache, contig: Int) {
    self.cache = cache
    self.contig = contig
    cursor = ReferenceCursor(cache.reference, contig)
  }

  /// Whether REF is what the reference has. Unknown bases on either side are taken for equal, and so is what lies
  /// behind the contig's end, which has no name.
  /// - Parameter position: POS, counted from 1.
  mutating func isReference(position: Int, _ letters: UnsafeRawBufferPointer) -> Bool {
    for (index, letter) in letters.enumerated() {
      let base = cursor.base(position - 1 + index)
      if base == 0 { continue }
      if letter & 0xDF != base, letter & 0xDF != UInt8(ascii: "N"), !isOther(base) { return false }
    }
    return true
  }

  /// Whether a letter of the reference is none of A, C, G and T.
  private func isOther(_ base: UInt8) -> Bool {
    switch base {
    case UInt8(ascii: "A"), UInt8(ascii: "C"), UInt8(ascii: "G"), UInt8(ascii: "T"): false
    default: true
    }
  }

  /// Takes the allele that the other calls name.
  /// - Returns: false where it is the reference.
  @discardableResult
  mutating func set(
    position: Int, reference: UnsafeRawBufferPointer, alternate: UnsafeRawBufferPointer
  ) -> Bool {
    allele.set(position: position, reference: reference, alternate: alternate, on: &cursor)
  }

  /// Appends the name on the genome; nothing where the allele reaches out of the contig.
  func appendGenomic(to output: inout [UInt8]) {
    let first = allele.windowStarts.upperBound
    guard first >= 0, first + allele.window <= cursor.length else { return }
    HGVSGenomic.append(allele, prefix: cache.genomicPrefixes[contig], to: &output)
  }

  /// Appends the name on a transcript, a bar, and the name on its protein; each may be empty.
  /// - Returns: how many bases of the contig the place that the name tells is from the record's; nil without a name.
  mutating func appendNames(on transcript: Transcript, to output: inout [UInt8]) -> Int? {
    let bar = UInt8(ascii: "|")
    guard let placement = HGVSPlacement.find(allele, on: transcript), let coordinates = HGVSCoordinates(transcript)
    else {
      output.append(bar)
      return nil
    }
    let start = output.count
    onTranscript.setAlternate(allele, placement, isReverse: transcript.isReverse)
    guard appendTranscript(placement, coordinates, to: &output) else {
      output.removeSubrange(start...)
      output.append(bar)
      return nil
    }
    output.append(bar)
    if let coding = coordinates.coding { appendProtein(placement, coordinates, coding, to: &output) }
    return shift(placement, isReverse: transcript.isReverse)
  }

  private func shift(_ placement: HGVSPlacement, isReverse: Bool) -> Int {
    switch placement.kind {
    case .duplication: (isReverse ? placement.range.lowerBound : placement.range.upperBound) - allele.start
    case .insertion: placement.range.lowerBound + 1 - allele.start
    case .substitution, .deletion, .inversion, .replacement: placement.range.lowerBound - allele.start
    }
  }

  // MARK: Transcripts

  private mutating func appendTranscript(
    _ placement: HGVSPlacement, _ coordinates: HGVSCoordinates, to output: inout [UInt8]
  ) -> Bool {
    let transcript = coordinates.transcript
    let first: HGVSCoordinates.Position
    let last: HGVSCoordinates.Position
    if case .exon(let number) = placement.site {
      guard onTranscript.place(placement, in: transcript.exon(number), coordinates) else { return false }
      first = HGVSCoordinates.Position(place: onTranscript.named.lowerBound, offset: 0)
      last = HGVSCoordinates.Position(place: onTranscript.named.upperBound - 1, offset: 0)
    } else {
      if case .border = placement.site, transcript.editCount > 0 { return false }
      guard let left = coordinates.position(at: placement.range.lowerBound) else { return false }
      let right =
        placement.range.count == 1 ? left : coordinates.position(at: placement.range.upperBound - 1)
      guard let right else { return false }
      (first, last) = transcript.isReverse ? (right, left) : (left, right)
    }
    appendIdentifier(transcript.index, to: &output)
    HGVSText.append(coordinates.coding == nil ? ":n." : ":c.", to: &output)
    coordinates.append(first, to: &output)
    if first != last {
      output.append(UInt8(ascii: "_"))
      coordinates.append(last, to: &output)
    }
    appendChange(to: &output)
    return true
  }

  private func appendChange(to output: inout [UInt8]) {
    switch onTranscript.kind {
    case .substitution:
      if onTranscript.isOwnBase { return HGVSText.appendEquals(to: &output) }
      output.append(onTranscript.referenceBase)
      output.append(UInt8(ascii: ">"))
    case .deletion: return HGVSText.append("del", to: &output)
    case .duplication: return HGVSText.append("dup", to: &output)
    case .inversion: return HGVSText.append("inv", to: &output)
    case .insertion: HGVSText.append("ins", to: &output)
    case .replacement: HGVSText.append("delins", to: &output)
    }
    output.append(contentsOf: onTranscript.alternate)
  }

  /// Appends a transcript's identifier with its version.
  func appendIdentifier(_ index: Int, to output: inout [UInt8]) {
    let identifier = cache.identifier(index)
    HGVSText.append(identifier, to: &output)
    let version = cache.version(index)
    guard !version.isEmpty, !identifier.contains(UInt8(ascii: ".")) else { return }
    output.append(UInt8(ascii: "."))
    HGVSText.append(version, to: &output)
  }

  // MARK: Proteins

  private func appendProtein(
    _ placement: HGVSPlacement, _ coordinates: HGVSCoordinates, _ coding: Range<Int>, to output: inout [UInt8]
  ) {
    let start = output.count
    appendProteinPrefix(coordinates.transcript.index, to: &output)
    guard appendProteinChange(placement, coordinates, coding, to: &output) else {
      output.removeSubrange(start...)
      return
    }
  }

  /// Appends what stands before a change of a transcript's protein: its identifier and `:p.`.
  func appendProteinPrefix(_ index: Int, to output: inout [UInt8]) {
    if cache.protein(index).isEmpty {
      appendIdentifier(index, to: &output)
    } else {
      HGVSText.append(cache.protein(index), to: &output)
    }
    HGVSText.append(":p.", to: &output)
  }

  /// - Returns: false where no protein is changed, or none can be told.
  private func appendProteinChange(
    _ placement: HGVSPlacement, _ coordinates: HGVSCoordinates, _ coding: Range<Int>, to output: inout [UInt8]
  ) -> Bool {
    let transcript = coordinates.transcript
    switch placement.site {
    case .exon:
      func append(_ bases: UnsafeRawBufferPointer) -> Bool {
        let protein = HGVSProtein(
          bases: bases, coordinates: coordinates, coding: coding, replaced: onTranscript.replaced,
          alternate: onTranscript.alternate)
        return protein?.append(to: &output) ?? false
      }
      return transcript.editCount == 0 ? append(transcript.bases) : onTranscript.ownBases.withUnsafeBytes(append)
    case .intron(let number):
      guard touchesSpliceSite(placement, intron: number, transcript), isCoding(intron: number, transcript)
      else { return false }
    case .border(let number):
      guard isCoding(placement.range, from: number, transcript) else { return false }
    }
    output.append(UInt8(ascii: "?"))
    return true
  }

  /// Whether an intron's first or last two bases are told as changed.
  private func touchesSpliceSite(_ placement: HGVSPlacement, intron: Int, _ transcript: Transcript) -> Bool {
    let range = placement.range
    let (start, end) = (transcript.exon(intron).end, transcript.exon(intron + 1).start)
    if placement.kind == .insertion { return range.lowerBound == start || range.upperBound == end }
    return range.lowerBound < start + 2 || range.upperBound > end - 2
  }

  /// Whether an intron lies in the CDS or at an end of it.
  private func isCoding(intron: Int, _ transcript: Transcript) -> Bool {
    guard let coding = transcript.coding else { return false }
    let junction = transcript.exon(transcript.isReverse ? intron : intron + 1).offset
    return coding.lowerBound <= junction && junction <= coding.upperBound
  }

  /// Whether a stretch over an exon's end touches the CDS or an intron in it.
  private func isCoding(_ range: Range<Int>, from first: Int, _ transcript: Transcript) -> Bool {
    guard let coding = transcript.coding else { return false }
    var number = first
    while number < transcript.exonCount {
      let exon = transcript.exon(number)
      if exon.start >= range.upperBound { break }
      let part = range.clamped(to: exon.start..<exon.end)
      if !part.isEmpty {
        let from = exon.offset + (transcript.isReverse ? exon.end - part.upperBound : part.lowerBound - exon.start)
        if from < coding.upperBound, from + part.count > coding.lowerBound { return true }
      }
      if number + 1 < transcript.exonCount, range.upperBound > exon.end,
        range.lowerBound < transcript.exon(number + 1).start,
        isCoding(intron: number, transcript)
      {
        return true
      }
      number += 1
    }
    return false
  }
}
