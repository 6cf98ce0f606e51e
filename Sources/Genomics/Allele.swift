/// The kinds of allele that a VCF's ALT column can hold (VCF 4.5, section 1.6.1.5).
public enum AlternateAlleleKind: UInt8, Sendable, Hashable {
  /// Bases, A C G T N in either case.
  case bases
  /// `.`: no alternate allele.
  case none
  /// `*`: missing through an overlapping deletion.
  case overlappingDeletion
  /// `<*>` or `<NON_REF>`: any other allele, as gVCF blocks use it. Never an alternate allele for a consequence.
  case unspecified
  /// `<ID>`: a symbolic structural allele.
  case symbolic
  /// A breakend, paired (`G[17:198982[`) or single (`G.`).
  case breakend

  /// Tells the kind of an ALT entry from its bytes.
  /// - Returns: nil for anything that the specification does not allow.
  @inlinable
  public init?(_ text: some RandomAccessCollection<UInt8>) {
    guard let first = text.first, let last = text.last else { return nil }
    if text.count == 1 {
      if first == UInt8(ascii: ".") {
        self = .none
        return
      }
      if first == UInt8(ascii: "*") {
        self = .overlappingDeletion
        return
      }
    }
    if first == UInt8(ascii: "<") {
      guard last == UInt8(ascii: ">"), text.count > 2 else { return nil }
      let name = text.dropFirst().dropLast()
      self = name.elementsEqual("*".utf8) || name.elementsEqual("NON_REF".utf8) ? .unspecified : .symbolic
      return
    }
    if text.contains(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]") }) {
      self = .breakend
      return
    }
    if first == UInt8(ascii: ".") || last == UInt8(ascii: ".") {
      let bases = first == UInt8(ascii: ".") ? text.dropFirst() : text.dropLast()
      guard bases.allSatisfy(Base.isVCFBase) else { return nil }
      self = .breakend
      return
    }
    guard text.allSatisfy(Base.isVCFBase) else { return nil }
    self = .bases
  }
}

/// Letters of nucleotides.
public enum Base {
  /// Whether a byte is one of A, C, G, T, N in either case: the alphabet of ALT (VCF 4.5, section 1.6.1.5).
  @inlinable
  public static func isVCFBase(_ byte: UInt8) -> Bool {
    switch byte & 0xDF {
    case UInt8(ascii: "A"), UInt8(ascii: "C"), UInt8(ascii: "G"), UInt8(ascii: "T"), UInt8(ascii: "N"): true
    default: false
    }
  }

  /// The letter in upper case; other bytes unchanged.
  @inlinable
  public static func uppercased(_ byte: UInt8) -> UInt8 {
    byte &- UInt8(ascii: "a") < 26 ? byte & 0xDF : byte
  }

  /// The base that stands for a letter of a FASTA in a VCF: itself for A, C, G, T and N, the alphabetically first base of
  /// an ambiguity code (VCF 4.5, section 1.6.1.4), N for anything else. Upper case.
  @inlinable
  public static func concrete(_ byte: UInt8) -> UInt8 {
    let mask = iupacMask(byte)
    if mask == 0 || mask == 15 { return UInt8(ascii: "N") }
    if mask & 1 != 0 { return UInt8(ascii: "A") }
    if mask & 2 != 0 { return UInt8(ascii: "C") }
    return mask & 4 != 0 ? UInt8(ascii: "G") : UInt8(ascii: "T")
  }

  /// The bases that an IUPAC code stands for, as bits A 1, C 2, G 4, T 8; 0 for any other byte. Case is ignored.
  @inlinable
  public static func iupacMask(_ byte: UInt8) -> UInt8 {
    switch byte & 0xDF {
    case UInt8(ascii: "A"): 1
    case UInt8(ascii: "C"): 2
    case UInt8(ascii: "G"): 4
    case UInt8(ascii: "T"), UInt8(ascii: "U"): 8
    case UInt8(ascii: "R"): 1 | 4
    case UInt8(ascii: "Y"): 2 | 8
    case UInt8(ascii: "S"): 2 | 4
    case UInt8(ascii: "W"): 1 | 8
    case UInt8(ascii: "K"): 4 | 8
    case UInt8(ascii: "M"): 1 | 2
    case UInt8(ascii: "B"): 2 | 4 | 8
    case UInt8(ascii: "D"): 1 | 4 | 8
    case UInt8(ascii: "H"): 1 | 2 | 8
    case UInt8(ascii: "V"): 1 | 2 | 4
    case UInt8(ascii: "N"): 15
    default: 0
    }
  }
}
