import Annotation
import Foundation
import TestSupport
import Testing
import Variants

@Suite struct AnnotatedBytesTests {
  /// Records over a synthetic gene, with alleles of every kind.
  private func files() async throws -> (folder: TemporaryFolder, cache: String) {
    var random = SplitMix64(seed: 11)
    let gene = SyntheticGene(&random)
    let folder = try TemporaryFolder()
    try folder.write(gene.fasta, to: "a.fa")
    try folder.write(gene.gff3, to: "a.gff3")
    var text =
      "##fileformat=VCFv4.2\n##INFO=<ID=CSQ,Number=1,Type=String,Description=\"old\">\n"
      + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\n"
    for position in 2..<(gene.genome.count - 8) {
      for _ in 0..<3 {
        let reference = String(decoding: gene.genome[position..<(position + random.int(1...4))], as: UTF8.self)
        let first = String(reference.prefix(1))
        let alternate = random.pick(["A", "C", "\(first)TT", "<DEL>", "*", "<NON_REF>", "\(first)A,G", ".", "N"])
        let info = random.pick([".", "DP=3", "CSQ=old|entry;DP=4", "DB;CSQ=x"])
        text += "c\t\(position + 1)\tid\(position)\t\(reference)\t\(alternate)\t5\tPASS\t\(info)\tGT:DP\t0/1:7\n"
      }
    }
    try folder.write(text, to: "in.vcf")
    return (folder, try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gff3")))
  }

  @Test func bytesAreTheSameAtAnyThreadCountAndBatchSize() async throws {
    let (folder, cache) = try await files()
    for fasta in [nil, folder("a.fa")] {
      let (expected, whole) = try await annotate(folder("in.vcf"), cache: cache, fasta: fasta, in: folder, threads: 1)
      for (threads, batch) in [(1, 4096), (2, 4096), (7, 4096), (2, 4 << 20), (7, 4 << 20)] {
        let (bytes, result) = try await annotate(
          folder("in.vcf"), cache: cache, fasta: fasta, in: folder, threads: threads, batch: batch)
        #expect(bytes == expected)
        #expect(result.annotation == whole.annotation)
      }
    }
  }

  @Test func everythingButTheFieldStaysAsItIs() async throws {
    let (folder, cache) = try await files()
    let (bytes, result) = try await annotate(folder("in.vcf"), cache: cache, in: folder)
    let before = String(decoding: try folder.read("in.vcf"), as: UTF8.self).split(separator: "\n")
    let after = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    #expect(after.filter { $0.hasPrefix("##INFO=<ID=CSQ,") }.count == 1)
    let (records, annotated) = (before.filter { !$0.hasPrefix("#") }, after.filter { !$0.hasPrefix("#") })
    #expect(records.count == annotated.count)
    func withoutField(_ line: Substring) -> [String] {
      var columns = line.split(separator: "\t").map(String.init)
      let kept = columns[7].split(separator: ";").filter { !$0.hasPrefix("CSQ=") }.joined(separator: ";")
      columns[7] = kept.isEmpty ? "." : kept
      return columns
    }
    for (old, new) in zip(records, annotated) {
      #expect(withoutField(old) == withoutField(new))
      #expect(!new.contains("CSQ=old") && !new.contains("CSQ=x"))
      let alternates = new.split(separator: "\t")[4]
      if ["<DEL>", "*", "<NON_REF>", ".", "N"].contains(alternates) { #expect(!new.contains("CSQ=")) }
    }
    let counts = try #require(result.annotation)
    #expect(counts.recordsIn == records.count)
    #expect(counts.allelesIn == counts.allelesEligible + counts.allelesNotEligible.values.reduce(0, +))
    #expect(counts.allelesEligible == counts.allelesAnnotated)
    #expect(counts.allelesByMostSevere.values.reduce(0, +) == counts.allelesAnnotated)
    for reason in ["symbolic", "overlappingDeletion", "unspecified", "noAlternate", "unknownBase"] {
      #expect(counts.allelesNotEligible[reason] ?? 0 > 0, "\(reason)")
    }
    let fields = entries(bytes)
    #expect(fields.allSatisfy { $0.fields.count == CSQProfile.everything.fields(nil).count })
  }
}
