import Foundation
import TestSupport
import Testing

/// Cases tiered again from their folders, on the synthetic trio with sources of classified variants made here.
@Suite("apus reanalyse") struct ReanalyseTests {
  private let folder: TemporaryFolder
  private let trio: String

  init() throws {
    folder = try TemporaryFolder()
    trio = try copyOfTrio(in: folder)
    try folder.write(Self.panel(mode: Self.monoallelic, version: "1.0"), to: "p.json")
    try folder.write(Self.joint, to: "joint.vcf")
    var sheet = "case,sample,vcf,sex,status,role,affected,father,mother\n"
    sheet += "SYN-001,SYN-001-P,joint.vcf,male,germline,proband,yes,SYN-001-F,SYN-001-M\n"
    sheet += "SYN-001,SYN-001-M,joint.vcf,female,germline,mother,no,,\n"
    sheet += "SYN-001,SYN-001-F,joint.vcf,male,germline,father,no,,\n"
    try folder.write(sheet, to: "sheet.csv")
  }

  private static let monoallelic = "MONOALLELIC, autosomal or pseudoautosomal, NOT imprinted"
  private static let biallelic = "BIALLELIC, autosomal or pseudoautosomal"

  private static func panel(mode: String, version: String) -> String {
    let entries = [("SYN1", mode), ("SYN3", biallelic), ("SYN4", biallelic)].map { gene, mode in
      """
      {"gene_data": {"gene_symbol": "\(gene)", "hgnc_symbol": "\(gene)", "alias": [], "ensembl_genes": {}},
       "entity_type": "gene", "entity_name": "\(gene)", "confidence_level": "3", "mode_of_inheritance": "\(mode)"}
      """
    }
    return """
      {"id": 90001, "name": "Synthetic", "version": "\(version)", "status": "public", "types": [],
       "relevant_disorders": [], "signed_off": "2026-01-05", "genes": [\(entries.joined(separator: ","))],
       "regions": [], "strs": []}
      """
  }

  /// Planted variants, a change in an intron or beside the gene, and two alleles at one place.
  private static let joint: String = {
    var text = "##fileformat=VCFv4.2\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n"
    text += "##INFO=<ID=AC,Number=A,Type=Integer,Description=\"c\">\n"
    text += "##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"a\">\n"
    text += "##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"d\">\n"
    text += "##FORMAT=<ID=GQ,Number=1,Type=Integer,Description=\"q\">\n"
    text += "##contig=<ID=20,length=24000>\n##contig=<ID=X,length=5000>\n##contig=<ID=Y,length=2500>\n"
    text += "##contig=<ID=MT,length=1200>\n"
    text += "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tSYN-001-P\tSYN-001-M\tSYN-001-F\n"
    let (carrier, other) = ("0/1:15,15:30:60", "0/0:30,0:30:60")
    for (site, calls) in [
      ("2260\t.\tA\tT", [carrier, other, other]), ("2920\t.\tG\tT", [carrier, other, other]),
      ("11032\t.\tAT\tA", [carrier, carrier, other]), ("11641\t.\tC\tG", [carrier, other, carrier]),
      ("15487\t.\tG\tT,A", ["1/2:0,15,15:30:60", "0/1:15,15,0:30:60", "0/2:15,0,15:30:60"]),
    ] {
      text += "20\t\(site)\t50\tPASS\tAC=\(site.contains(",") ? "2,2" : "1")\tGT:AD:DP:GQ\t"
      text += calls.joined(separator: "\t") + "\n"
    }
    return text
  }()

  /// A cache with a source of classified variants.
  private func cache(_ name: String, _ entries: [(site: String, significance: String)]) throws {
    var text = "##fileformat=VCFv4.2\n##contig=<ID=20,length=24000>\n"
    text += "##INFO=<ID=CLNSIG,Number=.,Type=String,Description=\"s\">\n"
    text +=
      "##INFO=<ID=CLNREVSTAT,Number=.,Type=String,Description=\"r\">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    func position(_ site: String) -> Int { Int(site.prefix { $0 != "\t" }) ?? 0 }
    for entry in entries.sorted(by: { position($0.site) < position($1.site) }) {
      text += "20\t\(entry.site)\t.\t.\tCLNSIG=\(entry.significance);CLNREVSTAT=reviewed_by_expert_panel\n"
    }
    try folder.write(text, to: "\(name).vcf")
    let result = try run(
      "cache", "build", "-f", trio + "/genome.fa.gz", "-g", trio + "/genes.gff3", "--source",
      "ClinVar=\(name).vcf:CLNSIG,CLNREVSTAT", "-o", "\(name).cache")
    #expect(result.code == 0, "\(result.errors)")
  }

