import GenomicFiles

/// Reads whose first bases are an adapter's, as Picard finds them: the first 16 of the read as sequenced equal 16
/// consecutive bases of an Illumina adapter or of its reverse complement, with one mismatch at most.
struct AdapterReads {
  private static let length = 16
  private static let mostMismatches = 1
  /// Single-end, paired-end and indexed adapters: the 5' one, which they share, and the 3' ones.
  static let adapters = [
    "AATGATACGGCGACCACCGAGATCTACACTCTTTCCCTACACGACGCTCTTCCGATCT",
    "AGATCGGAAGAGCTCGTATGCCGTCTTCTGCTTG",
    "AGATCGGAAGAGCGGTTCAGCAGGAATGCCGAGACCGATCTCGTATGCCGTCTTCTGCTTG",
    "AGATCGGAAGAGCACACGTCTGAACTCCAGTCACNNNNNNNNATCTCGTATGCCGTCTTCTGCTTG",
  ]

  /// The 16 bases as 4-bit codes, the first in the highest bits.
  private let patterns: [UInt64]

  init() {
    var patterns: Set<UInt64> = []
    for adapter in Self.adapters {
      let codes = adapter.utf8.map { UInt64(ReadLetters.alphabet.firstIndex(of: $0) ?? 15) }
      for start in 0...(codes.count - Self.length) {
        let piece = codes[start..<(start + Self.length)]
        guard piece.count(where: { $0 == 15 }) <= Self.mostMismatches else { continue }
        patterns.insert(piece.reduce(0) { $0 << 4 | $1 })
        patterns.insert(piece.reversed().reduce(0) { $0 << 4 | Self.complement($1) })
      }
    }
    self.patterns = patterns.sorted()
  }

  /// Whether a mapped read begins with an adapter; the read's strand is undone.
  func contain(_ record: AlignmentRecord) -> Bool {
    let length = record.sequenceLength
    guard length >= Self.length else { return false }
    let packed = record.packedSequence
    let isReverse = record.flags.contains(.reverse)
    var start: UInt64 = 0
    for place in 0..<Self.length {
      let index = isReverse ? length - 1 - place : place
      let code = UInt64(index & 1 == 0 ? packed[index >> 1] >> 4 : packed[index >> 1] & 15)
      start = start << 4 | (isReverse ? Self.complement(code) : code)
    }
    for pattern in patterns {
      let differences = pattern ^ start
      let places = (differences | differences >> 1 | differences >> 2 | differences >> 3) & 0x1111_1111_1111_1111
      if places.nonzeroBitCount <= Self.mostMismatches { return true }
    }
    return false
  }

  /// A and T, C and G change places; other codes stay, as in htsjdk.
  private static func complement(_ code: UInt64) -> UInt64 {
    switch code {
    case 1: 8
    case 2: 4
    case 4: 2
    case 8: 1
    default: code
    }
  }
}
