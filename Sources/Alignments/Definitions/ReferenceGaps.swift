/// The stretches of a contig whose base is not known: N.
struct ReferenceGaps {
  /// 0-based half-open, ascending, not touching.
  let ranges: [Range<Int>]

  /// The gaps of bases in upper case.
  init(_ bases: [UInt8]) {
    ranges = bases.withUnsafeBufferPointer { bases in
      var ranges: [Range<Int>] = []
      var place = 0
      while place < bases.count {
        guard isUnknown(bases[place]) else {
          place += 1
          continue
        }
        let start = place
        while place < bases.count, isUnknown(bases[place]) { place += 1 }
        ranges.append(start..<place)
      }
      return ranges
    }

    @inline(__always)
    func isUnknown(_ base: UInt8) -> Bool { base == UInt8(ascii: "N") || base == UInt8(ascii: ".") }
  }

  /// A contig of which no base is known.
  init(unknown length: Int) { ranges = length > 0 ? [0..<length] : [] }
}
