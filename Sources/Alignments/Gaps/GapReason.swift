/// Why a base has less depth than it needs.
///
/// A read's base that is not counted is noted under one of the filters alone, the first that it fails of: quality fail,
/// duplicates, mapping quality, clipping, base quality, overlap. The reason of a base is then the first of the cases below,
/// in their order, whose bases would have made up the depth had they counted.
public enum GapReason: String, Sendable, Codable, Hashable, CaseIterable {
  /// Reads of low mapping quality: what they come from may lie elsewhere.
  case mappingQuality = "mapping-quality"
  /// Bases of low quality.
  case baseQuality = "base-quality"
  /// Duplicates.
  case duplicates
  /// Both mates of a pair read the base; it counts once.
  case overlap
  /// Soft-clipped bases at the places that they would have without the clip.
  case clipping
  /// Reads that did not pass the sequencer's own checks.
  case qualityFail = "quality-fail"
  /// None of the above alone, but all of them together.
  case several
  /// Too few reads, counted or not.
  case fewReads = "few-reads"
  /// No read at all.
  case noReads = "no-reads"

  /// How many of the cases are filters that bases are noted under; they come first.
  static let filterCount = 6

  /// The filter's place among the counters of a base, which is its place among the cases.
  var filter: Int {
    switch self {
    case .mappingQuality: 0
    case .baseQuality: 1
    case .duplicates: 2
    case .overlap: 3
    case .clipping: 4
    case .qualityFail: 5
    case .several, .fewReads, .noReads: preconditionFailure("no base is noted under \(self)")
    }
  }

  /// The reason of a base.
  /// - Parameters:
  ///   - depth: what counted there, less than `minimum`.
  ///   - filtered: what did not, by filter.
  init(depth: Int, filtered: [Int], minimum: Int) {
    let all = filtered.reduce(depth, +)
    if all < minimum {
      self = all == 0 ? .noReads : .fewReads
    } else {
      let first = filtered.firstIndex { depth + $0 >= minimum }
      self = first.map { Self.allCases[$0] } ?? .several
    }
  }
}
