import Foundation
import Genomics
import Interpretation
import TestSupport
import Testing

struct PanelTests {
  /// PanelApp's strings, and how they are met (reference: interpretation.md 2.6).
  @Test(arguments: [
    (Mode.notImprinted, PanelMode.monoallelicNotImprinted), (Mode.monoallelic, .monoallelic),
    (Mode.maternallyImprinted, .monoallelicMaternallyImprinted),
    (Mode.paternallyImprinted, .monoallelicPaternallyImprinted), (Mode.biallelic, .biallelic),
    (Mode.both, .monoallelicAndBiallelic), (Mode.severe, .monoallelicAndMoreSevereBiallelic),
    (Mode.xBiallelic, .xLinkedBiallelic), (Mode.xMonoallelic, .xLinkedMonoallelic), ("MITOCHONDRIAL", .mitochondrial),
    ("Unknown", .unknown), ("Other - please specifiy in evaluation comments", .other),
    ("Other - please specify in evaluation comments", .other), ("", .absent), ("  ", .absent),
    ("X linked: hemizygous mutation in males, biallelic mutations in females", .xLinkedBiallelic),
    (
      "x-linked: hemizygous mutation in males,  monoallelic mutations in females may cause disease", .xLinkedMonoallelic
    ),
    ("biallelic, AUTOSOMAL or pseudoautosomal", .biallelic), ("monoallelic_not_imprinted", .monoallelicNotImprinted),
    ("DOMINANT", .unmatched), ("X-LINKED: something else", .unmatched), ("BIALLELICish", .unmatched),
    ("absent", .unmatched), ("unmatched", .unmatched),
  ])
  func modeIsReadFromItsString(_ text: String, _ mode: PanelMode) {
    #expect(PanelMode(panelApp: text) == mode)
    #expect(PanelMode(panelApp: nil) == .absent)
  }

  /// TierUp's rows (T) and proposals of Apus, as Docs/tiering.md has them.
  @Test(arguments: [
    (PanelMode.biallelic, [TieringMode.biallelic]),
    (.monoallelicAndBiallelic, [.biallelic, .monoallelicNotImprinted, .deNovo]),
    (.monoallelicAndMoreSevereBiallelic, [.biallelic, .monoallelicNotImprinted, .deNovo]),
    (.monoallelicNotImprinted, [.monoallelicNotImprinted, .deNovo]),
    (.monoallelic, [.monoallelicNotImprinted, .deNovo]), (.unknown, [.monoallelicNotImprinted, .deNovo]),
    (.other, [.monoallelicNotImprinted, .deNovo]),
    (.monoallelicMaternallyImprinted, [.monoallelicMaternallyImprinted, .deNovo]),
    (.monoallelicPaternallyImprinted, [.monoallelicPaternallyImprinted, .deNovo]),
    (.xLinkedBiallelic, [.xLinkedBiallelic, .xLinkedMonoallelic, .deNovo]),
    (.xLinkedMonoallelic, [.xLinkedMonoallelic, .deNovo]), (.mitochondrial, [.mitochondrial]),
    (.absent, TieringMode.allCases),
  ])
  func modeMatchesTheseTieringModesAlone(_ panel: PanelMode, _ accepted: [TieringMode]) {
    for mode in TieringMode.allCases { #expect(panel.matches(mode) == accepted.contains(mode), "\(mode)") }
    #expect(PanelMode.unmatched.matches(.biallelic) == nil)
  }

  @Test(arguments: [
    ("\"3\"", PanelRating.green), ("3", .green), ("\"4\"", .green), ("2", .amber), ("\"1\"", .red), ("0", .red),
  ])
  func confidenceIsANumberOrAString(_ level: String, _ rating: PanelRating) throws {
    let set = try PanelText(genes: [PanelText.gene("G", Mode.biallelic, level: level)]).read()
    #expect(set.panels[0].genes[0].rating == rating)
  }

  @Test(arguments: ["\"5\"", "null", "\"green\""])
  func anyOtherConfidenceIsRefused(_ level: String) throws {
    let error = #expect(throws: InputError.self) {
      try PanelText(genes: [PanelText.gene("G", Mode.biallelic, level: level)]).read()
    }
    #expect(error?.kind == .malformed)
  }

  @Test func stringsThatAreNotUnderstoodAreCounted() throws {
    let set = try PanelText(genes: [PanelText.gene("G", "RECESSIVE"), PanelText.gene("H", Mode.biallelic)]).read()
    #expect(set.faults.map(\.entity) == ["G"])
    #expect(set.panels[0].genes.map(\.mode) == [.unmatched, .biallelic])
  }

