import EngineTestSupport

/// A read as the oracle of site counts understands it. Positions count from 0.
struct PileRead {
  var name: String
  var flag: Int
  var contig: Int
  var position: Int
  var mappingQuality: Int
  var operations: [(length: Int, code: Character)]
  var bases: [Character]
  var qualities: [Int]
  var mate: (contig: Int, position: Int)?

  func line(_ names: [String]) -> String {
    let cigar = operations.map { "\($0.length)\($0.code)" }.joined()
    let letters = qualities.map { Character(UnicodeScalar(UInt8($0 + 33))) }
    let next = mate.map { "\(names[$0.contig])\t\($0.position + 1)" } ?? "*\t0"
    return
      "\(name)\t\(flag)\t\(names[contig])\t\(position + 1)\t\(mappingQuality)\t\(cigar)\t\(next)\t0\t\(String(bases))\t\(String(letters))\n"
  }

  /// Good bases by place, for a read that counts.
  var seen: [Int: Character] {
    guard flag & 0xF04 == 0, (20..<255).contains(mappingQuality) else { return [:] }
    var seen: [Int: Character] = [:]
    var (place, index) = (position, 0)
    for (length, code) in operations {
      for offset in 0..<length where "M=X".contains(code) && qualities[index + offset] >= 20 {
        seen[place + offset] = bases[index + offset]
      }
      if "MDN=X".contains(code) { place += length }
      if "MIS=X".contains(code) { index += length }
    }
    return seen
  }
}

/// Counts bases at sites in the plainest way: every fragment's reads side by side.
enum NaiveSiteCounts {
  static func counts(_ reads: [PileRead], _ sites: [(contig: Int, position: Int)]) -> [[Int]] {
    var fragments: [String: [PileRead]] = [:]
    for read in reads { fragments["\(read.contig)/\(read.name)", default: []].append(read) }
    return sites.map { site in
      var counts = [0, 0, 0, 0, 0]
      for reads in fragments.values {
        let bases = reads.filter { $0.contig == site.contig }.compactMap { $0.seen[site.position] }
        guard let base = bases.first, bases.allSatisfy({ $0 == base }) else { continue }
        counts["ACGT".firstIndex(of: base).map { "ACGT".distance(from: "ACGT".startIndex, to: $0) } ?? 4] += 1
      }
      return counts
    }
  }
}

/// Random reads over short contigs: mates that overlap, agree and disagree, clips, gaps, bad bases, every filter.
struct PileGenerator {
  var random: SeededGenerator
  let contigs = [("chr1", 3000), ("chr2", 500), ("none", 400), ("chrX", 2000)]

  mutating func operations() -> [(length: Int, code: Character)] {
    var operations: [(Int, Character)] = []
    if random.oneIn(4) { operations.append((random.int(1...5), "S")) }
    for part in 0...random.int(0...3) {
      if part > 0 { operations.append((random.int(1...6), random.pick(["I", "D", "N", "D"]))) }
      operations.append((random.int(1...30), random.pick(["M", "M", "=", "X"])))
    }
    if random.oneIn(4) { operations.append((random.int(1...5), "S")) }
    return operations
  }

  mutating func read(_ name: String, _ contig: Int, _ position: Int, flag: Int) -> PileRead {
    let operations = operations()
    let length = operations.filter { "MIS=X".contains($0.code) }.reduce(0) { $0 + $1.length }
    return PileRead(
      name: name, flag: flag, contig: contig, position: position,
      mappingQuality: random.pick([60, 60, 60, 20, 19, 0, 255]),
      operations: operations, bases: (0..<length).map { _ in random.pick(Array("AAAACGTN")) },
      qualities: (0..<length).map { _ in random.pick([40, 40, 40, 20, 19, 2]) })
  }

  mutating func reads(_ count: Int) -> [PileRead] {
    var reads: [PileRead] = []
    for number in 0..<count {
      let contig = random.int(0...3)
      let position = random.int(0...(contigs[contig].1 - 200))
      let extra = random.pick([0, 0, 0, 0, 0x400, 0x200, 0x100, 0x800])
      if random.oneIn(3) {
        reads.append(read("s\(number)", contig, position, flag: extra))
        continue
      }
      var first = read("p\(number)", contig, position, flag: 0x63 | extra)
      var second = read("p\(number)", contig, position + random.pick([0, 0, 1, 7, 30, 90]), flag: 0x93)
      if random.oneIn(10) { second.contig = 3 - contig }
      first.mate = (second.contig, second.position)
      second.mate = (first.contig, first.position)
      reads.append(first)
      if !random.oneIn(10) { reads.append(second) }
    }
    return reads.enumerated().sorted {
      ($0.element.contig, $0.element.position, $0.offset) < ($1.element.contig, $1.element.position, $1.offset)
    }.map(\.element)
  }

  func text(_ reads: [PileRead]) -> String {
    "@HD\tVN:1.6\tSO:coordinate\n" + contigs.map { "@SQ\tSN:\($0.0)\tLN:\($0.1)\n" }.joined()
      + reads.map { $0.line(contigs.map(\.0)) }.joined()
  }
}
