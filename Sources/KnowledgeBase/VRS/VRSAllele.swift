/// An allele with its computed identifier (VRS 2.0, Allele).
public struct VRSAllele: Sendable, Hashable {
  /// Where it stands.
  public var location: SequenceLocation
  /// What stands there.
  public var state: SequenceExpression

  /// An allele as it is; see `justified(…)` for one from a VCF.
  public init(location: SequenceLocation, state: SequenceExpression) {
    self.location = location
    self.state = state
  }

  /// The canonical JSON (RFC 8785) of the digest keys, the location by its digest.
  public var serialised: String {
    #"{"location":"\#(location.digest)","state":\#(state.serialised),"type":"Allele"}"#
  }

  /// The truncated digest of the serialisation.
  public var digest: String { sha512t24u(serialised.utf8) }

  /// `ga4gh:VA.` and the digest.
  public var identifier: String { "ga4gh:VA." + digest }
}
