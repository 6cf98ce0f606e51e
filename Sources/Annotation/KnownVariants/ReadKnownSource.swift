import Batching
import GenomicFiles
import Genomics

/// Reads the files of one source and hands its chunks to `emit`, in order.
///
/// - Parameter specs: of one name; each file has contigs of its own, and all have the same fields.
/// - Returns: what the source is, and the table of its chunks.
/// - Throws: `InputError` where a file is unsorted, lacks a field, names contigs otherwise than the reference, or is of
///   another assembly; what `emit` throws.
func readKnownSource(
  _ specs: [KnownSourceSpec], reference: FASTAReference, assembly: Assembly?, resources: RunResources,
  emit: (([UInt8]) async throws -> Void)
) async throws -> (KnownSourceBuild, [UInt8]) {
  let contigs = reference.contigs
  var assembler: KnownSourceAssembler?
  for spec in specs {
    if spec.layout == .scores {
      assembler = try await readScores(
        spec, into: assembler, reference: reference, assembly: assembly, resources: resources, emit: emit)
      continue
    }
    let input = InputFile(path: spec.path, hashes: true)
    let started = assembler
    assembler = try await withVariants(of: input, resources: resources) { reader in
      let fields = try KnownField.all(spec, reader.header)
      var assembler: KnownSourceAssembler
      if let started {
        assembler = started
        try requireSameFields(assembler.build, fields, path: spec.path)
      } else {
        var build = KnownSourceBuild(name: spec.name)
        build.fields = fields.map(\.build)
        assembler = KnownSourceAssembler(build, contigs: contigs)
      }
      let loader = KnownBatchLoader(
        reader: reader, blocks: ReferenceBlocks(reference, blocking: resources.blocking))
      try await orderedMap(
        inFlight: resources.window, budget: resources.budget,
        source: { try await loader.next() },
        transform: { (work: KnownBatch) in
          var rows = KnownRows()
          for (run, view) in zip(work.batch.runs, work.views) {
            if let view {
              rows.take(work.batch, run, view, fields)
            } else {
              rows.skip(records: run.records.count, alleles: work.alleles(of: run), why: "contigNotInReference")
            }
          }
          return rows
        },
        sink: { (rows: KnownRows) in
          try assembler.take(rows, path: spec.path)
          for chunk in assembler.takeFinished() { try await emit(chunk) }
        })
      return assembler
    }
    assembler?.add(file: CacheBuild.Source(name: spec.fileName, sha256: input.summary?.sha256 ?? ""))
  }
  guard var assembler else { preconditionFailure("a source has a file") }
  let result = try assembler.finish()
  for chunk in assembler.takeFinished() { try await emit(chunk) }
  return result
}

private func requireSameFields(_ build: KnownSourceBuild, _ fields: [KnownField], path: String) throws(InputError) {
  guard build.fields.map(\.key) == fields.map(\.build.key) else {
    throw InputError(
      .mismatch, at: InputLocation(file: path), "the files of source \(build.name) are given with different fields",
      remedy: "name the same fields for each")
  }
}

/// A batch of a source with the reference's bases around its records.
private struct KnownBatch: Sendable {
  var batch: VariantBatch
  /// One a run; nil where the reference lacks the contig.
  var views: [ReferenceView?]

  func alleles(of run: VariantBatch.Run) -> Int {
    batch.withRecords { records in
      var count = 0
      for record in run.records {
        records.forEachPart(of: records.column(.alt, of: record), separator: UInt8(ascii: ",")) { _ in
          count += 1
          return true
        }
      }
      return count
    }
  }
}

/// Reads a source's batches and loads the reference around them.
private final class KnownBatchLoader {
  private let reader: VCFReader
  private let blocks: ReferenceBlocks

  init(reader: VCFReader, blocks: ReferenceBlocks) {
    self.reader = reader
    self.blocks = blocks
  }

  func next() async throws -> KnownBatch? {
    guard let batch = try await reader.next() else { return nil }
    try reader.requireSorted()
    var views: [ReferenceView?] = []
    for run in batch.runs {
      let location = batch.location(of: run.records.lowerBound)
      let declared = reader.header.contigs[run.contig]?.length
      if let refusal = blocks.contigs.disagreement(run.contig, declaredLength: declared, at: location) { throw refusal }
      // A contig that the reference lacks is counted.
      let isKnown = blocks.contigs[run.contig] != nil
      views.append(isKnown ? try await blocks.view(contig: run.contig, stretches: stretches(batch, run)) : nil)
    }
    return KnownBatch(batch: batch, views: views)
  }

  private func stretches(_ batch: VariantBatch, _ run: VariantBatch.Run) -> [Range<Int>] {
    batch.withRecords { records in
      var stretches: [Range<Int>] = []
      for record in run.records {
        let start = max(0, records.position(of: record) - 1)
        let end = start + records.column(.ref, of: record).count + ReferenceBlocks.reachAhead
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
