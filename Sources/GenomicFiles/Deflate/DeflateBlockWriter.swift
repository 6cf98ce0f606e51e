/// Writes tokens as one block with codes of its own (RFC 1951, section 3.2.7).
struct DeflateBlockWriter {
  let literals = HuffmanCode(count: DeflateSymbol.literals, limit: longestWord)
  let distances = HuffmanCode(count: DeflateSymbol.distances, limit: longestWord)
  let lengths = HuffmanCode(count: 19, limit: 7)
  /// Run-length symbols of both codes' lengths, and what follows each.
  let steps: UnsafeMutablePointer<(symbol: UInt8, extra: UInt8)> = .allocate(capacity: 320)
  private let stepCounts: UnsafeMutablePointer<UInt32> = .allocate(capacity: 19)
  /// A quad's word, its length in the lowest byte.
  let quadWords: UnsafeMutablePointer<UInt64> = .allocate(capacity: 256)

  /// One bit less than DEFLATE's limit, so that a quad's word leaves room in the writer's buffer.
  private static let longestWord = 14
  /// The order in which the lengths' code has its own lengths.
  static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

  func deallocate() {
    literals.deallocate()
    distances.deallocate()
    lengths.deallocate()
    steps.deallocate()
    stepCounts.deallocate()
    quadWords.deallocate()
  }

  /// What `prepare` has made.
  struct Plan {
    var literalCount: Int
    var distanceCount: Int
    var lengthCount: Int
    var stepCount: Int
    /// Size of the block, its header and end included.
    var bits: Int
  }

  /// Makes the codes.
  func prepare(_ tokens: DeflateTokens) -> Plan {
    literals.make(from: tokens.literalCounts)
    distances.make(from: tokens.distanceCounts)
    var plan = Plan(
      literalCount: literals.trimmed(to: DeflateSymbol.firstLength), distanceCount: distances.trimmed(to: 1),
      lengthCount: 19, stepCount: 0, bits: 0)
    plan.stepCount = makeSteps(plan)
    lengths.make(from: stepCounts)
    while plan.lengthCount > 4, lengths.words[Self.lengthOrder[plan.lengthCount - 1]].length == 0 {
      plan.lengthCount -= 1
    }
    plan.bits = 3 + 5 + 5 + 4 + 3 * plan.lengthCount + lengths.bits(of: stepCounts)
    for symbol in 16...18 { plan.bits += Int(stepCounts[symbol]) * extraBits(ofStep: symbol) }
    plan.bits += literals.bits(of: tokens.literalCounts) + distances.bits(of: tokens.distanceCounts)
    for symbol in 0..<29 {
      plan.bits +=
        Int(tokens.literalCounts[DeflateSymbol.firstLength + symbol]) * DeflateSymbol.extraBits(ofLengthSymbol: symbol)
    }
    for symbol in 0..<DeflateSymbol.distances {
      plan.bits += Int(tokens.distanceCounts[symbol]) * DeflateSymbol.extraBits(ofDistanceSymbol: symbol)
    }
    return plan
  }

  func extraBits(ofStep symbol: Int) -> Int { symbol == 16 ? 2 : symbol == 17 ? 3 : symbol == 18 ? 7 : 0 }

  /// The lengths of both codes' words, one code behind the other, as symbols of the lengths' code.
  private func makeSteps(_ plan: Plan) -> Int {
    stepCounts.update(repeating: 0, count: 19)
    let all = plan.literalCount + plan.distanceCount
    func length(_ place: Int) -> Int {
      place < plan.literalCount ? literals.words[place].length : distances.words[place - plan.literalCount].length
    }
    var count = 0
    func add(_ symbol: Int, _ extra: Int) {
      steps[count] = (UInt8(symbol), UInt8(extra))
      stepCounts[symbol] += 1
      count += 1
    }
    var place = 0
    while place < all {
      let value = length(place)
      var run = 1
      while place + run < all, length(place + run) == value { run += 1 }
      place += run
      if value == 0 {
        while run >= 11 {
          let taken = min(run, 138)
          add(18, taken - 11)
          run -= taken
        }
        if run >= 3 {
          add(17, run - 3)
          run = 0
        }
      } else {
        add(value, 0)
        run -= 1
        while run >= 3 {
          let taken = min(run, 6)
          add(16, taken - 3)
          run -= taken
        }
      }
      for _ in 0..<run { add(value, 0) }
    }
    return count
  }
}
