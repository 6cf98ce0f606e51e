/// A prefix code made from counts, in the order that DEFLATE asks for (RFC 1951, section 3.2.2).
///
/// Holds its memory and is made anew for each block.
struct HuffmanCode {
  /// A symbol's bits, first bit lowest, and its length above them.
  struct Word {
    private var packed: UInt32

    @inline(__always) init(bits: UInt32, length: Int) { packed = bits | UInt32(truncatingIfNeeded: length) &<< 16 }
    @inline(__always) var bits: UInt64 { UInt64(packed & 0xFFFF) }
    @inline(__always) var length: Int { Int(packed &>> 16) }
  }

  /// Symbols of the alphabet.
  let count: Int
  /// Longest word, in bits.
  let limit: Int
  let words: UnsafeMutablePointer<Word>
  private let order: UnsafeMutablePointer<UInt16>
  private let weights: UnsafeMutablePointer<UInt32>
  private let parents: UnsafeMutablePointer<UInt16>

  init(count: Int, limit: Int) {
    precondition(limit <= 15 && count <= 1 << limit)
    self.count = count
    self.limit = limit
    words = .allocate(capacity: count)
    order = .allocate(capacity: count)
    weights = .allocate(capacity: 2 * count)
    parents = .allocate(capacity: 2 * count)
  }

  func deallocate() {
    words.deallocate()
    order.deallocate()
    weights.deallocate()
    parents.deallocate()
  }

  /// Makes the code for how often each symbol is to be written. A symbol that is not has no word; where fewer than two
  /// are, two words of one bit make the code complete.
  func make(from counts: UnsafePointer<UInt32>) {
    var used = 0
    for symbol in 0..<count where counts[symbol] > 0 {
      // Insertion: a text's alphabet is small.
      var place = used
      while place > 0, counts[Int(order[place - 1])] > counts[symbol] {
        order[place] = order[place - 1]
        place -= 1
      }
      order[place] = UInt16(symbol)
      used += 1
    }
    words.update(repeating: Word(bits: 0, length: 0), count: count)
    if used < 2 {
      let symbol = used == 1 ? Int(order[0]) : 0
      words[symbol] = Word(bits: 0, length: 1)
      words[symbol == 0 ? 1 : 0] = Word(bits: 0, length: 1)
    } else {
      for place in 0..<used { weights[place] = counts[Int(order[place])] }
      withUnsafeTemporaryAllocation(of: Int.self, capacity: 16) { leaves in
        join(used)
        countLeaves(used, leaves.baseAddress!)
        var place = 0
        for length in stride(from: limit, through: 1, by: -1) {
          for _ in 0..<leaves[length] {
            words[Int(order[place])] = Word(bits: 0, length: length)
            place += 1
          }
        }
      }
    }
    number()
  }

  /// Huffman's tree over ascending weights: leaves first, then inner nodes in the order made, both ascending, so that the
  /// two lightest are always at the front of one of the two.
  private func join(_ used: Int) {
    var leaf = 0
    var inner = used
    for next in used..<(2 * used - 1) {
      var sum: UInt32 = 0
      for _ in 0..<2 {
        let takesLeaf = leaf < used && (inner >= next || weights[leaf] <= weights[inner])
        let node = takesLeaf ? leaf : inner
        if takesLeaf { leaf += 1 } else { inner += 1 }
        sum &+= weights[node]
        parents[node] = UInt16(next)
      }
      weights[next] = sum
    }
  }

  /// How many words there are of each length, none longer than the limit.
  private func countLeaves(_ used: Int, _ leaves: UnsafeMutablePointer<Int>) {
    leaves.update(repeating: 0, count: 16)
    // Weights are done with: depths take their place, from the root down.
    weights[2 * used - 2] = 0
    for node in stride(from: 2 * used - 3, through: 0, by: -1) {
      weights[node] = weights[Int(parents[node])] + 1
      if node < used { leaves[min(Int(weights[node]), limit)] += 1 }
    }
    // Cut to the limit, the words may be too many (Kraft's sum above 1): each step makes one of the longest the sibling
    // of a shorter one, which lowers the sum by one word of the longest.
    var sum = (1...limit).reduce(0) { $0 + leaves[$1] << (limit - $1) }
    while sum > 1 << limit {
      var length = limit - 1
      while leaves[length] == 0 { length -= 1 }
      leaves[length] -= 1
      leaves[length + 1] += 2
      leaves[limit] -= 1
      sum -= 1
    }
  }

  /// Numbers words of a length in the symbols' order.
  private func number() {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 17) { next in
      next.initialize(repeating: 0)
      for symbol in 0..<count { next[words[symbol].length + 1] += 1 }
      next[1] = 0  // symbols without a word
      for length in 1...16 { next[length] = (next[length] + next[length - 1]) << 1 }
      for symbol in 0..<count {
        let length = words[symbol].length
        guard length > 0 else { continue }
        let value = UInt16(truncatingIfNeeded: next[length])
        next[length] += 1
        words[symbol] = Word(bits: UInt32(value.bitReversed) >> (16 - UInt32(length)), length: length)
      }
    }
  }

  /// Symbols up to the last one that has a word, but no fewer than `least`.
  func trimmed(to least: Int) -> Int {
    var end = count
    while end > least, words[end - 1].length == 0 { end -= 1 }
    return end
  }

  /// Bits of everything counted, without what follows a symbol.
  func bits(of counts: UnsafePointer<UInt32>) -> Int {
    var sum = 0
    for symbol in 0..<count { sum += Int(counts[symbol]) * words[symbol].length }
    return sum
  }
}

extension UInt16 {
  fileprivate var bitReversed: UInt16 {
    var value = self
    value = (value & 0x5555) << 1 | (value >> 1) & 0x5555
    value = (value & 0x3333) << 2 | (value >> 2) & 0x3333
    value = (value & 0x0F0F) << 4 | (value >> 4) & 0x0F0F
    return value.byteSwapped
  }
}
