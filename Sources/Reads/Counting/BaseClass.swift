/// The classes that bases are counted in, in fastp's order: A, T, C, G, and N for all else.
enum BaseClass {
  static let letters: [UInt8] = Array("ATCGN".utf8)
  static let count = 5
  static let n = 4

  /// The class of each byte, in either case.
  static let ofByte: [UInt8] = {
    var table = [UInt8](repeating: UInt8(n), count: 256)
    for (index, both) in ["Aa", "Tt", "Cc", "Gg"].enumerated() {
      for byte in both.utf8 { table[Int(byte)] = UInt8(index) }
    }
    return table
  }()
}

/// Two bits of the ASCII letters A, C, T and G tell them apart; they are codes 0 to 3 in that order, and the lowest bit is
/// set for C and G.
enum BaseCode {
  /// The code of any other letter.
  static let other = 4
  /// The class of each code.
  static let classes = [0, 2, 1, 3, 4]

  /// The code of A, C, G or T.
  @inline(__always)
  static func of(_ base: UInt8) -> Int { Int(base &>> 1 & 3) }

  /// The code of any letter, in either case.
  @inline(__always)
  static func ofAny(_ base: UInt8) -> Int {
    switch base | 0x20 {
    case UInt8(ascii: "a"), UInt8(ascii: "c"), UInt8(ascii: "g"), UInt8(ascii: "t"): Int(base &>> 1 & 3)
    default: other
    }
  }
}

/// What letters a read has.
enum BaseLetters: UInt8, Sendable {
  /// A, C, G and T in upper case alone.
  case called
  /// N beside these.
  case plain
  /// Others too.
  case mixed

  /// Looks at every base, sixteen at a time; the last sixteen overlap those before.
  static func of(_ bases: UnsafePointer<UInt8>, _ count: Int) -> BaseLetters {
    guard count >= ByteVectors.lanes else { return ofFew(bases, count) }
    var called = ByteVectors.Vector(repeating: .max)
    var known = called
    look(bases, count &- ByteVectors.lanes, &called, &known)
    var index = 0
    while index < count &- ByteVectors.lanes {
      look(bases, index, &called, &known)
      index &+= ByteVectors.lanes
    }
    return ByteVectors.isZero(~called) ? .called : ByteVectors.isZero(~known) ? .plain : .mixed
  }

  @inline(__always)
  private static func look(
    _ bases: UnsafePointer<UInt8>, _ index: Int, _ called: inout ByteVectors.Vector, _ known: inout ByteVectors.Vector
  ) {
    let vector = ByteVectors.load(bases, index)
    func are(_ letter: Unicode.Scalar) -> ByteVectors.Vector {
      ByteVectors.equal(vector, ByteVectors.Vector(repeating: UInt8(ascii: letter)))
    }
    let four = are("A") | are("C") | are("G") | are("T")
    called &= four
    known &= four | are("N")
  }

  private static func ofFew(_ bases: UnsafePointer<UInt8>, _ count: Int) -> BaseLetters {
    var letters = BaseLetters.called
    for index in 0..<count {
      switch bases[index] {
      case UInt8(ascii: "A"), UInt8(ascii: "C"), UInt8(ascii: "G"), UInt8(ascii: "T"): break
      case UInt8(ascii: "N"): letters = .plain
      default: return .mixed
      }
    }
    return letters
  }
}
