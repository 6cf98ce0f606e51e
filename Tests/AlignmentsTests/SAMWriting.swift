import EngineTestSupport

/// One line of SAM, as the tests make and understand it. Positions count from 1.
struct SAMLine {
  var name: String
  var flag: Int
  var contig = "*"
  var position = 0
  var quality = 60
  var cigar = "*"
  var mateContig = "*"
  var matePosition = 0
  var templateLength = 0
  /// SEQ; nil for as many `A` as the CIGAR has bases.
  var sequence: String?
  var qualities = "*"
  /// `NM:i:3` and the like.
  var tags: [String] = []

  var isExcludedFromDepth: Bool { flag & 0x704 != 0 }

  /// The operations of the CIGAR.
  var operations: [(length: Int, code: Character)] {
    var operations: [(Int, Character)] = []
    var length = 0
    for character in cigar where character != "*" {
      if let digit = character.wholeNumberValue {
        length = 10 * length + digit
      } else {
        operations.append((length, character))
        length = 0
      }
    }
    return operations
  }

  /// The aligned stretches, 0-based half-open, one an operation of M, = or X.
  var aligned: [Range<Int>] {
    var ranges: [Range<Int>] = []
    var position = position - 1
    for (length, code) in operations {
      if "M=X".contains(code) { ranges.append(position..<(position + length)) }
      if "MDN=X".contains(code) { position += length }
    }
    return ranges
  }

  /// The base after the last one that the CIGAR spans, 0-based.
  var end: Int { operations.filter { "MDN=X".contains($0.code) }.reduce(position - 1) { $0 + $1.length } }

  var text: String {
    let bases = operations.filter { "MIS=X".contains($0.code) }.reduce(0) { $0 + $1.length }
    // SEQ may be absent (`*`), which keeps long reads small.
    let sequence = sequence ?? (bases == 0 || bases > 1000 ? "*" : String(repeating: "A", count: bases))
    let mate = mateContig == contig && contig != "*" ? "=" : mateContig
    let columns = [
      name, "\(flag)", contig, "\(position)", "\(quality)", cigar, mate, "\(matePosition)", "\(templateLength)",
      sequence,
      qualities,
    ]
    return (columns + tags).joined(separator: "\t")
  }
}

/// A SAM file in memory.
struct SAMFile {
  var contigs: [(name: String, length: Int)]
  var lines: [SAMLine]

  /// Sorts by coordinate as samtools does: contigs in the header's order, then position, unplaced records last.
  mutating func sort() {
    let order = Dictionary(uniqueKeysWithValues: contigs.enumerated().map { ($1.name, $0) })
    lines = lines.enumerated().sorted { a, b in
      let (left, right) = (order[a.element.contig] ?? Int.max, order[b.element.contig] ?? Int.max)
      return (left, a.element.position, a.offset) < (right, b.element.position, b.offset)
    }.map(\.element)
  }

  var text: String {
    let header = ["@HD\tVN:1.6"] + contigs.map { "@SQ\tSN:\($0.name)\tLN:\($0.length)" } + ["@RG\tID:a\tSM:s1"]
    return (header + lines.map(\.text)).joined(separator: "\n") + "\n"
  }

  /// Writes the file as BAM with samtools and gives its path.
  func writeBAM(_ folder: ScratchFolder, index: Bool) throws -> String {
    let sam = try folder.write(text, "in.sam")
    let bam = folder.path("in.bam")
    try Peer.output("samtools", "view", "-b", "-o", bam, sam)
    if index { try Peer.output("samtools", "index", bam) }
    return bam
  }
}

