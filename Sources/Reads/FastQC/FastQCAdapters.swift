/// The adapters that FastQC 0.11.9 looks for: the first twelve bases of each.
public enum FastQCAdapters {
  /// An adapter's name and bases.
  public struct Adapter: Sendable {
    /// The name in the table.
    public let name: String
    /// Twelve letters of A, C, G and T.
    public let bases: StaticString
  }

  /// In the order of the table.
  public static let all = [
    Adapter(name: "Illumina Universal Adapter", bases: "AGATCGGAAGAG"),
    Adapter(name: "Illumina Small RNA 3' Adapter", bases: "TGGAATTCTCGG"),
    Adapter(name: "Illumina Small RNA 5' Adapter", bases: "GATCGTCGGACT"),
    Adapter(name: "Nextera Transposase Sequence", bases: "CTGTCTCTTATA"),
    Adapter(name: "SOLID Small RNA Adapter", bases: "CGCCTTGGCCGT"),
  ]

  /// The bases of each adapter.
  static let length = 12

  /// Two bits a base, the last lowest, of the bases of each adapter.
  private static let codes: [UInt32] = all.map { adapter in
    (0..<length).reduce(0) { $0 << 2 | code(adapter.bases.utf8Start[$1]) }
  }

  @inline(__always)
  private static func code(_ base: UInt8) -> UInt32 { UInt32(base >> 1 & 3) }

  /// Looks for adapters in a part of a read, in either case.
  /// - Parameters:
  ///   - range: the part; an adapter must lie within.
  ///   - places: the first place of each adapter in the read, -1 where there is none before this part.
  static func search(_ sequence: UnsafeRawBufferPointer, in range: Range<Int>, first places: inout SIMD8<Int>) {
    var code: UInt32 = 0
    let codes = Self.codes
    for end in range {
      code = (code << 2 | Self.code(sequence[end])) & (1 << (2 * UInt32(length)) - 1)
      let place = end + 1 - length
      guard place >= range.lowerBound, let adapter = codes.firstIndex(of: code), places[adapter] < 0 else { continue }
      // Other letters have these bits too.
      let bases = all[adapter].bases.utf8Start
      if (0..<length).allSatisfy({ sequence[place + $0] & 0xDF == bases[$0] }) { places[adapter] = place }
    }
  }
}
