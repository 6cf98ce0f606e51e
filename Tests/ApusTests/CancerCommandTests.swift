import Foundation
import TestSupport
import Testing

/// `apus cancer` as a person runs it.
@Suite struct CancerCommandTests {
  /// The synthetic genome's cache, and a tumour's and a normal's calls as Mutect2 writes them.
  private func prepare(_ folder: TemporaryFolder, header: [String] = ["##source=Mutect2"]) throws -> (
    fasta: String, vcf: String
  ) {
    let trio = try copyOfTrio(in: folder)
    let fasta = trio + "/genome.fa.gz"
    let made = try Command.run(
      ["cache", "build", "-f", fasta, "-g", trio + "/genes.gff3", "-o", "c.cache"], in: folder)
    #expect(made.code == 0)
    // The child's calls, with reads as a tumour's: the bases are the genome's then.
    let plain = String(decoding: try Peer.run("gzip -dc '\(trio)/SYN-001-P.vcf.gz'", in: folder).output, as: UTF8.self)
    var lines = ["##fileformat=VCFv4.2"] + header
    lines += ["GT", "AD", "AF"].map { "##FORMAT=<ID=\($0),Number=.,Type=String,Description=\"x\">" }
    lines.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tT1\tN1")
    for line in plain.split(separator: "\n") where !line.hasPrefix("#") {
      let cells = line.split(separator: "\t")
      guard !cells[4].contains(",") else { continue }
      lines.append((cells[..<7] + [".", "GT:AD", "0/1:60,20", "0/0:40,0"]).joined(separator: "\t"))
    }
    return (fasta, try folder.write(lines.joined(separator: "\n") + "\n", to: "t.vcf"))
  }

  private func json(_ folder: TemporaryFolder, _ name: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(try folder.read(name))) as? [String: Any])
  }

  @Test("A pair gives burden, catalogue, fractions and a table, the same at any number of threads")
  func pair() throws {
    let folder = try TemporaryFolder()
    let (fasta, vcf) = try prepare(folder)
    let arguments = ["cancer", vcf, "-f", fasta, "-c", "c.cache", "--tumour", "T1", "--normal", "N1"]
    let result = try Command.run(
      arguments + ["-o", "one.json", "--tsv", "one.tsv", "--contamination", "0.02", "--threads", "1"], in: folder)
    #expect(result.code == 0, "\(result.errors)")
    let again = try Command.run(
      arguments + ["-o", "two.json", "--contamination", "0.02", "--threads", "4", "--batch-size", "4K"], in: folder)
    #expect(again.code == 0)
    #expect(try folder.read("one.json") == folder.read("two.json"))
    let found = try json(folder, "one.json")
    #expect(found["schema"] as? String == "apus-cancer/1")
    let burden = try #require(found["burden"] as? [String: Any])
    let variants = try #require(burden["variants"] as? Int)
    #expect(variants >= 1 && (burden["perMegabase"] as? Double) == Double(variants) / 32.61)
    let catalogue = try #require(found["catalogue"] as? [String: Any])
    #expect((catalogue["bars"] as? [Any])?.count == 96 && (catalogue["total"] as? Int ?? 0) > 20)
    #expect(((found["fractions"] as? [String: Any])?["bins"] as? [Int])?[12] ?? 0 > 20)
    let states = (found["caseSummary"] as? [[String: Any]])?.compactMap { $0["state"] as? String }
    #expect(states?.first == "raised")
    #expect(found["signatures"] == nil)
    let table = String(decoding: try folder.read("one.tsv"), as: UTF8.self)
    #expect(table.contains("\n#CONTIG\tPOS\tREF\tALT\t") && table.contains("stop_gained"))
    #expect(try Command.run(arguments + ["-o", "one.json"], in: folder).code == 73)
  }

  @Test("A tumour alone has no burden, and standard error says that the germline is not subtracted")
  func alone() throws {
    let folder = try TemporaryFolder()
    let (fasta, vcf) = try prepare(folder)
    let result = try Command.run(
      ["cancer", vcf, "-f", fasta, "-c", "c.cache", "--tumour", "T1", "-o", "o.json"], in: folder)
    #expect(result.code == 0 && result.errors.contains("Germline not subtracted"))
    #expect(!result.errors.contains("T1"))
    let burden = try #require(try json(folder, "o.json")["burden"] as? [String: Any])
    #expect(burden["perMegabase"] == nil && burden["refused"] as? String == "germline-not-subtracted")
  }

  @Test("Signatures are fitted with the user's table, which the result names")
  func signatures() throws {
    let folder = try TemporaryFolder()
    let (fasta, vcf) = try prepare(folder)
    var text = "Type\tFLAT\tOTHER\n"
    for change in ["C>A", "C>G", "C>T", "T>A", "T>C", "T>G"] {
      for before in "ACGT" {
        for behind in "ACGT" {
          text += "\(before)[\(change)]\(behind)\t\(1.0 / 96)\t\(change == "C>T" ? 1.0 / 16 : 0)\n"
        }
      }
    }
    let table = try folder.write(text, to: "mine_v1.txt")
    let base = ["cancer", vcf, "-f", fasta, "-c", "c.cache", "--tumour", "T1", "--normal", "N1", "--signatures", table]
    #expect(try Command.run(base + ["-o", "o.json"], in: folder).code == 0)
    let fit = try #require(try json(folder, "o.json")["signatures"] as? [String: Any])
    #expect(fit["version"] as? String == "mine_v1" && fit["signatures"] as? Int == 2)
    #expect(fit["refused"] != nil || (fit["exposures"] as? [Any])?.count == 2)
    #expect(try Command.run(base + ["--signatures-version", "V 9", "-o", "v.json"], in: folder).code == 0)
    #expect((try json(folder, "v.json")["signatures"] as? [String: Any])?["version"] as? String == "V 9")
  }

  @Test("What is not right is refused with the code of its kind")
  func refused() throws {
    let folder = try TemporaryFolder()
    let (fasta, vcf) = try prepare(folder, header: [])
    let base = ["cancer", vcf, "-f", fasta, "-c", "c.cache", "-o", "o.json"]
    for (arguments, code, words) in [
      (["--tumour", "T1"], Int32(65), "--layout"), (["--tumour", "X", "--layout", "mutect2"], 65, "--tumour"),
      (["--tumour", "T1", "--normal", "T1"], 64, "same sample"),
      (["--tumour", "T1", "--layout", "other"], 64, "layout"),
      (["--tumour", "T1", "--contamination", "2"], 64, "not percent"),
      (["--tumour", "T1", "--callable-size", "0"], 64, "bases"),
      (["--tumour", "T1", "--sparse"], 64, "--signatures"),
      (["--tumour", "T1", "--signatures", "none.txt"], 66, "none.txt"),
      ([], 64, "--tumour"), (["--tumour", "T1", "--layout", "strelka2"], 65, "declare"),
    ] {
      let result = try Command.run(base + arguments, in: folder)
      #expect(result.code == code && result.errors.contains(words), "\(arguments) \(result.code) \(result.errors)")
    }
    #expect(try !folder.names.contains("o.json"))
  }
}
