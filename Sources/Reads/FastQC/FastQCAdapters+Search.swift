extension FastQCAdapters {
  /// Four bases in a byte, two bits each, the first lowest: A 0, C 1, T 2, G 3, which are bits 1 and 2 of the letters.
  private static func code(_ bases: StaticString, _ start: Int) -> UInt8 {
    (0..<4).reduce(0) { $0 | (bases.utf8Start[start + $1] >> 1 & 3) << UInt8(2 * $1) }
  }

  /// The codes of bases 0–3 and 4–7 of each adapter.
  private static let codes:
    (
      SIMD8<UInt8>, SIMD8<UInt8>
    ) = {
      var codes = (SIMD8<UInt8>(), SIMD8<UInt8>())
      for (index, adapter) in all.enumerated() {
        codes.0[index] = code(adapter.bases, 0)
        codes.1[index] = code(adapter.bases, 4)
      }
      return codes
    }()

  /// Places that are looked at together.
  private static let stretch = 512
  /// Below this many bases no vector fits.
  private static let shortest = 32

  /// Whether the first eight bases of an adapter are in a read: true too for other letters with the same two bits.
  ///
  /// One read in a hundred of 150 bases passes by chance; the others cost two passes of byte vectors.
  @inline(__always)
  static func mayContain(_ sequence: UnsafeRawBufferPointer) -> Bool {
    guard sequence.count >= shortest, let base = sequence.baseAddress else { return sequence.count >= length }
    return withUnsafeTemporaryAllocation(byteCount: stretch + 16, alignment: 16) { scratch in
      guard let codes = scratch.baseAddress else { return true }
      var start = 0
      while true {
        let end = min(sequence.count, start + stretch)
        // The last stretch is drawn back to the shortest that can be searched.
        start = min(start, end - shortest)
        encode(base + start, end - start, codes)
        if hasCode(codes, end - start) { return true }
        if end == sequence.count { return false }
        // Places up to twelve bases before the end have been looked at.
        start = end - length + 1
      }
    }
  }

  /// Writes the code at each place but the last three. The last vector overlaps the one before.
  @inline(__always)
  private static func encode(_ bases: UnsafeRawPointer, _ count: Int, _ codes: UnsafeMutableRawPointer) {
    let three = SIMD16<UInt8>(repeating: 3)
    @inline(__always) func letters(_ place: Int) -> SIMD16<UInt8> {
      (bases.loadUnaligned(fromByteOffset: place, as: SIMD16<UInt8>.self) &>> 1) & three
    }
    var place = 0
    let last = count - 19
    while true {
      let code = letters(place) | letters(place + 1) &<< 2 | letters(place + 2) &<< 4 | letters(place + 3) &<< 6
      codes.storeBytes(of: code, toByteOffset: place, as: SIMD16<UInt8>.self)
      if place == last { return }
      place = min(place + 16, last)
    }
  }

  @inline(__always)
  private static func hasCode(_ codes: UnsafeMutableRawPointer, _ count: Int) -> Bool {
    let (first, second) = Self.codes
    var found = SIMD16<UInt8>()
    var place = 0
    let last = count - length - 15
    while true {
      let a = codes.loadUnaligned(fromByteOffset: place, as: SIMD16<UInt8>.self)
      let b = codes.loadUnaligned(fromByteOffset: place + 4, as: SIMD16<UInt8>.self)
      found |= same(a, first[0], b, second[0]) | same(a, first[1], b, second[1]) | same(a, first[2], b, second[2])
      found |= same(a, first[3], b, second[3]) | same(a, first[4], b, second[4])
      if place == last { break }
      place = min(place + 16, last)
    }
    let halves = unsafeBitCast(found, to: SIMD2<UInt64>.self)
    return halves[0] | halves[1] != 0
  }

  /// All ones where both codes are there. A mask that stays a vector of bytes: reducing masks is slow on SSE2.
  @inline(__always)
  private static func same(_ a: SIMD16<UInt8>, _ first: UInt8, _ b: SIMD16<UInt8>, _ second: UInt8) -> SIMD16<UInt8> {
    let mask = (a .== SIMD16(repeating: first)) .& (b .== SIMD16(repeating: second))
    return unsafeBitCast(mask, to: SIMD16<UInt8>.self)
  }
}
