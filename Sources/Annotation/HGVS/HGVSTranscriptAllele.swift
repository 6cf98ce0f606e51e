/// An allele in a transcript's exon, in the transcript's own sequence and on its strand.
///
/// One value is set again for each transcript, so that its buffers are allocated once.
struct HGVSTranscriptAllele {
  private(set) var kind = HGVSAllele.Kind.substitution
  /// The named stretch: of an insertion the two bases beside it.
  private(set) var named = 0..<0
  /// What is put in, on the transcript's strand; empty for a deletion.
  private(set) var alternate: [UInt8] = []
  /// The reference base of a substitution, in the transcript's own sequence.
  private(set) var referenceBase: UInt8 = 0
  /// Whether the transcript's own base is the allele's: it differs from the reference there.
  private(set) var isOwnBase = false
  /// The transcript's own sequence, where it differs from the reference.
  private(set) var ownBases: [UInt8] = []

  /// The stretch that is replaced; empty for what is put in.
  var replaced: Range<Int> {
    switch kind {
    case .insertion: (named.lowerBound + 1)..<(named.lowerBound + 1)
    case .duplication: named.upperBound..<named.upperBound
    case .substitution, .deletion, .inversion, .replacement: named
    }
  }

  /// Sets what is put in, on the transcript's strand, wherever the allele lies.
  mutating func setAlternate(_ allele: HGVSAllele, _ placement: HGVSPlacement, isReverse: Bool) {
    alternate.removeAll(keepingCapacity: true)
    kind = placement.kind
    switch kind {
    case .deletion: return
    case .duplication, .insertion:
      // Before which base of the contig it is put.
      let isBehind = kind == .duplication && !isReverse
      let place = isBehind ? placement.range.upperBound : placement.range.lowerBound + (kind == .insertion ? 1 : 0)
      for index in allele.alternate.indices { alternate.append(allele.inserted(index, before: place)) }
    case .substitution, .inversion, .replacement: alternate.append(contentsOf: allele.alternate)
    }
    if isReverse {
      alternate.reverse()
      for index in alternate.indices { alternate[index] = complement(alternate[index]) }
    }
    if kind == .substitution {
      referenceBase = isReverse ? complement(allele.reference[0]) : allele.reference[0]
      isOwnBase = false
    }
  }

  /// Places the allele in an exon; what is put in was set before.
  /// - Returns: false where it cannot be told: the transcript's own sequence differs from the reference there.
  mutating func place(_ placement: HGVSPlacement, in exon: Exon, _ coordinates: HGVSCoordinates) -> Bool {
    let transcript = coordinates.transcript
    let (first, last) = (
      coordinates.base(at: placement.range.lowerBound, in: exon),
      coordinates.base(at: placement.range.upperBound - 1, in: exon)
    )
    named = min(first, last)..<(max(first, last) + 1)
    guard transcript.editCount > 0 else { return true }
    ownBases.removeAll(keepingCapacity: true)
    coordinates.copyBases(into: &ownBases)
    let changed = kind == .insertion ? replaced : named
    if coordinates.hasEdit(in: changed) {
      // A base that the transcript has otherwise is told of by the transcript's own.
      guard kind == .substitution, let place = coordinates.place(of: named.lowerBound),
        ownBases[place] != UInt8(ascii: "N")
      else { return false }
      named = place..<(place + 1)
      referenceBase = ownBases[place]
      isOwnBase = referenceBase == alternate[0]
      return true
    }
    guard let start = coordinates.place(of: named.lowerBound), let end = coordinates.place(of: named.upperBound - 1)
    else { return false }
    named = start..<(end + 1)
    guard named.count == placement.range.count else { return false }
    if let limit = coordinates.place(of: exon.offset + exon.end - exon.start - 1) { shift(to: limit + 1) }
    return true
  }

  /// Shifts to the most 3′ place of the transcript's own sequence before `limit`.
  private mutating func shift(to limit: Int) {
    switch kind {
    case .deletion, .duplication:
      var moved = 0
      while named.upperBound + moved < limit, isSame(named.lowerBound + moved, named.upperBound + moved) { moved += 1 }
      named = (named.lowerBound + moved)..<(named.upperBound + moved)
      if kind == .duplication { alternate = Array(ownBases[named]) }
    case .insertion:
      var place = named.lowerBound + 1
      while place < limit, ownBases[place] == alternate[0] {
        alternate.append(alternate.removeFirst())
        place += 1
      }
      let copy = place - alternate.count
      if copy >= 0, ownBases[copy..<place].elementsEqual(alternate) {
        kind = .duplication
        named = copy..<place
      } else {
        named = (place - 1)..<(place + 1)
      }
    case .substitution, .inversion, .replacement: return
    }
  }

  private func isSame(_ one: Int, _ other: Int) -> Bool {
    ownBases[one] == ownBases[other] && ownBases[one] != UInt8(ascii: "N")
  }
}
