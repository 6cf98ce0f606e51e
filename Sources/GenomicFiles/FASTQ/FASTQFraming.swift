import Genomics

/// Finds whole records in the chunks of a FASTQ file, one chunk after the other.
protocol FASTQFraming: AnyObject {
  /// Takes the next chunk.
  /// - Returns: the records that are whole now; nil where there are none.
  /// - Throws: `InputError` for what no later byte can mend. Records before the fault were returned by an earlier call.
  func take(_ chunk: Chunk) throws -> FramedRecords?

  /// Says that no chunk follows.
  /// - Returns: the last records; nil where there are none, and when called again.
  /// - Throws: `InputError` of kind `truncated` where the file ends inside a record.
  func finish() throws -> FramedRecords?
}

/// What both framings know of the file.
struct FramingContext {
  let path: String
  /// The records that stay together: 2 in an interleaved file, else 1.
  let group: Int
  /// The largest record that is taken, in bytes.
  let longestRecord: Int

  func truncated(record: Int, offset: Int) -> InputError {
    InputError(
      .truncated, at: InputLocation(file: path, record: record, offset: offset), "the file ends inside a record",
      remedy: "the file was probably cut short: fetch it again and compare its size")
  }

  func withoutMate(record: Int, offset: Int) -> InputError {
    InputError(
      .mismatch, at: InputLocation(file: path, record: record, offset: offset),
      "the last read of the interleaved file has no mate",
      remedy: "the file was probably cut short, or holds single reads: give it without --interleaved then")
  }

  func blankLine(record: Int, offset: Int) -> InputError {
    InputError(
      .malformed, at: InputLocation(file: path, record: record, offset: offset),
      "an empty line stands where a record should begin",
      remedy: "the file is damaged or was joined with another: fetch it again, or take the empty line out")
  }

  func tooLong(record: Int, offset: Int) -> InputError {
    InputError(
      .malformed, at: InputLocation(file: path, record: record, offset: offset),
      "a record is longer than \(longestRecord) bytes", remedy: "check that the file is FASTQ")
  }
}

/// Empty lines behind the last record: taken as an end, as long as nothing else follows. Editors and `cat` leave them.
struct BlankTail {
  /// Where the empty lines begin: the record that would stand there, and the offset in the decompressed data.
  private(set) var start: (record: Int, offset: Int)?

  /// Whether the empty lines have begun.
  var hasBegun: Bool { start != nil }

  mutating func begin(at offset: Int, record: Int) { start = (record, offset) }

  /// Whether bytes may stand in the tail.
  func allows(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.allSatisfy { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
  }
}
