import GenomicFiles
import Genomics

/// Where a caller's own records tell whether an absent record means the reference.
///
/// A complete genotype of sufficient depth and quality tells it: the reference over the record's whole stretch, a carried
/// allele at its own site. Records without a genotype, and records that failed a filter, tell that the caller could not
/// call.
struct CallerCallability {
  /// How it is named as the basis of a contribution's callability.
  static let basis = "reference-calls:depth>=\(ReferenceCallRule.depth),quality>=\(ReferenceCallRule.quality)"

  private(set) var called: [RefgetDigest: [Range<Int>]] = [:]
  private(set) var cut: [RefgetDigest: [Range<Int>]] = [:]

  mutating func call(_ contig: RefgetDigest, _ span: Range<Int>) { Self.append(span, to: &called[contig, default: []]) }
  mutating func cut(_ contig: RefgetDigest, _ span: Range<Int>) { Self.append(span, to: &cut[contig, default: []]) }

  /// A gVCF's blocks touch one another; joined as they come, they are few.
  private static func append(_ span: Range<Int>, to ranges: inout [Range<Int>]) {
    if let last = ranges.last, last.lowerBound <= span.lowerBound, span.lowerBound <= last.upperBound {
      ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
    } else {
      ranges.append(span)
    }
  }

  /// Takes the word of another file of the same person for what is called; what either could not call is cut.
  mutating func replaceCalls(by other: CallerCallability) {
    called = other.called
    cut.merge(other.cut, uniquingKeysWith: +)
  }

  /// The stretches called, and those of `depth`, without what is cut.
  func stretches(and depth: [RefgetDigest: [Range<Int>]]) -> [RefgetDigest: IntervalSet] {
    var callable: [RefgetDigest: IntervalSet] = [:]
    for (contig, ranges) in called.merging(depth, uniquingKeysWith: +) {
      callable[contig] = IntervalSet(ranges).subtracting(IntervalSet(cut[contig] ?? []))
    }
    return callable
  }
}
