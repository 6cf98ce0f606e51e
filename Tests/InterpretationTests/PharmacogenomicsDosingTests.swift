import GenomicFiles
import Genomics
import TestSupport
import Testing

@testable import Interpretation

@Suite("Pharmacogenomics: signed dosing tables, outside calls, tables of text")
struct PharmacogenomicsDosingTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  static let head = """
    #schema: apus-pgx-dosing/1
    #title: Trust dosing table
    #version: 3
    #issued: 2026-01-31
    #signatory: A. Pharmacist
    #role: lead pharmacist
    #organisation: Trust
    #signature: document 17, page 2
    #document: Guideline 9

    """
  static let body = """
    gene\tmatch\tvalue\tdrug\ttext
    TOY\tphenotype\tSlow\tdrug A\thalf of it
    TOY\tdiplotype\t*1/*1\tdrug A\tall of it
    CYP2D6\tphenotype\tPoor Metabolizer\tdrug B\tnone of it

    """

  func write(_ text: String, digest sum: String? = nil) throws -> String {
    let path = try folder.write(text, to: "dosing.tsv")
    try folder.write((sum ?? digest(ofBytes: Array(text.utf8))) + "  dosing.tsv\n", to: "dosing.tsv.sha256")
    return path
  }

  static func definitions() throws -> DefinitionSet {
    DefinitionSet(
      genes: [try .small(alternates: ["T"], rows: [("*1", "C"), ("*2", "T")])],
      phenotypes: [
        "TOY": PhenotypeTable(
          gene: "TOY", version: "9",
          entries: [
            (["*1", "*2"], .init(phenotype: "Slow")), (["*1", "*1"], .init(phenotype: "Normal Metabolizer")),
          ])
      ])
  }

  @Test("A table is refused without its digest, with another, and without each key of its head")
  func signatures() throws {
    let bare = try folder.write(Self.head + Self.body, to: "bare.tsv")
    #expect(throws: PharmacogenomicsError.self) { try DosingTable(path: bare) }
    let other = try write(Self.head + Self.body, digest: String(repeating: "0", count: 64))
    let error = #expect(throws: InputError.self) { try DosingTable(path: other) }
    #expect(error?.kind == .checksum)
    for line in Self.head.split(separator: "\n") {
      let cut = Self.head.split(separator: "\n").filter { $0 != line }.joined(separator: "\n") + "\n"
      let path = try write(cut + Self.body)
      let error = #expect(throws: PharmacogenomicsError.self) { try DosingTable(path: path) }
      #expect(error?.kind == .unsignedTable)
    }
    for wrong in [
      "#nonsense: 1\n" + Self.head + Self.body, "#version: 4\n" + Self.head + Self.body,
      Self.head + Self.body + "TOY\tphenotype\tSlow\tdrug A\tanother\n", Self.head + Self.body + "TOY\tmood\tx\ty\tz\n",
      Self.head.replacing("2026-01-31", with: "soon") + Self.body,
    ] {
      let path = try write(wrong)
      #expect(throws: InputError.self) { try DosingTable(path: path) }
    }
    #expect(try DosingTable(path: try write(Self.head + Self.body)).rows.count == 3)
  }

  @Test("A text is given only for a result that is there, quoted with its table")
  func texts() async throws {
    let table = try DosingTable(path: try write(Self.head + Self.body))
    func result(_ genotype: String?, outside: [OutsideCall] = []) async throws -> PharmacogenomicsResult {
      var vcf = VCFText()
      if let genotype { vcf.add("chr21", 10_000_001, "C", "T", genotype) }
      return try await call(vcf, Self.definitions(), outside: outside, dosing: table)
    }
    let slow = try await result("0/1").dosing
    #expect(slow.texts.map(\.text) == ["half of it"])
    #expect(slow.withheld.map(\.gene) == ["CYP2D6"])
    #expect(slow.table?.signatory == "A. Pharmacist, lead pharmacist, Trust")
    #expect(slow.table?.sha256.count == 64)
    #expect(try await result("0/0").dosing.texts.map(\.text) == ["all of it"])
    for genotype in ["./.", "./1", nil] {
      let none = try await result(genotype).dosing
      #expect(none.texts.isEmpty)
      #expect(none.withheld.map(\.gene) == ["CYP2D6", "TOY"])
    }
    let outside = try await result(
      "0/1", outside: [OutsideCall(gene: "CYP2D6", diplotype: "*4/*4", phenotype: "Poor Metabolizer")])
    #expect(outside.dosing.texts.map(\.drug) == ["drug B", "drug A"])
    // An outside call that the sample's own variants contradict decides nothing.
    let contradicted = try await result("0/1", outside: [OutsideCall(gene: "TOY", diplotype: "*1/*1")])
    #expect(contradicted.dosing.texts.isEmpty)
    #expect(contradicted.outsideCalls[0].warnings.count == 2)
    var vcf = VCFText()
    vcf.add("chr21", 10_000_001, "C", "T", "0/1")
    let without = try await call(vcf, Self.definitions()).dosing
    #expect(without.texts.isEmpty && without.table == nil)
    #expect(without.note.contains("states no dose"))
  }

  @Test("Outside calls are read as PharmCAT's format has them")
  func outsideCalls() throws {
    let text =
      "# remark\nCYP2D6\t*1/*3\nCYP2C9\t\t\t2.0\nHLA-B\t\t*57:01 positive\nHLA-B\t\t*15:02 negative\nMT-RNR1\t1555A>G\n"
    let calls = try OutsideCall.parse(Array(text.utf8), path: "o.tsv")
    #expect(calls.map(\.gene) == ["CYP2D6", "CYP2C9", "HLA-B", "HLA-B", "MT-RNR1"])
    #expect(calls[1].activityScore == "2.0")
    #expect(calls[2].phenotype == "*57:01 positive")
    for wrong in ["CYP2D6\n", "\t*1/*1\n", "CYP2D6\t\t\t\n", "CYP2D6\t*1/*1\nCYP2D6\t*1/*2\n", "A\tb\tc\td\te\n"] {
      #expect(throws: InputError.self) { try OutsideCall.parse(Array(wrong.utf8), path: "o.tsv") }
    }
  }

  @Test("What was not tested is always listed, and every row of a table has every column")
  func tables() async throws {
    var vcf = VCFText()
    vcf.add("chr21", 10_000_001, "C", "T", "0/0")
    let result = try await call(
      vcf, Self.definitions(), outside: [OutsideCall(gene: "CYP2D6", diplotype: "*1/*4")])
    for table in result.tables {
      #expect(!table.rows.isEmpty || table.title == "Positions that are not called as the reference")
      for row in table.rows { #expect(row.count == table.columns.count) }
      #expect(table.tsv.split(separator: "\n").count == table.rows.count + 1)
    }
    #expect(!result.notTestedGenes.map(\.gene).contains("CYP2D6"))
    #expect(result.notTestedGenes.map(\.gene).contains("HLA-A"))
    #expect(result.geneTable.rows.map(\.[0]) == ["TOY", "CYP2D6"])
    #expect(result.geneTable.columns[4] == "phenotype (the table's term)")
    #expect(result.genes[0].diplotypes[0].phenotype?.quotedFrom == "TEST phenotype table of TOY, 9")
    #expect(result.notTestedTable.rows.contains { $0[1].contains("copy number") })
    #expect(result.dpyd.notCallable.count == 6)
  }
}
