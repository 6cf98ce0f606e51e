import EngineTestSupport
import Foundation
import GenomicFiles
import Genomics
import Testing
import Variants

@Suite struct DeterminismTests {
  @Test(.enabled(if: Peer.areInstalled("tabix")), arguments: seeds(2))
  func `bytes and index are the same at any threads and batch size, and tabix finds what overlaps`(seed: UInt64)
    async throws
  {
    var generator = VCFGenerator(seed: seed)
    var file = generator.file(1500, mostAlternates: 4)
    // Spans that INFO/END makes longer than REF: what tabix goes by.
    for index in file.lines.indices where generator.random.oneIn(10) {
      let line = file.lines[index]
      let length = file.genome.first { $0.name == line.contig }?.bases.count ?? 0
      let end = "END=\(min(length, line.position + generator.random.pick([0, 40, 3000])))"
      file.lines[index].columns[7] = line.info.isEmpty ? end : line.columns[7] + ";" + end
    }
    let folder = try ScratchFolder()
    let input = try folder.write(file.text, "in.vcf")
    let fasta = try folder.write(file.fasta, "ref.fa")
    var expected: (data: Data, index: Data)?
    for (index, (threads, batchBytes)) in [
      (1, 4 << 20), (2, 4096), (7, 64 << 10), (7, 4096), (1, 4096), (2, 4 << 20),
    ].enumerated() {
      let name = "out\(index).vcf.gz"
      _ = try await runVariants(
        input, fasta: fasta, output: folder.path(name), splits: true, threads: threads, batchBytes: batchBytes)
      let bytes = (data: try folder.bytes(of: name), index: try folder.bytes(of: name + ".tbi"))
      if let expected {
        #expect(bytes == expected, "\(threads) threads, \(batchBytes) bytes")
      } else {
        expected = bytes
      }
    }
    let lines = dataLines(try Peer.output("gzip", "-dc", folder.path("out0.vcf.gz")).text)
    #expect(lines.count > file.lines.count)
    for _ in 0..<60 {
      // tabix cannot ask for a name with a colon in it.
      let contig = generator.random.pick(Array(file.genome.prefix(2)))
      let start = generator.random.int(1...contig.bases.count)
      let end = min(contig.bases.count, start + generator.random.pick([0, 10, 500]))
      let found = dataLines(try Peer.output("tabix", folder.path("out0.vcf.gz"), "\(contig.name):\(start)-\(end)").text)
      let overlapping = lines.filter { line in
        let declared = line.info.first { $0.hasPrefix("END=") }.flatMap { Int($0.dropFirst(4)) }
        let last = declared.flatMap { $0 >= line.position ? $0 : nil } ?? line.position + line.ref.count - 1
        return line.contig == contig.name && line.position <= end && last >= start
      }
      #expect(found == overlapping, "\(contig.name):\(start)-\(end)")
    }
  }

  @Test(.enabled(if: Peer.areInstalled("tabix")), arguments: [false, true])
  func `a record is found by the END that it declares, far from its REF`(normalises: Bool) async throws {
    // Many index bins and BGZF blocks lie between the record and the end of what it spans.
    let filler = "S=" + String(repeating: "x", count: 2000)
    var lines = [VCFLine("c", 5, "AT", ["A"], info: "END=90000"), VCFLine("c", 6, "T", ["C"], info: "DB;END=70000")]
    for place in 1...60 { lines.append(VCFLine("c", 100 * place + 2, "A", ["C"], info: filler)) }
    let file = VCFCase(
      genome: [("c", "GGGGAT" + String(repeating: "TTTTTAAAAA", count: 9_999) + "GGGGG")], lines: lines)
    let folder = try ScratchFolder()
    _ = try await runVariants(
      try folder.write(file.text, "in.vcf"), fasta: normalises ? try folder.write(file.fasta, "ref.fa") : nil,
      output: folder.path("o.vcf.gz"), check: .warn)
    func found(_ region: String) throws -> [Int] {
      dataLines(try Peer.output("tabix", folder.path("o.vcf.gz"), region).text).map(\.position)
    }
    #expect(try found("c:89999-90010") == [5])
    #expect(try found("c:70000-70000") == [5, 6])
    #expect(try found("c:90001-90010") == [])
  }

  @Test func `nothing is left of a refused file`() async throws {
    var generator = VCFGenerator(seed: 1)
    var file = generator.file(300, mostAlternates: 2)
    file.lines.append(VCFLine("HLA*01:01", 1, "G", ["?"], format: "GT", samples: ["0/1", "0/1"]))
    let folder = try ScratchFolder()
    let input = try folder.write(file.text, "in.vcf")
    await #expect(throws: InputError.self) {
      try await runVariants(input, fasta: nil, output: folder.path("out.vcf.gz"), batchBytes: 4096)
    }
    #expect(folder.names == ["in.vcf"])
  }
}
