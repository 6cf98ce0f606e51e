import Genomics
import Testing

@testable import Reads

/// Where an overrepresented sequence may come from.
@Suite struct FastQCContaminantsTests {
  private static let primer = "AATGATACGGCGACCACCGAGATCTACACT"

  private func source(of query: String, _ list: String) throws -> String? {
    try FastQCContaminants(text: list, path: "list").source(of: Array(query.utf8))
  }

  @Test(arguments: [
    (primer, "One (100% over 30bp)"),
    ("TTTT" + primer + "GGGG", "One (100% over 30bp)"),
    // The reverse complement.
    ("AGTGTAGATCTCGGTGGTCGCCGTATCATT", "One (100% over 30bp)"),
    // One mismatch inside, then one at the end, which does not count as length but as a mismatch.
    ("AATGATACGGCGACCTCCGAGATCTACACT", "One (96% over 30bp)"),
    ("AATGATACGGCGACCACCGAGATCTACACG", "One (96% over 29bp)"),
    // Short queries match whole or not at all.
    ("GATACGGCG", "One (100% over 9bp)"), ("CGCCGTATC", "One (100% over 9bp)"),
  ])
  func `matches are named with their length`(query: String, named: String) throws {
    #expect(try source(of: query, "# list\n\nOne\t\t\(Self.primer.lowercased())\r\n") == named)
  }

  @Test(arguments: [
    // Seven bases are too few; twenty and a match of twenty too.
    "GATACGG", String(primer.prefix(20)), "GATACGGCGT", String(repeating: "ACTG", count: 12), "",
  ])
  func `others have no source`(query: String) throws {
    #expect(try source(of: query, "One\t\(Self.primer)") == nil)
  }

  @Test func `the longest match wins, then the first of the list`() throws {
    let list = "Part\t\(Self.primer.dropFirst(4))\nWhole\t\(Self.primer)\nAgain\t\(Self.primer)\n"
    #expect(try source(of: Self.primer, list) == "Whole (100% over 30bp)")
  }

  @Test func `without a list nothing has a source`() {
    #expect(FastQCContaminants().source(of: Array(Self.primer.utf8)) == nil)
  }

  @Test(arguments: ["One", "One\tACGN", "One\tACGT\tmore", "One ACGT"])
  func `a line that is no contaminant is an error`(line: String) {
    #expect(throws: InputError.self) { try FastQCContaminants(text: "Good\tACGT\n" + line, path: "list") }
  }
}
