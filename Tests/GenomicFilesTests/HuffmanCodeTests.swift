import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

struct HuffmanCodeTests {
  /// Lengths of the words that a code has for some counts.
  private func lengths(_ counts: [UInt32], limit: Int) -> [Int] {
    let code = HuffmanCode(count: counts.count, limit: limit)
    defer { code.deallocate() }
    code.make(from: counts)
    return counts.indices.map { code.words[$0].length }
  }

  /// Kraft's sum in words of the longest kind.
  private func sum(_ lengths: [Int], limit: Int) -> Int {
    lengths.filter { $0 > 0 }.reduce(0) { $0 + 1 << (limit - $1) }
  }

  @Test(arguments: [[UInt32](repeating: 0, count: 5), [0, 0, 7, 0], [9, 0, 0], [0, 1, 1]])
  func aCodeOfTwoSymbolsOrFewerHasTwoWordsOfOneBit(counts: [UInt32]) {
    let lengths = lengths(counts, limit: 14)
    #expect(lengths.filter { $0 > 0 } == [1, 1])
    for (symbol, count) in counts.enumerated() where count > 0 { #expect(lengths[symbol] == 1) }
  }

  @Test func aCodeWithinItsLimitIsHuffmans() {
    // Worked by hand: 1 + 1 = 2, 2 + 2 = 4, 4 + 4 = 8.
    #expect(lengths([1, 8, 1, 4, 2], limit: 14) == [4, 1, 4, 2, 3])
  }

  @Test(arguments: [7, 9, 14, 15])
  func countsThatGrowLikeFibonaccisAreCutToTheLimit(limit: Int) {
    var counts: [UInt32] = [1, 1]
    while counts.count < 40 { counts.append(counts[counts.count - 1] &+ counts[counts.count - 2]) }
    let lengths = lengths(counts, limit: limit)
    #expect(lengths.max() == limit)
    #expect(sum(lengths, limit: limit) == 1 << limit)
    #expect(lengths == lengths.sorted(by: >), "a rarer symbol never has a shorter word")
  }

  @Test func everyCodeIsCompleteAndNoWordBeginsAnother() {
    var random = SplitMix64()
    for _ in 0..<200 {
      let limit = random.pick([9, 10, 14, 15])
      let size = random.int(2...286)
      let steepness = random.int(1...28)
      let counts = (0..<size).map { _ in
        random.chance(0.3) ? 0 : UInt32(truncatingIfNeeded: random.next() >> UInt64(64 - random.int(1...steepness)))
      }
      let code = HuffmanCode(count: size, limit: limit)
      defer { code.deallocate() }
      code.make(from: counts)
      let words = counts.indices.map { code.words[$0] }.filter { $0.length > 0 }
      #expect(sum(words.map(\.length), limit: limit) == 1 << limit)
      // Every pattern of `limit` bits begins with one word.
      var isTaken = [Bool](repeating: false, count: 1 << limit)
      for word in words {
        for rest in 0..<(1 << (limit - word.length)) {
          let pattern = Int(word.bits) | rest << word.length
          #expect(!isTaken[pattern])
          isTaken[pattern] = true
        }
      }
      for (symbol, count) in counts.enumerated() where count > 0 { #expect(code.words[symbol].length > 0) }
    }
  }

  @Test func lengthsAndDistancesHaveTheSymbolsOfTheSpecification() {
    // RFC 1951, section 3.2.5: the smallest value of each symbol.
    let lengths = [
      3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
    ]
    let distances = [
      1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
      8193, 12289, 16385, 24577,
    ]
    for length in 3...258 {
      let found = DeflateSymbol(length: length)
      #expect(lengths[found.symbol] + found.extra == length)
      #expect(found.extra < 1 << found.extraBits)
      #expect(found.extraBits == DeflateSymbol.extraBits(ofLengthSymbol: found.symbol))
    }
    for distance in 1...32_768 {
      let found = DeflateSymbol(distance: distance)
      #expect(distances[found.symbol] + found.extra == distance)
      #expect(found.extra < 1 << found.extraBits)
      #expect(found.extraBits == DeflateSymbol.extraBits(ofDistanceSymbol: found.symbol))
    }
  }
}
