import Genomics

@testable import GenomicFiles

/// What reading pairs gave.
struct PairReadout: Equatable {
  var pairs = 0
  var text1: [UInt8] = []
  var text2: [UInt8] = []
}

/// Reads two files in step, or one interleaved, and checks all pairs.
func readPairs(
  _ path1: String, _ path2: String?, _ resources: RunResources, _ options: FASTQOptions = FASTQOptions()
) async throws -> PairReadout {
  try await withChunks(of: InputFile(path: path1), endOfFile: .expected, resources: resources) { source1 in
    guard let path2 else {
      var interleaved = options
      interleaved.isInterleaved = true
      return try await units(FASTQUnitReader(FASTQReader(source1, options: interleaved), nil))
    }
    return try await withChunks(of: InputFile(path: path2), endOfFile: .expected, resources: resources) { source2 in
      try await units(
        FASTQUnitReader(FASTQReader(source1, options: options), FASTQReader(source2, options: options)))
    }
  }
}

private func units(_ reader: FASTQUnitReader) async throws -> PairReadout {
  var readout = PairReadout()
  while let unit = try await reader.next() {
    try unit.validate()
    readout.pairs += unit.count
    append(unit.read1, to: &readout.text1)
    if let read2 = unit.read2 { append(read2, to: &readout.text2) }
  }
  return readout
}

private func append(_ read: (batch: FASTQBatch, records: Range<Int>), to text: inout [UInt8]) {
  read.batch.withRecords { view in
    for record in read.records {
      for line in 0..<4 { text += view.bytes[view.line(line, of: record)] + [10] }
    }
  }
}

/// First and second mates alternating.
func interleaved(_ text1: [UInt8], _ text2: [UInt8]) -> [UInt8] {
  let mates = [text1, text2].map { NaiveFASTQ.records($0) ?? [] }
  return zip(mates[0], mates[1]).flatMap { [$0, $1] }.text
}
