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
      let (low, sum, n) = qualityCounts(below: UInt8(clamping: 33 + filter.qualified))
      if Double(low) > Double(filter.unqualifiedPercent * length) / 100 { return .lowQuality }
      if filter.mean > 0, sum / length < filter.mean { return .lowQuality }
      if n > filter.mostN { return .tooManyN }
    }
    if let filter = options.length {
      if length < filter.shortest { return .tooShort }
      if filter.longest > 0, length > filter.longest { return .tooLong }
    }
    if let percent = options.complexityPercent, !isComplex(percent) { return .lowComplexity }
    return .passed
  }

  /// Bases below a quality byte, the sum of Phred scores, and N. Sums of bytes, so that the compiler makes vectors of it.
  private func qualityCounts(below limit: UInt8) -> (low: Int, sum: Int, n: Int) {
    var low = 0
    var sum = 0
    var n = 0
    var index = 0
    while index < length {
      // Blocks short enough for byte-wide counters.
      let end = min(index + 128, length)
      var blockLow: UInt8 = 0
      var blockN: UInt8 = 0
      var blockSum: UInt32 = 0
      for position in index..<end {
        blockLow &+= quality[position] < limit ? 1 : 0
        blockN &+= sequence[position] == UInt8(ascii: "N") ? 1 : 0
        blockSum &+= UInt32(quality[position])
      }
      low += Int(blockLow)
      n += Int(blockN)
      sum += Int(blockSum)
      index = end
    }
    return (low, sum - 33 * length, n)
  }

  private func isComplex(_ percent: Int) -> Bool {
    guard length > 1 else { return false }
    var changes = 0
    for index in 1..<length where sequence[index] != sequence[index - 1] { changes += 1 }
    return Double(changes) / Double(length - 1) >= Double(percent) / 100
  }
}
