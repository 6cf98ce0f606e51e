import EngineTestSupport
import Reads

/// Reads made for a case of FastQC's rules.
enum FastQCCase: String, CaseIterable, Sendable {
  case uniform150, uniform251, trimmed20to150, trimmed20to300, long, overrepresented, tiedCounts, tilesCasava18,
    tilesCasava1
  case tilesFirstHasHighQualities, tilesTooMany, tilesMostAllowed, tilesNotNumbers, tileNamesMixed, namesWithoutTiles
  case manyUnknown, otherCodes, moreThan100000Distinct, illumina13, illumina15, tiny, withEmpty, twelveBases, oneRead,
    allEmpty, veryLong,
    anything

  /// Whether FastQC adds up thirds and the like, so that its sums by G+C have the order of the file in their last digits.
  var hasMixedFractions: Bool { [.trimmed20to300, .long, .veryLong, .anything].contains(self) }

  func reads(seed: UInt64) -> FastQCTestSet {
    var random = FastQCReadGenerator(seed: seed)
    switch self {
    case .uniform150: return random.set(20_000) { $0.read($1, length: 150) }
    case .uniform251: return random.set(5_000) { $0.read($1, length: 251) }
    case .trimmed20to150: return random.set(20_000) { $0.read($1, length: $0.random.int(20...150)) }
    case .trimmed20to300: return random.set(5_000) { $0.read($1, length: $0.random.int(20...300)) }
    case .long: return random.set(400) { $0.read($1, length: $0.random.int(1_000...20_000)) }
    case .overrepresented: return random.overrepresented()
    case .tiedCounts: return random.tiedCounts()
    case .tilesCasava18:
      let tiles = [1101, 1102, 1116, 2101, 2205]
      return random.tiled(3_000) { "@A00:12:HX:1:\(tiles[$0 % 5]):\($0):77 1:N:0:AC" }
    case .tilesCasava1: return random.tiled(3_000) { "@HWI_001:2:\($0 % 7 + 1):1000:\($0)#0/1" }
    case .tilesFirstHasHighQualities:
      return random.set(200) { random, number in
        let read = random.read(number, length: 60)
        // Of the sampled reads, tile 16 is first in Java's table and has no character under 64.
        let tile = number % 20 == 9 ? 16 : 17
        let qualities = tile == 16 ? read.qualities.map { min($0 | 64, 126) } : read.qualities
        return (Array("@A:1:F:1:\(tile):\(number):7".utf8), read.sequence, qualities)
      }
    case .tilesTooMany: return random.tiled(20_000) { "@A:12:HX:1:\($0 / 10 % 1002):5:77" }
    case .tilesMostAllowed: return random.tiled(20_000) { "@A:12:HX:1:\($0 / 10 % 1001):5:77" }
    case .tilesNotNumbers: return random.tiled(200) { "@A:12:HX:1:\($0 == 119 ? "x" : "7"):5:77" }
    case .tileNamesMixed:
      return random.tiled(2_000) { $0 == 9 ? "@A:12:\($0 % 3):1:4" : "@A:+12:\($0 % 3):1:\($0 % 4):6:7::" }
    case .namesWithoutTiles: return random.tiled(200) { "@read\($0) length=70" }
    case .manyUnknown:
      return random.set(3_000) { random, number in
        var read = random.read(number, length: 101)
        for place in 0..<101 where random.random.oneIn(place > 50 ? 3 : 20) { read.sequence[place] = UInt8(ascii: "N") }
        if number % 7 == 0 { read.sequence = [UInt8](repeating: UInt8(ascii: "n"), count: 101) }
        return read
      }
    case .otherCodes:
      return random.set(3_000) { random, number in
        var read = random.read(number, length: 80)
        for place in 0..<80 where random.random.oneIn(5) {
          read.sequence[place] = random.random.pick(Array("RYKMn.-*acgt".utf8))
        }
        return read
      }
    case .moreThan100000Distinct: return random.moreThan100000Distinct()
    case .illumina13: return random.set(1_000) { $0.read($1, length: 75, qualities: 65...104) }
    case .illumina15: return random.set(1_000) { $0.read($1, length: 76, qualities: 66...104) }
    case .tiny: return random.set(60) { $0.read($1, length: $0.random.int(1...9)) }
    case .withEmpty: return random.set(300) { $0.read($1, length: $0.random.int(0...40)) }
    case .twelveBases: return random.set(300) { $0.read($1, length: 12) }
    case .allEmpty: return random.set(20) { $0.read($1, length: 0) }
    case .veryLong:
      return random.set(4) { random, number in
        var read = random.read(number, length: 66_000 + 1_000 * number)
        read.sequence.replaceSuffix(from: 65_700 + 200 * number, with: Array("CTGTCTCTTATA".utf8))
        return read
      }
    case .anything: return random.anything()
    case .oneRead: return random.set(1) { $0.read($1, length: 36) }
    }
  }
}

/// Makes reads.
struct FastQCReadGenerator {
  typealias Read = (name: [UInt8], sequence: [UInt8], qualities: [UInt8])

  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func set(_ count: Int, _ read: (inout FastQCReadGenerator, Int) -> Read) -> FastQCTestSet {
    var set = FastQCTestSet()
    for number in 0..<count {
      let (name, sequence, qualities) = read(&self, number)
      set.append(name, sequence, qualities)
    }
    return set
  }

