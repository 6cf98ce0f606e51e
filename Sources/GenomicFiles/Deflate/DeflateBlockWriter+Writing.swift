extension DeflateBlockWriter {
  /// Writes the block. There is room for the plan's bits and 8 bytes more.
  func write(
    _ tokens: DeflateTokens, _ plan: Plan, of text: UnsafeRawPointer, isLast: Bool, to writer: inout BitWriter
  ) {
    var bits = writer
    bits.put(isLast ? 1 : 0, 1)
    bits.put(2, 2)
    bits.put(UInt64(plan.literalCount - 257), 5)
    bits.put(UInt64(plan.distanceCount - 1), 5)
    bits.put(UInt64(plan.lengthCount - 4), 4)
    bits.flush()
    for place in 0..<plan.lengthCount {
      bits.put(UInt64(lengths.words[Self.lengthOrder[place]].length), 3)
      bits.flush()
    }
    for place in 0..<plan.stepCount {
      let (symbol, extra) = steps[place]
      put(lengths.words[Int(symbol)], &bits)
      bits.put(UInt64(extra), extraBits(ofStep: Int(symbol)))
      bits.flush()
    }
    let longestQuad = makeQuadWords()
    var place = text
    var quad = UnsafePointer(tokens.quads)
    for index in 0..<tokens.count {
      let token = tokens.tokens[index]
      put(literals: &place, Int(token.literals), &bits)
      if token.length == DeflateToken.bases {
        put(quads: &quad, Int(token.distance), longestQuad, &bits)
        place += 4 &* Int(token.distance)
      } else if token.length > 0 {
        put(length: Int(token.length), distance: Int(token.distance), &bits)
        place += Int(token.length)
      }
    }
    put(literals.words[DeflateSymbol.endOfBlock], &bits)
    bits.flush()
    writer = bits
  }

  /// - Returns: the longest word of a quad, in bits.
  private func makeQuadWords() -> Int {
    var longest = 0
    for quad in 0..<256 {
      var bits: UInt64 = 0
      var length = 0
      for place in 0..<4 {
        let word = literals.words[Int(BaseWord.base(place, ofQuad: quad))]
        bits |= word.bits << UInt64(length)
        length += word.length
      }
      quadWords[quad] = bits << 8 | UInt64(length)
      longest = max(longest, length)
    }
    return longest
  }

  @inline(__always)
  private func put(_ word: HuffmanCode.Word, _ bits: inout BitWriter) { bits.put(word.bits, word.length) }

  @inline(__always)
  private func put(literals place: inout UnsafeRawPointer, _ count: Int, _ bits: inout BitWriter) {
    var left = count
    while left >= 4 {
      // Four words of 14 bits fit the buffer.
      put(literals.words[Int(place.byte(at: 0))], &bits)
      put(literals.words[Int(place.byte(at: 1))], &bits)
      put(literals.words[Int(place.byte(at: 2))], &bits)
      put(literals.words[Int(place.byte(at: 3))], &bits)
      bits.flush()
      place += 4
      left &-= 4
    }
    while left > 0 {
      put(literals.words[Int(place.byte(at: 0))], &bits)
      bits.flush()
      place += 1
      left &-= 1
    }
  }

  @inline(__always)
  private func put(quads place: inout UnsafePointer<UInt8>, _ count: Int, _ longest: Int, _ bits: inout BitWriter) {
    var left = count
    while left >= 3, longest <= 19 {
      put(quadWords[Int(place[0])], &bits)
      put(quadWords[Int(place[1])], &bits)
      put(quadWords[Int(place[2])], &bits)
      bits.flush()
      place += 3
      left &-= 3
    }
    while left > 0 {
      put(quadWords[Int(place[0])], &bits)
      bits.flush()
      place += 1
      left &-= 1
    }
  }

  @inline(__always)
  private func put(_ quadWord: UInt64, _ bits: inout BitWriter) { bits.put(quadWord &>> 8, Int(quadWord & 0xFF)) }

  @inline(__always)
  private func put(length: Int, distance: Int, _ bits: inout BitWriter) {
    // 14 + 5 + 14 + 13 bits at most.
    let lengthSymbol = DeflateSymbol(length: length)
    put(literals.words[DeflateSymbol.firstLength &+ lengthSymbol.symbol], &bits)
    bits.put(UInt64(truncatingIfNeeded: lengthSymbol.extra), lengthSymbol.extraBits)
    let distanceSymbol = DeflateSymbol(distance: distance)
    put(distances.words[distanceSymbol.symbol], &bits)
    bits.put(UInt64(truncatingIfNeeded: distanceSymbol.extra), distanceSymbol.extraBits)
    bits.flush()
  }
}
