import EngineTestSupport

/// A random gene set, written as GFF3 and as GTF in the dialects of those who publish them.
struct GeneSet {
  enum Dialect: String, CaseIterable { case ensembl, gencode, refSeq }

  struct Transcript {
    var id: String
    var version: Int
    /// On the contig, ascending.
    var exons: [Range<Int>]
    /// Places of the spliced bases, the stop codon included; nil for a non-coding transcript.
    var coding: Range<Int>?
    /// Bases before the first whole codon.
    var phase = 0
    var hasStop = true
    var tags: [String] = []
    var supportLevel: String?
    var consensus: String?
    var counterpart: String?
    /// Where, in the spliced bases, codons of selenocysteine begin.
    var recoded: [Int] = []
  }

  struct Gene {
    var id: String
    var symbol: String?
    var hgnc: Int?
    var contig: String
    var isReverse: Bool
    var transcripts: [Transcript]
    var span: Range<Int> {
      (transcripts.map { $0.exons[0].lowerBound }.min() ?? 0)..<(transcripts.compactMap { $0.exons.last?.upperBound }
        .max() ?? 1)
    }
  }

  var contigs: [(name: String, bases: String)]
  var genes: [Gene] = []

  var fasta: String { contigs.map { ">\($0.name)\n\($0.bases)\n" }.joined() }

  init(_ dialect: Dialect, _ random: inout SeededGenerator) {
    contigs = ["7", "MT"].map { ($0, random.text("ACGT", 3_000)) }
    for number in 1...random.int(1...4) {
      let isReverse = random.oneIn(2)
      var transcripts: [Transcript] = []
      for order in 1...random.int(1...3) {
        transcripts.append(Self.transcript(dialect, number, order, isReverse, &random))
      }
      let id = ["ENSG0000000010\(number)", "ENSG0000000010\(number).3", "GENE\(number)"]
      let index = Dialect.allCases.firstIndex(of: dialect) ?? 0
      genes.append(
        Gene(
          id: id[index], symbol: dialect == .refSeq || !random.oneIn(5) ? "GENE\(number)" : nil,
          hgnc: dialect != .ensembl && random.oneIn(2) ? 100 + number : nil, contig: random.oneIn(5) ? "MT" : "7",
          isReverse: isReverse, transcripts: transcripts))
    }
  }

  private static func transcript(
    _ dialect: Dialect, _ number: Int, _ order: Int, _ isReverse: Bool, _ random: inout SeededGenerator
  ) -> Transcript {
    var cursor = random.int(10...400)
    var exons: [Range<Int>] = []
    for _ in 0..<random.int(1...6) {
      let length = random.int(1...120)
      exons.append(cursor..<(cursor + length))
      cursor += length + random.int(1...250)
    }
    let count = exons.reduce(0) { $0 + $1.count }
    let name = "\(number)0\(order)"
    var made = Transcript(
      id: dialect == .refSeq ? "NM_000\(name)" : "ENST00000000\(name)", version: random.int(1...9), exons: exons)
    let select =
      dialect == .refSeq
      ? ["MANE Select", "MANE Plus Clinical", "RefSeq Select"] : ["MANE_Select", "MANE_Plus_Clinical"]
    if random.oneIn(3) {
      made.tags.append(random.pick(select))
      if dialect == .refSeq, made.tags[0] != "RefSeq Select" {
        made.counterpart = "ENST00000000\(name).\(random.int(1...9))"
      }
    }
    if dialect != .refSeq {
      made.tags += ["Ensembl_canonical", "basic", "CCDS", "cds_end_NF"].filter { _ in random.oneIn(3) }
      if random.oneIn(2) { made.tags.append(random.pick(["appris_principal_1", "appris_alternative_2"])) }
      made.supportLevel = random.pick([nil, "1", "5", "NA", "2 (assigned to previous version 1)"])
    }
    guard count >= 12, random.int(1...4) > 1 else { return made }
    let start = random.int(0...(count - 9))
    let end = random.int((start + 6)...count)
    made.coding = start..<end
    made.phase = random.oneIn(5) ? random.int(0...2) : 0
    made.hasStop = !random.oneIn(4)
    if random.oneIn(2) { made.consensus = "CCDS\(number)\(order)\(dialect == .ensembl ? "" : ".1")" }
    if dialect != .ensembl, end - start > 15, random.oneIn(3) {
      made.recoded = [start + 3]
      if end - start > 30, random.oneIn(2) { made.recoded.append(start + 12) }
    }
    return made
  }

  /// Where a stretch of the spliced bases lies on the contig, exon by exon in the transcript's direction, with the place
  /// of each part's first base.
  static func parts(
    _ range: Range<Int>, _ transcript: Transcript, isReverse: Bool
  ) -> [(range: Range<Int>, place: Int, exon: Int)] {
    var parts: [(range: Range<Int>, place: Int, exon: Int)] = []
    var before = 0
    for (number, exon) in (isReverse ? transcript.exons.reversed() : transcript.exons).enumerated() {
      let own = range.clamped(to: before..<(before + exon.count))
      if !own.isEmpty {
        let (low, high) = (own.lowerBound - before, own.upperBound - before)
        let place =
          isReverse
          ? (exon.upperBound - high)..<(exon.upperBound - low) : (exon.lowerBound + low)..<(exon.lowerBound + high)
        parts.append((place, own.lowerBound, number + 1))
      }
      before += exon.count
    }
    return parts
  }

  /// The phase of a part of the CDS.
  static func phase(_ place: Int, _ coding: Range<Int>, _ transcript: Transcript) -> Int {
    let inside = place - coding.lowerBound
    return inside < transcript.phase ? transcript.phase - inside : (3 - (inside - transcript.phase) % 3) % 3
  }
}
