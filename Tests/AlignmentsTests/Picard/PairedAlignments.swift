import EngineTestSupport

/// One alignment with bases and qualities. Positions count from 1, as in SAM.
struct PairedAlignment {
  var name: String
  var flag = 0
  var contig = -1
  var position = 0
  var quality = 0
  var cigar: [(length: Int, code: Character)] = []
  var mateContig = -1
  var matePosition = 0
  var templateLength = 0
  var bases = ""
  var qualities: [Int] = []

  func has(_ bits: Int) -> Bool { flag & bits != 0 }

  var referenceLength: Int { cigar.filter { "MDN=X".contains($0.code) }.reduce(0) { $0 + $1.length } }

  /// Each aligned base: the place in the read and the position on the contig, both from 0.
  var aligned: [(read: Int, position: Int)] {
    var result: [(Int, Int)] = []
    var (read, place) = (0, position - 1)
    for (length, code) in cigar {
      if "M=X".contains(code) { for step in 0..<length { result.append((read + step, place + step)) } }
      if "MIS=X".contains(code) { read += length }
      if "MDN=X".contains(code) { place += length }
    }
    return result
  }

  func line(_ contigs: [String]) -> String {
    let name = { (contig: Int) in contig < 0 ? "*" : contigs[contig] }
    let operations = cigar.map { "\($0.length)\($0.code)" }.joined()
    let text = String(decoding: qualities.map { UInt8($0 + 33) }, as: UTF8.self)
    return [
      self.name, "\(flag)", name(contig), "\(position)", "\(quality)", operations.isEmpty ? "*" : operations,
      name(mateContig), "\(matePosition)", "\(templateLength)", bases, text,
    ].joined(separator: "\t")
  }
}

/// Random alignments on a random reference, with every edge that Picard's tools have a rule for.
struct PairedAlignments {
  var contigs: [(name: String, bases: [UInt8])] = []
  var lines: [PairedAlignment] = []
  private var random: SeededGenerator
  private var number = 0

  /// - Parameter depth: about so many reads over a base.
  init(seed: UInt64, depth: Int, contigs names: [(String, Int)] = Self.mixed) {
    random = SeededGenerator(seed: seed)
    for (name, length) in names { contigs.append((name, reference(length))) }
    for contig in contigs.indices where contigs[contig].name != "chr3" {
      let length = contigs[contig].bases.count
      guard length > 200 || depth > 0 else { continue }
      for _ in 0..<(depth * length / 160) { addPair(contig, start: random.int(1...length)) }
    }
    // Two mates that know nothing of a place.
    for _ in 0..<3 {
      for flag in [0x4D, 0x8D] { lines.append(filled(PairedAlignment(name: "u\(number)", flag: flag), count: 30)) }
      number += 1
    }
    sort()
  }

  static let mixed = [("chr1", 6000), ("chr2", 700), ("chr3", 500), ("chrX", 3000), ("tiny", 60)]

  /// Piles reads up at one place.
  mutating func addPile(contig: Int, at position: Int, pairs: Int) {
    for _ in 0..<pairs { addPair(contig, start: position + random.int(0...30)) }
    sort()
  }

  private mutating func sort() {
    lines = lines.enumerated().sorted { a, b in
      let (left, right) = (a.element, b.element)
      return (left.contig < 0 ? Int.max : left.contig, left.position, a.offset)
        < (right.contig < 0 ? Int.max : right.contig, right.position, b.offset)
    }.map(\.element)
  }

  private mutating func reference(_ length: Int) -> [UInt8] {
    var bases: [UInt8] = []
    while bases.count < length {
      let count = random.int(1...300)
      switch random.int(0...9) {
      case 0: bases += [UInt8](repeating: UInt8(ascii: random.oneIn(2) ? "N" : "n"), count: min(count, 1 + count / 4))
      case 1: bases += Array(random.text("GCGCS", count).utf8)
      case 2: bases += Array(random.text("AATTW", count).utf8)
      case 3: bases += Array(random.text("acgtACGTRN", min(count, 40)).utf8)
      default: bases += Array(random.text("ACGT", count).utf8)
      }
    }
    return Array(bases.prefix(length))
  }

  private mutating func cigar(longest: Int) -> [(length: Int, code: Character)] {
    if random.oneIn(2) { return [(longest, "M")] }
    var cigar: [(length: Int, code: Character)] = []
    if random.oneIn(5) { cigar.append((random.int(1...9), "H")) }
    if random.oneIn(4) { cigar.append((random.int(1...20), "S")) }
    for part in 0...random.int(0...3) {
      if part > 0 {
        cigar.append(random.oneIn(8) ? (random.int(1...300), "N") : (random.int(1...9), random.pick(["I", "D"])))
      }
      cigar.append((random.int(1...max(1, longest / 2)), random.pick(["M", "M", "=", "X"])))
    }
    if random.oneIn(4) { cigar.append((random.int(1...20), "S")) }
    return cigar
  }

