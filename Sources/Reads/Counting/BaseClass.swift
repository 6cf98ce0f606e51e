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

  /// Looks at every base; sums of bytes, so that the compiler makes vectors of it.
  static func of(_ bases: UnsafePointer<UInt8>, _ count: Int) -> BaseLetters {
    var foreign: UInt8 = 0
    var uncalled: UInt8 = 0
    for index in 0..<count {
      let base = bases[index]
      let isN: UInt8 = base == UInt8(ascii: "N") ? 1 : 0
      let isCalled: UInt8 =
        (base == UInt8(ascii: "A") ? 1 : 0) | (base == UInt8(ascii: "C") ? 1 : 0) | (base == UInt8(ascii: "G") ? 1 : 0)
        | (base == UInt8(ascii: "T") ? 1 : 0)
      uncalled |= isCalled ^ 1
      foreign |= (isCalled | isN) ^ 1
    }
    return foreign != 0 ? .mixed : uncalled != 0 ? .plain : .called
  }
}
