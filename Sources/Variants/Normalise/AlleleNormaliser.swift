import GenomicFiles
import Genomics

/// Left-aligns and trims the alleles of one record after the other, in memory that is kept.
///
/// Tan, Abecasis and Kang 2015 (Bioinformatics 31:2202): drop the last base while all alleles end in the same one,
/// putting the reference base before them in front when one runs out; only then drop the first base while all begin
/// with the same one and each keeps at least one. The other order gives wrong positions in repeats.
struct AlleleNormaliser {
  /// The alleles as given, one behind the other, the reference first.
  private var text: [UInt8] = []
  /// Where each allele ends in `text`.
  private var ends: [Int] = []
  /// The bases put in front of every allele, the one next to them first.
  private var before: [UInt8] = []
  /// How many bases are dropped from the end and from the front of every allele.
  private var dropped = 0
  private var trimmed = 0
  /// The first base, counted from 0.
  private(set) var position = 0

  /// What happened to a record.
  struct Outcome {
    var isShifted = false
    var isTrimmed = false
    /// The shift met the limit of how far one is followed.
    var isLimited = false
  }

  /// The number of alleles, the reference among them.
  var count: Int { ends.count }

  /// Forgets the alleles.
  /// - Parameter position: the first base of those to come, counted from 0.
  mutating func begin(at position: Int) {
    text.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    before.removeAll(keepingCapacity: true)
    dropped = 0
    trimmed = 0
    self.position = position
  }

  /// Adds an allele, the reference first, in upper case.
  mutating func add(_ allele: UnsafeRawBufferPointer) {
    for byte in allele { text.append(Base.uppercased(byte)) }
    ends.append(text.count)
  }

  /// Whether two alleles are the same.
  var hasTwins: Bool {
    text.withUnsafeBytes { text in
      for later in 1..<max(1, count) {
        for earlier in 0..<later {
          let (a, b) = (range(earlier), range(later))
          if a.count == b.count, text[a].elementsEqual(text[b]) { return true }
        }
      }
      return false
    }
  }

  /// The length of an allele as it is now, in bases.
  func length(_ allele: Int) -> Int { range(allele).count + before.count - dropped - trimmed }

  /// Appends an allele as it is now.
  func append(_ allele: Int, to output: inout [UInt8]) {
    let length = length(allele)
    let shared = min(length, max(0, before.count - trimmed))
    for index in 0..<shared { output.append(before[before.count - 1 - trimmed - index]) }
    guard length > shared else { return }
    let start = range(allele).lowerBound + max(0, trimmed - before.count)
    output.append(contentsOf: text[start..<(start + length - shared)])
  }

  /// Gives an allele as it is now; `spare` is memory for it.
  func withAllele<R>(_ allele: Int, spare: inout [UInt8], _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    spare.removeAll(keepingCapacity: true)
    append(allele, to: &spare)
    return try spare.withUnsafeBytes(body)
  }

  /// Moves the alleles, of which no two are the same and none is empty, as far left as they go.
  mutating func normalise(_ reference: ReferenceView) -> Outcome {
    var outcome = Outcome()
    let original = position
    while endsAgree {
      dropped += 1
      guard runsOut else { continue }
      guard before.count < ReferenceBlocks.reachBack, let base = reference.base(at: position - 1) else {
        // The contig begins here, or the shift is not followed further: the anchor stays on the right.
        outcome.isLimited = position > 0
        dropped -= 1
        break
      }
      before.append(Base.concrete(base))
      position -= 1
    }
    let beforeTrim = position
    while startsAgree {
      trimmed += 1
      position += 1
    }
    outcome.isShifted = position < original
    outcome.isTrimmed = dropped > before.count || (position > beforeTrim && position >= original)
    return outcome
  }

  private func range(_ allele: Int) -> Range<Int> { (allele == 0 ? 0 : ends[allele - 1])..<ends[allele] }

  /// The base `place` bases from the end as given; nil before the first one.
  @inline(__always)
  private func base(_ allele: Int, fromEnd place: Int) -> UInt8? {
    let range = range(allele)
    if place < range.count { return text[range.upperBound - 1 - place] }
    return place - range.count < before.count ? before[place - range.count] : nil
  }

  private var endsAgree: Bool {
    guard let first = base(0, fromEnd: dropped) else { return false }
    for allele in 1..<ends.count where base(allele, fromEnd: dropped) != first { return false }
    return true
  }

  /// Whether an allele has no base left.
  private var runsOut: Bool {
    for allele in ends.indices where length(allele) == 0 { return true }
    return false
  }

  private var startsAgree: Bool {
    guard length(0) >= 2 else { return false }
    let first = base(0, fromEnd: dropped + length(0) - 1)
    for allele in 1..<ends.count {
      let length = length(allele)
      if length < 2 || base(allele, fromEnd: dropped + length - 1) != first { return false }
    }
    return true
  }
}
