import Genomics

/// Some records of a single file, or as many records of both files of a pair (of both mates in an interleaved file).
public struct FASTQUnit: Sendable {
  /// Single reads, or first mates.
  public let read1: (batch: FASTQBatch, records: Range<Int>)
  /// The second mates, in the same order; nil for single-end reads.
  public let read2: (batch: FASTQBatch, records: Range<Int>)?

  /// The number of records of each mate.
  public var count: Int { read1.records.count }

  /// Checks the records of both files, that mates have the same name, and that no name says that it is the other mate,
  /// as where one file is given twice or the two are swapped. Pair after pair, so that the fault found first is the same
  /// one however the files are cut into units.
  /// - Throws: `InputError` of kind `malformed` or `mismatch`.
  public func validate() throws {
    guard let read2 else { return try read1.batch.validate(read1.records) }
    let shift = read2.records.lowerBound - read1.records.lowerBound
    try read1.batch.withRecords { first in
      try read2.batch.withRecords { second in
        for a in read1.records {
          let b = a + shift
          if first.isUsual(a), second.isUsual(b), first.areUsualMates(a, second, b) { continue }
          try read1.batch.check(first, a)
          try read2.batch.check(second, b)
          if let fault = first.mateFault(of: a, with: second, b) { throw error(fault, read2.batch, b) }
        }
      }
    }
  }

  private func error(_ fault: MateFault, _ batch: FASTQBatch, _ record: Int) -> InputError {
    let isOneFile = batch.selection.step > 1
    let other = isOneFile ? "the read before it" : "its mate in \(read1.batch.path)"
    switch fault {
    case .names:
      return InputError(
        .mismatch, at: batch.location(of: record), "the read's name differs from that of \(other)",
        remedy: isOneFile
          ? "give a file in which the two mates of each pair follow each other"
          : "give the two files of one sequencing lane, in the same order")
    case .numbers(let first, let second):
      let says = { (number: UInt8?) in number.map { "mate \($0)" } ?? "no mate in particular" }
      return InputError(
        .mismatch, at: batch.location(of: record),
        "the read says that it is \(says(second)) of its pair, and \(other) that it is \(says(first))",
        remedy: isOneFile
          ? "give a file in which the second mate of each pair follows the first"
          : "give the file of first mates first and that of second mates second, not swapped nor one of them twice")
    }
  }
}
