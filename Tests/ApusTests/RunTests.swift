import Foundation
import TestSupport
import Testing

@Suite("The main job on the synthetic trio")
struct RunTests {
  let folder: TemporaryFolder
  let trio: String
  init() throws {
    folder = try TemporaryFolder()
    trio = try copyOfTrio(in: folder)
  }

  private func run(_ out: String, _ more: [String] = [], sheet: String? = nil) throws -> Command.Result {
    try Command.run(
      ["run", "--samplesheet", sheet ?? "\(trio)/samplesheet.csv", "-f", "\(trio)/genome.fa.gz", "--out", folder(out)]
        + more,
      in: folder)
  }

  private func sheet(_ edit: (String) -> String) throws -> String {
    let text = String(decoding: try readFile("\(trio)/samplesheet.csv"), as: UTF8.self)
    try Data(edit(text).utf8).write(to: URL(fileURLWithPath: "\(trio)/edited.csv"))
    return "\(trio)/edited.csv"
  }

  @Test("Every file of the layout is there, and nothing else")
  func layout() throws {
    let result = try run("out")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains("READY\t\(folder("out"))/SYN-001/case.html"))
    var expected: Set = [
      "batch.html", "batch.json", "SYN-001/case.html", "SYN-001/case.json", "SYN-001/manifest.json",
      "SYN-001/outcome.json",
    ]
    for sample in ["SYN-001-P", "SYN-001-M", "SYN-001-F"] {
      for name in [
        "\(sample).R1.fastq.gz", "\(sample).R2.fastq.gz", "reads.json", "reads.html", "alignments.flagstat.txt",
        "alignments.idxstats.txt", "alignments.stats.txt", "alignments.coverage.txt", "alignments.sex.tsv",
        "alignments.mosdepth.summary.txt", "alignments.mosdepth.global.dist.txt", "alignments.wgs_metrics.txt",
        "alignments.insert_size_metrics.txt", "alignments.gc_bias_metrics.txt",
        "alignments.gc_bias_summary_metrics.txt", "alignments.qc.json", "alignments.qc.html",
        "alignments.callable.bed.gz",
        "variants.vcf.gz", "variants.vcf.gz.tbi", "variants.json",
        "verdict.json",
      ] {
        expected.insert("SYN-001/\(sample)/\(name)")
      }
    }
    #expect(Set(try Command.files(below: folder("out")).keys) == expected)
  }

  @Test("The same bytes at any thread count and batch size")
  func sameBytes() throws {
    #expect(try run("reference", ["--threads", "2"]).code == 0)
    let reference = try Command.files(below: folder("reference"))
    for (threads, batch) in [("1", "64K"), ("2", "4M"), ("7", "64K"), ("7", "4M"), ("1", "4K")] {
      let name = "out-\(threads)-\(batch)"
      #expect(try run(name, ["--threads", threads, "--batch-size", batch]).code == 0)
      let files = try Command.files(below: folder(name))
      #expect(Set(files.keys) == Set(reference.keys))
      for (path, bytes) in files where bytes != reference[path] {
        Issue.record("\(path) differs at \(threads) threads and batches of \(batch)")
      }
    }
  }

  @Test("The manifest's digests are those of the files", .enabled(if: Peer.has("sha256sum")))
  func manifest() throws {
    #expect(try run("out").code == 0)
    let bytes = Data(try readFile(folder("out/SYN-001/manifest.json")))
    let manifest = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    #expect(manifest["complete"] as? Bool == true)
    let units = try #require(manifest["units"] as? [[String: Any]])
    #expect(units.count == 10)
    var checked = 0
    for unit in units {
      for (key, base) in [("inputs", ""), ("outputs", folder("out/SYN-001/"))] {
        for file in try #require(unit[key] as? [[String: Any]]) {
          let path = base + (try #require(file["path"] as? String))
          let digest = try Peer.run("sha256sum < '\(path)'", in: folder).text.prefix(64)
          #expect(file["sha256"] as? String == String(digest))
          #expect(file["bytes"] as? Int == (try readFile(path)).count)
          checked += 1
        }
      }
    }
    #expect(checked > 30)
    let written = Set(try Command.files(below: folder("out/SYN-001")).keys)
    let listed = Set(units.flatMap { ($0["outputs"] as? [[String: Any]] ?? []).compactMap { $0["path"] as? String } })
    #expect(written.subtracting(listed) == ["manifest.json", "outcome.json"])
  }

  @Test("--resume keeps what the manifest proves, redoes the rest, and ends with the same bytes")
  func resume() throws {
    #expect(try run("out").code == 0)
    let before = try Command.files(below: folder("out"))
    try Data("damaged".utf8).write(to: URL(fileURLWithPath: folder("out/SYN-001/SYN-001-M/variants.vcf.gz")))
    try FileManager.default.removeItem(atPath: folder("out/SYN-001/SYN-001-F/SYN-001-F.R2.fastq.gz"))
    let result = try run("out", ["--resume", "--log-level", "info"])
    #expect(result.code == 0)
    let redone = result.errors.split(separator: "\n").filter { $0.contains("finished") }.map {
      String($0.split(separator: "=")[1])
    }
    let kept = result.errors.split(separator: "\n").filter { $0.contains("kept") }
    #expect(Set(redone) == ["SYN-001-M/variants", "SYN-001-F/reads"])
    #expect(kept.count == 7)
    #expect(try Command.files(below: folder("out")) == before)
  }

  @Test("--resume redoes a unit whose input changed")
  func resumeChangedInput() throws {
    #expect(try run("out").code == 0)
    let vcf = "\(trio)/SYN-001-P.vcf.gz"
    try Peer.run("gzip -dc '\(vcf)' > plain.vcf", in: folder)
    #expect(try Command.run(["vcf", "filter", "plain.vcf", "--pass", "-o", vcf, "--force"], in: folder).code == 0)
    let result = try run("out", ["--resume", "--log-level", "info"])
    #expect(result.code == 0)
    #expect(result.errors.contains("finished unit=SYN-001-P/variants"))
    #expect(!result.errors.contains("finished unit=SYN-001-M/variants"))
  }

  @Test("Sites and genes reach every sample's alignments, and --resume redoes them where a file changed")
  func sitesAndGenes() throws {
    try Peer.run(
      """
      { printf '##fileformat=VCFv4.2\\n#CHROM\\tPOS\\tID\\tREF\\tALT\\tQUAL\\tFILTER\\tINFO\\n'
        gzip -dc trio/SYN-001-P.vcf.gz | awk -v OFS='\\t' \
          '$1 == "20" && length($4) == 1 && length($5) == 1 { print $1, $2, ".", $4, $5, ".", ".", "AF=0.3" }'
      } > sites.vcf
      cp trio/genes.gff3 genes.gff3
      """, in: folder)
    let files = ["--sites", folder("sites.vcf"), "--genes", folder("genes.gff3")]
    let first = try run("out", files)
    #expect(first.code == 0, "\(first.errors)")
    for name in [
      "alignments.fingerprint", "alignments.sample.tsv", "alignments.gaps.tsv", "alignments.exons.tsv",
    ] {
      #expect(FileManager.default.fileExists(atPath: folder("out/SYN-001/SYN-001-M/\(name)")), "\(name)")
    }
    let page = String(decoding: try readFile(folder("out/SYN-001/case.html")), as: UTF8.self)
    #expect(page.contains(#"href="SYN-001-M/alignments.qc.html""#))
    let exons = String(decoding: try readFile(folder("out/SYN-001/SYN-001-M/alignments.qc.html")), as: UTF8.self)
    #expect(exons.contains("Exons and their gaps"))
    // Too few sites to tell contamination: unknown, and that alone is no warning.
    let verdict = String(decoding: try readFile(folder("out/SYN-001/SYN-001-M/verdict.json")), as: UTF8.self)
    #expect(verdict.contains("contamination-unknown"))
    #expect(verdict.contains(#""verdict": "PASS""#))
    let again = try run("out", files + ["--resume", "--log-level", "info"])
    #expect(again.code == 0 && !again.errors.contains("finished unit="), "\(again.errors)")
    try Peer.run("echo '# changed' >> genes.gff3", in: folder)
    let changed = try run("out", files + ["--resume", "--log-level", "info"])
    #expect(changed.code == 0)
    #expect(changed.errors.contains("finished unit=SYN-001-M/alignments"))
    #expect(!changed.errors.contains("finished unit=SYN-001-M/variants"))
    let without = try run("out", ["--resume", "--log-level", "info"])
    #expect(without.code == 0 && without.errors.contains("finished unit=SYN-001-P/alignments"))
    #expect(try run("refused", ["--clinvar", "c.vcf"]).code == 64)
  }

  @Test("A BAM that is not the one that was delivered fails its case", .enabled(if: Peer.has("md5sum")))
  func checksum() throws {
    let sheet = "\(trio)/one.csv"
    try Data("case,sample,bam\nA,SYN-001-P,SYN-001-P.bam\n".utf8).write(to: URL(fileURLWithPath: sheet))
    try Peer.run("cd trio && md5sum SYN-001-P.bam > SYN-001-P.bam.md5", in: folder)
    #expect(try run("out", sheet: sheet).code == 0)
    let manifest = String(decoding: try readFile(folder("out/A/manifest.json")), as: UTF8.self)
    #expect(manifest.contains("SYN-001-P.bam.md5"))
    #expect(!(try run("out", ["--resume", "--log-level", "info"], sheet: sheet)).errors.contains("finished unit="))
    try Data("00000000000000000000000000000000\n".utf8).write(
      to: URL(fileURLWithPath: "\(trio)/SYN-001-P.bam.md5"))
    let result = try run("out", ["--resume"], sheet: sheet)
    #expect(result.code == 65 && result.errors.contains("SYN-001-P.bam.md5"))
  }

  @Test("A folder with something in it is refused without --resume or --force")
  func occupied() throws {
    #expect(try run("out").code == 0)
    #expect(try run("out").code == 73)
    #expect(try run("out", ["--force"]).code == 0)
  }

  @Test("A sample that the BAM or VCF does not name puts the case on HOLD", arguments: ["never", "fail"])
  func hold(failOn: String) throws {
    let edited = try sheet {
      $0.replacingOccurrences(of: ",SYN-001-M,L001", with: ",SYN-001-X,L001").replacingOccurrences(
        of: ",SYN-001-F,SYN-001-M\n", with: ",SYN-001-F,SYN-001-X\n")
    }
    let result = try run("out", ["--fail-on", failOn], sheet: edited)
    #expect(result.code == (failOn == "fail" ? 3 : 0), "\(result.errors)")
    #expect(result.output.contains("HOLD\t"))
    let page = String(decoding: try readFile(folder("out/SYN-001/case.html")), as: UTF8.self)
    #expect(page.contains("PROVISIONAL"))
    let verdict = String(decoding: try readFile(folder("out/SYN-001/SYN-001-X/verdict.json")), as: UTF8.self)
    #expect(verdict.contains(#""verdict": "FAIL""#))
    let one = String(decoding: try readFile(folder("out/SYN-001/case.json")), as: UTF8.self)
    #expect(one.contains(#""state": "HOLD""#))
    #expect(one.contains(#""provisional": true"#))
  }

  @Test("A case that fails does not stop the others, and --only-failed runs it again")
  func failedCase() throws {
    let good = "B,SYN-001-M,,,,SYN-001-M.bam,,female"
    try Data("case,sample,lane,fastq_1,fastq_2,bam,vcf,sex\nA,SYN-001-P,,,,cut.bam,,male\n\(good)\n".utf8)
      .write(to: URL(fileURLWithPath: "\(trio)/two.csv"))
    let whole = try readFile("\(trio)/SYN-001-P.bam")
    try Data(whole.prefix(whole.count / 2)).write(to: URL(fileURLWithPath: "\(trio)/cut.bam"))
    let result = try run("out", sheet: "\(trio)/two.csv")
    #expect(result.code == 65)
    #expect(result.firstError.contains("cut.bam"))
    #expect(result.output.contains("FAILED\t\(folder("out"))/A"))
    #expect(result.output.contains("READY\t\(folder("out"))/B/case.html"))
    #expect(!FileManager.default.fileExists(atPath: folder("out/A/SYN-001-P/alignments.flagstat.txt")))
    #expect(String(decoding: try readFile(folder("out/batch.json")), as: UTF8.self).contains("input-truncated"))
    try Data(whole).write(to: URL(fileURLWithPath: "\(trio)/cut.bam"))
    let again = try run("out", ["--only-failed", "--log-level", "info"], sheet: "\(trio)/two.csv")
    #expect(again.code == 0, "\(again.errors)")
    #expect(again.errors.contains("started unit=SYN-001-P/alignments"))
    #expect(!again.errors.contains("SYN-001-M"))
    let batch = String(decoding: try readFile(folder("out/batch.json")), as: UTF8.self)
    #expect(batch.contains(#""case": "A""#) && batch.contains(#""case": "B""#) && !batch.contains("FAILED"))
  }

  @Test("TERM in the middle is 143, leaves no partial file, and --resume ends with the same bytes")
  func interrupted() throws {
    // Large enough to be in the middle of when the signal comes.
    var text: [UInt8] = []
    let bases = Array(repeating: "ACGTTGCA", count: 18).joined()
    let tail = "\n\(bases)\n+\n\(String(repeating: "I", count: bases.count))\n"
    for index in 0..<400_000 { text += Array("@read\(index)\(tail)".utf8) }
    try Data(text).write(to: URL(fileURLWithPath: "\(trio)/large.fastq"))
    try Data("case,sample,fastq_1,bam\nA,SYN-001-P,large.fastq,SYN-001-P.bam\n".utf8)
      .write(to: URL(fileURLWithPath: "\(trio)/large.csv"))
    #expect(try run("whole", sheet: "\(trio)/large.csv").code == 0)
    let process = try Command.start(
      ["run", "--samplesheet", "\(trio)/large.csv", "-f", "\(trio)/genome.fa.gz", "--out", folder("out")], in: folder,
      name: "interrupted")
    let sampleFolder = folder("out/A/SYN-001-P")
    var waits = 0
    while waits < 3000,
      !((try? FileManager.default.contentsOfDirectory(atPath: sampleFolder)) ?? []).contains(where: {
        $0.hasSuffix(".partial")
      })
    {
      usleep(2000)
      waits += 1
    }
    process.terminate()
    process.waitUntilExit()
    let result = try Command.finish(process, in: folder, name: "interrupted")
    #expect(result.code == 143, "\(result.errors)")
    let left = try Command.files(below: folder("out")).keys
    #expect(!left.contains { $0.hasSuffix(".partial") || $0.contains("R1.fastq") }, "\(left)")
    #expect(try run("out", ["--resume"], sheet: "\(trio)/large.csv").code == 0)
    #expect(try Command.files(below: folder("out")) == (try Command.files(below: folder("whole"))))
  }

  @Test("Several lanes make one set of metrics, and a VCF on several rows is read once")
  func lanesAndJoint() throws {
    let text = """
      case,sample,lane,fastq_1,fastq_2,vcf,x_ward
      A,SYN-001-P,L1,SYN-001-P_R1.fastq.gz,SYN-001-P_R2.fastq.gz,SYN-001-P.vcf.gz,"North, upper <floor>"
      A,SYN-001-P,L2,SYN-001-M_R1.fastq.gz,SYN-001-M_R2.fastq.gz,,
      A,OTHER,,,,SYN-001-P.vcf.gz,
      """
    try Data((text + "\n").utf8).write(to: URL(fileURLWithPath: "\(trio)/lanes.csv"))
    let result = try run("out", sheet: "\(trio)/lanes.csv")
    #expect(result.code == 0, "\(result.errors)")
    let files = Set(try Command.files(below: folder("out/A")).keys)
    #expect(
      files.isSuperset(of: [
        "SYN-001-P/SYN-001-P.L1.R1.fastq.gz", "SYN-001-P/SYN-001-P.L2.R2.fastq.gz", "variants.vcf.gz",
        "variants.vcf.gz.tbi",
      ]))
    #expect(!files.contains("SYN-001-P/variants.vcf.gz"))
    #expect(result.output.hasPrefix("HOLD"))
    let page = String(decoding: try readFile(folder("out/A/case.html")), as: UTF8.self)
    #expect(page.contains("North, upper &lt;floor&gt;"))
    func reads(_ name: String) throws -> Int {
      try Peer.run("gzip -dc '\(trio)/\(name)' | wc -l", in: folder).text.split(separator: "\n").first.flatMap {
        Int($0)
      } ?? 0
    }
    let expected = try (reads("SYN-001-P_R1.fastq.gz") + reads("SYN-001-M_R1.fastq.gz")) / 2
    let json =
      try JSONSerialization.jsonObject(with: Data(try readFile(folder("out/A/SYN-001-P/reads.json")))) as? [String: Any]
    let summary = (json?["summary"] as? [String: Any])?["before_filtering"] as? [String: Any]
    #expect(summary?["total_reads"] as? Int == expected)
  }
}
