import Batching
public import GenomicFiles
import Genomics

/// Counts what `bcftools stats` counts of a VCF, and the GA4GH's metrics, in one pass.
///
/// - Parameter reference: where given, the repeats around indels are looked at (`bcftools stats -F`), and contigs and the
///   REF of indels are compared with it.
/// - Throws: `InputError` for damaged or malformed input, for contigs or REF that are not the reference's, and where the
///   file lacks a sample or tag that is asked for; `CancellationError`.
public func collectVariantStats(
  _ input: InputFile, _ options: VariantStatsOptions = VariantStatsOptions(), reference: FASTAReference? = nil,
  resources: RunResources
) async throws -> VariantStats {
  try await withVariants(of: input, resources: resources) { reader in
    let collector = try VariantStatsCollector(
      options, header: reader.header, hasReference: reference != nil, path: input.path)
    let loader = VariantLoader(
      reader: reader, blocks: reference.map { ReferenceBlocks($0, blocking: resources.blocking) }, annotator: nil,
      normalises: reference != nil, needsOrder: false, indexReach: nil)
    try await orderedMap(
      inFlight: resources.window, budget: resources.budget,
      source: { try await loader.next() },
      transform: { (work: VariantWork) in try collector.add(work) },
      sink: { (_: Void) in })
    return collector.finish()
  }
}
