import Genomics

/// Writes SAM text, byte for byte as `samtools view -h --no-PG` does.
///
/// Workers render batches (`AlignmentBatch.samText`), the writer appends them in order. One task uses it, one call after
/// the other.
public final class SAMWriter {
  private let stream: OutputStream

  /// Writes the header's text.
  public init(_ header: SAMHeader, to stream: OutputStream) async throws {
    self.stream = stream
    try await stream.append(header.samText)
  }

  /// Appends lines that `AlignmentBatch.samText` rendered.
  public func write(_ lines: SAMText) async throws {
    // The pointer lives across suspensions, so the text must not go at its last mention.
    defer { withExtendedLifetime(lines) {} }
    try await stream.append(lines.bytes.bytes)
  }
}

/// Rendered lines of SAM. Immutable, handed on.
public final class SAMText: @unchecked Sendable {
  // Filled before it is handed on, then only read.
  let bytes: ByteBuffer

  init(_ bytes: ByteBuffer) { self.bytes = bytes }

  /// Gives the text for the time of `body`.
  public func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R { try body(bytes.bytes) }
}

extension SAMHeader {
  /// The header as a SAM file holds it; reference sequences that the text does not name are added, as htslib adds them.
  var samText: [UInt8] {
    var text = bytes
    if let last = text.last, last != UInt8(ascii: "\n") { text.append(UInt8(ascii: "\n")) }
    if !bytes.split(separator: UInt8(ascii: "\n")).contains(where: { $0.starts(with: "@SQ\t".utf8) }) {
      for contig in contigs.contigs { text += "@SQ\tSN:\(contig.name)\tLN:\(contig.length ?? 0)\n".utf8 }
    }
    return text
  }
}
