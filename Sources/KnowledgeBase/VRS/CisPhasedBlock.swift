/// Alleles on one molecule (VRS 2.0, CisPhasedBlock). The members' order tells nothing: it is no part of the identifier.
public struct CisPhasedBlock: Sendable, Hashable {
  /// The alleles.
  public var members: Set<VRSAllele>

  /// A block of these alleles.
  public init(_ members: Set<VRSAllele>) { self.members = members }

  /// The canonical JSON (RFC 8785) of the digest keys: the members by their digests, which are sorted by code point.
  /// A block's `sequenceReference` is none of the keys, so each member's location must name its sequence, or blocks on
  /// two sequences would have one identifier (as they have where the block alone names it).
  public var serialised: String {
    // Digests are ASCII, where the order of bytes is that of code points.
    let digests = members.map(\.digest).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return #"{"members":[\#(digests.map { "\"\($0)\"" }.joined(separator: ","))],"type":"CisPhasedBlock"}"#
  }

  /// The truncated digest of the serialisation.
  public var digest: String { sha512t24u(serialised.utf8) }

  /// `ga4gh:CPB.` and the digest.
  public var identifier: String { "ga4gh:CPB." + digest }
}
