import Annotation
import GenomicFiles
import Genomics
import Variants

/// A batch with the reference bases around its records, and what its contigs are.
struct SomaticUnit: Sendable {
  var batch: VariantBatch
  /// One a run of the batch; as the next.
  var views: [ReferenceView]
  var contigs: [SomaticContig]
}

/// Reads batches and loads what their records need.
final class SomaticLoader {
  private let reader: VCFReader
  private let blocks: ReferenceBlocks
  private let annotator: ConsequenceAnnotator
  private let burden: SomaticProfile.Burden
  private var contigs: [String: SomaticContig] = [:]

  init(
    _ reader: VCFReader, _ blocks: ReferenceBlocks, _ annotator: ConsequenceAnnotator, _ burden: SomaticProfile.Burden
  ) {
    self.reader = reader
    self.blocks = blocks
    self.annotator = annotator
    self.burden = burden
  }

  func next() async throws -> SomaticUnit? {
    guard let batch = try await reader.next() else { return nil }
    // Doublets and duplicates are told from neighbours.
    try reader.requireSorted()
    var unit = SomaticUnit(batch: batch, views: [], contigs: [])
    for run in batch.runs {
      let location = batch.location(of: run.records.lowerBound)
      let length = reader.header.contigs[run.contig]?.length
      try blocks.contigs.require(run.contig, declaredLength: length, at: location)
      try annotator.require(contig: run.contig, declaredLength: length, at: location)
      unit.views.append(try await blocks.view(contig: run.contig, stretches: Self.stretches(batch, run)))
      let contig = contigs[run.contig] ?? SomaticContig(run.contig, annotator.source, burden)
      contigs[run.contig] = contig
      unit.contigs.append(contig)
    }
    return unit
  }

  /// What the records of a run span with a base on both sides, 0-based half-open, near ones joined.
  private static func stretches(_ batch: VariantBatch, _ run: VariantBatch.Run) -> [Range<Int>] {
    batch.withRecords { view in
      var stretches: [Range<Int>] = []
      for record in run.records {
        let start = max(0, view.position(of: record) - 2)
        let end = start + view.column(.ref, of: record).count + 3
        if let last = stretches.last, start - last.upperBound < 2 * ReferenceBlocks.reachBack {
          stretches[stretches.count - 1] = last.lowerBound..<max(last.upperBound, end)
        } else {
          stretches.append(start..<end)
        }
      }
      return stretches
    }
  }
}
