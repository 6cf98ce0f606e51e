import EngineTestSupport
import GenomicFiles
import Genomics
import Reads
import Testing

@Suite struct PairingTests {
  private func file(_ names: [String]) -> String { names.map { "@\($0)\nACGT\n+\nIIII\n" }.joined() }

  private func pair(_ names1: [String], _ names2: [String], batchBytes: Int = 4096) async throws -> ReadResult {
    let folder = try ScratchFolder()
    return try await process(
      try folder.write(file(names1), "R1.fastq"), try folder.write(file(names2), "R2.fastq"),
      outputs: [folder.path("o1.fastq"), folder.path("o2.fastq")], batchBytes: batchBytes)
  }

  @Test(arguments: [
    ("x", "x"), ("x/1", "x/2"), ("x 1:N:0:AC", "x 2:N:0:AC"), ("x\t1", "x\t2"), ("x/1 comment", "x/2 other"),
    ("x", "x anything"), ("/1", "/1"), ("x/3", "x/3"),
  ])
  func `names that belong together`(name1: String, name2: String) async throws {
    #expect(try await pair([name1], [name2]).summary.before1.reads == 1)
  }

  @Test(arguments: [
    ("x/1", "y/2"), ("x", "xy"), ("xy", "x"), ("x/1", "x/3"), ("x.1", "x.2"), ("X", "x"),
    // One file given twice.
    ("x/1", "x/1"), ("x/2", "x/2"), ("x 1:N:0:AC", "x 1:N:0:AC"), ("x/1 c", "x/1 c"),
  ])
  func `names that do not are refused, naming file and record`(name1: String, name2: String) async throws {
    let error = await #expect(throws: InputError.self) { try await self.pair(["a", name1], ["a", name2]) }
    #expect(error?.kind == .mismatch)
    #expect(error?.location.file.hasSuffix("/R2.fastq") == true)
    #expect(error?.location.record == 2)
    #expect(error?.reason.contains("/R1.fastq") == true)
  }

  @Test(arguments: [(3, 2), (2, 3), (1, 0), (0, 1), (500, 1), (1, 500), (500, 499)], [4096, 1 << 20])
  func `a file with more reads than the other is refused by name`(counts: (Int, Int), batchBytes: Int) async throws {
    let names = (0..<500).map { "r\($0)" }
    let folder = try ScratchFolder()
    let path1 = try folder.write(file(Array(names[..<counts.0])), "R1.fastq")
    let path2 = try folder.write(file(Array(names[..<counts.1])), "R2.fastq")
    let error = await #expect(throws: InputError.self) {
      try await process(
        path1, path2, outputs: [folder.path("a.fastq"), folder.path("b.fastq")], batchBytes: batchBytes)
    }
    #expect(error?.kind == .mismatch)
    #expect(error?.location.file == (counts.0 > counts.1 ? path1 : path2))
    #expect(error?.location.record == min(counts.0, counts.1) + 1)
    #expect(error?.reason.contains("after \(min(counts.0, counts.1)) records") == true)
    #expect(folder.names == ["R1.fastq", "R2.fastq"], "nothing is left of the outputs")
  }

  @Test func `files without reads are refused`() async throws {
    let folder = try ScratchFolder()
    let empty = try folder.write("", "empty.fastq")
    let error = await #expect(throws: InputError.self) { try await process(empty) }
    #expect(error?.kind == .empty)
  }
}
