import Foundation
import TestSupport
import Testing

@Suite(
  "The main job on a real genome slice", .enabled(if: SharedData.has("na12878") && Peer.has("samtools", "bcftools")))
struct RealGenomeTests {
  let folder: TemporaryFolder
  let data = SharedData.path("na12878")

  init() throws {
    folder = try TemporaryFolder()
    // The reference's digests are kept beside it, so it is used from a folder of the test's own.
    for name in ["b37.chr20.fa.gz", "b37.chr20.fa.gz.fai", "b37.chr20.fa.gz.gzi"] {
      try FileManager.default.createSymbolicLink(atPath: folder(name), withDestinationPath: "\(data)/\(name)")
    }
  }

  private func run(vcf: String) throws -> Command.Result {
    try folder.write(
      "case,sample,lane,fastq_1,fastq_2,bam,vcf,sex\nCEPH,NA12878,L1,\(data)/NA12878_R1.fastq.gz,\(data)/NA12878_R2.fastq.gz,\(data)/NA12878.bam,\(data)/\(vcf),female\n",
      to: "sheet.csv")
    return try Command.run(["run", "--samplesheet", "sheet.csv", "-f", "b37.chr20.fa.gz", "--out", "out"], in: folder)
  }

  @Test(
    "It ends 0; counts equal samtools byte for byte; reads equal an independent count; every record is accounted for")
  func wholeJob() throws {
    let result = try run(vcf: "giab.vcf.gz")
    #expect(result.code == 0, "\(result.errors)")
    let sample = "out/CEPH/NA12878"
    for (file, command) in [("flagstat", "flagstat"), ("idxstats", "idxstats")] {
      let peer = try Peer.run("samtools \(command) '\(data)/NA12878.bam'", in: folder).output
      #expect(try folder.read("\(sample)/alignments.\(file).txt") == peer)
    }
    let count = try Peer.run(
      "gzip -dc '\(data)'/NA12878_R1.fastq.gz '\(data)'/NA12878_R2.fastq.gz | awk 'NR % 4 == 2 { reads++; bases += length($0) } END { print reads, bases }'",
      in: folder
    ).text.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    let reads = try #require(try json("\(sample)/reads.json")["summary"] as? [String: Any])
    let stage = try #require(reads["before_filtering"] as? [String: Any])
    #expect([stage["total_reads"] as? Int, stage["total_bases"] as? Int] == count)
    for mate in ["R1", "R2"] {
      let out = try Peer.run("gzip -dc \(sample)/NA12878.\(mate).fastq.gz", in: folder).output
      let input = try Peer.run("gzip -dc '\(data)/NA12878_\(mate).fastq.gz'", in: folder).output
      #expect(out == input)
    }
    let counts = try #require(try json("\(sample)/variants.json")["counts"] as? [String: Any])
    #expect(counts["recordsIn"] as? Int == 221)
    #expect(counts["recordsOut"] as? Int == 222)
    #expect(counts["recordsSplit"] as? Int == 1)
    #expect((counts["dropped"] as? [String: Int])?.isEmpty == true)
  }

  @Test("The normalised VCF equals bcftools norm -m- -f on records that were not multi-allelic")
  func normalised() throws {
    #expect(try run(vcf: "giab.vcf.gz").code == 0)
    let ours = try records("gzip -dc out/CEPH/NA12878/variants.vcf.gz")
    let theirs = try records("bcftools norm -m- -f b37.chr20.fa.gz '\(data)/giab.vcf.gz' 2>/dev/null")
    #expect(ours.count == theirs.count)
    var compared = 0
    for (our, their) in zip(ours, theirs) where !our[7].contains("APUS_ORIG=") {
      // bcftools 1.16 copies the FASTA's soft-masked lower case into REF and ALT of a record that it moved; VCF reads
      // both alike (VCF 4.5, section 1.6.1.4) and Apus writes upper case.
      var folded = their
      folded[3] = their[3].uppercased()
      folded[4] = their[4].uppercased()
      #expect(our == folded)
      compared += 1
    }
    #expect(compared == 220)
    let split = ours.filter { $0[7].contains("APUS_ORIG=") }
    #expect(split.map { $0[9].prefix(3) } == ["1|.", ".|1"])
    #expect(
      split.allSatisfy {
        $0[7].hasSuffix(";APUS_ORIG=20|10004223|A|AA&AG|\(split.firstIndex(of: $0).map { $0 + 1 } ?? 0)")
      })
  }

  @Test("A VCF with other contig names ends 65 and names both styles")
  func otherNames() throws {
    let result = try run(vcf: "giab.chr20-names.vcf.gz")
    #expect(result.code == 65)
    #expect(result.firstError.contains("chr20 is named 20"))
    let norm = try Command.run(
      ["vcf", "norm", "\(data)/giab.chr20-names.vcf.gz", "-f", "b37.chr20.fa.gz", "-o", "o.vcf.gz"], in: folder)
    #expect(norm.code == 65)
    #expect(norm.firstError.contains("chr20 is named 20"))
    #expect(!(try folder.names).contains { $0.hasPrefix("o.vcf") })
  }

  private func records(_ command: String) throws -> [[String]] {
    try Peer.run(command, in: folder).text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  private func json(_ name: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(try folder.read(name))) as? [String: Any])
  }
}
