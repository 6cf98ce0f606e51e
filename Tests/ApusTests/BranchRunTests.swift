import Foundation
import TestSupport
import Testing

/// The synthetic cases could not be prepared.
private struct Unprepared: Error, CustomStringConvertible { var description: String }

/// A prepared folder with the four synthetic cases, made once: the genome is as long as a chromosome of people.
final class BranchData: Sendable {
  let folder: TemporaryFolder

  static let shared = Result { try BranchData() }

  private init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.copyItem(atPath: Command.package + "/TestData/branches", toPath: folder("in"))
    for (name, version) in [("rare", "9"), ("cancer", "9")] {
      let made = try Command.run(
        ["directory", "import", "in/\(name).east.json", "--directory-version", version, "-o", "\(name).json"],
        in: folder)
      guard made.code == 0 else { throw Unprepared(description: made.errors) }
    }
    let built = try Command.run(
      ["cache", "build", "-f", "in/genome.fa.gz", "-g", "in/genes.gff3", "-o", "b.cache"], in: folder)
    guard built.code == 0 else { throw Unprepared(description: built.errors) }
  }

  static let everything = [
    "--definitions", "in/definitions", "--signatures", "in/signatures_v1.tsv", "--tier-panel", "in/panel.json",
  ]

  /// Runs a sheet; `more` are the inputs of branches.
  func run(_ out: String, sheet: String = "in/samplesheet.csv", _ more: [String] = everything) throws -> Command.Result
  {
    try Command.run(
      [
        "run", "--samplesheet", sheet, "-f", "in/genome.fa.gz", "-c", "b.cache", "--directory", "rare.json",
        "--directory", "cancer.json", "--test-numbers", "--as-of", "2026-03-10T09:00:00+00:00", "--out", out,
      ] + more, in: folder)
  }

  /// A sheet of some of the cases, with their lines and files edited, in a folder of its own.
  func sheet(_ name: String, of cases: [String], _ edit: (String) -> String = { $0 }) throws -> String {
    try FileManager.default.copyItem(atPath: folder("in"), toPath: folder(name))
    let lines = try text("in/samplesheet.csv").split(separator: "\n").map(String.init)
    let kept = lines.filter { line in line.hasPrefix("case,") || cases.contains { line.hasPrefix("\($0),") } }
    try folder.write(edit(kept.joined(separator: "\n") + "\n"), to: "\(name)/samplesheet.csv")
    return "\(name)/samplesheet.csv"
  }

  func text(_ path: String) throws -> String { String(decoding: try readFile(folder(path)), as: UTF8.self) }

  func json(_ path: String) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: folder(path)))) as? [String: Any])
  }

  /// What a person reads of a page: without style sheet, script and tags, and without what is quoted from a table.
  func readable(_ path: String) throws -> String {
    var page = try text(path)
    page.replace(/(?s)<style.*?<\/style>|<script.*?<\/script>/, with: "")
    page.replace(/<[^>]*>/, with: " ")
    page.replace(/“[^”]*”/, with: " ")
    return page
  }

  /// The rules of a case by identifier.
  func rules(_ path: String) throws -> [String: String] {
    var found: [String: String] = [:]
    for rule in try #require(json(path + "/case.json")["rules"] as? [[String: Any]]) {
      found[try #require(rule["id"] as? String)] = rule["outcome"] as? String
    }
    return found
  }
}

@Suite("A referral's test decides the branch")
struct BranchRunTests {
  let data: BranchData

  init() throws { data = try BranchData.shared.get() }

