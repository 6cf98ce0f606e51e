import Genomics

/// Cuts the chunks of a FASTQ file into batches of whole records.
///
/// Only the frame is found here; `FASTQBatch.validate` checks the records, in parallel. Qualities in another encoding
/// than Phred+33 are checked and decoded here.
public final class FASTQReader {
  /// How the file is read.
  public let options: FASTQOptions
  private let source: ChunkSource
  private let framing: any FASTQFraming
  private var sample: EncodingSample?
  private var isAtEnd = false

  /// The largest record that is taken, in bytes.
  public static let longestRecord = 256 << 20

  /// Reads what `source` gives.
  public convenience init(_ source: ChunkSource, options: FASTQOptions = FASTQOptions()) {
    self.init(source, options: options, longestRecord: Self.longestRecord)
  }

  init(_ source: ChunkSource, options: FASTQOptions, longestRecord: Int) {
    self.source = source
    self.options = options
    let context = FramingContext(
      path: source.input.path, group: options.isInterleaved ? 2 : 1, longestRecord: longestRecord)
    framing = options.unwraps ? WrappedFraming(context) : FourLineFraming(context)
    sample = options.checksEncoding && options.encoding == .phred33 ? EncodingSample() : nil
  }

  /// Records read so far. Of an interleaved file it counts both mates.
  public private(set) var recordsRead = 0

  /// The next batch, of at least one record (one pair, in an interleaved file); nil at the end of a file that ends with
  /// a whole record.
  /// - Throws: `InputError` of kind `truncated` where the file ends inside a record, `malformed` for what no record can
  ///   begin with and for qualities that the declared encoding does not have, `mismatch` for an interleaved file of an
  ///   odd number of records, `unsupported` where the encoding is another than declared.
  public func next() async throws -> FASTQBatch? {
    while !isAtEnd {
      guard let chunk = try await source.next() else {
        isAtEnd = true
        return try framing.finish().map(batch)
      }
      if let framed = try framing.take(chunk) { return try batch(framed) }
    }
    return nil
  }

  private func batch(_ framed: FramedRecords) throws -> FASTQBatch {
    let first = recordsRead
    recordsRead += framed.count
    let batch = FASTQBatch(framed, firstRecord: first, path: source.input.path)
    if let found = sample?.add(batch) {
      throw InputError(
        .unsupported, at: batch.location(of: 0),
        "the qualities of the first \(EncodingSample.size) reads are those of \(found.title), not of Phred+33",
        remedy: "declare the encoding with --phred \(found.rawValue)")
    }
    guard options.encoding != .phred33 else { return batch }
    return try batch.decoding(options.encoding, keepsOriginals: options.keepsOriginalQualities)
  }
}
