/// Cuts blocks of FASTQ into literals, matches and bases.
///
/// Sequence lines are bases with rare long matches. Everything between two of them (the separator, qualities, the next
/// name) goes to the run matcher as one stretch, so that a match may cover the end of a quality line and the beginning of
/// the name behind it. Whether a line is a sequence is seen from its first 16 bytes: a line taken for the other kind
/// costs size, never truth.
struct FASTQTokenizer {
  private let text: UnsafeRawPointer
  /// The block's end.
  private let count: Int
  private var position: Int
  /// Where literals that no token has yet begin.
  private var literalStart: Int
  /// Where the next sequence line begins.
  private var stretchEnd = 0
  private var tokens: DeflateTokens
  private var runs: RunMatcher
  private let bases: BaseMatcher

  /// The tokens of one block of a text whose earlier blocks the matchers know.
  static func tokenize(
    _ block: Range<Int>, of text: UnsafeRawPointer, into tokens: inout DeflateTokens, runs: inout RunMatcher,
    bases: BaseMatcher
  ) {
    var tokenizer = FASTQTokenizer(
      text: text, count: block.upperBound, position: block.lowerBound, literalStart: block.lowerBound, tokens: tokens,
      runs: runs, bases: bases)
    tokenizer.tokens.reset()
    tokenizer.run()
    tokens = tokenizer.tokens
    runs = tokenizer.runs
  }

  private mutating func run() {
    while position < count {
      if takeBases() {
        takeTail()
        // Behind an N the line goes on.
        if position < count, text.byte(at: position) != UInt8(ascii: "\n") { continue }
      }
      stretchEnd = FASTQLayout.nextSequence(text, after: position, count: count)
      while position < stretchEnd { takeText() }
    }
    tokens.finish(literals: count - literalStart)
  }

  /// One literal or match of a stretch.
  @inline(__always)
  private mutating func takeText() {
    runs.file(text, upTo: position &+ 1, count: count)
    var run = text.run(at: position, end: stretchEnd)
    var match = runs.match(text, at: position, run: run, end: stretchEnd, longerThan: 3, depth: RunMatcher.depth)
    // The same byte was just before: the rest of the run is a match with it.
    if match.length <= run, run > 3, position > 0, text.byte(at: position &- 1) == text.byte(at: position) {
      match = RunMatcher.Match(length: run, distance: 1)
    }
    if match.distance == 0 {
      takeLiteral()
      return
    }
    // A literal first, if a clearly better match follows: four bits a byte longer, one bit for each doubled distance.
    // Within a run the next byte's match is this one's rest.
    while run == 1, position &+ 1 < stretchEnd {
      let nextRun = text.run(at: position &+ 1, end: stretchEnd)
      runs.file(text, upTo: position &+ 2, count: count)
      let next = runs.match(
        text, at: position &+ 1, run: nextRun, end: stretchEnd, longerThan: match.length &- 1,
        depth: RunMatcher.lazyDepth)
      guard next.distance != 0 else { break }
      let nearer = next.distance.leadingZeroBitCount &- match.distance.leadingZeroBitCount
      guard 4 &* (next.length &- match.length) &+ nearer > 1 else { break }
      takeLiteral()
      run = nextRun
      match = next
    }
    take(match)
    runs.file(text, upTo: position, count: count)
  }

  @inline(__always)
  private mutating func takeLiteral() {
    tokens.count(literal: text.byte(at: position))
    position &+= 1
  }

  @inline(__always)
  private mutating func take(_ match: RunMatcher.Match) {
    tokens.append(literals: position &- literalStart, length: match.length, distance: match.distance)
    position &+= match.length
    literalStart = position
  }

  /// Bases from here on, if there are sixteen: tokens for all but the last few.
  private mutating func takeBases() -> Bool {
    let start = position
    var firstQuad = tokens.quadCount
    var end = start
    /// The last 32 bases, the newest lowest.
    var recent: UInt64 = 0
    scan: while end &+ 8 <= count, let code = BaseWord.code(text.word(at: end)) {
      tokens.quads[tokens.quadCount] = UInt8(truncatingIfNeeded: code &>> 8)
      tokens.quads[tokens.quadCount &+ 1] = UInt8(truncatingIfNeeded: code)
      tokens.quadCount &+= 2
      recent = recent &<< 16 | UInt64(code)
      end &+= 8
      let known = end &- position
      guard known >= 16 else { continue }
      // 12-mers that end within the last eight bases.
      var back = known >= 19 ? 7 : 4
      while back >= 0 {
        if let candidate = bases.place(of: recent &>> UInt64(2 &* back)),
          let match = overlap(at: end &- BaseMatcher.length &- back, candidate)
        {
          takeBases(upTo: match.start, quadsFrom: firstQuad)
          take(RunMatcher.Match(length: match.length, distance: match.distance))
          firstQuad = tokens.quadCount
          end = position
          recent = 0
          continue scan
        }
        back &-= 1
      }
      bases.file(recent &>> 8, at: end &- 16)
    }
    guard position > start || end - start >= 16 else {
      tokens.quadCount = firstQuad
      return false
    }
    takeBases(upTo: end, quadsFrom: firstQuad)
    return true
  }

  /// A match of bases around a 12-mer found at `candidate`; nil where it is too far, too short or no match.
  private func overlap(at place: Int, _ candidate: Int) -> (start: Int, length: Int, distance: Int)? {
    let distance = place - candidate
    guard distance <= RunMatcher.window, distance > 0 else { return nil }
    var length = text.common(place, candidate, most: min(RunMatcher.longest, count - place))
    // What follows the line is the run matcher's.
    length = FASTQLayout.lineEnd(text, from: place, count: place + length) - place
    var start = place
    while start > position, start > distance, length < RunMatcher.longest,
      text.byte(at: start - 1) == text.byte(at: start - 1 - distance)
    {
      start -= 1
      length += 1
    }
    return length < BaseMatcher.shortest ? nil : (start, length, distance)
  }

  /// Bases that no match covers: four at a time, and up to three literals.
  private mutating func takeBases(upTo end: Int, quadsFrom first: Int) {
    let quads = (end - position) / 4
    tokens.quadCount = first + quads
    if quads > 0 {
      tokens.append(literals: position - literalStart, quadsFrom: first)
      position += 4 * quads
      literalStart = position
    }
    while position < end { takeLiteral() }
  }

  /// The bases behind the last eight, or an N.
  private mutating func takeTail() {
    runs.skip(to: position)
    let end = min(position + 8, count)
    while position < end, text.byte(at: position) != UInt8(ascii: "\n") { takeLiteral() }
  }
}
