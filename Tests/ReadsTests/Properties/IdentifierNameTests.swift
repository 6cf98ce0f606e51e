import EngineTestSupport
import Reads
import Testing

/// Where molecular identifiers go in names.
@Suite struct IdentifierNameTests {
  @Test(arguments: [
    ("r1", "r1", "r1:AC", "r1:AC"),
    ("r1 1:N:0:TTTT", "r1 2:N:0:TTTT", "r1:AC 1:N:0:TTTT", "r1:AC 2:N:0:TTTT"),
    ("r1/1", "r1/2", "r1:AC/1", "r1:AC/2"),
    ("r1/1\tx y", "r1/2\tz", "r1:AC/1\tx y", "r1:AC/2\tz"),
    ("SRR1.5.1 5", "SRR1.5.2 5", "SRR1.5:AC 5", "SRR1.5:AC 5"),
  ])
  func `mates keep one name, and the output is taken again`(
    name1: String, name2: String, moved1: String, moved2: String
  ) async throws {
    let folder = try ScratchFolder()
    let paths = try [name1, name2].enumerated().map { number, name in
      try folder.write("@\(name)\nACGTACGT\n+\(name)\nIIIIIIII\n", "\(number).fastq")
    }
    var options = ReadOptions.passThrough
    options.molecularIdentifiers = MolecularIdentifiers(place: .read1, length: 2)
    let outputs = ["a.fastq", "b.fastq"].map(folder.path)
    let summary = try await process(paths[0], paths[1], outputs: outputs, options: options).summary
    #expect(try folder.text(of: "a.fastq") == "@\(moved1)\nGTACGT\n+\nIIIIII\n")
    #expect(try folder.text(of: "b.fastq") == "@\(moved2)\nACGTACGT\n+\nIIIIIIII\n")
    let again = try await process(outputs[0], outputs[1]).summary
    #expect(again.custody.values.map(\.input) == summary.custody.values.map(\.output))
  }
}
