import Foundation
import TestSupport
import Testing

/// `apus bam --sites` and `apus bam compare` as a person runs them.
@Suite("Sample checks")
struct SampleCheckTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    _ = try copyOfTrio(in: folder)
  }

  /// Sites made of the proband's own calls on contig 20.
  private func writeSites(_ name: String, rename: String = "20") throws {
    try Peer.run(
      """
      printf '##fileformat=VCFv4.2\\n#CHROM\\tPOS\\tID\\tREF\\tALT\\tQUAL\\tFILTER\\tINFO\\n' > \(name)
      gzip -dc trio/SYN-001-P.vcf.gz | awk -v OFS='\\t' \
        '$1 == "20" && length($4) == 1 && length($5) == 1 { print "\(rename)", $2, ".", $4, $5, ".", ".", "AF=0.3" }' >> \(name)
      """, in: folder)
  }

  private func fingerprint(_ sample: String) throws {
    let result = try Command.run(
      ["bam", "trio/\(sample).bam", "--out-prefix", sample, "-f", "trio/genome.fa.gz", "--sites", "sites.vcf"],
      in: folder)
    #expect(result.code == 0, "\(result.errors)")
  }

  @Test("Fingerprints of a family are compared, and few sites are unknown")
  func family() throws {
    try writeSites("sites.vcf")
    for sample in ["SYN-001-P", "SYN-001-M", "SYN-001-F"] { try fingerprint(sample) }
    #expect(folderHas("SYN-001-P.sex.tsv") && folderHas("SYN-001-P.sample.tsv"))
    // Some thirty sites say nothing of contamination, so there is no file that MultiQC would take for 0.
    #expect(!folderHas("SYN-001-P.selfSM"))
    let prints = ["SYN-001-P", "SYN-001-M", "SYN-001-F"].map { "\($0).fingerprint" }
    let compared = try Command.run(["bam", "compare"] + prints + ["--ped", "trio/SYN-001.ped"], in: folder)
    #expect(compared.code == 0, "\(compared.errors)")
    let rows = compared.output.split(separator: "\n").map { $0.split(separator: "\t") }
    #expect(rows.count == 4 && rows[0][0] == "#sample_a")
    #expect(rows.dropFirst().allSatisfy { $0[7] == "unknown" && $0[9] == "unknown" })
    #expect(rows[1][8] == "parent-child" && rows[3][8] == "unrelated")
    let other = try Command.run(
      ["bam", "compare"] + prints + ["--somalier-prefix", "family", "-o", "t.tsv"], in: folder)
    #expect(other.code == 0 && other.output.isEmpty)
    #expect(folderHas("family.samples.tsv") && folderHas("family.pairs.tsv") && folderHas("t.tsv"))
    // Logs hold no genotype and no relation.
    #expect(!compared.errors.contains("SYN-001"))
  }

  @Test("Sites of another naming or another reference are refused before anything is written")
  func refused() throws {
    try writeSites("sites.vcf", rename: "chr20")
    let named = try Command.run(
      ["bam", "trio/SYN-001-P.bam", "--out-prefix", "o", "--sites", "sites.vcf"], in: folder)
    #expect(named.code == 65)
    #expect(named.firstError.contains("contig chr20 is named 20"))
    try writeSites("sites.vcf")
    try Peer.run(
      "awk -v FS='\\t' -v OFS='\\t' '!/^#/ { other = $4; $4 = $5; $5 = other } { print }' sites.vcf > w.vcf", in: folder
    )
    let reference = try Command.run(
      ["bam", "trio/SYN-001-P.bam", "--out-prefix", "o", "-f", "trio/genome.fa.gz", "--sites", "w.vcf"], in: folder)
    #expect(reference.code == 65)
    #expect(reference.firstError.contains("REF of site"))
    #expect(!folderHas("o.qc.json"))
    let missing = try Command.run(
      ["bam", "trio/SYN-001-P.bam", "--out-prefix", "o", "--sites", "none.vcf"], in: folder)
    #expect(missing.code == 66)
  }

  private func folderHas(_ name: String) -> Bool { FileManager.default.fileExists(atPath: folder(name)) }
}
