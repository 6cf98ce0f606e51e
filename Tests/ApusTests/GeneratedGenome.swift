import Foundation
import TestSupport

/// A chromosome 21 of GRCh38's length, unknown but for a stretch with 1,250 common variants, and one person's pairs over
/// it at 20x: as little as all rules of the shipped policies can be measured on.
struct GeneratedGenome {
  static let contig = "chr21"
  static let length = 46_709_983
  private static let stretch = 10_000_000..<10_200_000

  /// Writes `g.fa`, `s.vcf`, and `in.sam` with its checksum.
  static func write(to folder: TemporaryFolder, seed: UInt64 = 21) throws {
    var random = SplitMix64(seed: seed)
    let bases = random.letters(stretch.count, of: "ACGT")
    try folder.write(fasta(bases), to: "g.fa")
    let sites = stride(from: 80, to: stretch.count - 80, by: 160).map { offset in
      (offset: offset, alternate: "ACGT".utf8.first { $0 != bases[offset] } ?? 0)
    }
    var vcf = "##fileformat=VCFv4.2\n##contig=<ID=\(contig),length=\(length)>\n"
    vcf += "##INFO=<ID=AF,Number=A,Type=Float,Description=\"f\">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    var copies = [bases, bases]
    for site in sites {
      vcf += "\(contig)\t\(stretch.lowerBound + site.offset + 1)\t.\t\(letter(bases[site.offset]))"
      vcf += "\t\(letter(site.alternate))\t.\tPASS\tAF=0.3\n"
      for copy in 0...1 where random.chance(0.3) { copies[copy][site.offset] = site.alternate }
    }
    try folder.write(vcf, to: "s.vcf")
    try folder.write(sam(copies, &random), to: "in.sam")
    try Peer.run("md5sum in.sam > in.sam.md5", in: folder)
  }

  private static func letter(_ base: UInt8) -> String { String(decoding: [base], as: UTF8.self) }

  private static func fasta(_ bases: [UInt8]) -> [UInt8] {
    var text = Array(">\(contig)\n".utf8)
    let line = [UInt8](repeating: UInt8(ascii: "N"), count: 1000) + [10]
    for first in stride(from: 0, to: length, by: 1000) {
      if stretch.contains(first) {
        text += bases[(first - stretch.lowerBound)..<(first - stretch.lowerBound + 1000)]
        text.append(10)
      } else {
        text += length - first >= 1000 ? line[...] : line[(1000 - (length - first))...]
      }
    }
    return text
  }

  /// Pairs of 100 bases each, ten bases apart, from both copies by chance.
  private static func sam(_ copies: [[UInt8]], _ random: inout SplitMix64) -> String {
    let quality = String(repeating: "F", count: 100)
    var lines: [(place: Int, text: String)] = []
    for (number, start) in stride(from: 0, to: stretch.count - 340, by: 10).enumerated() {
      let insert = random.int(280...340)
      let copy = copies[random.int(0...1)]
      let mates = [start, start + insert - 100]
      for mate in 0...1 {
        let bases = String(decoding: copy[mates[mate]..<(mates[mate] + 100)], as: UTF8.self)
        let text =
          "p\(number)\t\(mate == 0 ? 99 : 147)\t\(contig)\t\(stretch.lowerBound + mates[mate] + 1)\t60\t100M\t=\t"
          + "\(stretch.lowerBound + mates[1 - mate] + 1)\t\(mate == 0 ? insert : -insert)\t\(bases)\t\(quality)\n"
        lines.append((mates[mate], text))
      }
    }
    lines.sort { $0.place < $1.place }
    return "@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:\(contig)\tLN:\(length)\n@RG\tID:a\tSM:s1\n"
      + lines.map(\.text).joined()
  }
}
