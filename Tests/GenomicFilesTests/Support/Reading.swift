import Batching
import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

/// What reading a file to its end gave.
struct Readout: Equatable {
  /// The content in a canonical text.
  var text: [UInt8] = []
  var records = 0
  var warnings: [String: Int] = [:]
}

/// The formats that are read, each through its own reader and to its end.
enum Format: String, CaseIterable, Sendable {
  case fastq, alignments, variants

  /// - Parameter reference: the FASTA of a CRAM.
  func read(_ path: String, _ resources: RunResources, reference: String? = nil) async throws -> Readout {
    let input = InputFile(path: path)
    var readout: Readout
    switch self {
    case .fastq: readout = try await readFASTQ(input, resources)
    case .alignments: readout = try await readAlignments(input, resources, reference)
    case .variants: readout = try await readVariants(input, resources)
    }
    readout.warnings = input.summary?.warnings ?? ["no-summary": 1]
    return readout
  }
}

private func readFASTQ(_ input: InputFile, _ resources: RunResources) async throws -> Readout {
  try await withChunks(of: input, endOfFile: .expected, resources: resources) { source in
    let reader = FASTQReader(source)
    var readout = Readout()
    while let batch = try await reader.next() {
      try batch.validate(0..<batch.count)
      batch.withRecords { view in
        for record in 0..<batch.count {
          for line in 0..<4 {
            readout.text.append(contentsOf: view.bytes[view.line(line, of: record)])
            readout.text.append(10)
          }
        }
      }
      readout.records += batch.count
    }
    return readout
  }
}

private func readAlignments(
  _ input: InputFile, _ resources: RunResources, _ reference: String?
) async throws -> Readout {
  let fasta = try reference.map { try FASTAReference(path: $0, registry: resources.outputs) }
  return try await withChunks(of: input, endOfFile: .required, resources: resources) { source in
    let reader = try await AlignmentReader(
      source, reference: fasta.map { DecodingReference($0, resources: resources) })
    var readout = Readout()
    readout.text = reader.header.samText
    while let work = try await reader.next() {
      let batch = try work.decode()
      readout.records += batch.count
      batch.samText(reader.header.contigs).withBytes { readout.text.append(contentsOf: $0) }
    }
    return readout
  }
}

private func readVariants(_ input: InputFile, _ resources: RunResources) async throws -> Readout {
  try await withChunks(of: input, endOfFile: .required, resources: resources) { source in
    let reader = try await VCFReader(source, resources: resources)
    var readout = Readout()
    readout.text = Array(reader.header.text.utf8)
    while let batch = try await reader.next() {
      readout.records += batch.count
      batch.withRecords { view in
        for record in 0..<view.count {
          readout.text.append(contentsOf: view.bytes[view.line(record)])
          readout.text.append(10)
        }
      }
    }
    return readout
  }
}

/// The error that reading ends with; nil when it ends without one.
func failure(_ body: () async throws -> some Any) async -> (any Error)? {
  do {
    _ = try await body()
    return nil
  } catch {
    return error
  }
}

/// Threads and batch sizes at which everything must come out the same.
struct Setting: CustomTestStringConvertible, Sendable {
  var threads: Int
  var batchBytes: Int

  static let all = [1, 2, 7].flatMap { threads in
    [4096, 64 << 10, 4 << 20].map { Setting(threads: threads, batchBytes: $0) }
  }

  static func random(_ random: inout SplitMix64) -> Setting {
    Setting(threads: random.pick([1, 2, 7]), batchBytes: random.pick([4096, 4099, 10_000, 65_280, 1 << 20, 4 << 20]))
  }

  var resources: RunResources { RunResources(threads: threads, batchBytes: batchBytes) }
  var testDescription: String { "\(threads) threads, \(batchBytes) bytes" }
}
