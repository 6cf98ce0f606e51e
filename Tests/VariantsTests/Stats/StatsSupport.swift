import EngineTestSupport
import GenomicFiles
import Testing

@testable import Variants

/// Lines that hold data; comments name who wrote the file.
func statsLines(_ text: String) -> [String] {
  text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
}

/// Counts a file.
func variantStats(
  _ path: String, fasta: String? = nil, threads: Int = 2, batchBytes: Int = 1 << 20,
  configure: (inout VariantStatsOptions) -> Void = { _ in }
) async throws -> VariantStats {
  var options = VariantStatsOptions()
  configure(&options)
  let resources = RunResources(threads: threads, batchBytes: batchBytes)
  let reference = try fasta.map { try FASTAReference(path: $0, registry: resources.outputs) }
  return try await collectVariantStats(InputFile(path: path), options, reference: reference, resources: resources)
}

/// Expects the same data lines, and says which section differs first.
func expectEqualStats(
  _ stats: VariantStats, _ path: String, _ peer: Peer.Output, _ name: String = "",
  location: SourceLocation = #_sourceLocation
) {
  let ours = statsLines(stats.text(file: path))
  let theirs = statsLines(peer.text)
  guard ours != theirs else { return }
  let onlyOurs = ours.filter { !theirs.contains($0) }.prefix(6)
  let onlyTheirs = theirs.filter { !ours.contains($0) }.prefix(6)
  Issue.record(
    "\(name) differs from bcftools: ours \(Array(onlyOurs)), bcftools \(Array(onlyTheirs))", sourceLocation: location)
}
