import Batching
import GenomicFiles

@testable import Alignments

/// A file's records in stretches of one contig, for tests that feed collectors themselves.
func contigSlices(_ path: String, batchBytes: Int = 4096) async throws -> (SAMHeader, [AlignmentSlice]) {
  let resources = RunResources(threads: 1, batchBytes: batchBytes)
  return try await withChunks(of: InputFile(path: path), endOfFile: .required, resources: resources) { source in
    let reader = try await AlignmentReader(source)
    let header = reader.header
    var slices: [AlignmentSlice] = []
    while let work = try await reader.next() {
      let batch = try work.decode()
      slices += ContigRuns(batch).runs.map { AlignmentSlice(batch: batch, records: $0.records, contig: $0.contig) }
    }
    return (header, slices)
  }
}

/// Feeds a collector some contigs, and gives what it streams.
func collect<C: CoordinateCollector>(_ collector: inout C, _ contigs: [Int], _ slices: [AlignmentSlice]) -> [String:
  [UInt8]]
{
  var streams = CollectorStreams()
  for contig in contigs {
    collector.begin(contig, bases: nil)
    for slice in slices where slice.contig == contig {
      collector.add(slice)
      collector.drain(to: &streams)
    }
  }
  collector.finish()
  collector.drain(to: &streams)
  return streams.take()
}
