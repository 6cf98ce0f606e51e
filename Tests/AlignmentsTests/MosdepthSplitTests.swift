import EngineTestSupport
import GenomicFiles
import Genomics
import Testing

@testable import Alignments

@Suite struct MosdepthSplitTests {
  @Test(arguments: seeds(5))
  func `contigs counted apart and merged are the whole`(seed: UInt64) async throws {
    var generator = SAMGenerator(seed: seed)
    let file = generator.file(wild: 500, pairs: 600)
    let folder = try ScratchFolder()
    let (header, slices) = try await contigSlices(try folder.write(file.text, "in.sam"))
    var options = AlignmentOptions()
    options.perBase = true
    options.quantize = DepthBins("0:1:3:")
    let bed = file.contigs.map { "\($0.name)\t1\t\($0.length)\tx\n\($0.name)\t0\t20\n" }.joined()
    options.targets = try await targets(try folder.write(bed, "t.bed"))
    let setting = CollectorSetting(header: header, options: options)
    var whole = try #require(MosdepthCollector(setting))
    let expected = collect(&whole, Array(file.contigs.indices), slices)

    let owner = file.contigs.map { _ in generator.random.int(0...2) }
    var parts: [MosdepthCollector] = []
    // A part's rows by contig, for rows of several parts lie side by side.
    var rows: [Int: [String: [UInt8]]] = [:]
    for part in 0...2 {
      var collector = try #require(MosdepthCollector(setting))
      for contig in file.contigs.indices where owner[contig] == part {
        rows[contig] = collect(&collector, [contig], slices)
      }
      parts.append(collector)
    }
    parts.shuffle(using: &generator.random)
    var merged = parts[0]
    for part in parts.dropFirst() { merged.merge(part) }
    #expect(merged.contigs == whole.contigs)
    #expect(merged.summary == whole.summary)
    #expect(merged.distribution == whole.distribution)
    #expect(merged.targetDistribution == whole.targetDistribution)
    for (suffix, text) in expected {
      #expect(file.contigs.indices.flatMap { rows[$0]?[suffix] ?? [] } == text, "\(suffix)")
    }
  }
}
