extension FastQCAdapters {
  /// Four bases in a byte, two bits each, the first lowest: A 0, C 1, T 2, G 3, which are bits 1 and 2 of the letters.
  fileprivate static func code(_ bases: StaticString, _ start: Int) -> UInt8 {
    (0..<4).reduce(0) { $0 | (bases.utf8Start[start + $1] >> 1 & 3) << UInt8(2 * $1) }
  }

  /// The codes of bases 0 to 3 of each adapter.
  private static let first = SIMD8<UInt8>(codesFrom: 0)
  /// The codes of bases 4 to 7.
  private static let second = SIMD8<UInt8>(codesFrom: 4)

  /// Places that are looked at together.
  private static let stretch = 512
  /// Places that are done at once.
  private static let step = 32

  /// Calls `body` with the parts of a read that hold the first eight bases of an adapter, or other letters with the same
  /// two bits. Parts overlap by so much that an adapter lies whole in one.
  ///
  /// One read in a hundred of 150 bases is such a part by chance; the others cost two loops that the compiler turns into
  /// vectors of bytes (`SIMD16` did not: its shifts and comparisons stayed calls).
  @inline(__always)
  static func withCandidates(in sequence: UnsafeRawBufferPointer, _ body: (Range<Int>) -> Void) {
    guard sequence.count >= length, let base = sequence.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: stretch + 2 * step) { scratch in
      guard let codes = scratch.baseAddress else { return }
      // Each stretch begins where the last had no room for a whole adapter.
      var start = 0
      while start + length <= sequence.count {
        let count = min(stretch, sequence.count - start)
        encode(base + start, count, codes)
        if hasCode(codes, count) { body(start..<start + count) }
        start += count - length + 1
      }
    }
  }

  /// Writes the code at each place but the last three; behind them AAAA, which no adapter has there.
  @inline(__always)
  private static func encode(_ bases: UnsafePointer<UInt8>, _ count: Int, _ codes: UnsafeMutablePointer<UInt8>) {
    let places = count - 3
    (codes + places).update(repeating: 0, count: 2 * step)
    guard places >= step else { return encode(bases, 0..<places, codes) }
    // In whole steps, since what is left over is done byte by byte; the last overlaps the one before.
    encode(bases, 0..<places & ~(step - 1), codes)
    encode(bases, places - step..<places, codes)
  }

  @inline(__always)
  private static func encode(
    _ bases: UnsafePointer<UInt8>, _ places: Range<Int>, _ codes: UnsafeMutablePointer<UInt8>
  ) {
    var place = places.lowerBound
    while place < places.upperBound {
      // One after the other, for the compiler's sake.
      var code = bases[place] &>> 1 & 3
      code |= (bases[place + 1] & 6) &<< 1
      code |= (bases[place + 2] & 6) &<< 3
      code |= (bases[place + 3] & 6) &<< 5
      codes[place] = code
      place &+= 1
    }
  }

  @inline(__always)
  private static func hasCode(_ codes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    let (first, second) = (first, second)
    // The least difference from any adapter at any place.
    var least = UInt8.max
    let places = (count - length + step) & ~(step - 1)
    var place = 0
    while place < places {
      let (a, b) = (codes[place], codes[place + 4])
      least = min(least, (a ^ first[0]) | (b ^ second[0]))
      least = min(least, (a ^ first[1]) | (b ^ second[1]))
      least = min(least, (a ^ first[2]) | (b ^ second[2]))
      least = min(least, (a ^ first[3]) | (b ^ second[3]))
      least = min(least, (a ^ first[4]) | (b ^ second[4]))
      place &+= 1
    }
    return least == 0
  }
}

extension SIMD8<UInt8> {
  /// The codes of four bases of each adapter.
  fileprivate init(codesFrom start: Int) {
    self.init()
    for (index, adapter) in FastQCAdapters.all.enumerated() { self[index] = FastQCAdapters.code(adapter.bases, start) }
  }
}