  @Test func signOffIsOfAVersion() throws {
    func list(_ id: Int, _ version: String) -> String {
      #"{"count": 1, "next": null, "results": [{"id": \#(id), "version": "\#(version)", "signed_off": "2026-02-02"}]}"#
    }
    let bare = PanelText(version: "2.1", signedOff: "null", genes: [PanelText.gene("G", "")]).text
    #expect(try panels([bare]).panels[0].signOff == .notTold)
    #expect(try panels([bare, list(1, "2.1")]).panels[0].signOff == .signedOff("2026-02-02"))
    #expect(try panels([list(1, "2.0"), bare]).panels[0].signOff == .otherVersion("2.0", on: "2026-02-02"))
    #expect(try panels([bare, list(7, "2.1")]).panels[0].signOff == .notTold)
    let error = #expect(throws: InputError.self) { try panels([bare, list(1, "2.0"), list(1, "2.1")]) }
    #expect(error?.kind == .mismatch)
    // In a result, a version that is not signed off heads everything.
    let tierer = Tierer(
      profile: try .named("gel-nembus-draft"), panels: try panels([list(1, "2.0"), bare]),
      family: Families.singleton(), assembly: .grch38)
    #expect(
      tierer.tier([]).banners.contains("Panel 1 Test 1 2.1 is not the version that is signed off: 2.0, on 2026-02-02."))
  }

  @Test func severalPanelsAreHeldApart() throws {
    let one = PanelText(id: 1, genes: [PanelText.gene("G", Mode.biallelic)]).text
    let two = PanelText(id: 2, genes: [PanelText.gene("G", Mode.notImprinted, level: "2")]).text
    let set = try panels([two, one, one])
    #expect(set.panels.map(\.identity.id) == [1, 2])
    let index = PanelIndex(set, assembly: .grch38)
    #expect(index.hits(symbol: "G", gene: "ENSG1", hgnc: nil).map(\.gene.rating) == [.green, .amber])
    let error = #expect(throws: InputError.self) {
      try panels([one, PanelText(id: 1, version: "9.9", genes: []).text])
    }
    #expect(error?.kind == .mismatch)
    #expect(try set.selecting(["2"]).panels.map(\.identity.id) == [2])
    let missing = #expect(throws: InputError.self) { try set.selecting(["2", "77"]) }
    #expect(missing?.reason == "the test asks for panel 77, which is not given")
  }

  @Test(arguments: ["{}", "[]", "{\"results\": []}", "not JSON", "{\"id\": 1, \"name\": \"a\", \"version\": \"1\"}"])
  func whatIsNoPanelIsRefused(_ text: String) throws {
    let error = #expect(throws: InputError.self) { try panels([text]) }
    #expect(error?.kind == .malformed)
  }

  @Test func aMissingFileIsUnreadable() {
    let error = #expect(throws: InputError.self) { try PanelSet.read(["/nowhere/panel.json"]) }
    #expect(error?.kind == .unreadable)
  }

  @Test func genesAreFoundByEveryNameAndNoWrongOne() throws {
    let extra = """
      , "hgnc_id": "HGNC:1", "hgnc_symbol": "NEW", "alias": ["OLD", "SHARED"],
       "ensembl_genes": {"GRch37": {"82": {"ensembl_id": "ENSG37"}}, "GRch38": {"90": {"ensembl_id": "ENSG38"}}}
      """
    let set = try PanelText(genes: [
      PanelText.gene("NAME", "", extra: extra),
      PanelText.gene("OTHER", "", extra: #", "hgnc_id": "HGNC:2", "alias": ["SHARED", "ALONE"]"#),
    ]).read()
    let index = PanelIndex(set, assembly: .grch38)
    func hit(_ symbol: String?, _ gene: String, _ hgnc: String? = nil) -> String? {
      index.hits(symbol: symbol, gene: gene, hgnc: hgnc).first.map { "\($0.gene.symbol) \($0.matchedBy)" }
    }
    #expect(hit("X", "Y", "HGNC:1") == "NAME HGNC")
    #expect(hit("X", "ENSG38.4") == "NAME Ensembl")
    #expect(hit("X", "ENSG37") == nil)
    #expect(hit("new", "ENSG99") == "NAME symbol")
    #expect(hit("NAME", "ENSG99") == "NAME symbol")
    #expect(hit("NAME", "ENSG99", "HGNC:9") == nil)
    #expect(hit("OLD", "NR_1") == "NAME other symbol")
    // The gene model has an Ensembl gene of that name, and the panel's is another one.
    #expect(hit("OLD", "ENSG99") == nil)
    #expect(hit("SHARED", "NR_1") == nil)
    #expect(hit("ALONE", "ENSG99") == "OTHER other symbol")
    #expect(hit("ALONE", "ENSG99", "HGNC:1") == "NAME HGNC")
    #expect(index.contains(symbol: "NAME", gene: "g", hgnc: nil))
    #expect(!index.contains(symbol: "ELSE", gene: "g", hgnc: nil))
    #expect(
      PanelIndex(set, assembly: .grch37).hits(symbol: nil, gene: "ENSG37", hgnc: nil).first?.matchedBy == "Ensembl")
  }

  @Test func everyPanelsEntryIsFoundThoughOneAloneHasIdentifiers() throws {
    let full = PanelText(
      id: 1,
      genes: [
        PanelText.gene(
          "KMT2D", Mode.notImprinted,
          extra:
            #", "hgnc_id": "HGNC:7133", "alias": ["MLL2"], "ensembl_genes": {"GRch38": {"90": {"ensembl_id": "ENSG167548"}}}"#
        )
      ])
    // The symbol alone; a symbol that today is another gene's, told apart by its identifier.
    let bare = PanelText(id: 2, genes: [PanelText.gene("KMT2D", Mode.notImprinted)])
    let other = PanelText(
      id: 3, genes: [PanelText.gene("KMT2D", Mode.notImprinted, extra: #", "hgnc_id": "HGNC:15840""#)])
    let index = PanelIndex(try panels([full.text, bare.text, other.text]), assembly: .grch38)
    func hits(_ symbol: String?, _ gene: String, _ hgnc: String? = nil) -> [String] {
      index.hits(symbol: symbol, gene: gene, hgnc: hgnc).map { "\($0.panel.id) \($0.matchedBy)" }
    }
    #expect(hits("KMT2D", "ENSG167548", "HGNC:7133") == ["1 HGNC", "2 symbol"])
    #expect(hits("KMT2D", "ENSG167548") == ["1 Ensembl", "2 symbol", "3 symbol"])
    // An annotation of before the gene was named anew.
    #expect(hits("MLL2", "ENSG167548", "HGNC:7133") == ["1 HGNC"])
    #expect(hits("MLL2", "8085") == ["1 other symbol"])
    #expect(hits("KMT2D", "9757", "HGNC:15840") == ["2 symbol", "3 HGNC"])
  }

  @Test func genesThatTheModelHasUnderNoNameAreListedByName() throws {
    let set = try PanelText(genes: [
      PanelText.gene("HERE", "", extra: #", "hgnc_id": "HGNC:1""#),
      PanelText.gene("RENAMED", "", extra: #", "hgnc_id": "HGNC:2", "alias": ["EARLIER"]"#),
      PanelText.gene("GONE", "", level: "\"1\"", extra: #", "hgnc_id": "HGNC:3""#), PanelText.gene("NOWHERE", ""),
    ]).read()
    let index = PanelIndex(set, assembly: .grch38)
    let model: [(symbol: String?, gene: String, hgnc: String?)] = [
      ("X", "ENSG1", "HGNC:1"), ("EARLIER", "ENSG2", nil), ("GONE", "ENSG3", "HGNC:33"), (nil, "ENSG4", nil),
    ]
    let missing = index.unmatched(model)
    #expect(missing.map(\.symbol) == ["GONE", "NOWHERE"])
    #expect(missing.map(\.rating) == [.red, .green] && missing[0].hgnc == "HGNC:3")
    #expect(index.unmatched([]).count == 4)
  }

  @Test func regionsAreReadWithTheirFaults() throws {
    let odd = """
      {"entity_name": "R2", "confidence_level": "3", "chromosome": "20", "grch38_coordinates": [1, 10],
       "type_of_variants": "odd", "required_overlap_percentage": "60"}
      """
    let set = try PanelText(regions: [TierStructuralTests.region, odd]).read()
    #expect(set.panels[0].regions[0].ranges == [.grch38: 100_000..<200_000])
    #expect(set.panels[0].regions[1].requiredOverlap == 60)
    #expect(set.faults.map(\.reason) == ["the type of variants is not known"])
  }

  @Test(.enabled(if: SharedData.has("panelapp")))
  func panelsOfPanelAppAreRead() throws {
    let stickler = try PanelSet.read([
      SharedData.path("panelapp/panel-example.json"), SharedData.path("panelapp/api-list.json"),
    ])
    #expect(stickler.panels.map(\.identity) == [.init(id: 3, name: "Stickler syndrome", version: "4.0")])
    #expect(stickler.panels[0].signOff == .signedOff("2023-03-22"))
    #expect(stickler.panels[0].genes.count == 11)
    #expect(stickler.panels[0].genes.count { $0.rating == .green } == 9)
    #expect(stickler.faults.isEmpty)
    let heart = try PanelSet.read([SharedData.path("panelapp/842-cardiac-arrhythmias-v13.4.json")]).panels[0]
    #expect(heart.isSuperPanel)
    #expect(heart.genes.count == 100)
    let modes = Dictionary(grouping: heart.genes, by: \.mode).mapValues(\.count)
    #expect(
      modes == [
        .monoallelicNotImprinted: 38, .monoallelic: 24, .unknown: 14, .biallelic: 11, .absent: 8,
        .monoallelicAndMoreSevereBiallelic: 3, .monoallelicAndBiallelic: 2,
      ])
    #expect(Dictionary(grouping: heart.genes, by: \.rating).mapValues(\.count) == [.red: 69, .green: 22, .amber: 9])
    #expect(Set(heart.genes.compactMap(\.component?.id)) == [13, 76, 214, 224, 843])
    // A gene of three component panels has three entries, each with its own rating and mode.
    let index = PanelIndex(
      try .read([SharedData.path("panelapp/842-cardiac-arrhythmias-v13.4.json")]), assembly: .grch37)
    #expect(index.hits(symbol: nil, gene: "ENSG00000151067", hgnc: nil).count == 3)
    let lists = #expect(throws: InputError.self) {
      try PanelSet.read([SharedData.path("panelapp/signed-off-example.json")])
    }
    #expect(lists?.reason == "no panel with genes is given")
  }
}
