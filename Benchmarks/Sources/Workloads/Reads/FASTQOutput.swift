/// A pair of FASTQ files (or one interleaved stream) whose pairs leave in a locally shuffled order, as a sequencer's
/// do: fragments are made in the order of the genome.
final class FASTQOutput {
  private let first: OutputFile
  private let second: OutputFile?
  private var random: SeededGenerator
  private var texts: ([UInt8], [UInt8]) = ([], [])
  private var ends: [(Int, Int)] = []
  private let block: Int

  /// `second` nil: interleaved into the first.
  init(
    _ first: String, _ second: String?, seed: UInt64, lane: Int, block: Int = 16384, _ compression: Compression
  ) throws(WorkloadError) {
    self.first = try OutputFile(first, compression)
    self.second = if let second { try OutputFile(second, compression) } else { nil }
    self.block = block
    random = SeededGenerator(seed: seed, stream: "fastq.order", index: UInt64(lane))
  }

  /// Appends a pair; bases and qualities (Phred) in the order of sequencing.
  func append(
    name: [UInt8], comments: ([UInt8], [UInt8]), _ one: SequencedRead, _ two: SequencedRead
  ) throws(WorkloadError) {
    Self.append(name, comments.0, one, to: &texts.0)
    Self.append(name, comments.1, two, to: &texts.1)
    ends.append((texts.0.count, texts.1.count))
    if ends.count == block { try flush() }
  }

  private static func append(_ name: [UInt8], _ comment: [UInt8], _ read: SequencedRead, to text: inout [UInt8]) {
    text.append(64)
    text.append(contentsOf: name)
    text.append(contentsOf: comment)
    text.append(contentsOf: UnsafeBufferPointer(start: read.bases, count: read.length))
    text.append("\n+\n")
    let start = text.count
    text.append(contentsOf: UnsafeBufferPointer(start: read.qualities, count: read.length))
    text.withUnsafeMutableBufferPointer { buffer in
      for i in start..<buffer.count { buffer[i] &+= 33 }
    }
    text.append(10)
  }

  private func flush() throws(WorkloadError) {
    var order = Array(ends.indices)
    random.shuffle(&order)
    var one: [UInt8] = []
    var two: [UInt8] = []
    one.reserveCapacity(texts.0.count + texts.1.count)
    two.reserveCapacity(texts.1.count)
    for i in order {
      let start = i == 0 ? (0, 0) : ends[i - 1]
      one.append(contentsOf: texts.0[start.0..<ends[i].0])
      if second != nil {
        two.append(contentsOf: texts.1[start.1..<ends[i].1])
      } else {
        one.append(contentsOf: texts.1[start.1..<ends[i].1])
      }
    }
    try first.write(one)
    try second?.write(two)
    texts.0.removeAll(keepingCapacity: true)
    texts.1.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  func close() throws(WorkloadError) {
    try flush()
    try first.close()
    try second?.close()
  }
}

/// One read in the order of sequencing.
final class SequencedRead {
  let length: Int
  let bases: UnsafeMutablePointer<UInt8>
  /// Phred.
  let qualities: UnsafeMutablePointer<UInt8>
  /// Bases from the fragment; the rest is adapter.
  var genomic = 0

  init(length: Int) {
    self.length = length
    bases = .allocate(capacity: length)
    qualities = .allocate(capacity: length)
    bases.initialize(repeating: DNA.n, count: length)
    qualities.initialize(repeating: 2, count: length)
  }

  deinit {
    bases.deallocate()
    qualities.deallocate()
  }
}
