import Foundation
import GenomicFiles
import TestSupport
import Testing
import Variants

@testable import Annotation

/// What a source of classified alleles knows of a codon, against whole proteins translated naively.
@Suite struct CodonNeighbourTests {
  private struct Substitution: Hashable {
    /// Counted from 0.
    var start: Int
    var alternate: [UInt8]
    var range: Range<Int> { start..<(start + alternate.count) }
    func name(_ gene: SyntheticGene) -> String {
      [gene.genome[range], alternate[...]].map { String(decoding: $0, as: UTF8.self) }.joined(separator: ">")
    }
  }

  /// One to three neighbouring bases within one exon's coding part, of which the first and the last change.
  private static func substitution(_ gene: SyntheticGene, _ random: inout SplitMix64) -> Substitution? {
    let start = random.int(gene.coding.lowerBound...(gene.coding.upperBound - 3))
    let length = random.int(1...3)
    guard gene.exons.contains(where: { $0.contains(start) && $0.contains(start + length - 1) }) else { return nil }
    let alternate = random.letters(length, of: "ACGT")
    guard alternate[0] != gene.genome[start], alternate[length - 1] != gene.genome[start + length - 1] else {
      return nil
    }
    return Substitution(start: start, alternate: alternate)
  }

  @Test func neighboursAreThoseThatTheProteinTells() async throws {
    var random = SplitMix64()
    var told = (same: 0, residue: 0)
    for _ in 0..<30 {
      let gene = SyntheticGene(&random)
      let whole = gene.protein(replacing: 0..<0, with: [])
      var codons: [[Int]] = []
      let places = gene.exons.flatMap { Array($0.clamped(to: gene.coding)) }
      let ordered = gene.isReverse ? Array(places.reversed()) : places
      for first in stride(from: 0, to: ordered.count, by: 3) { codons.append(Array(ordered[first..<(first + 3)])) }
      func change(_ one: Substitution) -> (residue: Int, to: Character)? {
        let altered = gene.protein(replacing: one.range, with: one.alternate)
        let changed = whole.indices.filter { whole[$0] != altered[$0] }
        guard changed.count == 1, altered[changed[0]] != "*", changed[0] > 0, changed[0] < whole.count - 1,
          one.range.allSatisfy({ codons[changed[0]].contains($0) })
        else { return nil }
        return (changed[0], altered[changed[0]])
      }
      var pool: Set<Substitution> = []
      // Few codons are full, many have a neighbour or two.
      while pool.count < 400 { if let one = Self.substitution(gene, &random) { pool.insert(one) } }
      let known = pool.sorted { ($0.start, $0.name(gene)) < ($1.start, $1.name(gene)) }
      let changes = known.map(change)
      let folder = try TemporaryFolder()
      try folder.write(gene.fasta, to: "a.fa")
      try folder.write(gene.gff3, to: "a.gff3")
      func record(_ one: Substitution, _ info: String) -> String {
        "c\t\(one.start + 1)\t.\t\(one.name(gene).replacing(">", with: "\t"))\t.\tPASS\t\(info)\n"
      }
      let header = "##fileformat=VCFv4.2\n##INFO=<ID=CLNSIG,Number=.,Type=String,Description=\"Significance\">\n"
      let columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
      try folder.write(
        header + columns + known.enumerated().map { record($0.element, "CLNSIG=Pathogenic|c\($0.offset)") }.joined(),
        to: "known.vcf")
      var asked: [Substitution] = []
      while asked.count < 60 {
        // Some are in the source themselves.
        let one = random.chance(0.3) ? random.pick(known) : Self.substitution(gene, &random)
        if let one { asked.append(one) }
      }
      asked.sort { $0.start < $1.start }
      try folder.write(header + columns + asked.map { record($0, ".") }.joined(), to: "asked.vcf")
      try await buildCache(
        fasta: folder("a.fa"), annotation: folder("a.gff3"),
        sources: [try #require(KnownSourceSpec("cv=\(folder("known.vcf")):CLNSIG", layout: .variants))],
        output: folder("a.cache"), force: true, resources: RunResources(threads: 2))
      let (bytes, result) = try await annotate(folder("asked.vcf"), cache: folder("a.cache"), in: folder)
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
      try #require(lines.count == asked.count)
      var counted = KnownSourceCounts()
      for (line, one) in zip(lines, asked) {
        let info = line.split(separator: "\t")[7].split(separator: ";")
        var expected: [String: [String]] = ["cv_SAME_CHANGE": [], "cv_SAME_RESIDUE": []]
        if let here = change(one) {
          counted.codonsLookedUp += 1
          for (number, other) in known.enumerated() where other != one {
            guard let there = changes[number], there.residue == here.residue else { continue }
            let name = { SyntheticProtein.name($0) }
            expected[there.to == here.to ? "cv_SAME_CHANGE" : "cv_SAME_RESIDUE"]?.append(
              "\(other.start + 1):\(other.name(gene))|1|T1|p.(\(name(whole[here.residue]))\(here.residue + 1)\(name(there.to)))"
                + "|Pathogenic&c\(number)|")
          }
        }
        for (key, values) in expected {
          let found = info.first { $0.hasPrefix("\(key)=") }?.dropFirst(key.count + 1).split(separator: ",") ?? []
          #expect(found.map(String.init).sorted() == values.sorted(), "\(line)")
        }
        counted.allelesOfSameChange += expected["cv_SAME_CHANGE"]!.count
        counted.allelesOfSameResidue += expected["cv_SAME_RESIDUE"]!.count
      }
      let counts = try #require(result.annotation?.sources["cv"])
      #expect(counts.codonsLookedUp == counted.codonsLookedUp)
      #expect(counts.allelesOfSameChange == counted.allelesOfSameChange)
      #expect(counts.allelesOfSameResidue == counted.allelesOfSameResidue)
      told.same += counted.allelesOfSameChange
      told.residue += counted.allelesOfSameResidue
    }
    #expect(told.same > 20 && told.residue > 300)
  }

  @Test func eachAlleleOfARecordHasItsOwn() async throws {
    var random = SplitMix64()
    let gene = SyntheticGene(&random)
    let folder = try TemporaryFolder()
    try folder.write(gene.fasta, to: "a.fa")
    try folder.write(gene.gff3, to: "a.gff3")
    let header = "##fileformat=VCFv4.2\n##INFO=<ID=CLNSIG,Number=.,Type=String,Description=\"Significance\">\n"
    var (joined, split) = (
      header + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n",
      header + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    )
    for place in gene.coding {
      let base = String(decoding: [gene.genome[place]], as: UTF8.self)
      let others = ["A", "C", "G", "T"].filter { $0 != base }
      joined += "c\t\(place + 1)\t.\t\(base)\t\(others.joined(separator: ","))\t.\tPASS\tCLNSIG=Benign\n"
      for other in others { split += "c\t\(place + 1)\t.\t\(base)\t\(other)\t.\tPASS\tCLNSIG=Benign\n" }
    }
    try folder.write(joined, to: "joined.vcf")
    try folder.write(split, to: "split.vcf")
    try await buildCache(
      fasta: folder("a.fa"), annotation: folder("a.gff3"),
      sources: [try #require(KnownSourceSpec("cv=\(folder("split.vcf")):CLNSIG", layout: .variants))],
      output: folder("a.cache"), force: true, resources: RunResources(threads: 2))
    /// What is told of an allele: its place and letters, the key, and an entry without the allele's number.
    func told(_ name: String) async throws -> [String] {
      let (bytes, _) = try await annotate(folder(name), cache: folder("a.cache"), in: folder)
      var told: [String] = []
      for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
        let columns = line.split(separator: "\t").map(String.init)
        let alternates = columns[4].split(separator: ",")
        for entry in columns[7].split(separator: ";") where entry.hasPrefix("cv_SAME") {
          let key = entry.prefix { $0 != "=" }
          for one in entry.dropFirst(key.count + 1).split(separator: ",") {
            var parts = one.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            let number = try #require(Int(parts.remove(at: 1)))
            told.append("\(columns[1]) \(alternates[number - 1]) \(key) \(parts.joined(separator: "|"))")
          }
        }
      }
      return told.sorted()
    }
    let (one, other) = (try await told("joined.vcf"), try await told("split.vcf"))
    let isSame = one == other
    #expect(isSame, "\(Set(one).symmetricDifference(other).prefix(4))")
    #expect(one.count > 100)
  }

  @Test func aSourceWithoutClassificationsIsNotAsked() throws {
    var build = KnownSourceBuild(name: "s")
    build.fields = [KnownSourceBuild.Field(key: "AF", number: "A", type: "Float", description: "Frequency")]
    #expect(build.neighbourFields.isEmpty)
    build.fields.append(
      KnownSourceBuild.Field(key: "CLNSIG", number: "A", type: "String", description: "Significance"))
    #expect(build.neighbourFields.map(\.key) == ["s_SAME_CHANGE", "s_SAME_RESIDUE"])
    #expect(build.neighbourFields.allSatisfy { $0.line.contains("Format: Allele|ALLELE_NUM|Feature|HGVSp|AF|CLNSIG") })
  }
}

/// Three-letter names, written out once more.
private enum SyntheticProtein {
  static func name(_ residue: Character) -> String {
    let names: [Character: String] = [
      "A": "Ala", "C": "Cys", "D": "Asp", "E": "Glu", "F": "Phe", "G": "Gly", "H": "His", "I": "Ile", "K": "Lys",
      "L": "Leu", "M": "Met", "N": "Asn", "P": "Pro", "Q": "Gln", "R": "Arg", "S": "Ser", "T": "Thr", "V": "Val",
      "W": "Trp", "Y": "Tyr",
    ]
    return names[residue] ?? "?"
  }
}