  /// A read with bases of a composition of its own, adapters now and then, and a name without a tile.
  mutating func read(_ number: Int, length: Int, qualities: ClosedRange<Int> = 35...73) -> Read {
    let letters = random.pick([Array("ACGT".utf8), Array("ACGTT".utf8), Array("GCGCAT".utf8)])
    var bases = (0..<length).map { _ in random.pick(letters) }
    if random.oneIn(20), let adapter = FastQCAdapters.all.randomElement(using: &random) {
      bases.replaceSuffix(from: random.int(0...length), with: Array(adapter.bases.description.utf8))
    }
    let best = random.int(qualities)
    let scores = (0..<length).map { _ in UInt8(random.int(max(qualities.lowerBound, best - 9)...best)) }
    return (Array("@read\(number)".utf8), bases, scores)
  }

  mutating func tiled(_ count: Int, _ name: (Int) -> String) -> FastQCTestSet {
    set(count) { random, number in
      var read = random.read(number, length: number == 9 ? 60 : 50 + number % 30)
      read.name = Array(name(number).utf8)
      // A cycle that is bad on some tiles.
      if number % 5 == 4 { for cycle in 20..<26 { read.qualities[cycle] = 40 } }
      return read
    }
  }

  /// Reads of lengths, qualities, names and repeats that the seed chooses.
  mutating func anything() -> FastQCTestSet {
    let shortest = random.pick([0, 1, 12, 13, 30, 74, 100, 190])
    let longest = shortest + random.int(1...random.pick([1, 5, 70, 400, 3_000]))
    let offset = random.pick([33, 33, 64])
    let scores = (offset + random.int(0...10))...(offset + random.int(20...41))
    let format = random.int(0...4)
    let tiles = random.int(1...random.pick([3, 60, 1_100]))
    let repeats = random.int(2...30)
    var reads: [Read] = []
    return set(random.pick([3, 10, 101, 2_000])) { random, number in
      var read = random.read(number, length: random.random.int(shortest...longest), qualities: scores)
      if !reads.isEmpty, random.random.oneIn(repeats) { read = random.random.pick(reads) }
      reads.append(read)
      // Adapters of the whole read are a difference on purpose.
      if read.sequence.count == 12 { read.sequence[0] = UInt8(ascii: "N") }
      let tile = random.random.int(1...tiles)
      read.name = Array(
        [
          "@r\(number)", "@i:1:\(tile):5:6#0/1", "@i:1:f:2:\(tile):5:6 1:N:0:A", "@i:1:\(tile):5:6:",
          "@i:1:f:2:\(tile):5:6 comment",
        ][format].utf8)
      return read
    }
  }

  /// Parts of primers with a mismatch, in either direction, among reads that occur once.
  mutating func overrepresented() -> FastQCTestSet {
    let primers = [
      "AATGATACGGCGACCACCGAGATCTACACTCTTTCCCTACACGACGCTCTTCCGATCT", "CAAGCAGAAGACGGCATACGAGATCGTGATGTGACTGGAGTTC",
      "GATCGGAAGAGCACACGTCTGAACTCCAGTCACATCACGATCTCGTATGCCGTCTTCTGCTTG", "TTAGCACCCCTGGCCAAGG",
      "AGATCGGAAGAGCGTCGTGTAGGGAAAGAGTGTAGATCTCGGTGGTCGCCGTATCATT", "GGTACCGGATCC",
    ].map { Array($0.utf8) }
    var repeated: [[UInt8]] = []
    for primer in primers {
      for cut in [0, 3, 9] {
        var bases = Array(primer.dropFirst(cut))
        if random.oneIn(2) { bases += (0..<random.int(0...60)).map { _ in random.pick(Array("ACGT".utf8)) } }
        if bases.count > 30 { bases[random.int(5...25)] = random.pick(Array("ACGTN".utf8)) }
        repeated.append(bases)
      }
    }
    return set(20_000) { random, number in
      var read = random.read(number, length: random.random.pick([60, 75, 76, 100]))
      if random.random.oneIn(4) {
        read.sequence = random.random.pick(repeated)
        if random.random.oneIn(3) { read.sequence = read.sequence.map { $0 | 0x20 } }
        read.qualities = read.sequence.map { _ in 70 }
      }
      return read
    }
  }

  /// Sequences that occur equally often, so that FastQC lists them in the order of its table.
  mutating func tiedCounts() -> FastQCTestSet {
    let repeated = (0..<40).map { _ in read(0, length: random.int(20...90)) }
    let order = (0..<40 * 25).map { $0 % 40 }.shuffled(using: &random)
    return set(2_000) { random, number in
      number < order.count ? repeated[order[number]] : random.read(number, length: 60)
    }
  }

  /// Sequences of many counts, some of which come only after the first 100,000.
  mutating func moreThan100000Distinct() -> FastQCTestSet {
    var seen: [Read] = []
    return set(230_000) { random, number in
      if !seen.isEmpty, random.random.oneIn(3) {
        // Early reads return more often than late ones.
        return seen[min(random.random.int(0...(seen.count - 1)), random.random.int(0...(seen.count - 1)))]
      }
      let read = random.read(number, length: 40)
      if seen.count < 50_000 || number > 200_000 { seen.append(read) }
      return read
    }
  }
}

extension [UInt8] {
  /// Puts as much of `part` at a place as there is room for.
  fileprivate mutating func replaceSuffix(from place: Int, with part: [UInt8]) {
    for (offset, byte) in part.enumerated() where place + offset < count { self[place + offset] = byte }
  }
}
