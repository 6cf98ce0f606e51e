import Annotation
import TestSupport
import Variants

/// An entry of HCSQ on a record.
struct HaplotypeGroup: Hashable {
  var record: Int
  var fields: [String]
  var consequence: String { fields[0] }
  var terms: Set<String> { Set(fields[0].split(separator: "&").map(String.init)) }
  var transcript: String { fields[4] }
  var codingName: String { fields[5] }
  var proteinName: String { fields[6] }
  var proteinPosition: String { fields[8] }
  var aminoAcids: String { fields[9] }
  var variants: [String] { fields[11].split(separator: "&").map(String.init) }
  var haplotypes: Int? { Int(fields[12]) }
  var samples: Int? { Int(fields[13]) }
}

/// The value of an INFO key by record; nil where a record has none.
func infoValues(_ key: String, _ bytes: [UInt8]) -> [String?] {
  String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
    line.split(separator: "\t")[7].split(separator: ";").first { $0.hasPrefix("\(key)=") }
      .map { String($0.dropFirst(key.count + 1)) }
  }
}

/// The entries of HCSQ in a VCF's bytes.
func haplotypeGroups(_ bytes: [UInt8]) -> [HaplotypeGroup] {
  infoValues("HCSQ", bytes).enumerated().flatMap { number, value in
    (value ?? "").split(separator: ",").map {
      HaplotypeGroup(
        record: number, fields: $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init))
    }
  }
}

/// A change of a CDS, in places of the CDS from 0.
struct CodingEdit: Hashable {
  var start: Int
  var deleted: Int
  var inserted: String

  init(_ start: Int, _ deleted: Int, _ inserted: String) {
    (self.start, self.deleted, self.inserted) = (start, deleted, inserted)
  }

  var end: Int { start + deleted }
  var difference: Int { inserted.utf8.count - deleted }

  /// A sequence with changes that do not overlap.
  static func apply(_ edits: [CodingEdit], to sequence: [UInt8]) -> [UInt8] {
    var changed = sequence
    for edit in edits.sorted(by: { ($0.start, $0.end) > ($1.start, $1.end) }) {
      changed.replaceSubrange(edit.start..<edit.end, with: edit.inserted.utf8)
    }
    return changed
  }
}

/// A gene of a given CDS in exons, on either strand.
struct HaplotypeGene {
  let name: String
  let genome: [UInt8]
  let exons: [Range<Int>]
  let isReverse: Bool
  /// The contig's position of each base of the CDS and of what is transcribed behind it.
  let places: [Int]
  let length: Int
  /// The CDS with what is transcribed behind it, on the transcript's strand.
  let transcribed: [UInt8]
  private let gene: HGVSGene

  static let leader = "GCACGC"
  static let trailer = "GCATGCAAGTGACGC"

  /// - Parameters:
  ///   - parts: the CDS, exon by exon on the transcript's strand; introns stand between.
  ///   - phase: bases of the CDS before its first whole codon.
  init(_ name: String, _ parts: [String], isReverse: Bool, intron: Int = 30, phase: Int = 0) {
    self.name = name
    self.isReverse = isReverse
    var bases = Array(repeating: UInt8(ascii: "C"), count: 20)
    var ranges: [Range<Int>] = []
    for (number, part) in parts.enumerated() {
      let exon = (number == 0 ? Self.leader : "") + part + (number == parts.count - 1 ? Self.trailer : "")
      ranges.append(bases.count..<(bases.count + exon.utf8.count))
      bases += Array(exon.utf8)
      if number < parts.count - 1 { bases += Array("GT".utf8) + Array(repeating: UInt8(ascii: "C"), count: intron - 4) }
      if number < parts.count - 1 { bases += Array("AG".utf8) }
    }
    bases += Array(repeating: UInt8(ascii: "C"), count: 20)
    let count = bases.count
    if isReverse {
      bases = bases.reversed().map(SyntheticGene.opposite)
      ranges = ranges.reversed().map { (count - $0.upperBound)..<(count - $0.lowerBound) }
    }
    genome = bases
    exons = ranges
    length = parts.joined().utf8.count
    let coding = Self.leader.utf8.count..<(Self.leader.utf8.count + length)
    var gene = HGVSGene(
      name, String(decoding: bases, as: UTF8.self), exons: ranges, isReverse: isReverse, coding: coding)
    gene.phase = phase
    self.gene = gene
    places = Array(gene.places[coding.lowerBound...])
    transcribed = Array(gene.transcript[coding.lowerBound...])
  }

  var fasta: String { gene.fasta }
  var gff3: String { "##gff-version 3\n" + gene.gff3 }

  /// A record's position (from 1), REF and ALT.
  func record(_ edit: CodingEdit) -> (position: Int, reference: String, alternate: String) {
    Self.record(edit, places, genome, isReverse: isReverse)
  }

  static func record(
    _ edit: CodingEdit, _ places: [Int], _ genome: [UInt8], isReverse: Bool
  ) -> (position: Int, reference: String, alternate: String) {
    var start: Int
    let end: Int
    if edit.deleted == 0 {
      start = isReverse ? places[edit.start] + 1 : places[edit.start]
      end = start
    } else {
      let touched = places[edit.start..<edit.end]
      (start, end) = ((touched.min() ?? 0), (touched.max() ?? 0) + 1)
    }
    var inserted = Array(edit.inserted.utf8)
    if isReverse { inserted = inserted.reversed().map(SyntheticGene.opposite) }
    if edit.deleted == 0 || inserted.isEmpty {
      start -= 1
      inserted.insert(genome[start], at: 0)
    }
    return (
      start + 1, String(decoding: genome[start..<end], as: UTF8.self), String(decoding: inserted, as: UTF8.self)
    )
  }
}

/// The text of a VCF.
func haplotypeVCF(samples: Int, _ lines: [(contig: String, position: Int, text: String)]) -> String {
  let names = (0..<samples).map { "\tS\($0 + 1)" }.joined()
  return "##fileformat=VCFv4.3\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n"
    + "##FORMAT=<ID=PS,Number=1,Type=Integer,Description=\"p\">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT"
    + names + "\n"
    + lines.enumerated().sorted {
      ($0.element.contig, $0.element.position, $0.offset) < ($1.element.contig, $1.element.position, $1.offset)
    }.map { $0.element.text + "\n" }.joined()
}
