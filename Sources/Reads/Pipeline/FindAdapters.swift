import Batching
import GenomicFiles

extension ReadPlan {
  /// Looks for adapters that were not given in the first reads of each file, where that was asked for and the file can be
  /// read twice.
  mutating func findAdapters(_ job: ReadJob, _ resources: RunResources) async throws {
    guard options.adapters.isEnabled, options.adapters.detects else { return }
    if adapter1 == nil {
      adapter1 = try await Self.findAdapter(job.input1, tail: options.cut1.tail, resources)
    }
    if adapter2 == nil, let input2 = job.input2 {
      adapter2 = try await Self.findAdapter(input2, tail: options.cut2.tail, resources)
    }
  }

  private static func findAdapter(_ input: InputFile, tail: Int, _ resources: RunResources) async throws -> [UInt8]? {
    let path = input.path
    guard path != "-", await resources.blocking.run({ isRegularFile(path) }) else { return nil }
    let sample = try await withChunks(of: InputFile(path: path), endOfFile: .expected, resources: resources) { chunks in
      let reader = FASTQReader(chunks)
      var sample = ReadSample()
      while !sample.isFull, let batch = try await reader.next() {
        try batch.validate(0..<batch.count)
        batch.withRecords { records in
          for record in 0..<batch.count where !sample.isFull {
            sample.add(UnsafeRawBufferPointer(rebasing: records.bytes[records.line(1, of: record)]))
          }
        }
      }
      return sample
    }
    return try await resources.budget.withThread { AdapterDetection(sample, tail: tail).adapter() }
  }
}
