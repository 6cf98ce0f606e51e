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

  /// The first place of an adapter in a read, in either case.
  static func firstPlace(of adapter: Int, in sequence: UnsafeRawBufferPointer) -> Int? {
    guard sequence.count >= length else { return nil }
    let bases = all[adapter].bases.utf8Start
    let first = bases[0]
    for place in 0...(sequence.count - length) where sequence[place] & 0xDF == first {
      var matched = 1
      while matched < length, sequence[place + matched] & 0xDF == bases[matched] { matched += 1 }
      if matched == length { return place }
    }
    return nil
  }
}
