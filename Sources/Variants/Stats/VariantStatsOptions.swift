public import Genomics

/// Whose genotypes are counted.
public enum SampleSelection: Sendable, Hashable {
  /// Every sample of the file.
  case all
  /// No sample: sites alone, as `bcftools stats` without `-s`.
  case none
  /// These samples, in this order.
  case named([String])
}

/// The bins of the depth distribution: `min,max,size` of `bcftools stats -d`.
public struct DepthBins: Sendable, Hashable {
  /// Depths below this one share a bin.
  public var lowest: Int
  /// Depths above this one share a bin.
  public var highest: Int
  /// The width of a bin.
  public var width: Int

  /// 0 to 500 in bins of one.
  public static let standard = DepthBins(lowest: 0, highest: 500, width: 1)!

  /// Bins from `lowest` to `highest`.
  /// - Returns: nil unless `highest` lies above `lowest` and `width` fits between them; a million bins at most.
  public init?(lowest: Int, highest: Int, width: Int) {
    guard lowest < highest, width > 0, width <= highest - lowest, (highest - lowest) / width <= 1_000_000 else {
      return nil
    }
    self.lowest = lowest
    self.highest = highest
    self.width = width
  }

  /// The number of bins, those for what is below and above included.
  var count: Int { (highest - lowest) / width + 3 }

  /// The bin of a depth.
  @inline(__always)
  func index(of depth: Int) -> Int {
    if depth < lowest { return 0 }
    return depth > highest ? count - 1 : 1 + (depth - lowest) / width
  }

  /// A bin's name. As in bcftools 1.16, the bins between are numbered from `lowest` by one, whatever their width.
  func name(of index: Int) -> String {
    if index == 0 { return "<\(lowest)" }
    return index == count - 1 ? ">\(highest)" : "\(lowest + index - 1)"
  }
}

/// What `collectVariantStats` counts, and of which records.
public struct VariantStatsOptions: Sendable {
  /// Whose genotypes are counted.
  public var samples = SampleSelection.all
  /// FILTER names of which a record must have one, `PASS` and `.` among them; empty for all records.
  public var filters: [String] = []
  /// Records that overlap one of these (by REF or END) are counted; nil for all. 0-based, half-open.
  public var regions: [Region]?
  /// Records whose POS lies in one of these are counted; nil for all. 0-based, half-open.
  public var targets: [Region]?
  /// The depth distribution's bins.
  public var depthBins = DepthBins.standard
  /// The borders of the allele frequency bins, ascending from 0 to 1; nil for bcftools' own bins.
  public var frequencyBins: [Float]?
  /// The INFO key that holds allele frequencies; nil for AC and AN, or genotypes where a record lacks them.
  public var frequencyTag: String?
  /// Whether alternates after a record's first are left out of the sections by allele.
  public var firstAlleleOnly = false
  /// Whether records with and without an ID are counted apart.
  public var splitsByID = false
  /// Who is whose child and of which sex, for Mendelian checks and heterozygous calls on X.
  public var pedigree: Pedigree?

  /// All records and samples.
  public init() {}

  /// The borders of bins given as people write them: two or more numbers, ascending; 0 and 1 are added.
  /// - Returns: nil where they are not ascending or not from 0 to 1.
  public static func frequencyBins(_ borders: [Float]) -> [Float]? {
    guard borders.count > 1, zip(borders, borders.dropFirst()).allSatisfy(<), let first = borders.first,
      let last = borders.last, first >= 0, last <= 1
    else { return nil }
    return (first > 0 ? [0] : []) + borders + (last < 1 ? [1] : [])
  }
}
