import GenomicFiles
public import Genomics

/// The reference that a contribution's places are on: its assembly, and its contigs with their digests.
public struct ReferenceContigs: Sendable, Hashable {
  /// One contig.
  public struct Entry: Sendable, Hashable {
    /// The name in the FASTA.
    public var name: String
    /// The length in bases.
    public var length: Int
    /// The refget digest.
    public var digest: RefgetDigest

    /// A contig.
    public init(name: String, length: Int, digest: RefgetDigest) {
      self.name = name
      self.length = length
      self.digest = digest
    }
  }

  /// GRCh37, GRCh38; nil for anything else.
  public let assembly: Assembly?
  /// The contigs in the FASTA's order.
  public let contigs: [Entry]

  /// A reference.
  public init(assembly: Assembly?, contigs: [Entry]) {
    self.assembly = assembly
    self.contigs = contigs
  }

  /// The contig of this name, or of the same chromosome in another style of names.
  public func contig(named name: String) -> Entry? {
    if let entry = contigs.first(where: { $0.name == name }) { return entry }
    guard let canonical = ContigName.canonical(name) else { return nil }
    return contigs.first { ContigName.canonical($0.name) == canonical }
  }

  /// The contig of this digest.
  public func contig(_ digest: RefgetDigest) -> Entry? { contigs.first { $0.digest == digest } }

  /// The digest of the whole assembly: the GA4GH digest of its sequence collection. The FASTA's order is part of it.
  public var assemblyDigest: String {
    SequenceCollection(contigs.map { (name: $0.name, length: $0.length, digest: $0.digest) }).digest
  }
}
