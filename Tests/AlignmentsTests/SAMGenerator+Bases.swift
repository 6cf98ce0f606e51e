import EngineTestSupport

/// What random records with bases may hold.
struct BaseEdges {
  /// SEQ `*` with a CIGAR.
  var withoutSequence = true
  /// Records that span the end of their contig.
  var pastEnd = true
  /// The longest read.
  var longest = 250
  /// Barcode tags.
  var barcodes = true
}

extension SAMGenerator {
  /// A record with bases, qualities, tags and any flags; mapped most of the time.
  mutating func basesRecord(_ number: Int, _ edges: BaseEdges) -> SAMLine {
    var line = SAMLine(name: random.oneIn(20) ? "n" : "read\(number)", flag: flags())
    line.quality = random.pick([0, 0, 3, 29, 30, 60, 60, 255])
    let length = random.oneIn(10) ? random.int(1...edges.longest) : min(edges.longest, random.pick([36, 100, 151]))
    let sequence = self.sequence(length)
    let (contig, contigLength) = random.pick(contigs.filter { $0.0 != "empty" })
    if random.oneIn(12) {
      line.flag |= 4
      if random.oneIn(2) {
        line.contig = contig
        line.position = random.int(1...contigLength)
      }
    } else {
      line.contig = contig
      repeat {
        line.cigar = wholeCigar(length)
        line.position = random.int(1...contigLength)
      } while !edges.pastEnd && line.end > contigLength && contigLength > 60 + length
      if !edges.pastEnd, line.end > contigLength { return basesRecord(number, edges) }
    }
    if !random.oneIn(8) {
      line.mateContig = random.oneIn(10) || line.contig == "*" ? random.pick(contigs).0 : line.contig
      line.matePosition = random.oneIn(4) ? max(1, line.position) : random.int(1...300)
      line.templateLength = random.pick([
        0, 1, -1, 300, 310, -320, 400, -400, 7999, 8000, -8001, 9000, random.int(-500...500),
      ])
    }
    line.sequence = sequence
    line.qualities = qualities(length)
    if random.oneIn(20) && (edges.withoutSequence || line.flag & 4 != 0) {
      (line.sequence, line.qualities) = ("*", "*")
    }
    line.tags = tags(edges)
    return line
  }

  private mutating func flags() -> Int {
    if random.oneIn(6) { return random.int(0...0xFFF) & ~4 }
    var flag = random.pick([0, 16, 99, 147, 83, 163, 99, 147, 83, 163, 65, 129, 113, 177, 97, 145, 73, 137])
    if random.oneIn(10) { flag |= random.pick([0x100, 0x200, 0x400, 0x800, 0x900, 0xC00, 0xA00]) }
    return flag
  }

  /// A CIGAR that consumes `length` bases, not beginning or ending with a deletion or skip.
  private mutating func wholeCigar(_ length: Int) -> String {
    var left = length
    var text = ""
    func take(_ most: Int) -> Int {
      let taken = min(left, random.int(1...most))
      left -= taken
      return taken
    }
    if random.oneIn(6) { text += "\(random.int(1...20))H" }
    if random.oneIn(4), left > 10 { text += "\(take(9))S" }
    let tail = random.oneIn(4) && left > 12 ? take(9) : 0
    if random.oneIn(30) { text += "\(take(2))I" }
    while left > 0 {
      let code = random.pick(["M", "M", "M", "=", "X"])
      text += "\(random.oneIn(2) ? take(length) : take(60))\(code)"
      guard left > 1 else { continue }
      switch random.int(0...5) {
      case 0: text += "\(take(min(left - 1, 8)))I"
      case 1: text += "\(random.int(1...12))D"
      case 2: text += random.oneIn(3) ? "\(random.int(1...300))N" : "1P"
      default: break
      }
    }
    if tail > 0 { text += "\(tail)S" }
    if random.oneIn(6) { text += "\(random.int(1...20))H" }
    return text
  }

  private mutating func sequence(_ length: Int) -> String {
    random.oneIn(12) ? random.text("=ACMGRSVTWYHKDBN", length) : random.text("AAACCCGGGTTTACGTACGTN", length)
  }

  private mutating func qualities(_ length: Int) -> String {
    if random.oneIn(15) { return "*" }
    if random.oneIn(40) { return random.text("!+5?IJ~", length) }
    return random.text("#,:FFFF", length)
  }

  private mutating func tags(_ edges: BaseEdges) -> [String] {
    var tags: [String] = []
    if random.oneIn(3) { tags.append("RG:Z:a") }
    // No tag stands twice (SAM specification, section 1.5).
    if random.oneIn(40) {
      tags.append(random.pick(["NM:Z:3", "NM:f:2.5"]))
    } else if !random.oneIn(4) {
      tags.append("NM:i:\(random.pick([0, 1, 2, 5, 130, 300, 70_000, -1]))")
    }
    if random.oneIn(30) { tags.append(random.pick(["XX:B:s,1,2,3", "XY:A:c", "XH:H:1F"])) }
    guard edges.barcodes else { return tags }
    for (index, (name, quality)) in [("BC", "QT"), ("CR", "CY"), ("OX", "BZ"), ("RX", "QX")].enumerated() {
      guard random.oneIn(3 + index) else { continue }
      let forms = ["AC-GT", "AC-GN", "TG-TN", "ACGT", "NNNNN", "acgt", "AC-G.", "A-CGT", "AACC-GGTT", "A"]
      let barcode = random.oneIn(4) ? random.pick(forms) : random.text("ACGT", 2) + "-" + random.text("ACGTN", 2)
      tags.append("\(name):Z:\(barcode)")
      if !random.oneIn(3) {
        tags.append("\(quality):Z:\(random.text("!5? IF", random.oneIn(6) ? 3 : barcode.count))")
      }
    }
    return tags
  }

  /// A file of such records in coordinate order.
  mutating func basesFile(_ count: Int, _ edges: BaseEdges = BaseEdges()) -> SAMFile {
    var file = SAMFile(contigs: contigs.map { ($0.0, $0.1) }, lines: (0..<count).map { basesRecord($0, edges) })
    file.sort()
    return file
  }
}
