import EngineTestSupport
import Testing

@testable import Service

@Suite("Target cells, methods and codes of the directory")
struct DirectoryTargetTests {
  private static func gene(_ symbol: String) -> TestTarget { .gene(symbol: symbol, hgnc: nil) }
  private static func panel(_ id: String, _ name: String) -> TestTarget { .panel(id: id, name: name) }

  @Test(
    "A cell is parted into panels, genes and text",
    arguments: [
      ("Hearing loss (126)", [panel("126", "Hearing loss")]),
      ("ABCC6;ENPP1", [gene("ABCC6"), gene("ENPP1")]),
      ("NF2, SMARCB1, SUFU and DGCR8", [gene("NF2"), gene("SMARCB1"), gene("SUFU"), gene("DGCR8")]),
      ("MT-ATP6;MT-ND6", [gene("MT-ATP6"), gene("MT-ND6")]),
      ("C9orf72\nATXN2", [gene("C9orf72"), gene("ATXN2")]),
      (
        "Familial hyperparathyroidism (480) and Hypocalciuric hypercalcaemia (481)\u{a0}",
        [panel("480", "Familial hyperparathyroidism"), panel("481", "Hypocalciuric hypercalcaemia")]
      ),
      (
        "Limb girdle muscular dystrophies, myofibrillar myopathies and distal myopathies (185)",
        [panel("185", "Limb girdle muscular dystrophies, myofibrillar myopathies and distal myopathies")]
      ),
      (
        "Inherited ovarian cancer (without breast cancer) (143)",
        [panel("143", "Inherited ovarian cancer (without breast cancer)")]
      ),
      ("Pulmonary Fibrosis, Familial (1174)", [panel("1174", "Pulmonary Fibrosis, Familial")]),
      (
        "ELN, JAG1 and Hearing loss (126); TP53",
        [gene("ELN"), gene("JAG1"), panel("126", "Hearing loss"), gene("TP53")]
      ),
      ("Breast cancer: BRCA1; BRCA2", [.text("Breast cancer:"), gene("BRCA1"), gene("BRCA2")]),
      ("Relevant panel(s) in PanelApp", [.text("Relevant panel(s) in PanelApp")]),
      (
        "Trio gene agnostic or appropriate panels in singletons or duos",
        [.text("Trio gene agnostic or appropriate panels in singletons or duos")]
      ),
      ("65 gene target panel to be created on PanelApp", [.text("65 gene target panel to be created on PanelApp")]),
      ("BCR::ABL1", [.text("BCR::ABL1")]), ("EGFR exon 19; ALK", [.text("EGFR exon 19"), gene("ALK")]),
      ("WGS", [.text("WGS")]), ("", []), (" \n", []),
    ])
  func targets(cell: String, targets: [TestTarget]) { #expect(TestTarget.targets(of: cell) == targets) }

  @Test("No letter or digit of a cell is ever dropped", arguments: seeds(40))
  func nothingLost(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let words = [
      "BRCA1", "ATM", "Hearing loss", "(126)", "(9)", "()", "(x)", ";", ",", "\n", "and", "or", ":", "/", "&", "panel",
      "C9orf72", "::", "é", "(12345678)", "Breast cancer:", "\u{a0}", "+",
    ]
    for _ in 0..<200 {
      let cell = (0..<random.int(0...12)).map { _ in random.pick(words) }.joined(separator: random.oneIn(3) ? "" : " ")
      let parts = TestTarget.targets(of: cell).map { target in
        switch target {
        case .panel(let id, let name): "\(name) \(id)"
        case .gene(let symbol, _): symbol
        case .text(let text): text
        }
      }.joined(separator: " ")
      func letters(_ text: String) -> [Character] {
        // "and", "or" and "plus" between targets are separators.
        text.replacing(/\b(?i:and|or|plus)\b/.wordBoundaryKind(.simple), with: " ").filter {
          $0.isLetter || $0.isNumber
        }.map { $0 }
      }
      #expect(letters(parts) == letters(cell), "\(cell.debugDescription)")
    }
  }

  @Test(
    "Methods by any of their spellings",
    arguments: [
      ("WES or Large penel", "wes-or-large-panel"), ("small panel", "small-panel"), ("Small panel ", "small-panel"),
      ("Single gene sequencing >=10 amplicons ", "single-gene-10-or-more-amplicons"),
      ("Single gene sequencing ≥10 amplicons", "single-gene-10-or-more-amplicons"),
      ("Single gene testing (<10 amplicons)", "single-gene-under-10-amplicons"),
      ("Single gene sequencing <=10 amplicons", "single-gene-10-or-fewer-amplicons"),
      ("QF PCR", "qf-pcr"), ("MLPA or equivalent", "exon-copy-number"),
      ("WES\u{a0}or Medium panel", "wes-or-medium-panel"),
      ("WES or Huge panel", nil), ("", nil), ("Panel, small", nil), ("WGS?", nil),
    ] as [(String, String?)])
  func methods(spelling: String, id: String?) { #expect(TestMethods.builtIn.method(spelled: spelling)?.id == id) }

  @Test(
    "Codes",
    arguments: [
      ("R149.1", "R149.1"), (" r149.1 ", "R149.1"), ("M1.4", "M1.4"), ("GT317", "GT317"), ("R67", "R67"),
      ("R07.1", nil),
      ("R1.", nil), ("149.1", nil), ("R1.1.1", nil), ("R-1", nil), ("R1.01", nil), ("", nil), ("R١.1", nil),
    ] as [(String, String?)])
  func codes(text: String, code: String?) { #expect(TestCode(text)?.description == code) }

  @Test("Codes sort by their numbers")
  func order() throws {
    let texts = ["M2.1", "R2.1", "R2.2", "R2.10", "R10.1", "R100.1"]
    #expect(try texts.reversed().map { try #require(TestCode($0)) }.sorted().map(\.description) == texts)
  }

  @Test(
    "Cell references and back",
    arguments: [("A1", 1, 1), ("Z9", 26, 9), ("AA10", 27, 10), ("XFD1048576", 16384, 1_048_576)])
  func references(name: String, column: Int, row: Int) throws {
    let reference = try #require(CellReference(name))
    #expect(reference.column == column && reference.row == row && reference.name == name)
    for bad in ["", "A", "1", "a1", "XFE1", "A0", "A1048577", "A-1", "AAAA1", "A1B"] {
      #expect(CellReference(bad) == nil)
    }
  }
}
