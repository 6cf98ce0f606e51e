import GenomicFiles
import Genomics

/// Left-aligns and trims the alleles of one record.
///
/// Tan, Abecasis and Kang 2015 (Bioinformatics 31:2202): drop the last base while all alleles end in the same one,
/// putting the reference base before them in front when one runs out; only then drop the first base while all begin
/// with the same one and each keeps at least one. The other order gives wrong positions in repeats.
struct AlleleNormaliser {
  /// The alleles back to front, so that both dropping the last base and putting one in front are cheap.
  private var reversed: [[UInt8]]
  /// How many bases are dropped from the end of each allele.
  private var dropped = 0
  /// The first base, counted from 0.
  private(set) var position: Int

  /// What happened to a record.
  struct Outcome {
    var isShifted = false
    var isTrimmed = false
    /// The shift met the limit of how far one is followed.
    var isLimited = false
  }

  /// - Parameters:
  ///   - alleles: the reference first; upper case, none empty, not all the same.
  ///   - position: the first base, counted from 0.
  init(alleles: [[UInt8]], position: Int) {
    reversed = alleles.map { $0.reversed() }
    self.position = position
  }

  /// The alleles as they are now, the reference first.
  var alleles: [[UInt8]] { reversed.map { $0[dropped...].reversed() } }

  mutating func normalise(_ reference: ReferenceView) -> Outcome {
    var outcome = Outcome()
    let original = position
    var prepended = 0
    while endsAgree {
      dropped += 1
      guard reversed.contains(where: { $0.count == dropped }) else { continue }
      guard prepended < ReferenceBlocks.reachBack, let base = reference.base(at: position - 1) else {
        // The contig begins here, or the shift is not followed further: the anchor stays on the right.
        outcome.isLimited = position > 0
        dropped -= 1
        break
      }
      let concrete = Base.concrete(base)
      for index in reversed.indices { reversed[index].append(concrete) }
      position -= 1
      prepended += 1
    }
    let beforeTrim = position
    while startsAgree {
      for index in reversed.indices { reversed[index].removeLast() }
      position += 1
    }
    outcome.isShifted = position < original
    outcome.isTrimmed = dropped > prepended || (position > beforeTrim && position >= original)
    return outcome
  }

  private var endsAgree: Bool {
    guard let first = reversed.first, first.count > dropped else { return false }
    return reversed.allSatisfy { $0.count > dropped && $0[dropped] == first[dropped] }
  }

  private var startsAgree: Bool {
    guard let first = reversed.first?.last else { return false }
    return reversed.allSatisfy { $0.count - dropped >= 2 && $0.last == first }
  }
}
