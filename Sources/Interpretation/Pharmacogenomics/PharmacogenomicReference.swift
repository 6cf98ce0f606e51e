public import Annotation
public import GenomicFiles
public import Genomics

/// The reference that positions are held against: a FASTA, or the bases in an annotation cache.
public struct PharmacogenomicReference: Sendable {
  /// The path as the user gave it.
  public var path: String
  /// Names and lengths.
  public var contigs: ContigDictionary
  /// The assembly that lengths tell; nil where they tell none.
  public var assembly: Assembly?
  /// The GA4GH digest of the whole collection, 32 letters, where it is known.
  public var assemblyDigest: String?
  /// Whether it is a cache: what does not belong to a cache is a matter of configuration (CLI.md, Contigs).
  public var isCache: Bool
  /// Bases of a region in capitals. Blocks; one call at a time.
  var bases: @Sendable (Region) throws -> [UInt8]

  /// The reference of a cache.
  public init(_ cache: AnnotationCache) {
    path = cache.path
    contigs = cache.contigs
    assembly = cache.build.assembly.flatMap(Assembly.init(rawValue:))
    assemblyDigest = cache.build.assemblyDigest.isEmpty ? nil : cache.build.assemblyDigest
    isCache = true
    bases = { try cache.bases(of: $0) }
  }

  /// A FASTA.
  public init(_ fasta: FASTAReference, identity: ReferenceIdentity) {
    path = fasta.path
    contigs = fasta.contigs
    assembly = identity.assembly
    assemblyDigest = identity.assemblyDigest
    isCache = false
    bases = { try fasta.bases(of: $0) }
  }

  /// Bases given by a closure, for tests and for callers that hold them already.
  package init(
    path: String, contigs: ContigDictionary, assembly: Assembly?, assemblyDigest: String? = nil,
    bases: @escaping @Sendable (Region) throws -> [UInt8]
  ) {
    self.path = path
    self.contigs = contigs
    self.assembly = assembly
    self.assemblyDigest = assemblyDigest
    isCache = false
    self.bases = bases
  }

  /// The reference's name of a contig that definitions call otherwise (`chr10`, `10`, `NC_000010.11`).
  func name(of contig: String) -> String? { contigs[contig]?.name ?? contigs.alias(of: contig)?.name }

  /// Refuses a contig with records that the reference names otherwise, or has with another length. One that it lacks is
  /// no fault here: its genes are not assessed.
  func require(_ contig: String, declaredLength: Int?, at location: InputLocation) throws {
    guard let refusal = contigs.disagreement(contig, declaredLength: declaredLength, at: location) else { return }
    guard isCache else { throw refusal }
    throw CacheError(
      .otherReference, path: path, "\(location.file): \(refusal.reason)",
      remedy: "use the cache of the reference that \(location.file) was made with")
  }

  /// Refuses a reference that is not proven to be the definitions' assembly.
  func require(_ definitions: DefinitionSet) throws(PharmacogenomicsError) {
    guard let assembly else {
      throw PharmacogenomicsError(
        .assemblyNotProven,
        "\(path): the lengths of its chromosomes tell no assembly; give the reference that the VCF was made with")
    }
    for gene in definitions.genes where !Self.isBuild(gene.genomeBuild, assembly) {
      throw PharmacogenomicsError(
        .otherAssembly,
        "\(path): the reference is \(assembly.rawValue) and the definitions of \(gene.gene) are of \(gene.genomeBuild); "
          + "give data and definitions of one assembly")
    }
    guard assembly == .grch38 else {
      throw PharmacogenomicsError(
        .otherAssembly,
        "\(path): the reference is \(assembly.rawValue), and pharmacogenes are matched on GRCh38; call the sample on GRCh38"
      )
    }
  }

  /// `GRCh38.p14` is GRCh38: patches leave the chromosomes as they are.
  private static func isBuild(_ build: String, _ assembly: Assembly) -> Bool {
    build == assembly.rawValue || build.hasPrefix(assembly.rawValue + ".")
  }
}
