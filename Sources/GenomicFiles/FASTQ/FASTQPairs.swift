import Genomics

/// Some records of a single file, or as many records of both files of a pair.
public struct FASTQUnit: Sendable {
  /// Records of the first file.
  public let read1: (batch: FASTQBatch, records: Range<Int>)
  /// The mates, in the same order; nil for single-end reads.
  public let read2: (batch: FASTQBatch, records: Range<Int>)?

  /// The number of records of each file.
  public var count: Int { read1.records.count }

  /// Checks the records of both files, that mates have the same name, and that they are not both first or both second
  /// mates, as where one file is given twice.
  /// - Throws: `InputError` of kind `malformed` or `mismatch`.
  public func validate() throws {
    try read1.batch.validate(read1.records)
    guard let read2 else { return }
    try read2.batch.validate(read2.records)
    try read1.batch.withRecords { first in
      try read2.batch.withRecords { second in
        for (a, b) in zip(read1.records, read2.records) {
          let name1 = first.bytes[first.pairName(of: a)]
          let name2 = second.bytes[second.pairName(of: b)]
          guard name1.elementsEqual(name2) else {
            throw InputError(
              .mismatch, at: read2.batch.location(of: b),
              "the read's name differs from that of its mate in \(read1.batch.path)",
              remedy: "give the two files of one sequencing lane, in the same order")
          }
          if let number = first.mateNumber(of: a), number == second.mateNumber(of: b) {
            throw InputError(
              .mismatch, at: read2.batch.location(of: b),
              "the read is mate \(number) of its pair, and so is its mate in \(read1.batch.path)",
              remedy: "give the file of first mates and the file of second mates, not one of them twice")
          }
        }
      }
    }
  }
}

/// Walks two FASTQ files in step, or one alone.
public final class FASTQUnitReader {
  private let reader1: FASTQReader
  private let reader2: FASTQReader?
  private var current1: (batch: FASTQBatch, next: Int)?
  private var current2: (batch: FASTQBatch, next: Int)?

  /// Reads one file, or two in step.
  public init(_ reader1: FASTQReader, _ reader2: FASTQReader?) {
    self.reader1 = reader1
    self.reader2 = reader2
  }

  /// The next records; nil when both files end together.
  /// - Throws: `InputError` of kind `mismatch` when one file has more records than the other.
  public func next() async throws -> FASTQUnit? {
    if current1 == nil { current1 = try await reader1.next().map { ($0, 0) } }
    guard let reader2 else {
      guard let (batch, _) = current1 else { return nil }
      current1 = nil
      return FASTQUnit(read1: (batch, 0..<batch.count), read2: nil)
    }
    if current2 == nil { current2 = try await reader2.next().map { ($0, 0) } }
    switch (current1, current2) {
    case (nil, nil): return nil
    case (let present?, nil): throw unequal(present, other: reader2)
    case (nil, let present?): throw unequal(present, other: reader1)
    case (var a?, var b?):
      let count = min(a.batch.count - a.next, b.batch.count - b.next)
      let unit = FASTQUnit(
        read1: (a.batch, a.next..<(a.next + count)), read2: (b.batch, b.next..<(b.next + count)))
      a.next += count
      b.next += count
      current1 = a.next == a.batch.count ? nil : a
      current2 = b.next == b.batch.count ? nil : b
      return unit
    }
  }

  private func unequal(_ present: (batch: FASTQBatch, next: Int), other: FASTQReader) -> InputError {
    InputError(
      .mismatch, at: present.batch.location(of: present.next),
      "the read has no mate: the other file ends after \(other.recordsRead) records",
      remedy: "give the two files of one sequencing lane, each whole")
  }
}
