import Foundation
import TestSupport
import Testing

/// Names in `CSQ`.
@Suite struct HGVSFieldTests {
  @Test func fieldsHoldTheNames() async throws {
    var random = SplitMix64(seed: 3)
    let gene = HGVSGene("c", &random)
    let folder = try TemporaryFolder()
    try folder.write(gene.fasta, to: "a.fa")
    try folder.write("##gff-version 3\n" + gene.gff3, to: "a.gff3")
    var text = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    for (place, base) in gene.genome.enumerated() {
      let letters = ["A", "C", "G", "T"].filter { Array($0.utf8) != [base] }
      text += "c\t\(place + 1)\t.\t\(Character(Unicode.Scalar(base)))\t\(letters.joined(separator: ","))\t.\tPASS\t.\n"
    }
    try folder.write(text, to: "in.vcf")
    let cache = try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gff3"))
    let (bytes, _) = try await annotate(folder("in.vcf"), cache: cache, in: folder)
    let found = entries(bytes)
    #expect(found.count == 3 * gene.genome.count)
    let names = try await HGVSCache([gene])
    for (index, entry) in found.enumerated() {
      #expect(entry.fields.count == entry.names.count)
      let expected = try #require(names.names("c", entry.position, entry.reference, entry["Allele"]))
      #expect(entry["HGVSc"] == expected.coding && entry["HGVSp"] == expected.protein, "\(index)")
      #expect(entry["HGVS_OFFSET"].isEmpty && entry["HGVSg"] == expected.genomic)
    }
    #expect(found.contains { $0["HGVSp"].hasSuffix("%3D)") })
    guard Peer.has("bcftools") else { return }
    let told = try Peer.run("bcftools +split-vep -d -f '%POS %HGVSc %HGVSg\\n' out.vcf", in: folder).text
    #expect(told.split(separator: "\n").count == found.count)
  }

  @Test func aReferenceThatIsNotTheCachesIsRefusedInIntronsToo() async throws {
    var random = SplitMix64(seed: 3)
    var gene = HGVSGene("c", &random)
    let folder = try TemporaryFolder()
    try folder.write(gene.fasta, to: "a.fa")
    try folder.write("##gff-version 3\n" + gene.gff3, to: "a.gff3")
    let cache = try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gff3"))
    gene.genome[2] = SyntheticGene.opposite(gene.genome[2])
    let base = String(decoding: [gene.genome[2]], as: UTF8.self)
    try folder.write(
      "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\nc\t3\t.\t\(base)\t\(base)T\t.\t.\t.\n",
      to: "in.vcf")
    await #expect(throws: (any Error).self) { try await annotate(folder("in.vcf"), cache: cache, in: folder) }
  }
}
