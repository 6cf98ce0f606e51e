/// Holds a transcript's CDS against its bases: a CDS that does not translate is kept, flagged and counted.
extension TranscriptModel {
  /// Sets the flags that need the bases.
  ///
  /// Ensembl's GFF3 does not say which CDS are incomplete: one that begins in the middle of a codon, or begins with the
  /// transcript and with no start codon, lacks its start; one that ends with the transcript and with no stop lacks its
  /// end.
  mutating func checkCoding() {
    guard !coding.isEmpty else { return }
    guard let range = codingInBases, range.upperBound <= bases.count else {
      flags.insert(.irregular)
      return
    }
    let code = GeneticCode(isMitochondrial: flags.contains(.mitochondrial))
    if phase != 0 { flags.insert(.startIncomplete) }
    let frame = bases[min(range.upperBound, range.lowerBound + phase)..<range.upperBound]
    var protein = code.translate(frame.prefix(frame.count / 3 * 3))
    if isSelenoprotein, recoded.isEmpty { recoded = placesOfSelenocysteine(in: frame) }
    for place in recodedInBases where place >= frame.startIndex && (place - frame.startIndex) % 3 == 0 {
      let residue = (place - frame.startIndex) / 3
      if residue < protein.count, protein[residue] == UInt8(ascii: "*") { protein[residue] = UInt8(ascii: "U") }
    }
    if !flags.contains(.startIncomplete), !code.isStart(frame.prefix(3)) {
      flags.insert(range.lowerBound == 0 ? .startIncomplete : .noStart)
    }
    let isWhole = frame.count % 3 == 0
    // A mitochondrial stop may be completed by the tail: T or TA.
    let isCompleted =
      flags.contains(.mitochondrial) && range.upperBound == bases.count && !isWhole
      && "TA".utf8.starts(with: frame.suffix(frame.count % 3))
    if !isCompleted, !flags.contains(.endIncomplete), !isWhole || protein.last != UInt8(ascii: "*") {
      if range.upperBound == bases.count {
        flags.insert(.endIncomplete)
      } else {
        flags.insert(isWhole ? .noStop : .partialCodon)
      }
    }
    if protein.dropLast().contains(UInt8(ascii: "*")) { flags.insert(.internalStop) }
  }

  /// Where selenocysteine stands in a frame that is said to hold it, when nobody says where: at each TGA but the last
  /// codon. On the contig.
  private func placesOfSelenocysteine(in frame: ArraySlice<UInt8>) -> [Int] {
    stride(from: frame.startIndex, to: frame.endIndex - 5, by: 3).compactMap { place in
      frame[place..<(place + 3)].elementsEqual("TGA".utf8) ? position(of: place) : nil
    }
  }
}
