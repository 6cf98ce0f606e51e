import Annotation
import Foundation
import TestSupport
import Testing
import Variants

@Suite struct HaplotypeBytesTests {
  /// Genes on two contigs, and a cohort with genotypes of every kind.
  private func files(_ seed: UInt64, samples: Int) async throws -> (folder: TemporaryFolder, cache: String) {
    var random = SplitMix64(seed: seed)
    let folder = try TemporaryFolder()
    var fasta = ""
    var gff3 = "##gff-version 3\n"
    var lines: [(contig: String, position: Int, text: String)] = []
    for contig in ["a", "b"] {
      var genome: [UInt8] = []
      for number in 0..<5 {
        let gene = SyntheticGene(&random)
        let offset = genome.count
        genome += gene.genome
        for line in gene.gff3.split(separator: "\n").dropFirst() {
          var columns = line.split(separator: "\t").map(String.init)
          columns[0] = contig
          for column in [3, 4] { columns[column] = "\((Int(columns[column]) ?? 0) + offset)" }
          let name = "\(contig)\(number)"
          columns[8] = columns[8].replacingOccurrences(of: "T1", with: "T\(name)")
            .replacingOccurrences(of: "G1", with: "G\(name)").replacingOccurrences(of: "P1", with: "P\(name)")
          gff3 += columns.joined(separator: "\t") + "\n"
        }
      }
      fasta += ">\(contig)\n\(String(decoding: genome, as: UTF8.self))\n"
      for position in 2..<(genome.count - 8) where random.chance(0.25) {
        let reference = String(decoding: genome[position..<(position + random.pick([1, 1, 1, 2, 4]))], as: UTF8.self)
        let first = String(reference.prefix(1))
        let alternate = random.pick(["A", "C", "\(first)TT", "\(first)A,G", "*", "<DEL>", "N", "\(first)GCA", "T,C"])
        let alleles = alternate.split(separator: ",").count
        var text = "\(contig)\t\(position + 1)\t.\t\(reference)\t\(alternate)\t.\tPASS\tHCSQ=old;DP=3\tGT:PS"
        for _ in 0..<samples {
          let alleles = (0..<random.pick([2, 2, 2, 2, 1])).map { _ in random.pick(["0", "1", "\(alleles)", "0", "."]) }
          text += "\t\(alleles.joined(separator: random.pick(["|", "|", "/"]))):\(random.pick([".", "1", "2"]))"
        }
        lines.append((contig, position, text))
      }
    }
    try folder.write(fasta, to: "a.fa")
    try folder.write(gff3, to: "a.gff3")
    try folder.write(haplotypeVCF(samples: samples, lines), to: "in.vcf")
    return (folder, try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gff3")))
  }

  @Test(arguments: [21, 22, 23] as [UInt64])
  func bytesAreTheSameAtAnyThreadCountAndBatchSize(seed: UInt64) async throws {
    let (folder, cache) = try await files(seed, samples: seed == 23 ? 40 : 3)
    let (expected, whole) = try await annotate(
      folder("in.vcf"), cache: cache, in: folder, threads: 1, haplotypes: true)
    for (threads, batch) in [(1, 4096), (2, 4096), (7, 4096), (2, 1 << 16), (7, 4 << 20)] {
      let (bytes, result) = try await annotate(
        folder("in.vcf"), cache: cache, in: folder, threads: threads, batch: batch, haplotypes: true)
      #expect(bytes == expected)
      #expect(result.annotation == whole.annotation)
    }
    let counts = try #require(whole.annotation?.haplotypes)
    #expect(counts.balances)
    #expect(counts.groups > 0 && counts.recordsPossiblyCompound > 0)
    #expect(counts.allelesNotCombined["contradictory"] ?? 0 > 0 && counts.allelesNotPlaced["missing"] ?? 0 > 0)
    let values = infoValues("HCSQ", expected)
    #expect(values.compactMap { $0 }.count == counts.recordsGrouped)
    #expect(infoValues("POSSIBLE_COMPOUND", expected).compactMap { $0 }.count == counts.recordsPossiblyCompound)
    #expect(!values.contains("old"))
    let text = String(decoding: expected, as: UTF8.self)
    #expect(text.contains("##INFO=<ID=HCSQ,") && text.contains("##INFO=<ID=POSSIBLE_COMPOUND,"))
    // A record's own entries do not depend on its neighbours.
    let (plain, _) = try await annotate(folder("in.vcf"), cache: cache, in: folder)
    #expect(infoValues("CSQ", plain) == infoValues("CSQ", expected))
  }

  @Test(.enabled(if: Peer.has("bcftools"))) func splitVepReadsTheField() async throws {
    let (folder, cache) = try await files(21, samples: 3)
    let (bytes, _) = try await annotate(folder("in.vcf"), cache: cache, in: folder, haplotypes: true)
    // The plugin is not there in every installation.
    guard try Peer.outcome("bcftools +split-vep -h", in: folder).errors.contains("split-vep") else {
      print("SKIPPED: bcftools has no plugin split-vep")
      return
    }
    let text = try Peer.run(
      "bcftools +split-vep -a HCSQ -d -f '%POS %Consequence %Variants %Haplotypes\\n' out.vcf", in: folder
    ).text
    let told = text.split(separator: "\n").filter { !$0.hasSuffix(" . . .") }
    #expect(told.count == haplotypeGroups(bytes).count)
    #expect(
      told.map { $0.split(separator: " ").dropFirst().joined(separator: " ") }
        == haplotypeGroups(bytes).map { "\($0.consequence) \($0.fields[11]) \($0.fields[12])" })
  }

  /// Batches that wait for the second half of a codon are more than the reader's own chunks.
  @Test func aCodonOverALongIntronWaitsForItsEnd() async throws {
    let gene = HaplotypeGene("c", HaplotypeCasesTests.parts, isReverse: false, intron: 40_000)
    let folder = try TemporaryFolder()
    try folder.write(gene.fasta, to: "a.fa")
    try folder.write(gene.gff3, to: "a.gff3")
    let cache = try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gff3"))
    var lines: [(contig: String, position: Int, text: String)] = []
    for edit in [CodingEdit(31, 1, "C"), CodingEdit(32, 1, "A")] {
      let record = gene.record(edit)
      lines.append(
        ("c", record.position, "c\t\(record.position)\t.\t\(record.reference)\t\(record.alternate)\t.\t.\t.\tGT\t0|1"))
    }
    for position in stride(from: 100, to: 39_000, by: 3) {
      lines.append(("c", position, "c\t\(position)\t.\tC\tT\t.\t.\tTEXT=\(String(repeating: "x", count: 40))\tGT\t0|1"))
    }
    try folder.write(haplotypeVCF(samples: 1, lines), to: "in.vcf")
    let (expected, _) = try await annotate(folder("in.vcf"), cache: cache, in: folder, haplotypes: true)
    #expect(haplotypeGroups(expected).map(\.aminoAcids) == ["W/S", "W/S"])
    for threads in [1, 3] {
      let (bytes, result) = try await annotate(
        folder("in.vcf"), cache: cache, in: folder, threads: threads, batch: 4096, haplotypes: true)
      #expect(bytes == expected)
      #expect(result.annotation?.haplotypes?.recordsScouted == 2)
    }
  }
}
