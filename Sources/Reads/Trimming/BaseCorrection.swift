/// Corrects differing bases in the overlap of two mates.
enum BaseCorrection {
  /// A base of at least this quality corrects.
  static let good: UInt8 = 33 + 30
  /// A base of at most this quality is corrected.
  static let bad: UInt8 = 33 + 14
  /// What came of it.
  struct Result {
    var bases = 0
    var reads = 0
  }

  /// The differences in the whole overlap.
  static func differences(_ read1: WorkingRead, _ read2: WorkingRead, _ overlap: MateOverlap) -> Int {
    var differences = 0
    let start1 = max(0, overlap.offset)
    let start2 = read2.length - max(0, -overlap.offset) - 1
    for index in 0..<overlap.length
    where read1.sequence[start1 + index] != complement(read2.sequence[start2 - index]) { differences += 1 }
    return differences
  }

  /// Where the mates differ and one base is good and the other bad, the good one and its quality replace the bad one.
  static func correct(_ read1: inout WorkingRead, _ read2: inout WorkingRead, _ overlap: MateOverlap) -> Result {
    var result = Result()
    let start1 = max(0, overlap.offset)
    let start2 = read2.length - max(0, -overlap.offset) - 1
    for index in 0..<overlap.length {
      let (at1, at2) = (start1 + index, start2 - index)
      let (base1, base2) = (read1.sequence[at1], read2.sequence[at2])
      guard base1 != complement(base2) else { continue }
      if read1.quality[at1] >= good, read2.quality[at2] <= bad {
        read2.sequence[at2] = complement(base1)
        read2.quality[at2] = read1.quality[at1]
        read2.isCorrected = true
        result.bases += 1
      } else if read2.quality[at2] >= good, read1.quality[at1] <= bad {
        read1.sequence[at1] = complement(base2)
        read1.quality[at1] = read2.quality[at2]
        read1.isCorrected = true
        result.bases += 1
      }
    }
    if result.bases > 0 { result.reads = read1.isCorrected && read2.isCorrected ? 2 : 1 }
    return result
  }
}
