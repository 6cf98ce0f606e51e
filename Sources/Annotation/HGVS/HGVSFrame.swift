/// The codons of a transcript's CDS before and after a change. Residues count from 0; a stop is a residue, `*`.
struct HGVSFrame {
  /// The transcript's own sequence.
  let bases: UnsafeRawBufferPointer
  let coordinates: HGVSCoordinates
  let coding: Range<Int>
  /// What is replaced, in `bases`.
  let replaced: Range<Int>
  let alternate: [UInt8]
  let code: GeneticCode
  /// Where the first codon begins; before `bases` for a CDS that begins within a codon.
  let origin: Int
  /// Whole codons of the CDS, a stop included.
  let count: Int

  init(
    bases: UnsafeRawBufferPointer, coordinates: HGVSCoordinates, coding: Range<Int>, replaced: Range<Int>,
    alternate: [UInt8]
  ) {
    self.bases = bases
    self.coordinates = coordinates
    self.coding = coding
    self.replaced = replaced
    self.alternate = alternate
    code = GeneticCode(isMitochondrial: coordinates.transcript.flags.contains(.mitochondrial))
    origin = coding.lowerBound - coordinates.transcript.lead
    count = (coding.upperBound - origin) / 3
  }

  /// How many bases longer the sequence becomes.
  var difference: Int { alternate.count - replaced.count }

  /// Whether the CDS ends with a stop.
  var hasStop: Bool {
    count > 0 && (coding.upperBound - origin) % 3 == 0 && reference(count - 1) == UInt8(ascii: "*")
  }

  /// A residue of the reference; 0 behind the sequence, `X` where it cannot be told.
  func reference(_ residue: Int) -> UInt8 {
    let start = origin + 3 * residue
    guard start + 3 <= bases.count else { return 0 }
    guard start >= coding.lowerBound else { return UInt8(ascii: "X") }
    if residue == 0, startsProtein { return UInt8(ascii: "M") }
    let found = code.aminoAcid(bases[start], bases[start + 1], bases[start + 2])
    return found == UInt8(ascii: "*") && isRecoded(start) ? UInt8(ascii: "U") : found
  }

  /// Whether the first codon begins the protein, whatever it would be elsewhere.
  var startsProtein: Bool {
    coordinates.transcript.flags.isDisjoint(with: [.startIncomplete, .noStart]) && origin == coding.lowerBound
  }

  private func isRecoded(_ start: Int) -> Bool {
    let transcript = coordinates.transcript
    for number in 0..<transcript.recodedCount where coordinates.place(of: transcript.recoded(number)) == start {
      return true
    }
    return false
  }

  /// A base of the changed sequence.
  @inline(__always)
  func changedBase(_ place: Int) -> UInt8 {
    if place < replaced.lowerBound { return bases[place] }
    let inside = place - replaced.lowerBound
    return inside < alternate.count ? alternate[inside] : bases[place - difference]
  }

  /// A residue of the changed sequence, read on from the CDS's start; 0 behind the sequence, `X` where it cannot be
  /// told.
  func changed(_ residue: Int) -> UInt8 {
    let start = origin + 3 * residue
    guard start + 3 <= bases.count + difference else { return 0 }
    // What is not touched is what it was, selenocysteine too.
    if start + 3 <= replaced.lowerBound { return reference(residue) }
    if start >= replaced.lowerBound + alternate.count, difference % 3 == 0 {
      return reference(residue - difference / 3)
    }
    guard start >= coding.lowerBound else { return UInt8(ascii: "X") }
    if residue == 0, startsProtein, (start..<(start + 3)).allSatisfy({ changedBase($0) == bases[$0] }) {
      return UInt8(ascii: "M")
    }
    // Nor is a codon between two that are touched, where nothing moves.
    if difference == 0, isRecoded(start), (start..<(start + 3)).allSatisfy({ changedBase($0) == bases[$0] }) {
      return reference(residue)
    }
    return code.aminoAcid(changedBase(start), changedBase(start + 1), changedBase(start + 2))
  }

  /// The first stop of the changed sequence from a residue on.
  enum Stop: Equatable {
    case at(Int)
    case none
    /// An unknown residue stands before any stop.
    case unknown
  }

  func firstStop(from residue: Int) -> Stop {
    var place = residue
    while true {
      switch changed(place) {
      case 0: return .none
      case UInt8(ascii: "*"): return .at(place)
      case UInt8(ascii: "X"): return .unknown
      default: place += 1
      }
    }
  }
}
