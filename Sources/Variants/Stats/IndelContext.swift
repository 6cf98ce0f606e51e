import GenomicFiles

/// The repeat behind an indel, as `bcftools stats -F` finds it: of the words of up to 10 bases that the bases behind REF's
/// first begin with, the one that stands most often in a row from there, and among those the longest.
///
/// Measured on bcftools 1.16, indel by indel.
struct IndelContext: Sendable {
  /// Bases looked at.
  static let window = 50
  /// The longest word.
  static let longestWord = 10

  private var bases = [UInt8](repeating: 0, count: IndelContext.window)

  /// The number of copies in a row, and the word's length.
  /// - Parameter start: the place behind REF's first base, counted from 0.
  mutating func find(_ reference: ReferenceView, start: Int) -> (copies: Int, length: Int) {
    var count = 0
    while count < Self.window, let base = reference.base(at: start + count) {
      bases[count] = base
      count += 1
    }
    var best = (copies: 0, length: 0)
    for length in 1...Self.longestWord where length <= count {
      // The bases go on as the word as long as each is what stood one word before.
      var end = length
      while end < count, bases[end] == bases[end - length] { end += 1 }
      let copies = end / length
      if copies >= best.copies { best = (copies, length) }
    }
    return best
  }
}
