import CKernels

/// Cuts a block of text in fields into literals and matches.
struct FieldTokenizer {
  private let text: UnsafeRawPointer
  private let count: Int
  /// Places by their first four bytes, and by their first ten. The short ones find what little there is; the long ones find
  /// the few places that are much alike among the many that share a key such as `;AC=`.
  private let short, long: FieldChains
  /// Bits of the bytes at which a match may begin.
  private let separators: UnsafeMutablePointer<UInt64>
  private let effort: FieldEffort
  private var tokens: DeflateTokens
  /// Where literals that no token has yet begin.
  private var literalStart = 0
  /// Entries in each of the chains.
  private var entries = 0
  /// Separators that `next` has not given: those left of a word, and its number.
  private var left: UInt64 = 0
  private var word = 0

  private static let shortest = 4
  private static let longest = 258
  private static let window = 32_768
  /// Bytes that can be read from any place on that is looked up.
  private static let reach = 16
  /// How far a match is extended to the left.
  private static let mostBack = 8

  /// A match, at the place where it begins; without a distance there is none.
  private struct Match {
    var start: Int
    var length: Int
    var distance: Int
  }

  /// The tokens of a text of `count` bytes, 1 to 65,280.
  /// - Parameters:
  ///   - short: empty, as `long`.
  ///   - separators: room for a bit a byte, and 128 more.
  static func tokenize(
    _ text: UnsafeRawPointer, _ count: Int, into tokens: inout DeflateTokens, short: FieldChains, long: FieldChains,
    separators: UnsafeMutablePointer<UInt64>, _ effort: FieldEffort
  ) {
    var tokenizer = FieldTokenizer(
      text: text, count: count, short: short, long: long, separators: separators, effort: effort, tokens: tokens)
    tokenizer.tokens.reset()
    tokenizer.run()
    tokens = tokenizer.tokens
  }

  private mutating func run() {
    findSeparators()
    let last = count &- Self.reach
    var place = next()
    while place < last {
      var match = match(at: place, longerThan: Self.shortest &- 1, effort.depth, effort.longDepth)
      place = next()
      guard match.distance != 0 else { continue }
      // A literal more, if the next separator's match is clearly better: four bits a byte longer, one bit for each doubled
      // distance.
      while match.length < effort.lazyLimit, place < min(last, match.start &+ match.length) {
        let other = self.match(
          at: place, longerThan: match.length &- 1, effort.lazyDepth, effort.lazyLongDepth)
        place = next()
        guard other.distance != 0 else { break }
        let nearer = other.distance.leadingZeroBitCount &- match.distance.leadingZeroBitCount
        guard 4 &* (other.length &- match.length) &+ nearer > 1 else { break }
        match = other
      }
      take(match)
      let end = min(literalStart, last)
      while place < end {
        file(place)
        place = next()
      }
    }
    countLiterals(upTo: count)
    tokens.finish(literals: count - literalStart)
  }

  /// Marks what is no letter of ASCII and no digit. Where 64 bytes have none, every eighth byte stands for one, so that long
  /// alleles match, too.
  private mutating func findSeparators() {
    let words = count / 64
    for word in 0..<words {
      let found = apus_separators_64(text + 64 &* word)
      separators[word] = found == 0 ? 0x0101_0101_0101_0101 : found
    }
    // Ends every walk: `reach` is less than two words, and what is marked here is not looked up.
    separators[words] = words &* 64 < count &- Self.reach ? tailSeparators(from: words &* 64) : ~0
    separators[words &+ 1] = ~0
    left = separators[0]
    word = 0
  }

  /// The separators of fewer than 64 bytes at the end.
  private func tailSeparators(from start: Int) -> UInt64 {
    var found: UInt64 = 0
    for place in start..<(start + 64) {
      let byte = place < count ? text.byte(at: place) : 0
      let isLetter = (byte | 0x20) &- UInt8(ascii: "a") < 26
      if !isLetter, byte &- UInt8(ascii: "0") >= 10 { found |= 1 << UInt64(place - start) }
    }
    return found
  }

