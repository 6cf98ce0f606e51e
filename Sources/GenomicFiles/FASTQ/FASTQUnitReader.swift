import Genomics

/// Walks two FASTQ files in step, or one alone: of single reads, or interleaved, where mates are told apart.
public final class FASTQUnitReader {
  private let reader1: FASTQReader
  private let reader2: FASTQReader?
  private var current1: (batch: FASTQBatch, next: Int)?
  private var current2: (batch: FASTQBatch, next: Int)?

  /// Reads one file, or two in step.
  /// - Precondition: neither of two is interleaved.
  public init(_ reader1: FASTQReader, _ reader2: FASTQReader?) {
    precondition(
      reader2 == nil || !reader1.options.isInterleaved, "mates follow each other in one file or stand in two")
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
      return unit(of: batch)
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

  /// All records of one file's batch.
  private func unit(of batch: FASTQBatch) -> FASTQUnit {
    guard reader1.options.isInterleaved else {
      return FASTQUnit(read1: (batch, 0..<batch.count), read2: nil)
    }
    let first = batch.selecting(.firstMates)
    return FASTQUnit(read1: (first, 0..<first.count), read2: (batch.selecting(.secondMates), 0..<first.count))
  }

  private func unequal(_ present: (batch: FASTQBatch, next: Int), other: FASTQReader) -> InputError {
    InputError(
      .mismatch, at: present.batch.location(of: present.next),
      "the read has no mate: the other file ends after \(other.recordsRead) records",
      remedy: "give the two files of one sequencing lane, each whole")
  }
}
