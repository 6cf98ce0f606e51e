/// The first reads of a file, in which adapters are looked for.
struct ReadSample {
  /// fastp's limits.
  static let mostReads = 256 << 10
  static let mostBases = 151 * mostReads
  static let fewestReads = 10_000

  private(set) var bases: [UInt8] = []
  private(set) var starts: [Int] = [0]

  var count: Int { starts.count - 1 }
  var isFull: Bool { count >= Self.mostReads || bases.count >= Self.mostBases }

  mutating func add(_ read: UnsafeRawBufferPointer) {
    bases.append(contentsOf: read)
    starts.append(bases.count)
  }

  func read(_ index: Int) -> ArraySlice<UInt8> { bases[starts[index]..<starts[index + 1]] }
}

/// Finds the adapter that many reads run into, as fastp 0.23.2 does: words of ten bases that are far too frequent are
/// extended while nearly all reads agree, and what they grow to is an adapter if it begins with a known one, or if it
/// ends at both sides for want of reads.
struct AdapterDetection {
  /// Bases of the words that are counted.
  private static let word = 10
  private static let words = 1 << (2 * word)
  /// Where in the reads words are looked for; before it, biased composition is common.
  private static let firstPosition = 20
  private static let lastPosition = 500
  private static let longest = 60

  let sample: ReadSample
  /// Bases at the end of reads that are not looked at.
  let ignoredTail: Int

  /// - Parameter tail: bases that are cut from the reads' 3′ ends anyway.
  init(_ sample: ReadSample, tail: Int) {
    self.sample = sample
    ignoredTail = max(1, tail)
  }

  /// The adapter; nil where none stands out, or where there are too few reads to tell.
  func adapter() -> [UInt8]? {
    guard sample.count >= ReadSample.fewestReads else { return nil }
    let counts = wordCounts()
    var total = 0
    var frequent: [Int] = []
    for word in counts.indices where Self.isTelling(word) {
      total += Int(counts[word])
      frequent.append(word)
    }
    frequent.sort { counts[$0] > counts[$1] || (counts[$0] == counts[$1] && $0 > $1) }
    for word in frequent.prefix(10) {
      let count = Int(counts[word])
      guard count >= 10, count * Self.words >= 20 * total else { return nil }
      let letters = Self.letters(word)
      guard zip(letters, letters.dropFirst()).count(where: { $0 != $1 }) >= 3 else { continue }
      if let found = extend(word) { return found }
    }
    return nil
  }

  private func wordCounts() -> [UInt32] {
    var counts = [UInt32](repeating: 0, count: Self.words)
    forEachWord(before: .max) { word, _, _ in counts[word] += 1 }
    counts[0] = 0
    return counts
  }

  /// Calls `body` with each word of known letters, the read and the position.
  private func forEachWord(before last: Int, _ body: (Int, Int, Int) -> Void) {
    for read in 0..<sample.count {
      let bases = sample.read(read)
      let end = min(bases.count - Self.word - ignoredTail, last == .max ? .max : last - 1)
      guard end >= Self.firstPosition else { continue }
      var word = 0
      var run = 0
      for (position, base) in bases.enumerated().dropFirst(Self.firstPosition) {
        let code = Int(BaseClass.ofByte[Int(base)])
        run = code < BaseClass.n ? run + 1 : 0
        word = (word << 2 | code & 3) & (Self.words - 1)
        let start = position - Self.word + 1
        if start > end { break }
        if run >= Self.word { body(word, read, start) }
      }
    }
  }

  /// Whether a word could be of an adapter: no base in six or more of its ten places, fewer than eight of G and C, and
  /// not GGGG at its start.
  private static func isTelling(_ word: Int) -> Bool {
    var counts = [0, 0, 0, 0]
    for place in 0..<Self.word { counts[word >> (2 * place) & 3] += 1 }
    return !counts.contains { $0 >= Self.word - 4 } && counts[2] + counts[3] < Self.word - 2 && word >> 12 != 0xFF
  }

  private static func letters(_ word: Int) -> [UInt8] {
    (0..<Self.word).map { BaseClass.letters[word >> (2 * (Self.word - 1 - $0)) & 3] }
  }

  /// The sequence around a word that nearly all reads with the word share.
  private func extend(_ seed: Int) -> [UInt8]? {
    var behind: [[UInt8]] = []
    var before: [[UInt8]] = []
    forEachWord(before: Self.lastPosition) { word, read, position in
      guard word == seed else { return }
      let bases = Array(sample.read(read))
      behind.append(Array(bases[(position + Self.word)...].prefix(bases.count - Self.word - ignoredTail - position)))
      before.append(bases[..<position].reversed())
    }
    let (forward, endsForward) = Self.sharedPath(behind)
    let (backward, endsBackward) = Self.sharedPath(before)
    let adapter = Array((backward.reversed() + Self.letters(seed) + forward).prefix(Self.longest))
    if let known = KnownAdapters.all.first(where: { adapter.starts(with: $0) }) { return known }
    return endsForward && endsBackward ? adapter : nil
  }

  /// The bases that 95 % of the sequences share from their start, while there are 50; and whether they ended for want of
  /// sequences, not of agreement.
  private static func sharedPath(_ sequences: [[UInt8]]) -> (path: [UInt8], ended: Bool) {
    var path: [UInt8] = []
    var rest = sequences
    while true {
      let depth = path.count
      rest = rest.filter { $0.count > depth && $0[depth] != UInt8(ascii: "N") }
      guard rest.count >= 50 else { return (path, true) }
      var counts: [UInt8: Int] = [:]
      for sequence in rest { counts[sequence[depth], default: 0] += 1 }
      guard let (base, count) = counts.max(by: { $0.value < $1.value }), Double(count) / Double(rest.count) >= 0.95
      else { return (path, false) }
      path.append(base)
      rest = rest.filter { $0[depth] == base }
    }
  }
}
