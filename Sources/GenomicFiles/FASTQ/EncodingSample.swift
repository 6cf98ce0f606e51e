/// Looks at the first reads of a file that is read as Phred+33 for qualities that only the older encodings explain.
///
/// Read as Phred+33, old data would be scores of 26 to 73 and pass every quality filter. The rule never says so of good
/// data of a present-day instrument, nor of made-up qualities. All of this has to hold of the first 1,000 reads:
///
/// - no quality is below `;` (Q26): in such a sample of Phred+33 data there are low scores, binned or not;
/// - none is above `j` (Q42 in Phred+64): consensus reads and PacBio HiFi go up to `~`;
/// - more than half are `T` (Q20 in Phred+64, Q51 in Phred+33) or higher: no short-read instrument reaches that;
/// - at least one in a thousand is `F` (Q6 in Phred+64, Q37 in Phred+33) or lower: real reads have bad ends;
/// - there are at least five different ones: constant qualities are made up, and no encoding can be told from them.
struct EncodingSample {
  /// The reads that are looked at; a file with fewer is not judged.
  static let size = 1000

  private var reads = 0
  private var isDone = false
  private var counts = [Int](repeating: 0, count: 256)

  /// Adds reads until the sample is full.
  /// - Returns: the encoding that the full sample shows to be the true one; nil as long as Phred+33 may be right.
  mutating func add(_ batch: FASTQBatch) -> QualityEncoding? {
    guard !isDone else { return nil }
    return batch.withRecords { view in
      for record in 0..<batch.count {
        // A faulty record is for validation to refuse, which names it.
        guard view.fault(of: record) == nil else {
          isDone = true
          return nil
        }
        for byte in view.bytes[view.line(3, of: record)] { counts[Int(byte)] += 1 }
        reads += 1
        if reads == Self.size {
          isDone = true
          return judgement
        }
      }
      return nil
    }
  }

  private func count(_ bytes: some RangeExpression<Int>) -> Int { counts[bytes].reduce(0, +) }

  private var judgement: QualityEncoding? {
    let total = count(0...255)
    guard count(..<0x3B) == 0, count(0x6B...) == 0, 2 * count(0x54...) > total, 1000 * count(...0x46) >= total,
      counts.count(where: { $0 > 0 }) >= 5
    else { return nil }
    return count(..<0x40) == 0 ? .phred64 : .solexa
  }
}