  /// Sets CIGAR and place so that the alignment fits its contig.
  private mutating func place(_ line: inout PairedAlignment, _ contig: Int, _ position: Int) {
    let length = contigs[contig].bases.count
    line.contig = contig
    line.cigar = cigar(longest: random.pick([10, 50, 64, 65, 100, 150]))
    while line.referenceLength > length { line.cigar = cigar(longest: 20) }
    line.position = max(1, min(position, length - line.referenceLength + 1))
    line.quality = random.pick([0, 0, 5, 10, 11, 19, 20, 21, 60, 60, 60, 60, 60, 60, 60, 255])
    line = filled(line, count: line.cigar.filter { "MIS=X".contains($0.code) }.reduce(0) { $0 + $1.length })
  }

  /// Bases like the reference, with errors, and qualities.
  private mutating func filled(_ line: PairedAlignment, count: Int) -> PairedAlignment {
    var line = line
    var bases = Array(random.text("ACGT", count).utf8)
    for (read, position) in line.aligned where !random.oneIn(30) {
      let letter = contigs[line.contig].bases[position]
      bases[read] = letter >= 97 ? letter - 32 : letter
    }
    for place in bases.indices where random.oneIn(60) { bases[place] = UInt8(ascii: "N") }
    if random.oneIn(12), count >= 16 {
      // An adapter where sequencing began.
      line.quality = 0
      var piece = Array("AGATCGGAAGAGCACACGTCTGAACTCC".utf8.dropFirst(random.int(0...12)).prefix(16))
      for _ in 0..<random.int(0...2) { piece[random.int(0...15)] = UInt8(ascii: "A") }
      if line.has(0x10) {
        let complement: [UInt8: UInt8] = [65: 84, 67: 71, 71: 67, 84: 65]
        bases.replaceSubrange((count - 16)..<count, with: piece.reversed().map { complement[$0] ?? 78 })
      } else {
        bases.replaceSubrange(0..<16, with: piece)
      }
    }
    line.bases = String(decoding: bases, as: UTF8.self)
    let (low, high) = random.pick([(0, 41), (2, 30), (20, 40), (30, 40), (37, 37)])
    line.qualities = (0..<count).map { _ in random.oneIn(20) ? random.int(0...4) : random.int(low...high) }
    return line
  }

  private mutating func addPair(_ contig: Int, start: Int) {
    number += 1
    let isReverse = random.oneIn(8) ? [random.oneIn(2), random.oneIn(2)] : [false, true]
    let other = random.oneIn(12) ? random.int(0...(contigs.count - 1)) : contig
    let shared = (random.oneIn(8) ? 0x400 : 0) | (random.oneIn(3) ? 0 : 2)
    let swap = random.oneIn(2) ? 1 : 0
    let step = random.pick([0, 0, 1, 7, 30, 100, 200, 400])
    var pair = (0..<2).map { PairedAlignment(name: "r\(number)", flag: 1 | shared | ($0 == swap ? 0x40 : 0x80)) }
    for mate in 0..<2 {
      if random.oneIn(15) { pair[mate].flag |= 0x200 }
      if isReverse[mate] { pair[mate].flag |= 0x10 }
      if isReverse[1 - mate] { pair[mate].flag |= 0x20 }
      place(&pair[mate], mate == 0 ? contig : other, start + (mate == 0 ? 0 : step))
    }
    if other != contig && contigs[other].name == "chr3" { return }
    if random.oneIn(14) {
      // Not a pair.
      pair[0].flag &= ~0xE3
      lines.append(pair[0])
      return
    }
    if random.oneIn(14) {
      // The second is not mapped and stands at the first.
      let first = pair[0]
      pair[1].flag = pair[1].flag & ~0x12 | 4
      pair[0].flag = pair[0].flag & ~0x22 | 8
      (pair[1].contig, pair[1].position, pair[1].cigar, pair[1].quality) = (first.contig, first.position, [], 0)
    }
    for mate in 0..<2 {
      (pair[mate].mateContig, pair[mate].matePosition) = (pair[1 - mate].contig, pair[1 - mate].position)
    }
    if pair[0].contig == pair[1].contig, !pair[1].has(4) {
      let low = min(pair[0].position, pair[1].position)
      let high = max(pair[0].position + pair[0].referenceLength, pair[1].position + pair[1].referenceLength)
      var length = random.oneIn(10) ? random.int(-50...400) : high - low
      if random.oneIn(200) { length = 40_000 }
      pair[0].templateLength = length
      pair[1].templateLength = -length
    }
    lines += pair
    if random.oneIn(6) {
      // Another alignment of one of them, near by.
      var line = pair[random.oneIn(3) || pair[1].has(4) ? 0 : 1]
      line.flag |= random.pick([0x100, 0x800, 0x800])
      place(&line, line.contig, line.position + random.int(-20...60))
      lines.append(line)
    }
  }

  /// SAM text.
  var text: String {
    let header = ["@HD\tVN:1.6\tSO:coordinate"] + contigs.map { "@SQ\tSN:\($0.name)\tLN:\($0.bases.count)" }
    return (header + lines.map { $0.line(contigs.map(\.name)) }).joined(separator: "\n") + "\n"
  }

  /// FASTA text.
  var fasta: String {
    contigs.map { contig in
      var text = ">\(contig.name)\n"
      for start in stride(from: 0, to: contig.bases.count, by: 70) {
        text += String(decoding: contig.bases[start..<min(start + 70, contig.bases.count)], as: UTF8.self) + "\n"
      }
      return text
    }.joined()
  }
}
