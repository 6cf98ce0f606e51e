public import GenomicFiles
import Genomics

/// What the counts say of the panel's alleles.
extension SiteCounts {
  /// Where a site stands, as far as copies of chromosomes go.
  public enum Place: Sendable, Hashable {
    /// Two copies in everybody.
    case autosome
    /// One or two copies: X outside of the pseudoautosomal regions.
    case onlyX
    /// None or one: Y outside of them.
    case onlyY
    /// Anything else; nothing is told of it.
    case other
  }

  /// One site's counts by allele.
  public struct Alleles: Sendable, Hashable {
    /// Bases that are REF.
    public var reference: Int
    /// Bases that are ALT.
    public var alternate: Int
    /// A, C, G or T that is neither.
    public var third: Int

    /// Counts of a site.
    public init(reference: Int, alternate: Int, third: Int) {
      self.reference = reference
      self.alternate = alternate
      self.third = third
    }

    /// All of them.
    public var depth: Int { reference + alternate + third }

    /// The number of alternate alleles of two; nil (unknown) where the counts do not tell.
    ///
    /// Seven bases or more of the two alleles and at most 4 % of others, as somalier wants them; a share of the alternate
    /// allele from 0.3 to 0.7 is 1. Homozygous is what is 100 times likelier than heterozygous where 3 % of bases are
    /// strange. somalier's limit of 1 % loses just those homozygous sites at which a contaminant differs: at 5 % of
    /// another person's reads, the two came out 0.46 related (measured; with this rule -0.01).
    public var genotype: Int? {
      let both = reference + alternate
      guard both >= 7, Double(third) <= 0.04 * Double(depth) else { return nil }
      if Self.isHomozygous(of: both, strange: alternate) { return 0 }
      if Self.isHomozygous(of: both, strange: reference) { return 2 }
      let share = Double(alternate) / Double(both)
      return share >= 0.3 && share <= 0.7 ? 1 : nil
    }

    private static func isHomozygous(of depth: Int, strange: Int) -> Bool {
      // Natural logarithms of 0.03, 0.97, 0.5 and 100.
      let homozygous = -3.506_557_897_3 * Double(strange) - 0.030_459_207_5 * Double(depth - strange)
      return homozygous + 0.693_147_180_6 * Double(depth) >= 4.605_170_186
    }

    /// Whether the alternate allele's share is that of no genotype, though there are bases enough.
    public var isBetween: Bool {
      let both = reference + alternate
      guard both >= 7 else { return false }
      let share = Double(alternate) / Double(both)
      return share >= 0.1 && share <= 0.9 && !(share >= 0.3 && share <= 0.7)
    }
  }

  /// Calls `body` with every site in the panel's order: its index, the site, where it stands, its counts.
  public func forEachSite(
    _ header: SAMHeader, _ body: (Int, SitePanel.Site, Place, Alleles) -> Void
  ) {
    for contig in panel.contigs {
      let pseudoautosomal = PseudoautosomalRanges(contig.chromosome, contig.name, header, options)
      for (offset, site) in contig.sites.enumerated() {
        let index = contig.firstIndex + offset
        let bases = bases(at: index)
        let (reference, alternate) = (bases[Int(site.reference)], bases[Int(site.alternate)])
        let alleles = Alleles(
          reference: reference, alternate: alternate, third: bases[..<4].reduce(0, +) - reference - alternate)
        let place: Place
        switch contig.chromosome {
        case "X": place = pseudoautosomal.isOutside(site.position) ? .onlyX : .other
        case "Y": place = pseudoautosomal.isOutside(site.position) ? .onlyY : .other
        case "MT", nil: place = .other
        default: place = .autosome
        }
        body(index, site, place, alleles)
      }
    }
  }

  /// The counts of autosomes, as ``Contamination`` takes them.
  public func observations(_ header: SAMHeader) -> [AlleleObservation] {
    var observations: [AlleleObservation] = []
    forEachSite(header) { _, site, place, alleles in
      guard place == .autosome else { return }
      observations.append(
        AlleleObservation(
          reference: alleles.reference, alternate: alleles.alternate, frequency: site.frequency))
    }
    return observations
  }

  /// Sites with this many bases tell whether the panel's alleles are the reads' at all.
  static let leastSitesForAgreement = 100
  /// More than this share of bases that are neither allele means sites of another assembly: chance alone gives a half,
  /// errors of sequencing a percent.
  static let mostThird = 0.2

  /// Refuses sites at which the reads show other bases than REF and ALT.
  /// - Throws: `InputError` of kind `mismatch`.
  func requireAgreement(_ header: SAMHeader, path: String) throws(InputError) {
    var sites = 0
    var third = 0.0
    forEachSite(header) { _, _, _, alleles in
      guard alleles.depth >= 4 else { return }
      sites += 1
      third += Double(alleles.third) / Double(alleles.depth)
    }
    guard sites >= Self.leastSitesForAgreement, third > Self.mostThird * Double(sites) else { return }
    throw InputError(
      .mismatch, at: InputLocation(file: panel.path),
      "at \(sites) sites the reads of \(path) are neither REF nor ALT in \(Int(100 * third / Double(sites))) % of bases",
      remedy: "give sites of the assembly that the alignments were made with")
  }
}
