import Foundation
import TestSupport
import Testing
import Variants

@testable import Annotation

/// A record of several alleles against one record for each of them.
@Suite struct SplitRecordTests {
  /// What is told of an allele at a place: every field but those that tell of the record's other alleles. VEP drops the
  /// first base of `Allele` where all alleles of a record share it, so that field is one of them.
  private struct Told: Hashable, Comparable {
    var place: String
    var fields: [String]
    static func < (left: Told, right: Told) -> Bool {
      (left.place, left.fields.joined()) < (right.place, right.fields.joined())
    }
  }

  private func told(_ bytes: [UInt8]) throws -> [Told] {
    let entries = entries(bytes)
    let number = try #require(entries.first?.names.firstIndex(of: "ALLELE_NUM"))
    return entries.map { entry in
      let alternates = entry.alternate.split(separator: ",").map(String.init)
      let alternate = alternates[(Int(entry.fields[number]) ?? 0) - 1]
      var fields = entry.fields
      fields[0] = ""
      fields[number] = ""
      return Told(place: "\(entry.position) \(entry.reference) \(alternate)", fields: fields)
    }.sorted()
  }

  @Test func aSplitRecordIsAnnotatedAsTheJoinedOne() async throws {
    var random = SplitMix64()
    var compared = 0
    for _ in 0..<12 {
      let gene = SyntheticGene(&random)
      let folder = try TemporaryFolder()
      try folder.write(gene.fasta, to: "a.fa")
      try folder.write(gene.gff3, to: "a.gff3")
      let header =
        "##fileformat=VCFv4.2\n##contig=<ID=c,length=\(gene.genome.count)>\n"
        + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
      var (joined, split) = (header, header)
      for position in stride(from: 1, to: gene.genome.count - 12, by: random.int(1...3)) {
        let reference = Array(gene.genome[position..<(position + random.int(1...6))])
        var alternates: [[UInt8]] = []
        for _ in 0..<random.int(2...4) {
          let kind = random.int(0...3)
          let alternate =
            switch kind {
            case 0: random.letters(reference.count, of: "ACGT")
            case 1: Array(reference[..<1]) + random.letters(random.int(0...6), of: "ACGT")
            case 2: Array(reference[..<1])
            default: reference + Array(gene.genome[(position + reference.count)..<(position + reference.count + 3)])
            }
          if alternate != reference, !alternates.contains(alternate) { alternates.append(alternate) }
        }
        guard !alternates.isEmpty else { continue }
        let texts = alternates.map { String(decoding: $0, as: UTF8.self) }
        let begin = "c\t\(position + 1)\t.\t\(String(decoding: reference, as: UTF8.self))\t"
        joined += "\(begin)\(texts.joined(separator: ","))\t.\tPASS\t.\n"
        for text in texts { split += "\(begin)\(text)\t.\tPASS\t.\n" }
      }
      try folder.write(joined, to: "joined.vcf")
      try folder.write(split, to: "split.vcf")
      let cache = try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gff3"))
      // As they stand, and normalised, where the joined record is split on the way.
      for fasta in [nil, folder("a.fa")] {
        let (one, oneResult) = try await annotate(folder("joined.vcf"), cache: cache, fasta: fasta, in: folder)
        let (other, otherResult) = try await annotate(folder("split.vcf"), cache: cache, fasta: fasta, in: folder)
        var (left, right) = (try told(one), try told(other))
        if fasta == nil {
          #expect(oneResult.annotation?.allelesByMostSevere == otherResult.annotation?.allelesByMostSevere)
          #expect(oneResult.annotation?.entriesByTerm == otherResult.annotation?.entriesByTerm)
        } else {
          // Records that are the same once normalised are written once; those that were split name their origin.
          (left, right) = (Set(left).sorted(), Set(right).sorted())
        }
        let isSame = left == right
        #expect(isSame, "\(Set(left).symmetricDifference(right).sorted().prefix(4))")
        compared += left.count
      }
    }
    #expect(compared > 5_000)
  }
}
