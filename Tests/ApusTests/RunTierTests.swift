import Foundation
import TestSupport
import Testing

/// Tiers of a run, which takes their candidates while it writes the proband's variants.
@Suite("apus run: tiers in the same pass") struct RunTierTests {
  private let folder: TemporaryFolder
  private let trio: String

  init() throws {
    folder = try TemporaryFolder()
    trio = try copyOfTrio(in: folder)
    #expect(
      try run("cache", "build", "-f", trio + "/genome.fa.gz", "-g", trio + "/genes.gff3", "-o", "c.cache").code == 0)
    try folder.write(try readFile(testData("case/panel.json")), to: "p.json")
  }

  @discardableResult
  private func run(_ arguments: String...) throws -> Command.Result { try Command.run(arguments, in: folder) }

  private func runCase(_ out: String, _ file: (String) -> String, _ more: [String] = []) throws -> Command.Result {
    var sheet = "case,sample,vcf,gvcf,sex,status,role,affected,father,mother\n"
    for (name, rest) in [
      ("P", "male,germline,proband,yes,SYN-001-F,SYN-001-M"), ("M", "female,germline,mother,no,,"),
      ("F", "male,germline,father,no,,"),
    ] {
      sheet += "SYN-001,SYN-001-\(name),\(file(name)),\(rest)\n"
    }
    try folder.write(sheet, to: "sheet.csv")
    let result = try Command.run(
      [
        "run", "--samplesheet", "sheet.csv", "-f", trio + "/genome.fa.gz", "-c", "c.cache", "--tier-panel", "p.json",
        "--out", out, "--log-level", "info",
      ] + more, in: folder)
    #expect(result.code == 0, "\(result.errors)")
    return result
  }

  private static let again = "the proband's file is read once more for tiers"

  /// The people's own files as one, with people who have no record there without a call.
  private func joint() throws {
    var calls: [String: [String]] = [:]
    var order: [(Int, Int, String)] = []
    let contigs = ["20", "X", "Y", "MT"]
    for (place, name) in ["P", "M", "F"].enumerated() {
      #expect(
        try run(
          "vcf", "norm", trio + "/SYN-001-\(name).vcf.gz", "-f", trio + "/genome.fa.gz", "-o", "\(name).vcf", "--force"
        )
        .code == 0)
      for line in String(decoding: try folder.read("\(name).vcf"), as: UTF8.self).split(separator: "\n")
      where !line.hasPrefix("#") {
        let columns = line.split(separator: "\t").map(String.init)
        let site = "\(columns[0])\t\(columns[1])\t.\t\(columns[3])\t\(columns[4])"
        if calls[site] == nil {
          calls[site] = [".", ".", "."]
          order.append((contigs.firstIndex(of: columns[0]) ?? 9, Int(columns[1]) ?? 0, site))
        }
        calls[site]?[place] = columns[9].split(separator: ":").prefix(4).joined(separator: ":")
      }
    }
    let header = String(decoding: try folder.read("P.vcf"), as: UTF8.self).split(separator: "\n").filter {
      $0.hasPrefix("##")
    }
    var text = header.joined(separator: "\n")
    text += "\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tSYN-001-P\tSYN-001-M\tSYN-001-F\n"
    for (_, _, site) in order.sorted(by: { $0 < $1 }) {
      text += "\(site)\t50\tPASS\t.\tGT:AD:DP:GQ\t\(calls[site]?.joined(separator: "\t") ?? "")\n"
    }
    try folder.write(text, to: "joint.vcf")
  }

  @Test("Tiers are those of apus tier on the same files, to the byte, at 1, 2 and 7 threads; no file is read twice")
  func tiers() throws {
    try joint()
    let own = ["P", "M", "F"].map { "trio/SYN-001-\($0).vcf.gz" }
    for (kind, files, file) in [
      ("joint", ["joint.vcf"], { (_: String) in "joint.vcf," }),
      ("own", own, { (name: String) in "trio/SYN-001-\(name).vcf.gz," }),
    ] {
      let tier = try Command.run(
        ["tier"] + files + [
          "-c", "c.cache", "-f", trio + "/genome.fa.gz", "--ped", trio + "/SYN-001.ped", "--panel", "p.json", "-o",
          "\(kind).json", "--tsv", "\(kind).tsv",
        ], in: folder)
      #expect(tier.code == 0, "\(tier.errors)")
      #expect(String(decoding: try folder.read("\(kind).json"), as: UTF8.self).contains("\"TIER1\""))
      for (threads, batch) in [("1", "1M"), ("2", "4K"), ("7", "4K")] {
        let out = "\(kind)\(threads)"
        let result = try runCase(out, file, ["--threads", threads, "--batch-size", batch])
        #expect(!result.errors.contains(Self.again), "\(result.errors)")
        for name in ["json", "tsv"] {
          #expect(
            try folder.read("\(out)/SYN-001/tiers.\(name)") == folder.read("\(kind).\(name)"), "\(out) \(name)")
        }
        for name in ["interpretation.json", "candidates.txt", "alleles.idx"] {
          #expect(
            try folder.read("\(out)/SYN-001/\(name)") == folder.read("\(kind)1/SYN-001/\(name)"), "\(out) \(name)")
        }
      }
    }
  }

  @Test("Variants kept from an earlier run are read again for tiers, with the same bytes and a word why")
  func resumed() throws {
    let file = { (name: String) in "trio/SYN-001-\(name).vcf.gz," }
    _ = try runCase("out", file)
    let files = try Command.files(below: folder("out/SYN-001"))
    let result = try runCase("out", file, ["--resume"])
    #expect(
      result.errors.contains(Self.again) && result.errors.contains("kept from an earlier run"), "\(result.errors)")
    #expect(try Command.files(below: folder("out/SYN-001")) == files)
  }
}
