import Batching
import GenomicFiles
import Genomics

/// Reads batches and, where they are normalised, loads the reference bases around their records.
final class VariantLoader {
  private let reader: VCFReader
  private let blocks: ReferenceBlocks?
  private let annotator: (any VariantAnnotator)?
  private let normalises: Bool
  private let needsOrder: Bool
  private let indexReach: Int?

  /// - Parameter indexReach: the last position that the output's index can hold; nil without an index.
  init(
    reader: VCFReader, blocks: ReferenceBlocks?, annotator: (any VariantAnnotator)?, normalises: Bool,
    needsOrder: Bool, indexReach: Int?
  ) {
    self.annotator = annotator
    self.reader = reader
    self.blocks = blocks
    self.normalises = normalises
    self.needsOrder = needsOrder
    self.indexReach = indexReach
  }

  func next() async throws -> VariantWork? {
    guard let batch = try await reader.next() else { return nil }
    if needsOrder { try reader.requireSorted() }
    try requirePositions(batch)
    guard normalises, let blocks else {
      for run in batch.runs { try requireAnnotation(batch, run) }
      return VariantWork(batch: batch, views: [])
    }
    var views: [ReferenceView] = []
    for run in batch.runs {
      try blocks.contigs.require(
        run.contig, declaredLength: reader.header.contigs[run.contig]?.length,
        at: batch.location(of: run.records.lowerBound))
      try requireAnnotation(batch, run)
      views.append(try await blocks.view(contig: run.contig, stretches: Self.stretches(batch, run)))
    }
    return VariantWork(batch: batch, views: views)
  }

  private func requireAnnotation(_ batch: VariantBatch, _ run: VariantBatch.Run) throws {
    try annotator?.require(
      contig: run.contig, declaredLength: reader.header.contigs[run.contig]?.length,
      at: batch.location(of: run.records.lowerBound))
  }

  /// Refuses a position behind its contig's end (the base after it is the telomere), or behind what the index can hold.
  private func requirePositions(_ batch: VariantBatch) throws {
    try batch.withRecords { view in
      for run in batch.runs {
        let length = reader.header.contigs[run.contig]?.length
        let last = length.map { min($0, Int(Int32.max)) + 1 }
        guard let limit = [last, indexReach].compactMap({ $0 }).min() else { continue }
        guard let record = run.records.first(where: { view.position(of: $0) > limit }) else { continue }
        let position = view.position(of: record)
        throw InputError(
          .malformed, at: batch.location(of: record),
          length.map { "POS \(position) lies behind the \($0) bases of contig \(run.contig)" }
            ?? "POS \(position) is more than an index can hold of contig \(run.contig), whose length the header does not declare",
          remedy: length == nil ? "declare the contig's length in the header" : "correct the line or the header")
      }
    }
  }

  /// What the records of a run span, 0-based half-open, near ones joined.
  private static func stretches(_ batch: VariantBatch, _ run: VariantBatch.Run) -> [Range<Int>] {
    batch.withRecords { view in
      var stretches: [Range<Int>] = []
      for record in run.records {
        let start = max(0, view.position(of: record) - 1)
        let end = start + max(1, view.column(.ref, of: record).count) + ReferenceBlocks.reachAhead
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