/// Makes random alignments.
struct SAMGenerator {
  var random: SeededGenerator
  let contigs = [("c1", 4000), ("c2", 300), ("empty", 1000), ("c3", 200_000), ("last", 50)]

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// A CIGAR of `M I D N S H = X P` in an order that SAM allows; one operation half of the time.
  mutating func cigar(longest: Int) -> String {
    if random.oneIn(2) { return "\(random.int(1...longest))\(random.pick(["M", "M", "M", "=", "X"]))" }
    var text = ""
    if random.oneIn(4) { text += "\(random.int(1...20))H" }
    if random.oneIn(3) { text += "\(random.int(1...20))S" }
    for part in 0...random.int(0...4) {
      if part > 0 {
        for _ in 0...random.int(0...1) {
          let operation = random.pick(["I", "D", "D", "N", "P"])
          text += "\(random.int(1...(operation == "N" ? 300 : 12)))\(operation)"
        }
      }
      text += "\(random.int(1...longest))\(random.pick(["M", "M", "=", "X"]))"
    }
    if random.oneIn(3) { text += "\(random.int(1...20))S" }
    if random.oneIn(4) { text += "\(random.int(1...20))H" }
    return text
  }

  /// A record with any flags whose parts need not make sense together.
  mutating func wild(_ number: Int) -> SAMLine {
    let (contig, length) = random.pick(contigs.filter { $0.0 != "empty" })
    var line = SAMLine(name: "w\(number)", flag: random.int(0...0xFFF))
    line.quality = random.pick([0, 3, 4, 5, 6, 60, 255])
    // Placed, or without a place; unmapped records may be placed at their mate.
    if random.oneIn(8) {
      line.flag |= 4
    } else {
      line.contig = contig
      line.position = random.int(1...length)
      line.cigar = line.flag & 4 != 0 && random.oneIn(2) ? "*" : cigar(longest: 60)
    }
    if !random.oneIn(5) {
      let mate = random.pick(contigs)
      line.mateContig = random.oneIn(2) && line.contig != "*" ? line.contig : mate.0
      line.matePosition = random.int(1...50)
    }
    return line
  }

  /// Two mates near each other: overlapping, nested, from the same start, apart; whole, or with one that does not count.
  mutating func pair(_ number: Int, nestedSingleOperations: Bool, pastEnd: Bool) -> [SAMLine] {
    while true {
      let (contig, length) = random.pick(contigs.filter { $0.0 != "empty" })
      let start = random.int(1...length)
      var lines = (0..<2).map { mate in
        var line = SAMLine(name: "p\(number)", flag: mate == 0 ? 0x63 : 0x93)
        line.contig = contig
        line.position = mate == 0 ? start : min(length, start + random.pick([0, 0, 1, 3, 20, 100, 300]))
        line.cigar = cigar(longest: random.pick([20, 100]))
        return line
      }
      if random.oneIn(12) { lines[random.int(0...1)].flag |= random.pick([0x400, 0x200, 0x100]) }
      if random.oneIn(12) { for index in 0...1 { lines[index].flag &= ~2 } }
      if random.oneIn(2) { lines.reverse() }
      for index in 0...1 {
        lines[index].mateContig = contig
        lines[index].matePosition = lines[1 - index].position
      }
      // Where the mate never comes.
      let isOrphan = random.oneIn(12)
      let (first, second) = lines[0].position <= lines[1].position ? (lines[0], lines[1]) : (lines[1], lines[0])
      let isNested = first.operations.count == 1 && second.operations.count == 1 && first.end != second.end
      if !nestedSingleOperations, isNested, second.end < first.end || first.position == second.position { continue }
      if !pastEnd, max(first.end, second.end) > length { continue }
      return isOrphan ? [lines[0]] : lines
    }
  }

  mutating func file(wild: Int, pairs: Int, nestedSingleOperations: Bool = true, pastEnd: Bool = true) -> SAMFile {
    var lines: [SAMLine] = []
    for number in 0..<wild {
      let line = self.wild(number)
      if pastEnd || contigs.allSatisfy({ $0.0 != line.contig || line.end <= $0.1 }) { lines.append(line) }
    }
    for number in 0..<pairs {
      lines += pair(number, nestedSingleOperations: nestedSingleOperations, pastEnd: pastEnd)
    }
    var file = SAMFile(contigs: contigs.map { ($0.0, $0.1) }, lines: lines)
    file.sort()
    return file
  }
}
