import Genomics

/// How many alleles a person is expected to have at a site.
enum SiteKind: Sendable, Hashable {
  /// Two in everybody: autosomes, the pseudoautosomal regions of X, contigs that are no chromosome.
  case diploid
  /// X outside the pseudoautosomal regions.
  case x
  /// Y, its pseudoautosomal regions included: where those are not masked, reads fall on X and Y by chance.
  case y
  /// Mitochondrial: counted as one, mixtures as heteroplasmy.
  case mitochondrial

  init(contig: ReferenceContigs.Entry, position: Int) {
    switch ContigName.canonical(contig.name) {
    case "X":
      let isPaired = PseudoautosomalRegions.ranges(of: contig.digest).contains { $0.contains(position) }
      self = isPaired ? .diploid : .x
    case "Y": self = .y
    case "MT": self = .mitochondrial
    default: self = .diploid
    }
  }

  /// The alleles expected; nil where the sex is needed and not known.
  func ploidy(_ sex: Sex) -> Int? {
    switch (self, sex) {
    case (.diploid, _), (.x, .female): 2
    case (.mitochondrial, _), (.x, .male), (.y, .male): 1
    case (.y, .female): 0
    case (.x, .unknown), (.y, .unknown): nil
    }
  }
}