  @Test("Pharmacogenes, a tumour with its germline, a tumour alone and familial hypercholesterolaemia go their ways")
  func ways() throws {
    let result = try data.run("out")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.matches(of: /READY/).count == 4, "\(result.output)")
    for (name, branch) in [
      ("SYN-PGX", "pharmacogenomics"), ("SYN-PAIR", "cancer"), ("SYN-BLOOD", "cancer"), ("SYN-FH", "germline"),
    ] {
      #expect(try data.json("out/\(name)/case.json")["branch"] as? String == branch)
      let units = try #require(data.json("out/\(name)/manifest.json")["units"] as? [[String: Any]])
      let names = units.compactMap { $0["name"] as? String }
      #expect(names.contains(branch == "germline" ? "interpretation" : branch), "\(names)")
      let outputs = Set(
        units.flatMap { $0["outputs"] as? [[String: Any]] ?? [] }.compactMap { $0["path"] as? String })
      let files = Set(try Command.files(below: data.folder("out/\(name)")).keys)
      // Every file stands in the manifest, but the manifest itself and what is written after it.
      #expect(files.subtracting(outputs) == ["manifest.json", "outcome.json"])
      #expect(files.contains("pgx.json") == (branch == "pharmacogenomics"))
      #expect(files.contains("cancer.json") == (branch == "cancer"))
      #expect(files.contains("tiers.json") == (branch == "germline"))
    }
    // Neither identifiers nor findings stand where they must not.
    let logged = result.errors + result.output + (try Command.files(below: data.folder("out")).keys.joined())
    for secret in ["Ample", "999000", "1961-03-04", "97450058", "*2A"] {
      #expect(!logged.contains(secret), "\(secret)")
    }
  }

  @Test("The pharmacogenes that the test asks for, with score, phenotype and what was not tested")
  func pharmacogenomics() throws {
    _ = try data.run("pgx", sheet: data.sheet("pgx-in", of: ["SYN-PGX"]))
    let pgx = try data.json("pgx/SYN-PGX/pgx.json")
    #expect(pgx["schema"] as? String == "apus-pgx/1" && pgx["sample"] as? String == "SYN-D1")
    #expect(pgx.keys.contains("provisional") && pgx["provisional"] is NSNull)
    let dpyd = try #require(pgx["dpyd"] as? [String: Any])
    // One copy of an allele of activity 0, one reference: 1.0.
    #expect(dpyd["activityScore"] as? String == "1.0" && dpyd["found"] as? [String] == ["c.1905+1G>A (*2A)"])
    let genes = try #require(pgx["genes"] as? [[String: Any]])
    #expect(genes.compactMap { $0["gene"] as? String } == ["DPYD"])
    for page in ["case.html", "report.html"] {
      let text = try data.text("pgx/SYN-PGX/\(page)")
      for words in [
        "Reference/c.1905+1G&gt;A (*2A)", "“Intermediate Metabolizer”", "Gene activity score", "Not tested",
        "DPD enzyme activity", "No dosing table was supplied", "6 of 6", "rs3918290",
      ] {
        #expect(text.contains(words), "\(page) \(words)")
      }
    }
    let table = try data.text("pgx/SYN-PGX/pgx_mqc.tsv").split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(table.count == 2 && table[0].hasPrefix("Sample\tGene\t"))
    #expect(table[1].hasPrefix("SYN-D1 DPYD\tDPYD\tcalled\tReference/c.1905+1G>A (*2A)\t1.0\t6\t6\t"), "\(table[1])")
    let report = try data.json("pgx/SYN-PGX/report.json")
    #expect((report["summary"] as? [String])?.contains { $0.contains("activity score of 1.0") } == true)
  }

  @Test("A site that nothing speaks of leaves the gene indeterminate, and definitions that nobody gave hold the case")
  func notSupplied() throws {
    let sheet = try data.sheet("miss-in", of: ["SYN-PGX"])
    let vcf = try data.text("in/pgx.vcf").split(separator: "\n").filter { !$0.contains("97515787") }
    try data.folder.write(vcf.joined(separator: "\n") + "\n", to: "miss-in/pgx.vcf")
    let result = try data.run("miss", sheet: sheet)
    #expect(result.code == 0 && result.output.contains("READY"))
    #expect(try data.rules("miss/SYN-PGX")["pharmacogenomics.called"] == "WARN")
    let dpyd = try #require(data.json("miss/SYN-PGX/pgx.json")["dpyd"] as? [String: Any])
    #expect(dpyd["outcome"] as? String == "indeterminate" && dpyd["notCallable"] as? [String] == ["c.1679T>G (*13)"])
    #expect(try data.text("miss/SYN-PGX/case.html").contains("indeterminate; at most"))

    let none = try data.run("bare", sheet: data.sheet("bare-in", of: ["SYN-PGX"]), ["--fail-on", "fail"])
    #expect(none.code == 3 && none.output.contains("HOLD"))
    #expect(try data.rules("bare/SYN-PGX")["pharmacogenomics.definitions"] == "UNKNOWN")
    let pgx = try data.json("bare/SYN-PGX/pgx.json")
    #expect((pgx["provisional"] as? String)?.contains("not supplied (--definitions)") == true)
    // What laboratories test is told all the same, by the table that comes with Apus.
    #expect((pgx["dpyd"] as? [String: Any])?["activityScore"] as? String == "1.0")
    #expect(try data.text("bare/SYN-PGX/report.html").contains("PROVISIONAL"))
  }

  @Test("A tumour with its germline: every allele is told, planted signatures are found, and the plots are there")
  func pair() throws {
    _ = try data.run("pair", sheet: data.sheet("pair-in", of: ["SYN-PAIR"]))
    let found = try data.json("pair/SYN-PAIR/cancer.json")
    let counts = try #require(found["counts"] as? [String: Any])
    let dropped = try #require(counts["dropped"] as? [String: Int])
    let types = try #require(counts["byType"] as? [String: Int])
    let alleles = try #require(counts["alleles"] as? Int)
    let lines = try data.text("in/pair.vcf").split(separator: "\n").filter { !$0.hasPrefix("#") }
    // The generator writes one allele a line.
    #expect(alleles == lines.count)
    #expect(dropped.values.reduce(0, +) + types.values.reduce(0, +) == alleles)
    #expect(dropped["filter-not-pass"] == lines.count { $0.split(separator: "\t")[6] != "PASS" })
    let catalogue = try #require(found["catalogue"] as? [String: Any])
    let bars = try #require(catalogue["bars"] as? [[String: Any]]).compactMap { $0["count"] as? Int }
    #expect(bars.count == 96)
    let skipped = try #require(catalogue["skipped"] as? [String: Int]).values.reduce(0, +)
    #expect(bars.reduce(0, +) + skipped == types["snv"])
    let fit = try #require(found["signatures"] as? [String: Any])
    let exposures = try #require(fit["exposures"] as? [[String: Any]])
    // Drawn from 55 % and 45 % of two of the three.
    let shares = Dictionary(
      uniqueKeysWithValues: exposures.map { ($0["signature"] as? String ?? "", $0["fraction"] as? Double ?? 0) })
    #expect(abs((shares["SYN-1"] ?? 0) - 0.55) < 0.1 && abs((shares["SYN-2"] ?? 0) - 0.45) < 0.1, "\(shares)")
    #expect((found["burden"] as? [String: Any])?["perMegabase"] as? Double ?? 0 > 0)

    for page in ["case.html", "report.html"] {
      let text = try data.text("pair/SYN-PAIR/\(page)")
      for colour in ["#03BCEE", "#010101", "#E32926", "#CAC9C9", "#A1CE63", "#EBC6C4"] {
        #expect(
          text.matches(of: try Regex("<path class=\"fill group\" fill=\"\(colour)\"")).count == 2, "\(page) \(colour)")
      }
      for words in [
        "Single-base substitutions by class (SBS96)", "Base before, changed base, base behind",
        "Variant allele fraction",
        "Exposures of signatures", "class=\"whisker\"", "Germline comparator", "SYNC1", "missense_variant",
        "Warnings of the national case summary", "T[C&gt;G]A",
      ] {
        #expect(text.contains(words), "\(page) \(words)")
      }
    }
    let report = try data.json("pair/SYN-PAIR/report.json")
    let parts = try #require(report["parts"] as? [[String: Any]])
    let figures = parts.flatMap { $0["figures"] as? [[String: Any]] ?? [] }
    let sbs = try #require(figures.first { $0["kind"] as? String == "grouped-bars" })
    // The picture's values are the result's.
    #expect(sbs["values"] as? [Int] == bars)
    let mqc = try data.text("pair/SYN-PAIR/cancer_substitutions_mqc.tsv").split(separator: "\n").last
    #expect(mqc?.split(separator: "\t").dropFirst().compactMap { Int($0) }.reduce(0, +) == bars.reduce(0, +))
    let six = try #require(catalogue["six"] as? [String: Int])
    #expect(mqc?.hasPrefix("SYN-T1\t\(six["C>A"] ?? -1)\t") == true)
  }

  @Test("A pair without its germline, or without a table of signatures, is unknown and says so; exchanged samples hold")
  func pairNotSupplied() throws {
    let alone = try data.sheet("alone-in", of: ["SYN-PAIR"]) { text in
      text.split(separator: "\n").filter { !$0.contains("SYN-N1") }.joined(separator: "\n") + "\n"
    }
    let result = try data.run("alone", sheet: alone, ["--fail-on", "fail"])
    #expect(result.code == 3 && result.output.contains("HOLD"))
    let rules = try data.rules("alone/SYN-PAIR")
    #expect(rules["cancer.comparator"] == "UNKNOWN" && rules["cancer.signatures"] == "UNKNOWN")
    let found = try data.json("alone/SYN-PAIR/cancer.json")
    #expect((found["burden"] as? [String: Any])?["refused"] as? String == "germline-not-subtracted")
    #expect(!(found["provisional"] is NSNull))
    let page = try data.text("alone/SYN-PAIR/report.html")
    #expect(page.contains("no table was supplied (--signatures)") && page.contains("germline is not subtracted"))

    let exchanged = try data.sheet("exchanged-in", of: ["SYN-PAIR"]) { text in
      text.replacing("SYN-T1", with: "SYN-X1").replacing("SYN-N1", with: "SYN-T1").replacing("SYN-X1", with: "SYN-N1")
    }
    #expect(try data.run("exchanged", sheet: exchanged).output.contains("HOLD"))
    #expect(try data.rules("exchanged/SYN-PAIR")["cancer.exchange"] == "FAIL")

    let without = try data.sheet("none-in", of: ["SYN-PAIR"]) { $0.replacing(",tumour,", with: ",germline,") }
    #expect(try data.run("none", sheet: without).output.contains("HOLD"))
    #expect(try data.rules("none/SYN-PAIR")["cancer.tumour"] == "UNKNOWN")
    #expect(try data.text("none/SYN-PAIR/report.html").contains("no sample of the status tumour"))
    #expect(try !Command.files(below: data.folder("none/SYN-PAIR")).keys.contains("cancer.json"))
  }

  @Test("A tumour alone of a panel has no burden, and its germline counts as not subtracted")
  func blood() throws {
    let result = try data.run("blood", sheet: data.sheet("blood-in", of: ["SYN-BLOOD"]), ["--fail-on", "fail"])
    #expect(result.code == 0 && result.output.contains("READY"), "\(result.errors)")
    let rules = try data.rules("blood/SYN-BLOOD")
    #expect(rules["cancer.comparator"] == "NOT ASSESSED" && rules["cancer.signatures"] == "NOT ASSESSED")
    let found = try data.json("blood/SYN-BLOOD/cancer.json")
    let samples = try #require(found["samples"] as? [String: Any])
    #expect(samples["mode"] as? String == "tumour-only" && samples["germline"] as? String == "not-subtracted")
    let burden = try #require(found["burden"] as? [String: Any])
    #expect(burden["assay"] as? String == "panel" && burden["perMegabase"] == nil)
    #expect((found["purity"] as? [String: Any])?["unknown"] as? String == "germline-not-subtracted")
    for page in ["case.html", "report.html"] {
      #expect(try data.text("blood/SYN-BLOOD/\(page)").contains("Germline not subtracted"), "\(page)")
    }
  }

  @Test("Familial hypercholesterolaemia works through directory and panel: its four genes, and no other")
  func familialHypercholesterolaemia() throws {
    _ = try data.run("fh", sheet: data.sheet("fh-in", of: ["SYN-FH"]))
    let report = try data.json("fh/SYN-FH/report.json")
    let findings = try #require(report["findings"] as? [[String: Any]])
    let tiers = Dictionary(
      findings.map { ($0["gene"] as? String ?? "", $0["tier"] as? String ?? "") },
      uniquingKeysWith: { first, _ in first })
    // A stop in one copy of a dominant gene, a stop in both copies of the recessive one, and two changed amino acids.
    #expect(tiers["LDLR"] == "TIER1" && tiers["LDLRAP1"] == "TIER1", "\(tiers)")
    #expect(tiers["APOB"] == "TIER2" && tiers["PCSK9"] == "TIER2", "\(tiers)")
    // A stop in a gene outside the panel.
    #expect(tiers["SYNC1"] == nil)
    #expect(try data.text("fh/SYN-FH/report.html").contains("R134.1 Familial hypercholesterolaemia"))
    #expect(report["parts"] == nil)
  }

  @Test("The same bytes at one and at two threads")
  func sameBytes() throws {
    #expect(try data.run("t1", BranchData.everything + ["--threads", "1"]).code == 0)
    #expect(try data.run("t2", BranchData.everything + ["--threads", "2", "--batch-size", "4K"]).code == 0)
    let (one, two) = (try Command.files(below: data.folder("t1")), try Command.files(below: data.folder("t2")))
    #expect(Set(one.keys) == Set(two.keys))
    for (path, bytes) in one where bytes != two[path] { Issue.record("\(path) differs") }
  }

  @Test("No page calls a result negative or normal, but in quotation marks of a published table")
  func safeWords() throws {
    #expect(try data.run("words").code == 0)
    for name in ["SYN-PGX", "SYN-PAIR", "SYN-BLOOD", "SYN-FH"] {
      for page in ["case.html", "report.html"] {
        let words = Set(try data.readable("words/\(name)/\(page)").lowercased().split { !$0.isLetter })
        #expect(words.contains("apus") && !words.contains("normal") && !words.contains("negative"), "\(name) \(page)")
      }
    }
  }

  @Test("A case that is run again without its inputs keeps no result of the earlier run; --resume gives the same bytes")
  func again() throws {
    let sheet = try data.sheet("again-in", of: ["SYN-PAIR"])
    #expect(try data.run("again", sheet: sheet).code == 0)
    let first = try Command.files(below: data.folder("again"))
    #expect(try data.run("again", sheet: sheet, BranchData.everything + ["--resume"]).code == 0)
    let second = try Command.files(below: data.folder("again"))
    for (path, bytes) in first where bytes != second[path] { Issue.record("\(path) differs") }
    let lines = try data.text(sheet).replacing(",tumour,", with: ",germline,")
    try data.folder.write(lines, to: sheet)
    _ = try data.run("again", sheet: sheet, BranchData.everything + ["--force"])
    #expect(try !Command.files(below: data.folder("again/SYN-PAIR")).keys.contains { $0.contains("cancer") })
  }

  @Test("apus cancer and apus pgx write the same sections as pages of their own")
  func commands() throws {
    let cancer = try Command.run(
      [
        "cancer", "in/pair.vcf", "-f", "in/genome.fa.gz", "-c", "b.cache", "--tumour", "SYN-T1", "--normal", "SYN-N1",
        "--signatures", "in/signatures_v1.tsv", "-o", "c.json", "--html", "c.html", "--multiqc", "c_mqc.tsv",
      ], in: data.folder)
    #expect(cancer.code == 0, "\(cancer.errors)")
    let page = try data.text("c.html")
    for words in ["(SBS96)", "Variant allele fraction", "Exposures of signatures", "against SYN-N1"] {
      #expect(page.contains(words), "\(words)")
    }
    let words = Set(try data.readable("c.html").lowercased().split { !$0.isLetter })
    #expect(!words.contains("normal") && !words.contains("negative"))
    #expect(try data.text("c_mqc.tsv").contains("# id: 'apus_cancer'"))
    let pgx = try Command.run(
      [
        "pgx", "in/pgx.vcf", "-c", "b.cache", "--definitions", "in/definitions", "-o", "p.json", "--html", "p.html",
        "--multiqc", "p_mqc.tsv",
      ], in: data.folder)
    #expect(pgx.code == 0, "\(pgx.errors)")
    #expect(try data.text("p.html").contains("“Intermediate Metabolizer”"))
    #expect(try data.text("p_mqc.tsv").contains("SYN-D1 DPYD\t"))
    // What exists is not written over.
    #expect(
      try Command.run(
        ["pgx", "in/pgx.vcf", "-c", "b.cache", "--definitions", "in/definitions", "-o", "q.json", "--html", "p.html"],
        in: data.folder
      ).code == 73)
  }

  @Test("TestData/branches is what its script makes", .enabled(if: Peer.has("python3", "gzip", "sha256sum")))
  func generated() throws {
    let folder = try TemporaryFolder()
    try Peer.run("python3 '\(Command.package)/Scripts/testdata-branches' '\(folder("made"))'", in: folder)
    let (made, kept) = (try Command.files(below: folder("made")), try Command.files(below: testData("branches")))
    #expect(Set(made.keys) == Set(kept.keys))
    // Compressed bytes depend on the library too, and with them the index.
    for (path, bytes) in made where !path.contains(".gz") { #expect(bytes == kept[path], "\(path)") }
    let digests = try [folder("made"), testData("branches")].map {
      try Peer.run("gzip -dc '\($0)/genome.fa.gz' | sha256sum", in: folder).text
    }
    #expect(digests[0] == digests[1])
  }

  @Test(
    "The pages are drawn by a browser, with the six colours of the field", .enabled(if: Peer.has("chromium", "python3"))
  )
  func browser() throws {
    let made = try Command.run(
      [
        "cancer", "in/pair.vcf", "-f", "in/genome.fa.gz", "-c", "b.cache", "--tumour", "SYN-T1", "--normal", "SYN-N1",
        "--signatures", "in/signatures_v1.tsv", "-o", "drawn.json", "--html", "drawn.html",
      ], in: data.folder)
    #expect(made.code == 0, "\(made.errors)")
    try Peer.run(
      "timeout 120 chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1280,3200 "
        + "--screenshot=page.png 'file://\(data.folder("drawn.html"))'", in: data.folder)
    let counts = try Peer.run("python3 -c '\(Self.countColours)' page.png", in: data.folder).text
      .split(separator: " ").compactMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    #expect(counts.count == 6 && counts.allSatisfy { $0 > 300 }, "\(counts)")
  }

  /// Reads a PNG of 8 bits a channel and counts the pixels of each of the six colours.
  private static let countColours = """
    import struct, sys, zlib
    data = open(sys.argv[1], "rb").read()
    place, body = 8, b""
    while place < len(data):
        size, kind = struct.unpack(">I4s", data[place:place + 8])
        if kind == b"IHDR": width, height, depth, form = struct.unpack(">IIBB", data[place + 8:place + 18])
        if kind == b"IDAT": body += data[place + 8:place + 8 + size]
        place += size + 12
    step = {2: 3, 6: 4}[form]
    raw, line, counts = zlib.decompress(body), bytearray(width * step), {}
    wanted = [bytes.fromhex(c) for c in "03BCEE 010101 E32926 CAC9C9 A1CE63 EBC6C4".split()]
    for row in range(height):
        at = row * (width * step + 1)
        kind, now = raw[at], bytearray(raw[at + 1:at + 1 + width * step])
        for i in range(len(now)):
            left = now[i - step] if i >= step else 0
            up = line[i]
            corner = line[i - step] if i >= step else 0
            if kind == 1: now[i] = (now[i] + left) & 255
            elif kind == 2: now[i] = (now[i] + up) & 255
            elif kind == 3: now[i] = (now[i] + (left + up) // 2) & 255
            elif kind == 4:
                p = left + up - corner
                pick = min((abs(p - left), 0, left), (abs(p - up), 1, up), (abs(p - corner), 2, corner))[2]
                now[i] = (now[i] + pick) & 255
        line = now
        for i in range(0, len(now), step):
            key = bytes(now[i:i + 3])
            counts[key] = counts.get(key, 0) + 1
    print(*[counts.get(one, 0) for one in wanted])
    """
}