  @discardableResult
  private func run(_ arguments: String...) throws -> Command.Result { try Command.run(arguments, in: folder) }

  private func runCase(_ out: String, cache: String, panel: String = "p.json") throws {
    let result = try run(
      "run", "--samplesheet", "sheet.csv", "-f", trio + "/genome.fa.gz", "-c", cache, "--tier-panel", panel, "--out",
      out)
    #expect(result.code == 0, "\(result.errors)")
  }

  private func json(_ name: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(try folder.read(name))) as? [String: Any])
  }

  private static let intronic = "2260\t.\tA\tT"
  private static let stop = "2920\t.\tG\tT"

  @Test("A release that calls a carried variant pathogenic changes the case, by the same bytes as running it again")
  func newRelease() throws {
    try cache("old", [(Self.stop, "Benign"), (Self.intronic, "Uncertain_significance")])
    try cache("new", [(Self.stop, "Benign"), (Self.intronic, "Pathogenic")])
    try runCase("out", cache: "old.cache")
    try runCase("again", cache: "new.cache")
    // Without the raw data.
    try FileManager.default.removeItem(atPath: folder("joint.vcf"))
    try FileManager.default.removeItem(atPath: folder("sheet.csv"))
    let result = try run("reanalyse", "out/SYN-001", "-c", "new.cache", "-o", "changes.json")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output == "SYN-001\trose 0\tfell 0\tappeared 1\tvanished 0\tbasis 0\n")
    #expect(try folder.read("out/SYN-001/tiers.json") == folder.read("again/SYN-001/tiers.json"))
    #expect(try folder.read("out/SYN-001/tiers.tsv") == folder.read("again/SYN-001/tiers.tsv"))
    #expect(try folder.read("out/SYN-001/interpretation.json") == folder.read("again/SYN-001/interpretation.json"))
    #expect(try folder.read("out/SYN-001/candidates.txt") == folder.read("again/SYN-001/candidates.txt"))
    let report = try json("out/SYN-001/report.json")
    let other = try json("again/SYN-001/report.json")
    #expect(NSDictionary(dictionary: report) == NSDictionary(dictionary: other))
    #expect(try folder.read("out/SYN-001/case.json") == folder.read("again/SYN-001/case.json"))

    let document = try json("changes.json")
    #expect(document["schema"] as? String == "apus-reanalysis/1")
    let one = try #require((document["cases"] as? [[String: Any]])?.first)
    #expect(one["path"] as? String == "candidates")
    let change = try #require((one["changes"] as? [[String: Any]])?.first)
    #expect(change["variant"] as? String == "20-2260-A-T")
    #expect(change["to"] as? String == "TIER1" || change["to"] as? String == "TIER2")
    let why = try #require(change["why"] as? [[String: Any]])
    #expect(
      why.contains { $0["kind"] as? String == "source" && ($0["to"] as? String)?.hasPrefix("Pathogenic") == true })

    // Going back takes the tier away again.
    #expect(try run("reanalyse", "out/SYN-001", "-c", "old.cache").output.contains("\tvanished 1\t"))
    #expect(try run("reanalyse", "out/SYN-001", "-c", "old.cache").output.isEmpty)
  }

  @Test("A release that changes no tier of the case leaves its folder as it is, to the byte and the time")
  func noChange() throws {
    try cache("old", [(Self.stop, "Benign")])
    try cache("new", [(Self.stop, "Likely_benign")])
    try runCase("out", cache: "old.cache")
    func times() throws -> [String: Date] {
      try Dictionary(
        uniqueKeysWithValues: Command.files(below: folder("out")).keys.map {
          let attributes = try FileManager.default.attributesOfItem(atPath: folder("out/\($0)"))
          return ($0, try #require(attributes[.modificationDate] as? Date))
        })
    }
    let (files, before) = (try Command.files(below: folder("out")), try times())
    let result = try run("reanalyse", "out/SYN-001", "-c", "new.cache", "-o", "changes.json")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.isEmpty)
    #expect(try Command.files(below: folder("out")) == files)
    #expect(try times() == before)
    let one = try #require((try json("changes.json")["cases"] as? [[String: Any]])?.first)
    #expect(one["state"] as? String == "unchanged")
  }

  @Test(
    "With the old cache, given or where it was: the index, the records or the candidates are looked at, without it all calls; the answer is the same"
  )
  func delta() throws {
    try cache("old", [(Self.stop, "Benign"), ("1007\t.\tC\tT", "Benign")])
    try runCase("out", cache: "old.cache")
    for (name, entries, path, isChanged) in [
      // The rule does not ask for it.
      ("benign", [(Self.stop, "Likely_benign"), ("1007\t.\tC\tT", "Uncertain_significance")], "index", false),
      // Nobody carries it.
      ("elsewhere", [(Self.stop, "Benign"), ("1007\t.\tC\tT", "Pathogenic")], "index", false),
      // Another allele at a place where one is carried.
      (
        "beside", [(Self.stop, "Benign"), ("1007\t.\tC\tT", "Benign"), ("2260\t.\tA\tG", "Pathogenic")], "records",
        false
      ),
      (
        "carried", [(Self.stop, "Benign"), ("1007\t.\tC\tT", "Benign"), (Self.intronic, "Pathogenic")], "candidates",
        true
      ),
      // An allele of a record that was split: its part does not tell the record's other allele.
      (
        "part", [(Self.stop, "Benign"), ("1007\t.\tC\tT", "Benign"), ("15487\t.\tG\tA", "Pathogenic")], "candidates",
        true
      ),
    ] {
      try cache(name, entries)
      for (folderName, more) in [("fast", ["--old-cache", "old.cache"]), ("found", []), ("slow", [])] {
        // Where the run was given it there is nothing.
        if folderName == "slow" {
          try FileManager.default.moveItem(atPath: folder("old.cache"), toPath: folder("away"))
        }
        try? FileManager.default.removeItem(atPath: folder(folderName))
        try FileManager.default.copyItem(atPath: folder("out"), toPath: folder(folderName))
        let result = try Command.run(
          ["reanalyse", "\(folderName)/SYN-001", "-c", "\(name).cache", "-o", "\(folderName).json", "--force"] + more,
          in: folder)
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.output.isEmpty != isChanged, "\(name)")
        let one = try #require((try json("\(folderName).json")["cases"] as? [[String: Any]])?.first)
        #expect(one["path"] as? String == (folderName == "slow" ? "calls" : path), "\(name)")
        #expect((one["warnings"] as? [String])?.isEmpty == (folderName != "slow"), "\(name)")
      }
      try FileManager.default.moveItem(atPath: folder("away"), toPath: folder("old.cache"))
      for file in ["tiers.json", "candidates.txt", "interpretation.json"] {
        #expect(try folder.read("fast/SYN-001/\(file)") == folder.read("slow/SYN-001/\(file)"), "\(name), \(file)")
        #expect(try folder.read("fast/SYN-001/\(file)") == folder.read("found/SYN-001/\(file)"), "\(name), \(file)")
      }
    }
  }

  @Test(
    "Whatever changed between two releases: the index, the records, the calls and running again agree",
    arguments: [UInt64](1...4))
  func randomReleases(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    #expect(try run("vcf", "norm", trio + "/SYN-001-P.vcf.gz", "-f", trio + "/genome.fa.gz", "-o", "p.vcf").code == 0)
    let sites = String(decoding: try folder.read("p.vcf"), as: UTF8.self).split(separator: "\n").filter {
      $0.hasPrefix("20\t")
    }.map { line -> String in
      let columns = line.split(separator: "\t")
      return "\(columns[1])\t.\t\(columns[3])\t\(columns[4])"
    }
    var sheet = "case,sample,vcf,sex,status,role,affected,father,mother\n"
    for (name, rest) in [
      ("P", "male,germline,proband,yes,SYN-001-F,SYN-001-M"), ("M", "female,germline,mother,no,,"),
      ("F", "male,germline,father,no,,"),
    ] {
      sheet += "SYN-001,SYN-001-\(name),trio/SYN-001-\(name).vcf.gz,\(rest)\n"
    }
    try folder.write(sheet, to: "sheet.csv")
    let words = ["Benign", "Uncertain_significance", "Likely_pathogenic", "Pathogenic"]
    func release() -> [(site: String, significance: String)] {
      sites.compactMap { site in
        random.next() % 3 == 0 ? (site, words[Int(random.next() % UInt64(words.count))]) : nil
      }
    }
    let first = release()
    // Most of a release is as it was.
    let second = release().prefix(Int(random.next() % 4)).map { $0 }
    let kept = first.filter { one in !second.contains { $0.site == one.site } && random.next() % 10 > 0 }
    try cache("old", first)
    try cache("new", kept + second)
    try runCase("out", cache: "old.cache")
    try runCase("again", cache: "new.cache")
    for (name, more) in [("fast", ["--old-cache", "old.cache"]), ("slow", [])] {
      if name == "slow" { try FileManager.default.removeItem(atPath: folder("old.cache")) }
      try FileManager.default.copyItem(atPath: folder("out"), toPath: folder(name))
      let result = try Command.run(
        ["reanalyse", "\(name)/SYN-001", "-c", "new.cache", "-o", "\(name).json"] + more, in: folder)
      #expect(result.code == 0, "\(result.errors)")
      let one = try #require((try json("\(name).json")["cases"] as? [[String: Any]])?.first)
      func tiers(_ path: String) throws -> [String: [String]] {
        let variants = try #require(try json(path)["variants"] as? [[String: Any]])
        return Dictionary(
          variants.compactMap { variant in
            let events = (variant["tiers"] as? [[String: Any]] ?? []).map {
              "\($0["tier"] ?? "") \($0["gene"] ?? "") \($0["rule"] ?? "") \($0["filter"] ?? "")"
            }
            return events.isEmpty ? nil : ("\(variant["position"] ?? 0) \(variant["alternate"] ?? "")", events.sorted())
          }
        ) { first, _ in first }
      }
      let (before, now) = (try tiers("out/SYN-001/tiers.json"), try tiers("again/SYN-001/tiers.json"))
      #expect((one["state"] as? String == "changed") == (before != now), "seed \(seed), \(name)")
      #expect(try tiers("\(name)/SYN-001/tiers.json") == now, "seed \(seed), \(name)")
    }
  }

  @Test("An authorised report gets an amended draft, and keeps the tiers that it refers to")
  func amended() throws {
    try cache("old", [(Self.stop, "Benign")])
    try cache("new", [(Self.intronic, "Pathogenic")])
    try runCase("out", cache: "old.cache")
    let final = try run("case", "report", "out/SYN-001", "--final", "--by", "A. Scientist")
    #expect(final.code == 0, "\(final.errors)")
    let tiers = try folder.read("out/SYN-001/tiers.json")
    #expect(try run("reanalyse", "out/SYN-001", "-c", "new.cache").code == 0)
    let report = try json("out/SYN-001/report.json")
    #expect(report["status"] as? String == "amended-draft")
    #expect(report["version"] as? Int == 2)
    #expect(report["supersedes"] as? Int == 1)
    #expect((report["reason"] as? String)?.hasPrefix("re-analysis: the tiers of ") == true)
    #expect(report["authoriser"] == nil)
    #expect(try folder.read("out/SYN-001/tiers.v1.json") == tiers)
    #expect(try json("out/SYN-001/report.v1.json")["status"] as? String == "final")
  }

  @Test("A panel's new mode of inheritance changes the case, and is told as the reason")
  func panel() throws {
    try cache("old", [(Self.stop, "Benign")])
    try runCase("out", cache: "old.cache")
    try folder.write(Self.panel(mode: Self.biallelic, version: "2.0"), to: "p2.json")
    let result = try run("reanalyse", "out/SYN-001", "-c", "old.cache", "--panel", "p2.json", "--json")
    #expect(result.code == 0, "\(result.errors)")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let one = try #require((document["cases"] as? [[String: Any]])?.first)
    let changes = try #require(one["changes"] as? [[String: Any]])
    let change = try #require(changes.first { $0["variant"] as? String == "20-2920-G-T" })
    let why = try #require(change["why"] as? [[String: Any]])
    #expect(
      why.contains {
        $0["kind"] as? String == "panel" && $0["from"] as? String == "version 1.0: green, monoallelic_not_imprinted"
          && $0["to"] as? String == "version 2.0: green, biallelic"
      })
    try runCase("again", cache: "old.cache", panel: "p2.json")
    #expect(try folder.read("out/SYN-001/tiers.json") == folder.read("again/SYN-001/tiers.json"))
  }

  @Test("A case that cannot be tiered again is told and left alone, and the others are done")
  func failures() throws {
    try cache("old", [(Self.stop, "Benign")])
    try cache("new", [(Self.intronic, "Pathogenic")])
    try runCase("out", cache: "old.cache")
    try FileManager.default.copyItem(atPath: folder("out/SYN-001"), toPath: folder("damaged"))
    try folder.write(try folder.read("damaged/tiers.json") + [32], to: "damaged/tiers.json")
    let files = try Command.files(below: folder("damaged"))
    let result = try run("reanalyse", "damaged", "nothing", "out/SYN-001", "-c", "new.cache", "-o", "changes.json")
    #expect(result.code == 65)
    #expect(result.output.hasPrefix("SYN-001\t"))
    #expect(try Command.files(below: folder("damaged")) == files)
    let cases = try #require(try json("changes.json")["cases"] as? [[String: Any]])
    #expect(cases.map { $0["state"] as? String } == ["failed", "failed", "changed"])
    #expect(try run("reanalyse", "out/SYN-001", "out/SYN-001/", "-c", "new.cache").code == 64)
  }
}
