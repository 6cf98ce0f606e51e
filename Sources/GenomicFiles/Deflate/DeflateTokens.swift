/// What a block of text is to be written as: some literals, then a match, four bases at a time, or nothing.
struct DeflateToken {
  /// Literal bytes before it.
  var literals: UInt32
  /// A match's length; 1 for bases, 0 for nothing.
  var length: UInt16
  /// A match's distance, or how many fours of bases.
  var distance: UInt16

  static let bases: UInt16 = 1
}

/// A block's tokens and how often each symbol is needed. Its memory is held from block to block.
struct DeflateTokens {
  let tokens: UnsafeMutablePointer<DeflateToken>
  private(set) var count = 0
  /// Four bases a byte, first base highest.
  let quads: UnsafeMutablePointer<UInt8>
  var quadCount = 0
  let literalCounts: UnsafeMutablePointer<UInt32>
  let distanceCounts: UnsafeMutablePointer<UInt32>
  private let quadCounts: UnsafeMutablePointer<UInt32>

  /// - Parameter capacity: the longest block, in bytes.
  init(capacity: Int) {
    // A token but the last stands for four bytes at least.
    tokens = .allocate(capacity: capacity / 4 + 2)
    quads = .allocate(capacity: capacity / 4 + 2)
    literalCounts = .allocate(capacity: DeflateSymbol.literals)
    distanceCounts = .allocate(capacity: DeflateSymbol.distances)
    quadCounts = .allocate(capacity: 256)
  }

  func deallocate() {
    tokens.deallocate()
    quads.deallocate()
    literalCounts.deallocate()
    distanceCounts.deallocate()
    quadCounts.deallocate()
  }

  mutating func reset() {
    count = 0
    quadCount = 0
    literalCounts.update(repeating: 0, count: DeflateSymbol.literals)
    distanceCounts.update(repeating: 0, count: DeflateSymbol.distances)
    quadCounts.update(repeating: 0, count: 256)
  }

  @inline(__always)
  func count(literal byte: UInt8) { literalCounts[Int(byte)] &+= 1 }

  /// A match behind literals that are counted already.
  @inline(__always)
  mutating func append(literals: Int, length: Int, distance: Int) {
    tokens[count] = DeflateToken(
      literals: UInt32(truncatingIfNeeded: literals), length: UInt16(truncatingIfNeeded: length),
      distance: UInt16(truncatingIfNeeded: distance))
    count &+= 1
    literalCounts[DeflateSymbol.firstLength &+ DeflateSymbol(length: length).symbol] &+= 1
    distanceCounts[DeflateSymbol(distance: distance).symbol] &+= 1
  }

  /// Bases from the quad given to the last one.
  mutating func append(literals: Int, quadsFrom first: Int) {
    for place in first..<quadCount { quadCounts[Int(quads[place])] &+= 1 }
    tokens[count] = DeflateToken(
      literals: UInt32(truncatingIfNeeded: literals), length: DeflateToken.bases,
      distance: UInt16(truncatingIfNeeded: quadCount - first))
    count += 1
  }

  /// The end of the block.
  mutating func finish(literals: Int) {
    tokens[count] = DeflateToken(literals: UInt32(truncatingIfNeeded: literals), length: 0, distance: 0)
    count += 1
    for quad in 0..<256 where quadCounts[quad] > 0 {
      for place in 0..<4 { literalCounts[Int(BaseWord.base(place, ofQuad: quad))] += quadCounts[quad] }
    }
    literalCounts[DeflateSymbol.endOfBlock] = 1
  }
}
