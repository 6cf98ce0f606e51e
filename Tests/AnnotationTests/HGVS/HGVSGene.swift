import TestSupport

/// A random contig with one transcript and bases that repeat, with its own, naive reading of both.
struct HGVSGene {
  var name: String
  var genome: [UInt8]
  var exons: [Range<Int>]
  var isReverse: Bool
  /// The CDS as places of the transcript; nil for a non-coding one.
  var coding: Range<Int>?
  /// Bases of the CDS before its first whole codon.
  var phase = 0
  /// Tags of the transcript's line.
  var tags: [String] = []

  /// The transcript's places on the contig, in its own direction.
  var places: [Int] { isReverse ? exons.flatMap { Array($0) }.reversed() : exons.flatMap { Array($0) } }

  var transcript: [UInt8] { places.map { isReverse ? SyntheticGene.opposite(genome[$0]) : genome[$0] } }

  init(_ name: String, _ random: inout SplitMix64) {
    self.name = name
    isReverse = random.chance(0.5)
    exons = []
    var cursor = random.int(10...40)
    for _ in 0..<random.int(1...7) {
      let length = random.int(12...70)
      exons.append(cursor..<(cursor + length))
      cursor += length + random.int(16...60)
    }
    genome = Self.repeating(cursor + 40, &random)
    let count = exons.reduce(0) { $0 + $1.count }
    guard count > 60, random.chance(0.9) else { return }
    let leader = random.int(3...20)
    let codons = random.int(6...((count - leader - 6) / 3))
    let coding = leader..<(leader + 3 * codons)
    self.coding = coding
    let places = places
    var bases = transcript
    for start in stride(from: leader, to: coding.upperBound, by: 3)
    where SyntheticGene.residue(bases[start..<(start + 3)]) == "*" {
      bases[start] = UInt8(ascii: "C")
    }
    bases.replaceSubrange(leader..<(leader + 3), with: "ATG".utf8)
    bases.replaceSubrange((coding.upperBound - 3)..<coding.upperBound, with: random.pick(["TAA", "TAG", "TGA"]).utf8)
    for (place, base) in zip(places, bases) { genome[place] = isReverse ? SyntheticGene.opposite(base) : base }
  }

  /// A contig of given bases.
  init(_ name: String, _ genome: String, exons: [Range<Int>], isReverse: Bool, coding: Range<Int>?) {
    self.name = name
    self.genome = Array(genome.utf8)
    self.exons = exons
    self.isReverse = isReverse
    self.coding = coding
  }

  private static func repeating(_ count: Int, _ random: inout SplitMix64) -> [UInt8] {
    var bases: [UInt8] = []
    while bases.count < count {
      if random.chance(0.6) {
        let unit = random.letters(random.int(1...4), of: "ACGT")
        for _ in 0..<random.int(2...6) { bases += unit }
      } else {
        bases += random.letters(random.int(1...12), of: "ACGT")
      }
    }
    return Array(bases.prefix(count))
  }

  /// Residues up to the first stop, which is the last; all to the end where there is none.
  static func protein(_ transcript: [UInt8], from start: Int) -> [Character] {
    var residues: [Character] = []
    var place = start
    while place + 3 <= transcript.count {
      residues.append(SyntheticGene.residue(transcript[place..<(place + 3)]))
      if residues.last == "*" { break }
      place += 3
    }
    return residues
  }

  var fasta: String { ">\(name)\n\(String(decoding: genome, as: UTF8.self))\n" }

  /// Feature lines, without the file's head.
  var gff3: String {
    let strand = isReverse ? "-" : "+"
    func line(_ type: String, _ range: Range<Int>, _ phase: String, _ attributes: String) -> String {
      "\(name)\tt\t\(type)\t\(range.lowerBound + 1)\t\(range.upperBound)\t.\t\(strand)\t\(phase)\t\(attributes)\n"
    }
    let span = exons[0].lowerBound..<exons[exons.count - 1].upperBound
    var text = line("gene", span, ".", "ID=gene:G\(name);Name=G\(name);gene_id=G\(name)")
    text += line(
      coding == nil ? "lnc_RNA" : "mRNA", span, ".",
      "ID=transcript:T\(name);Parent=gene:G\(name);transcript_id=T\(name);version=3"
        + (tags.isEmpty ? "" : ";tag=" + tags.joined(separator: ",")))
    var offset = 0
    for exon in isReverse ? exons.reversed() : exons {
      text += line("exon", exon, ".", "Parent=transcript:T\(name)")
      if let coding {
        let inside = (offset..<(offset + exon.count)).clamped(to: coding)
        if !inside.isEmpty {
          let (from, to) = (inside.lowerBound - offset, inside.upperBound - offset)
          let part =
            isReverse
            ? (exon.upperBound - to)..<(exon.upperBound - from) : (exon.lowerBound + from)..<(exon.lowerBound + to)
          let phase = ((phase - inside.lowerBound + coding.lowerBound) % 3 + 3) % 3
          text += line(
            "CDS", part, "\(phase)", "ID=CDS:P\(name);Parent=transcript:T\(name);protein_id=P\(name);version=2")
        }
      }
      offset += exon.count
    }
    return text
  }
}
