import Genomics

/// Writes BAM (SAM specification, section 4.2): the header when made, then batches as their bytes stand.
///
/// One task uses it, one call after the other. The stream's plan should wrap the bytes as BGZF.
public final class BAMWriter {
  private let stream: OutputStream

  /// Writes `header`: magic, text, reference sequences.
  public init(_ header: SAMHeader, to stream: OutputStream) async throws {
    self.stream = stream
    try await stream.append(header.binary)
    try await stream.markHeaderEnd()
  }

  /// Appends the records of a batch that was read with an equal reference list.
  public func write(_ batch: AlignmentBatch) async throws { try await batch.write(to: stream) }
}

extension SAMHeader {
  /// The header in BAM encoding.
  var binary: [UInt8] {
    var bytes: [UInt8] = [0x42, 0x41, 0x4D, 1]
    func append(_ value: Int) {
      // Lengths came from a 32-bit field or from text that was held against it, so they fit.
      withUnsafeBytes(of: Int32(truncatingIfNeeded: value).littleEndian) { bytes.append(contentsOf: $0) }
    }
    append(self.bytes.count)
    bytes += self.bytes
    append(contigs.contigs.count)
    for contig in contigs.contigs {
      append(contig.name.utf8.count + 1)
      bytes += contig.name.utf8
      bytes.append(0)
      append(contig.length ?? 0)
    }
    return bytes
  }
}