  /// The next separator.
  @inline(__always)
  private mutating func next() -> Int {
    while left == 0 {
      word &+= 1
      left = separators[word]
    }
    let place = 64 &* word &+ left.trailingZeroBitCount
    left &= left &- 1
    return place
  }

  @inline(__always)
  private static func hash(short word: UInt64) -> UInt64 { (word &<< 32) &* 0x9E37_79B1_85EB_CA87 }

  @inline(__always)
  private static func hash(long first: UInt64, _ second: UInt64) -> UInt64 {
    ((first &* 0x9E37_79B1_85EB_CA87) ^ ((second &<< 48) &* 0xC2B2_AE3D_27D4_EB4F)) &* 0x9E37_79B1_85EB_CA87
  }

  /// Files a place.
  /// - Returns: the entries that the chains begin with for it.
  @inline(__always) @discardableResult
  private mutating func file(_ place: Int) -> (short: Int, long: Int) {
    let (first, second) = (text.word(at: place), text.word(at: place &+ 8))
    entries &+= 1
    return (
      short.file(place, as: entries, Self.hash(short: first)),
      long.file(place, as: entries, Self.hash(long: first, second))
    )
  }

  /// Files a place, and finds the longest match there, of those longer than `least`.
  @inline(__always)
  private mutating func match(at place: Int, longerThan least: Int, _ depth: Int, _ longDepth: Int) -> Match {
    let first = file(place)
    var best = Match(start: place, length: least, distance: 0)
    // The short hash has every place that the long one has.
    guard first.short != 0 else { return best }
    if first.long != 0 { search(long, from: first.long, longDepth, place, &best) }
    if best.length < FieldEffort.niceLength { search(short, from: first.short, depth, place, &best) }
    best.length = min(best.length, Self.longest)
    return best
  }

  /// Looks along a chain for a match that is longer than the one given, what lies before the place included.
  @inline(__always)
  private func search(_ chains: FieldChains, from first: Int, _ depth: Int, _ place: Int, _ best: inout Match) {
    let word = text.word(at: place)
    let before = place >= Self.mostBack ? text.word(at: place &- 8) : 0
    let mostBack = min(place &- literalStart, Self.mostBack)
    let most = min(Self.longest, count &- 8 &- place)
    var left = depth
    var number = first
    repeat {
      let entry = chains[number]
      let distance = place &- entry.place
      guard distance <= Self.window else { return }
      number = entry.before
      left &-= 1
      var back = 0
      if mostBack > 0, entry.place >= Self.mostBack {
        back = min((text.word(at: entry.place &- 8) ^ before).leadingZeroBitCount &>> 3, mostBack)
      }
      // Most candidates fail where they would have to be better.
      let needed = best.length &- back
      if needed >= 8 {
        guard needed < most, text.word(at: entry.place &+ needed &- 7) == text.word(at: place &+ needed &- 7) else {
          continue
        }
      }
      let difference = text.word(at: entry.place) ^ word
      let length =
        difference != 0
        ? difference.trailingZeroBitCount &>> 3
        : 8 &+ text.common(place &+ 8, entry.place &+ 8, most: most &- 8)
      if length > needed, length >= Self.shortest {
        best = Match(start: place &- back, length: length &+ back, distance: distance)
        if length >= FieldEffort.niceLength { return }
      }
    } while number != 0 && left > 0
  }

  @inline(__always)
  private mutating func take(_ match: Match) {
    countLiterals(upTo: match.start)
    tokens.append(literals: match.start &- literalStart, length: match.length, distance: match.distance)
    literalStart = match.start &+ match.length
  }

  @inline(__always)
  private func countLiterals(upTo end: Int) {
    var place = literalStart
    while place < end {
      tokens.count(literal: text.byte(at: place))
      place &+= 1
    }
  }
}
