/// What became of a read, in the order in which the worse of two mates' outcomes wins (fastp's codes).
public enum ReadOutcome: Int, Sendable, Hashable, Codable, CaseIterable {
  /// It went out.
  case passed = 0
  /// Its bases (and its mate's) were all seen before.
  case duplicate = 1
  /// Too many N.
  case tooManyN = 12
  /// Too short, or without bases.
  case tooShort = 16
  /// Too long.
  case tooLong = 17
  /// Too many bases of low quality, or a low mean.
  case lowQuality = 20
  /// Too few bases that differ from the next.
  case lowComplexity = 24
}

extension WorkingRead {
  /// Which filter the read fails, in fastp's order.
  func outcome(_ options: ReadOptions) -> ReadOutcome {
    if isGone || length == 0 { return options.keepsEmptyReads && !isGone ? .passed : .tooShort }
    if let filter = options.quality {
      let (low, n) = unqualified(below: UInt8(clamping: 33 + filter.qualified))
      if Double(low) > Double(filter.unqualifiedPercent * length) / 100 { return .lowQuality }
      if filter.mean > 0, qualitySum / length < filter.mean { return .lowQuality }
      if n > filter.mostN { return .tooManyN }
    }
    if let filter = options.length {
      if length < filter.shortest { return .tooShort }
      if filter.longest > 0, length > filter.longest { return .tooLong }
    }
    if let percent = options.complexityPercent, !isComplex(percent) { return .lowComplexity }
    return .passed
  }

  /// The sum of Phred scores.
  private var qualitySum: Int { UnsafeRawBufferPointer(start: quality, count: length).byteSum - 33 * length }

  /// Bases below a quality byte, and N. Sixteen at a time; the last sixteen overlap those before.
  private func unqualified(below limit: UInt8) -> (low: Int, n: Int) {
    let lanes = ByteVectors.lanes
    guard length >= lanes else {
      let bases = 0..<length
      return (
        bases.count { quality[$0] < limit }, bases.count { sequence[$0] == UInt8(ascii: "N") }
      )
    }
    let limits = ByteVectors.Vector(repeating: limit)
    let letters = ByteVectors.Vector(repeating: UInt8(ascii: "N"))
    var (low, n) = (0, 0)
    var index = 0
    while index < length {
      // So many that a byte holds their count.
      let end = min(index &+ 128 &* lanes, length)
      var (lows, ns) = (ByteVectors.Vector.zero, ByteVectors.Vector.zero)
      while index &+ lanes <= end {
        lows &-= ByteVectors.less(ByteVectors.load(quality, index), limits)
        ns &-= ByteVectors.equal(ByteVectors.load(sequence, index), letters)
        index &+= lanes
      }
      if index < end {
        let rest = ByteVectors.last(end &- index)
        lows &-= ByteVectors.less(ByteVectors.load(quality, end &- lanes), limits) & rest
        ns &-= ByteVectors.equal(ByteVectors.load(sequence, end &- lanes), letters) & rest
        index = end
      }
      low &+= ByteVectors.total(ByteVectors.pairSums(lows))
      n &+= ByteVectors.total(ByteVectors.pairSums(ns))
    }
    return (low, n)
  }

  private func isComplex(_ percent: Int) -> Bool {
    guard length > 1 else { return false }
    var changes = 0
    for index in 1..<length where sequence[index] != sequence[index - 1] { changes += 1 }
    return Double(changes) / Double(length - 1) >= Double(percent) / 100
  }
}
