import GenomicFiles
import Genomics

/// What a person's own file says of one candidate; put together, the person's call.
struct CallEvidence: Sendable {
  /// A stretch where the person has the reference, or what says nothing against it.
  struct Stretch: Sendable {
    var range: Range<Int>
    var ploidy: Int
    var depth: Int?
    var quality: Int?
  }

  /// From records of the allele itself.
  private(set) var exact: [PersonCall] = []
  /// From records that cover it and have other alleles.
  private(set) var covering: [PersonCall] = []
  /// Reference blocks and the like.
  private(set) var stretches: [Stretch] = []

  mutating func add(exact call: PersonCall) { exact.append(call) }
  mutating func add(covering call: PersonCall) { covering.append(call) }
  mutating func add(_ stretch: Stretch) { stretches.append(stretch) }

  mutating func merge(_ other: CallEvidence) {
    exact += other.exact
    covering += other.covering
    stretches += other.stretches
  }

  /// What became of it.
  enum Outcome: String, Sendable, CaseIterable {
    case ownRecord = "record"
    case otherRecord = "record-of-other-alleles"
    case block = "reference-block"
    /// Records contradict one another.
    case contradictory = "contradictory-records"
    case none = "no-record"
  }

  /// The call; unknown unless a record tells, or stretches cover every base of REF.
  /// - Parameter span: REF's bases, counted from 0.
  func call(span: Range<Int>) -> (PersonCall, Outcome) {
    for (calls, outcome) in [(exact, Outcome.ownRecord), (covering, .otherRecord)] {
      guard let first = calls.first else { continue }
      // Order tells nothing where calls are not phased.
      let sorted = calls.map { $0.copies.map(\.rawValue).sorted() }
      guard sorted.allSatisfy({ $0 == sorted[0] }) else { return (.unknown, .contradictory) }
      return (first, outcome)
    }
    var reached = span.lowerBound
    var depth: Int?
    var quality: Int?
    var ploidies: Set<Int> = []
    for stretch in stretches.sorted(by: {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    })
    where stretch.range.upperBound > reached && stretch.range.lowerBound <= reached {
      reached = stretch.range.upperBound
      ploidies.insert(stretch.ploidy)
      depth = stretch.depth.map { min($0, depth ?? $0) } ?? depth
      quality = stretch.quality.map { min($0, quality ?? $0) } ?? quality
      if reached >= span.upperBound { break }
    }
    guard reached >= span.upperBound else { return (.unknown, .none) }
    guard let ploidy = ploidies.first, ploidies.count == 1 else { return (.unknown, .contradictory) }
    let call = PersonCall(
      Array(repeating: .reference, count: ploidy), evidence: .referenceBlock, depth: depth, quality: quality)
    return (call, .block)
  }
}
