/// Codons to amino acids in one-letter codes; `*` is a stop, `X` anything that cannot be told.
///
/// Source: NCBI genetic codes, tables 1 (standard) and 2 (vertebrate mitochondrial).
struct GeneticCode {
  let isMitochondrial: Bool

  // In the order T C A G of NCBI's tables.
  private static let standard = Array("FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG".utf8)
  private static let mitochondrial = Array("FFLLSSSSYY**CCWWLLLLPPPPHHQQRRRRIIMMTTTTNNKKSS**VVVVAAAADDEEGGGG".utf8)

  private static func digit(_ base: UInt8) -> Int? {
    switch base {
    case UInt8(ascii: "T"): 0
    case UInt8(ascii: "C"): 1
    case UInt8(ascii: "A"): 2
    case UInt8(ascii: "G"): 3
    default: nil
    }
  }

  func aminoAcid(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> UInt8 {
    guard let a = Self.digit(a), let b = Self.digit(b), let c = Self.digit(c) else { return UInt8(ascii: "X") }
    return (isMitochondrial ? Self.mitochondrial : Self.standard)[16 * a + 4 * b + c]
  }

  /// Translates whole codons; what is left over is an `X`.
  func translate(_ bases: some RandomAccessCollection<UInt8>) -> [UInt8] {
    let bases = Array(bases)
    var protein: [UInt8] = []
    protein.reserveCapacity(bases.count / 3 + 1)
    var index = 0
    while index + 3 <= bases.count {
      protein.append(aminoAcid(bases[index], bases[index + 1], bases[index + 2]))
      index += 3
    }
    if index < bases.count { protein.append(UInt8(ascii: "X")) }
    return protein
  }

  /// Whether a protein may begin with this codon as annotation has it.
  func isStart(_ codon: some Collection<UInt8>) -> Bool {
    if codon.elementsEqual("ATG".utf8) { return true }
    guard isMitochondrial else { return false }
    return ["ATA", "ATT", "ATC", "GTG"].contains { codon.elementsEqual($0.utf8) }
  }
}

/// The complement of a base; other letters are their own.
@inline(__always)
func complement(_ base: UInt8) -> UInt8 {
  switch base {
  case UInt8(ascii: "A"): UInt8(ascii: "T")
  case UInt8(ascii: "C"): UInt8(ascii: "G")
  case UInt8(ascii: "G"): UInt8(ascii: "C")
  case UInt8(ascii: "T"): UInt8(ascii: "A")
  default: base
  }
}

extension [UInt8] {
  var reverseComplement: [UInt8] { reversed().map(complement) }
}
