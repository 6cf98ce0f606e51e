import Batching
import GenomicFiles

extension ReadPlan {
  /// Looks for adapters that were not given in the first reads of each file, where that was asked for and the file can be
  /// read twice.
  mutating func findAdapters(_ job: ReadJob, _ resources: RunResources) async throws {
    guard options.adapters.isEnabled, options.adapters.detects else { return }
    let isInterleaved = job.format.isInterleaved
    if adapter1 == nil {
      adapter1 = try await findAdapter(job.input1, job, tail: options.cut1.tail, resources) {
        $0.isMultiple(of: 2) || !isInterleaved
      }
    }
    if adapter2 == nil, job.isPaired {
      adapter2 = try await findAdapter(job.input2 ?? job.input1, job, tail: options.cut2.tail, resources) {
        !$0.isMultiple(of: 2) || !isInterleaved
      }
    }
  }

  private func findAdapter(
    _ input: InputFile, _ job: ReadJob, tail: Int, _ resources: RunResources, where isWanted: @Sendable (Int) -> Bool
  ) async throws -> [UInt8]? {
    let path = input.path
    guard path != "-", await resources.blocking.run({ isRegularFile(path) }) else { return nil }
    var format = job.format
    format.isInterleaved = false
    let sample = try await withChunks(of: InputFile(path: path), endOfFile: .expected, resources: resources) { chunks in
      let reader = FASTQReader(chunks, options: format)
      var sample = ReadSample()
      while !sample.isFull, let batch = try await reader.next() {
        try batch.validate(0..<batch.count)
        batch.withRecords { records in
          for record in 0..<batch.count where !sample.isFull && isWanted(batch.firstRecord + record) {
            sample.add(UnsafeRawBufferPointer(rebasing: records.bytes[records.line(1, of: record)]))
          }
        }
      }
      return sample
    }
    return try await resources.budget.withThread { AdapterDetection(sample, tail: tail).adapter() }
  }
}
