import EngineTestSupport
import Foundation
import GenomicFiles
import Reads
import Testing

/// Outputs and reports do not depend on threads or batches.
@Suite struct SameBytesTests {
  enum Layout: String, CaseIterable, Sendable { case single, paired, interleaved }

  private static let pairs = GeneratedPairs(
    count: 1200, length: 100, variesLength: true, insert: (110, 60), qualities: (0...41).map { $0 + 33 },
    uncalledIn: 100, copyIn: 5)

  private var trimming: ReadOptions {
    var options = ReadOptions()
    options.cutRight = .init()
    options.cutFront = .init()
    options.polyG = .always
    options.polyX = 10
    options.correctsBases = true
    options.adapters.sequence1 = GeneratedPairs.adapters[0]
    options.adapters.sequence2 = GeneratedPairs.adapters[1]
    options.complexityPercent = 20
    options.dropsDuplicates = true
    options.molecularIdentifiers = MolecularIdentifiers(place: .read1, length: 5, skipped: 1)
    return options
  }

  @Test(arguments: Layout.allCases, seeds(2))
  func `bytes and report are the same at any threads and batch size`(layout: Layout, seed: UInt64) async throws {
    let folder = try ScratchFolder()
    let (first, second) = Self.pairs.files(seed: seed)
    let inputs = layout == .interleaved ? [interleaved(first, second)] : layout == .single ? [first] : [first, second]
    let paths = try inputs.enumerated().map {
      try folder.write(String(decoding: $0.element, as: UTF8.self), "in\($0.offset).fastq")
    }
    var expected: (outputs: [Data], report: Data)?
    for threads in [1, 2, 7] {
      for batchBytes in [4 << 10, 64 << 10, 4 << 20] {
        let names = paths.indices.map { "\(threads)-\(batchBytes)-\($0).fastq.gz" }
        var job = ReadJob(
          input1: InputFile(path: paths[0]), input2: paths.count > 1 ? InputFile(path: paths[1]) : nil,
          options: trimming,
          outputs: names.map {
            let path = folder.path($0)
            return OutputPlan(path: path, container: OutputContainer(path: path, level: 1), force: false)
          })
        job.format.isInterleaved = layout == .interleaved
        let result = try await processReads(job, resources: RunResources(threads: threads, batchBytes: batchBytes))
        for output in result.pending { _ = try await output.commit() }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let report = try encoder.encode(ReadMetrics(result.summary, command: "test"))
        let outputs = try names.map(folder.bytes)
        if expected == nil {
          expected = (outputs, report)
          #expect(result.summary.filter.reads(.duplicate) > 0 && result.summary.filter.adapterReads > 0)
          #expect(result.summary.readsOut > 300 && result.summary.filter.dropped > 300)
        }
        let areEqual = expected?.outputs == outputs
        #expect(areEqual, "\(threads) threads, \(batchBytes) bytes")
        #expect(expected?.report == report, "\(threads) threads, \(batchBytes) bytes")
      }
    }
  }

  @Test func `interleaved pairs are treated as those of two files`() async throws {
    let folder = try ScratchFolder()
    let (first, second) = Self.pairs.files(seed: 5)
    let texts = [first, second, interleaved(first, second)]
    let paths = try texts.enumerated().map {
      try folder.write(String(decoding: $0.element, as: UTF8.self), "in\($0.offset).fastq")
    }
    let outputs = ["a.fastq", "b.fastq"]
    let apart = try await process(paths[0], paths[1], outputs: outputs.map(folder.path), options: trimming)
    let path = folder.path("both.fastq")
    var job = ReadJob(
      input1: InputFile(path: paths[2]), input2: nil, options: trimming,
      outputs: [OutputPlan(path: path, container: OutputContainer(path: path, level: 1), force: false)])
    job.format.isInterleaved = true
    let together = try await processReads(job, resources: RunResources(threads: 2, batchBytes: 8192))
    for output in together.pending { _ = try await output.commit() }
    #expect(apart.summary == together.summary)
    let written = try outputs.map { try Array(folder.bytes(of: $0)) }
    #expect(try Array(folder.bytes(of: "both.fastq")) == interleaved(written[0], written[1]))
  }

  private func interleaved(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
    let lines = [first, second].map { $0.split(separator: 10, omittingEmptySubsequences: false).dropLast() }
    return stride(from: 0, to: lines[0].count, by: 4).flatMap { start in
      lines.flatMap { file in file[start..<(start + 4)].flatMap { $0 + [10] } }
    }
  }
}
