import Foundation
import TestSupport
import Testing

@Suite("Inputs that were cut short")
struct CutInputTests {
  let folder: TemporaryFolder
  let trio: String
  init() throws {
    folder = try TemporaryFolder()
    trio = try copyOfTrio(in: folder)
  }

  struct Kind: CustomTestStringConvertible, Sendable {
    var name: String
    var file: String
    var arguments: [String]
    var testDescription: String { name }
  }

  static let kinds = [
    Kind(
      name: "gzip FASTQ", file: "reads.fastq.gz",
      arguments: ["fastq", "-i", "IN", "-o", "o.fastq.gz", "--json", "o.json"]),
    Kind(
      name: "BGZF FASTQ", file: "blocks.fastq.gz",
      arguments: ["fastq", "-i", "IN", "-o", "o.fastq.gz", "--json", "o.json"]),
    Kind(name: "BAM", file: "SYN-001-P.bam", arguments: ["bam", "IN", "--out-prefix", "o"]),
    Kind(
      name: "VCF in BGZF", file: "SYN-001-P.vcf.gz",
      arguments: ["vcf", "norm", "IN", "-f", "genome.fa.gz", "--split", "-o", "o.vcf.gz", "--json", "o.json"]),
    Kind(name: "plain FASTQ", file: "plain.fastq", arguments: ["fastq", "-i", "IN", "-o", "o.fastq"]),
    Kind(name: "plain VCF", file: "plain.vcf", arguments: ["vcf", "filter", "IN", "--pass", "-o", "o.vcf"]),
  ]

  @Test("At 100 random offsets: never 0, never a final file", arguments: kinds)
  func cut(kind: Kind) throws {
    try Peer.run(
      """
      gzip -dc '\(trio)/SYN-001-P_R1.fastq.gz' > plain.fastq; gzip -c plain.fastq > reads.fastq.gz
      gzip -dc '\(trio)/SYN-001-P.vcf.gz' > plain.vcf; cp '\(trio)'/SYN-001-P.bam '\(trio)'/SYN-001-P.vcf.gz '\(trio)'/genome.fa.gz* .
      """, in: folder)
    #expect(try Command.run(["fastq", "-i", "plain.fastq", "-o", "blocks.fastq.gz"], in: folder).code == 0)
    let whole = try folder.read(kind.file)
    let isPlain = kind.name.hasPrefix("plain")
    let before = try folder.names
    var random = SplitMix64()
    var tried = 0
    while tried < 100 {
      let offset = random.int(0...(whole.count - 1))
      // Plain text cut at the end of a record, and BGZF FASTQ without its end-of-file block, cannot be told from whole files.
      if isPlain, offset == 0 || whole[offset - 1] == UInt8(ascii: "\n") || whole[offset] == UInt8(ascii: "\n") {
        continue
      }
      if kind.name == "BGZF FASTQ", offset == whole.count - 28 { continue }
      tried += 1
      let name = isPlain ? "cut" : "cut.gz"
      try folder.write(whole[..<offset], to: name)
      let result = try Command.run(kind.arguments.map { $0 == "IN" ? name : $0 }, in: folder)
      #expect(result.code == 65, "cut at \(offset): \(result.code) \(result.errors)")
      #expect(result.firstError.hasPrefix("apus: error: \(name)"))
      try FileManager.default.removeItem(atPath: folder(name))
      #expect(try folder.names == before, "cut at \(offset)")
    }
  }
}
