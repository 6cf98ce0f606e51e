/// The made-up genome of the check: one contig, one gene on three exons, the same everywhere.
///
/// What is known of it is known from here, and from nothing that is under check.
struct SelftestGenome: Sendable {
  /// The contig, 6,000 bases.
  let bases: [UInt8]
  /// The coding sequence from its start to its stop, 360 bases.
  let coding: [UInt8]

  static let length = 6000
  /// 1-based ends of the exons.
  static let exons = [(1001, 1150), (1501, 1650), (2001, 2200)]
  /// 1-based ends of the exons' coding parts.
  static let codingParts = [(1051, 1150), (1501, 1650), (2001, 2110)]
  /// 1-based first and last of eight times A, after `GC`.
  static let run = (4001, 4008)

  init() {
    var random = SelftestRandom(state: 20)
    var genome = (0..<Self.length).map { _ in random.pick(Array("ACGT".utf8)) }
    let sense = Self.codons.filter { Self.aminoAcid($0) != UInt8(ascii: "*") }
    let middle = (0..<118).flatMap { _ in random.pick(sense) }
    let coding = Array("ATG".utf8) + middle + Array("TAA".utf8)
    func put(_ text: some Collection<UInt8>, at place: Int) {
      for (offset, base) in text.enumerated() { genome[place - 1 + offset] = base }
    }
    var done = 0
    for (first, last) in Self.codingParts {
      put(coding[done..<(done + last - first + 1)], at: first)
      done += last - first + 1
    }
    for (place, text) in [(1151, "GT"), (1499, "AG"), (1651, "GT"), (1999, "AG"), (3999, "GCAAAAAAAAT")] {
      put(Array(text.utf8), at: place)
    }
    bases = genome
    self.coding = coding
  }

  /// The base at a 1-based position.
  subscript(_ position: Int) -> UInt8 { bases[position - 1] }

  /// The position of a base of the coding sequence, both 1-based.
  static func position(ofCoding place: Int) -> Int {
    var rest = place
    for (first, last) in codingParts {
      if rest <= last - first + 1 { return first + rest - 1 }
      rest -= last - first + 1
    }
    return codingParts[codingParts.count - 1].1
  }

  /// The bases of the transcript from its start codon on, with some of the coding sequence's left out.
  func transcript(without place: Int?) -> [UInt8] {
    var text = coding + bases[2110..<2200]
    if let place { text.remove(at: place - 1) }
    return text
  }

  /// The standard code (NCBI table 1), bases in the order T, C, A, G.
  private static let code = Array("FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG".utf8)

  static let codons: [[UInt8]] = {
    let order = Array("TCAG".utf8)
    return order.flatMap { first in order.flatMap { second in order.map { [first, second, $0] } } }
  }()

  static func aminoAcid(_ codon: [UInt8]) -> UInt8 {
    codons.firstIndex(of: codon).map { code[$0] } ?? UInt8(ascii: "X")
  }

  /// The protein up to and with the first stop.
  static func protein(_ text: [UInt8]) -> [UInt8] {
    var protein: [UInt8] = []
    for start in stride(from: 0, to: text.count - 2, by: 3) {
      protein.append(aminoAcid(Array(text[start..<(start + 3)])))
      if protein.last == UInt8(ascii: "*") { break }
    }
    return protein
  }

  /// Three letters of an amino acid.
  static func name(_ letter: UInt8) -> String {
    let names = [
      "A": "Ala", "C": "Cys", "D": "Asp", "E": "Glu", "F": "Phe", "G": "Gly", "H": "His", "I": "Ile", "K": "Lys",
      "L": "Leu", "M": "Met", "N": "Asn", "P": "Pro", "Q": "Gln", "R": "Arg", "S": "Ser", "T": "Thr", "V": "Val",
      "W": "Trp", "Y": "Tyr", "*": "Ter",
    ]
    return names[String(UnicodeScalar(letter))] ?? "Xaa"
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers everywhere.
struct SelftestRandom {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func pick<T>(_ choices: [T]) -> T { choices[Int(next() % UInt64(choices.count))] }
}
