import EngineTestSupport

/// Pairs of reads with what sequencing does to them: fragments shorter and longer than the reads, adapters, tails of one
/// base, errors, N, and qualities that fall.
struct GeneratedPairs {
  /// What lies behind a fragment, for first and second mates.
  static let adapters = [
    "AGATCGGAAGAGCACACGTCTGAACTCCAGTCACACGTTGCAATCTCGTATGCCGTCTTCTGCTTG",
    "AGATCGGAAGAGCGTCGTGTAGGGAAAGAGTGTAGATCTCGGTGGTCGCCGTATCATT",
  ].map { Array($0.utf8) }

  var count: Int
  /// Bases of a read; of the longest where lengths vary.
  var length: Int
  var variesLength = false
  /// The fragments' lengths: their mean, and half the width that they are spread over.
  var insert: (mean: Int, spread: Int)
  /// Quality characters, ascending.
  var qualities: [UInt8]
  /// One base in so many is wrong, one is N.
  var errorIn = 100
  var uncalledIn = 1000
  /// The beginning of names: no two-colour instrument, and one that all versions of fastp think so of.
  var instrument = "E00123:7:22FHYMLT3"
  /// Who makes one in so many pairs a copy of an earlier one; 0: nobody.
  var copyIn = 0

  /// The two files.
  func files(seed: UInt64) -> (first: [UInt8], second: [UInt8]) {
    var random = SeededGenerator(seed: seed)
    let genome = (0..<50_000).map { _ in random.pick(Array("ACGT".utf8)) }
    var texts: [[UInt8]] = [[], []]
    var earlier: [[(bases: [UInt8], scores: [UInt8])]] = []
    for number in 0..<count {
      var mates = mates(genome, &random)
      if copyIn > 0, random.oneIn(copyIn), !earlier.isEmpty { mates = random.pick(earlier) }
      if copyIn > 0 { earlier.append(mates) }
      let name = "\(instrument):\(1 + number % 2):\(1101 + number % 5):\(number):\(number * 7 % 3001)"
      for mate in 0..<2 {
        texts[mate] += Array("@\(name) \(mate + 1):N:0:ACGTTGCA+TTGCAACG\n".utf8)
        texts[mate] += mates[mate].bases + Array("\n+\n".utf8) + mates[mate].scores + Array("\n".utf8)
      }
    }
    return (texts[0], texts[1])
  }

  private func mates(
    _ genome: [UInt8], _ random: inout SeededGenerator
  ) -> [(bases: [UInt8], scores: [UInt8])] {
    let size = max(
      1, insert.mean + (0..<4).reduce(0) { sum, _ in sum + random.int(-insert.spread...insert.spread) } / 2)
    let start = random.int(0...(genome.count - size - 1))
    let strand = Array(genome[start..<(start + size)])
    let other = strand.reversed().map(Self.complement)
    let fragments = random.oneIn(2) ? [strand, other] : [other, strand]
    return (0..<2).map { mate in
      let length = variesLength ? random.int(1...self.length) : self.length
      let bases = bases(fragments[mate], Self.adapters[mate], length, &random)
      return withErrors(bases, &random)
    }
  }

  /// A fragment, what lies behind it, and sometimes a tail of one base.
  private func bases(
    _ fragment: [UInt8], _ adapter: [UInt8], _ length: Int, _ random: inout SeededGenerator
  ) -> [UInt8] {
    let dark = [UInt8](repeating: UInt8(ascii: "G"), count: length)
    var bases = Array((fragment + adapter + dark).prefix(length))
    if random.oneIn(50) { bases = Array((bases.prefix(length / 2) + dark).prefix(length)) }
    if random.oneIn(10) { Self.end(&bases, with: UInt8(ascii: "G"), random.int(1...60)) }
    if random.oneIn(30) { Self.end(&bases, with: random.pick(Array("ACT".utf8)), random.int(1...40)) }
    return bases
  }

  private static func end(_ bases: inout [UInt8], with base: UInt8, _ count: Int) {
    for index in max(0, bases.count - count)..<bases.count { bases[index] = base }
  }

  private func withErrors(
    _ bases: [UInt8], _ random: inout SeededGenerator
  ) -> (bases: [UInt8], scores: [UInt8]) {
    var bases = bases
    // The share of bad bases grows to the 3′ end, in some reads more than in others.
    let badness = random.int(0...60)
    var scores = bases.indices.map { cycle in
      let isBad = random.int(0...99) < badness * (cycle + 10) / max(1, bases.count)
      return isBad ? random.pick(qualities) : qualities[max(0, qualities.count - 1 - random.int(0...3) / 3)]
    }
    for index in bases.indices {
      if random.oneIn(errorIn) { bases[index] = random.pick(Array("ACGT".utf8)) }
      if random.oneIn(uncalledIn) {
        bases[index] = UInt8(ascii: "N")
        scores[index] = qualities[0]
      }
    }
    if random.oneIn(100) {
      for _ in 0...random.int(0...11) { bases[random.int(0...(bases.count - 1))] = UInt8(ascii: "N") }
    }
    return (bases, scores)
  }

  static func complement(_ base: UInt8) -> UInt8 {
    let pairs = ["A": "T", "C": "G", "G": "C", "T": "A"]
    return pairs[String(UnicodeScalar(base))]?.utf8.first ?? UInt8(ascii: "N")
  }
}
