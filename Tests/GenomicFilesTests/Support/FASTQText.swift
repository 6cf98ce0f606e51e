import Genomics

@testable import GenomicFiles

/// What reading FASTQ with some options gave.
struct FASTQReadout: Equatable {
  /// The records as plain four-line text, qualities in the wanted encoding.
  var text: [UInt8] = []
  var records = 0
  /// Scores that the wanted encoding was too short for.
  var clamped = 0
}

/// Reads a file, checks all its records and encodes their qualities anew.
func readFASTQ(
  _ path: String, _ options: FASTQOptions = FASTQOptions(), to encoding: QualityEncoding = .phred33,
  _ resources: RunResources = RunResources(threads: 2)
) async throws -> FASTQReadout {
  try await withChunks(of: InputFile(path: path), endOfFile: .expected, resources: resources) { source in
    let reader = FASTQReader(source, options: options)
    let encoder = QualityEncoder(encoding)
    var readout = FASTQReadout()
    while let batch = try await reader.next() {
      try batch.validate(0..<batch.count)
      batch.withRecords { view in
        for record in 0..<batch.count { readout.append(view, record, encoder) }
      }
    }
    return readout
  }
}

extension FASTQReadout {
  fileprivate mutating func append(_ view: FASTQRecords, _ record: Int, _ encoder: QualityEncoder) {
    text += view.bytes[view.line(0, of: record)] + [10] + view.bytes[view.line(1, of: record)] + Array("\n+\n".utf8)
    let range = view.line(3, of: record)
    var quality = Array(view.bytes[range])
    clamped += quality.withUnsafeMutableBytes { encoder.encode($0, from: view, range) }
    text += quality + [10]
    records += 1
  }
}
