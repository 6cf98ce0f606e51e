import EngineTestSupport
import Foundation
import GenomicFiles
import Genomics
import Testing
import Variants

/// Reading the parts of a file that its index has for regions.
@Suite(.enabled(if: Peer.areInstalled("bcftools", "tabix")))
struct RegionTests {
  private func linesRead(_ path: String, _ regions: [Region], batchBytes: Int = 1 << 20) async throws -> [VCFLine] {
    let resources = RunResources(threads: 2, batchBytes: batchBytes)
    return try await withVariants(of: InputFile(path: path), regions: regions, resources: resources) { reader in
      var lines: [VCFLine] = []
      while let batch = try await reader.next() {
        batch.withRecords { view in
          for record in 0..<view.count {
            lines.append(VCFLine(String(decoding: view[view.line(record)], as: UTF8.self)))
          }
        }
      }
      return lines
    }
  }

  private func overlap(_ line: VCFLine, _ region: Region) -> Bool {
    let start = line.position - 1
    return line.contig == region.contig && start < region.end.value
      && start + line.ref.count > region.start.value
  }

  @Test(arguments: seeds(2), ["vcf.gz", "bcf"])
  func `what overlaps a region is read, once and in order, and little else`(seed: UInt64, kind: String) async throws {
    var generator = VCFGenerator(seed: seed)
    let file = generator.file(4000, mostAlternates: 2, samples: 3)
    let folder = try ScratchFolder()
    let input = folder.path("in." + kind)
    _ = try await runVariants(try folder.write(file.text, "in.vcf"), fasta: nil, output: input)
    let all = try await linesRead(
      input,
      file.genome.map { contig in
        Region(contig: contig.name, start: ZeroBasedPosition(0), end: ZeroBasedPosition(contig.bases.count + 1))
      })
    #expect(all.count == file.lines.count)
    for _ in 0..<30 {
      let regions = (0..<generator.random.int(1...4)).map { _ in
        let contig = generator.random.pick(file.genome)
        let start = generator.random.int(0...(contig.bases.count - 1))
        return Region(
          contig: contig.name, start: ZeroBasedPosition(start),
          end: ZeroBasedPosition(start + generator.random.pick([1, 30, 500])))
      }
      let lines = try await linesRead(input, regions, batchBytes: generator.random.pick([4096, 1 << 20]))
      let wanted = all.filter { line in regions.contains { overlap(line, $0) } }
      #expect(lines.filter { line in regions.contains { overlap(line, $0) } } == wanted, "\(regions)")
      // In the order of the file, none twice.
      var rest = all[...]
      for line in lines {
        let place = rest.firstIndex(of: line)
        #expect(place != nil)
        if let place { rest = rest[(place + 1)...] }
      }
    }
    #expect(
      try await linesRead(input, [Region(contig: "none", start: ZeroBasedPosition(0), end: ZeroBasedPosition(5))]) == []
    )
  }

  @Test func `without an index regions are refused, with the remedy`() async throws {
    var generator = VCFGenerator(seed: 3)
    let folder = try ScratchFolder()
    let input = try folder.write(generator.file(5, mostAlternates: 1).text, "in.vcf")
    let error = await #expect(throws: InputError.self) {
      try await linesRead(input, [Region(contig: "1", start: ZeroBasedPosition(0), end: ZeroBasedPosition(5))])
    }
    #expect(error?.reason.contains("no index") == true)
  }
}
