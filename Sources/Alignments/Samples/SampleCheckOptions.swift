public import GenomicFiles
public import Genomics

/// What the checks of a sample are given: contamination, sex, fingerprint, comparison with genotypes.
public struct SampleCheckOptions: Sendable, Hashable {
  /// The sites that alleles are counted at; without them contamination and the fingerprint are unknown.
  public var sites: SitePanel?
  /// The sample's genotypes at the same sites, as another file has them.
  public var genotypes: PanelGenotypes?
  /// What results call the sample; nil for the name of the one sample that the header's read groups tell.
  public var name: String?
  /// Digests of the reference's X and Y by name, where they are known: pseudoautosomal regions go by them.
  public var sequences: [String: RefgetDigest] = [:]

  /// Nothing given.
  public init() {}

  /// Takes the digests of the reference's X and Y; of sequences with the length of no known one nothing is computed.
  /// Blocks for as long as reading the two takes, unless their digests are kept beside the file.
  public mutating func identifySequences(of reference: FASTAReference) throws {
    let names = reference.contigs.contigs.filter { contig in
      guard let chromosome = ContigName.canonical(contig.name), let length = contig.length else { return false }
      return PseudoautosomalRegions.entry(chromosome: chromosome, length: length) != nil
    }.map(\.name)
    sequences = try sequenceDigests(of: reference, named: names)
  }
}
