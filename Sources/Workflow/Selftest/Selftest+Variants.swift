// Variants and tiers, by what was planted.
extension Selftest {
  mutating func checkVariants() throws {
    let planted = files.variants
    var title = "variants are left-aligned and split, and no reference call is invented"
    guard
      try done("V-01", title, ["vcf", "norm", "family.vcf", "-f", "genome.fa", "--split", "-o", "norm.vcf"])
    else { return }
    hold(
      "V-01", title, expected: Self.told(planted.normalised), found: Self.told(SelftestVariants.rows(text("norm.vcf"))))
    note("variants-normalised", lines: text("norm.vcf"), comment: "##")
    title = "records that did not pass are left out where that is asked"
    if try done("V-02", title, ["vcf", "filter", "norm.vcf", "--pass", "-o", "passed.vcf"]) {
      let failed = planted.records.filter { $0.filter != "PASS" }.map(\.position)
      hold(
        "V-02", title, expected: Self.told(planted.normalised.filter { !failed.contains($0.position) }),
        found: Self.told(SelftestVariants.rows(text("passed.vcf"))))
    }
    title = "a cache is built of the genome and its gene, and proves itself"
    guard try done("V-03", title, ["cache", "build", "-f", "genome.fa", "-g", "genes.gff3", "-o", "self.cache"]) else {
      return
    }
    let info = try program.run(["cache", "info", "self.cache"])
    let wanted = ["verified\tall sections", "transcripts\t1", "translates\t1"]
    hold(
      "V-03", title, expected: wanted.joined(separator: "; "),
      found: wanted.filter { info.output.contains($0 + "\n") }.joined(separator: "; "))
    title = "annotation runs"
    guard try done("V-04", title, ["vcf", "annotate", "norm.vcf", "-c", "self.cache", "-o", "annotated.vcf"]) else {
      return
    }
    let names = planted.frameshiftNames
    holdConsequence(
      "V-04", "the frameshift has its consequence and names", at: planted.frameshift.position,
      ["frameshift_variant", names.coding, names.protein])
    holdConsequence(
      "V-05", "the synonymous change has its consequence and name", at: planted.synonymous.position,
      ["synonymous_variant", planted.synonymousName])
    note("variants-annotated", lines: text("annotated.vcf"), comment: "##")
    title = "variants are counted"
    if try done("V-06", title, ["vcf", "stats", "family.vcf", "-o", "stats.txt"]) {
      let records = text("stats.txt").split(separator: "\n").first { $0.contains("number of records:") }
      hold(
        "V-06", title, expected: "\(planted.records.count)",
        found: records?.split(separator: "\t").last.map(String.init) ?? "no such line")
      note("variants-counted", lines: text("stats.txt"))
    }
  }

  private mutating func holdConsequence(_ id: String, _ title: String, at position: Int, _ wanted: [String]) {
    let line = text("annotated.vcf").split(separator: "\n").first { $0.hasPrefix("20\t\(position)\t") } ?? ""
    // Fields of CSQ are what stands between bars.
    let fields = Set(line.split { "|;=,\t".contains($0) }.map(String.init))
    hold(
      id, title, expected: wanted.joined(separator: ", "),
      found: wanted.filter { fields.contains($0) }.joined(separator: ", "))
  }

  private static func told(_ rows: [SelftestVariants.Row]) -> String {
    rows.map { "\($0.position) \($0.reference)>\($0.alternate) \($0.genotypes.joined(separator: " "))" }
      .joined(separator: "; ")
  }

  mutating func checkTiers() throws {
    let planted = files.variants
    let family = ["-c", "self.cache", "--ped", "family.ped", "--panel", "panel.json", "--all"]
    var title = "tiers of the family's joint calls"
    guard
      try done("T-01", title, ["tier", "family.vcf"] + family + ["-o", "tiers.json", "--tsv", "tiers.tsv"])
    else { return }
    let joint = Table(text("tiers.tsv"))
    title = "a new frameshift in a green gene of the panel is tier 1, as de novo"
    hold(
      "T-01", title, expected: "TIER1 de_novo frameshift_variant",
      found: joint.told(["TIER", "MODE", "TERM"], at: planted.frameshift.position))
    hold(
      "T-02", "a synonymous change has no tier, and its reason is told", expected: ". SELF1:consequence-not-listed",
      found: joint.told(["TIER", "NEAR_MISSES"], at: planted.synonymous.position))
    hold(
      "T-03", "frequencies that were not loaded make a tier provisional", expected: "frequency",
      found: joint.told(["PROVISIONAL"], at: planted.frameshift.position))
    note("tiers", lines: text("tiers.tsv"), comment: "##")
    title = "parents without a record are unknown, never the reference: nothing is de novo"
    let own = SelftestFiles.people.map { "\($0).vcf" }
    if try done("T-04", title, ["tier"] + own + family + ["-o", "own.json", "--tsv", "own.tsv"]) {
      hold(
        "T-04", title, expected: "SELF1:de-novo-not-assessable . .",
        found: Table(text("own.tsv")).told(["WARNINGS", "SELF-M", "SELF-F"], at: planted.frameshift.position))
    }
  }

  /// A table whose first line without `##` names its columns.
  private struct Table {
    private let rows: [[String: String]]

    init(_ text: String) {
      let lines = text.split(separator: "\n").filter { !$0.hasPrefix("##") }.map {
        $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      }
      let columns = (lines.first ?? []).map { $0.hasPrefix("#") ? String($0.dropFirst()) : $0 }
      rows = lines.dropFirst().map { Dictionary(zip(columns, $0), uniquingKeysWith: { first, _ in first }) }
    }

    /// Columns of the rows at a position, in words.
    func told(_ columns: [String], at position: Int) -> String {
      rows.filter { $0["POS"] == "\(position)" }
        .map { row in columns.map { row[$0] ?? "no column \($0)" }.joined(separator: " ") }.joined(separator: "; ")
    }
  }
}
