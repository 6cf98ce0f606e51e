import Genomics

/// The pseudoautosomal regions, where X and Y pair: 0-based half-open.
///
/// Source: Genome Reference Consortium, "Human Genome Assembly GRCh37/GRCh38", pseudoautosomal regions PAR1 and PAR2.
enum PseudoautosomalRegions {
  /// Version of the table, named in results.
  static let version = "grc-par/1"

  /// The regions of chromosome `X` or `Y`; none for an assembly that is not known.
  static func ranges(_ assembly: Assembly?, chromosome: String) -> [Range<Int>] {
    switch (assembly, chromosome) {
    case (.grch37, "X"): [60_000..<2_699_520, 154_931_043..<155_260_560]
    case (.grch37, "Y"): [10_000..<2_649_520, 59_034_049..<59_363_566]
    case (.grch38, "X"): [10_000..<2_781_479, 155_701_382..<156_030_895]
    case (.grch38, "Y"): [10_000..<2_781_479, 56_887_902..<57_217_415]
    default: []
    }
  }
}
