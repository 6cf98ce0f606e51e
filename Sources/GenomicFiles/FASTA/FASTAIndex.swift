import Genomics

/// A `.fai` index: for each sequence its length and where its lines stand (samtools faidx).
struct FASTAIndex {
  /// One sequence.
  struct Entry {
    var name: String
    /// Bases.
    var length: Int
    /// Where the first base stands in the decompressed file, in bytes.
    var offset: Int
    /// Bases a line.
    var lineBases: Int
    /// Bytes a line, line end included.
    var lineBytes: Int

    /// Where a base stands in the decompressed file; `position` counts from 0.
    func byteOffset(of position: Int) -> Int {
      offset + position / lineBases * lineBytes + position % lineBases
    }
  }

  let entries: [Entry]

  /// Parses an index.
  /// - Throws: `InputError` of kind `malformed` with the line.
  init(_ text: [UInt8], path: String) throws(InputError) {
    var entries: [Entry] = []
    for (number, line) in text.split(separator: UInt8(ascii: "\n")).enumerated() {
      let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      let numbers = fields.dropFirst().map { Int(String(decoding: $0, as: UTF8.self)) ?? -1 }
      guard fields.count >= 5, numbers[..<4].allSatisfy({ $0 >= 0 }),
        numbers[0] == 0 || (numbers[2] > 0 && numbers[3] > numbers[2]),
        Self.isAddressable(length: numbers[0], offset: numbers[1], lineBases: numbers[2], lineBytes: numbers[3])
      else {
        throw InputError(
          .malformed, at: InputLocation(file: path, record: number + 1), "the line is no entry of a FASTA index",
          remedy: "make the index again with samtools faidx")
      }
      entries.append(
        Entry(
          name: String(decoding: fields[0], as: UTF8.self), length: numbers[0], offset: numbers[1],
          lineBases: max(1, numbers[2]), lineBytes: max(1, numbers[3])))
    }
    self.entries = entries
  }

  /// Whether the last base's place is a number.
  private static func isAddressable(length: Int, offset: Int, lineBases: Int, lineBytes: Int) -> Bool {
    let (lines, overflows) = (length / max(1, lineBases) + 1).multipliedReportingOverflow(by: max(1, lineBytes))
    return !overflows && !lines.addingReportingOverflow(offset).overflow
  }
}
