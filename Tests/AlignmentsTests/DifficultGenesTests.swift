import EngineTestSupport
import Genomics
import Testing

@testable import Alignments

@Suite struct DifficultGenesTests {
  @Test func `the list that comes with Apus names a reason, a source and where it is found`() {
    let list = DifficultGenes.builtIn
    for gene in ["SMN1", "SMN2", "PMS2", "GBA1", "GBA", "CYP21A2", "STRC", "PKD1", "NEB", "TTN", "CBS"] {
      #expect(list.entry(gene) != nil, "\(gene)")
    }
    #expect(list.entry("BRCA1") == nil)
    for entry in list.entries {
      #expect(
        entry.reference.firstMatch(of: #/^(NBK\d+|PMC\d+|PMID\d+|doi:10\.\d{4,}\/\S+)$/#) != nil,
        "\(entry.symbol): \(entry.reference)")
    }
    #expect(list.entries.map(\.symbol) == list.entries.map(\.symbol).sorted())
  }

  @Test func `a list of one's own is read`() throws {
    let text = "# ours\ngene\treason\tsource\treference\nA\tb c\tus\tSOP 1\n\nD\te\tus\tSOP 2\n"
    let list = try DifficultGenes(tsv: Array(text.utf8), id: "x", path: "p")
    #expect(list.entries.map(\.symbol) == ["A", "D"])
    #expect(list.entry("A")?.text == "b c (us; SOP 1)")
  }

  @Test(arguments: [
    ("gene\treason\tsource\treference\nA\tb\tc\n", 2, "four columns"),
    ("gene\treason\tsource\treference\nA\t \tc\td\n", 2, "four columns"),
    ("# x\ngene\treason\n", 2, "does not name the columns"),
    ("gene\treason\tsource\treference\nA\tb\tc\td\nA\tb\tc\td\n", 3, "stands twice"),
  ])
  func `a list that is none is refused with its line`(text: String, line: Int, reason: String) {
    let error = #expect(throws: InputError.self) { try DifficultGenes(tsv: Array(text.utf8), id: "x", path: "p") }
    #expect(error?.location.record == line && error?.reason.contains(reason) == true)
    #expect(throws: InputError.self) { try DifficultGenes(tsv: [], id: "x", path: "p") }
  }
}
