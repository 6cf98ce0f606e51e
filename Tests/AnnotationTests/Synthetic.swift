import Foundation
import TestSupport

/// A random genome of one contig with one coding transcript, with its own, naive reading of the annotation.
struct SyntheticGene {
  var genome: [UInt8]
  var exons: [Range<Int>]
  var isReverse: Bool
  /// CDS on the contig.
  var coding: Range<Int>

  /// Exons of random lengths; the CDS from within the first to within the last, in whole codons.
  init(_ random: inout SplitMix64) {
    isReverse = random.chance(0.5)
    let count = random.int(1...5)
    var cursor = random.int(40...90)
    exons = []
    for _ in 0..<count {
      let length = random.int(60...160)
      exons.append(cursor..<(cursor + length))
      cursor += length + random.int(40...120)
    }
    genome = random.letters(cursor + 60, of: "ACGT")
    let spliced = exons.flatMap { Array($0) }
    let leader = random.int(6...15)
    let codons = (spliced.count - leader - 10) / 3
    let places = (isReverse ? spliced.reversed() : spliced)[leader..<(leader + 3 * codons)]
    var bases = Array("ATG".utf8)
    while bases.count < 3 * codons - 3 {
      let codon = random.letters(3, of: "ACGT")
      if Self.residue(codon[...]) != "*" { bases += codon }
    }
    bases += random.pick(["TAA", "TAG", "TGA"].map { Array($0.utf8) })
    for (place, base) in zip(places, bases) { genome[place] = isReverse ? Self.opposite(base) : base }
    coding = (places.min() ?? 0)..<((places.max() ?? 0) + 1)
  }

  /// Where the stop codon's bases lie on the contig; they may lie in two exons.
  var stopCodon: Set<Int> {
    let places = exons.flatMap { Array($0.clamped(to: coding)) }
    return Set(isReverse ? places.prefix(3) : places.suffix(3))
  }

  static func opposite(_ base: UInt8) -> UInt8 {
    let pairs: [Character: Character] = ["A": "T", "C": "G", "G": "C", "T": "A"]
    return pairs[Character(Unicode.Scalar(base))]?.asciiValue ?? base
  }

  /// The standard code, written out by residue: independent of the table under test.
  private static let codons: [String: Character] = {
    let byResidue: [Character: String] = [
      "F": "TTT TTC", "L": "TTA TTG CTT CTC CTA CTG", "I": "ATT ATC ATA", "M": "ATG", "V": "GTT GTC GTA GTG",
      "S": "TCT TCC TCA TCG AGT AGC", "P": "CCT CCC CCA CCG", "T": "ACT ACC ACA ACG", "A": "GCT GCC GCA GCG",
      "Y": "TAT TAC", "*": "TAA TAG TGA", "H": "CAT CAC", "Q": "CAA CAG", "N": "AAT AAC", "K": "AAA AAG",
      "D": "GAT GAC", "E": "GAA GAG", "C": "TGT TGC", "W": "TGG", "R": "CGT CGC CGA CGG AGA AGG",
      "G": "GGT GGC GGA GGG",
    ]
    return Dictionary(
      uniqueKeysWithValues: byResidue.flatMap { residue, codons in
        codons.split(separator: " ").map { (String($0), residue) }
      })
  }()

  static func residue(_ codon: ArraySlice<UInt8>) -> Character {
    codons[String(decoding: codon, as: UTF8.self)] ?? "X"
  }

  /// The protein of the CDS with `replacement` for the bases at `range` of the contig, all of which lie in one exon.
  func protein(replacing range: Range<Int>, with replacement: [UInt8]) -> [Character] {
    var spliced: [UInt8] = []
    for exon in exons {
      var position = max(exon.lowerBound, coding.lowerBound)
      let end = min(exon.upperBound, coding.upperBound)
      while position < end {
        if position == range.lowerBound {
          spliced += replacement
          if !range.isEmpty {
            position = range.upperBound
            continue
          }
        }
        spliced.append(genome[position])
        position += 1
      }
    }
    if isReverse { spliced = spliced.reversed().map(Self.opposite) }
    return stride(from: 0, to: spliced.count - 2, by: 3).map { Self.residue(spliced[$0..<($0 + 3)]) }
  }

  var fasta: String { ">c\n" + String(decoding: genome, as: UTF8.self) + "\n" }

  var gff3: String {
    let strand = isReverse ? "-" : "+"
    let span = "\(exons[0].lowerBound + 1)\t\(exons[exons.count - 1].upperBound)\t.\t\(strand)\t."
    var lines = [
      "##gff-version 3", "c\tt\tgene\t\(span)\tID=gene:G1;Name=GENE;biotype=protein_coding;gene_id=G1",
      "c\tt\tmRNA\t\(span)\tID=transcript:T1;Parent=gene:G1;biotype=protein_coding;transcript_id=T1",
    ]
    var before = 0
    for exon in isReverse ? exons.reversed() : exons {
      lines.append("c\tt\texon\t\(exon.lowerBound + 1)\t\(exon.upperBound)\t.\t\(strand)\t.\tParent=transcript:T1")
      let part = exon.clamped(to: coding)
      guard !part.isEmpty else { continue }
      lines.append(
        "c\tt\tCDS\t\(part.lowerBound + 1)\t\(part.upperBound)\t.\t\(strand)\t\((3 - before % 3) % 3)\tID=P1;Parent=transcript:T1"
      )
      before += part.count
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
