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
