public import Genomics

/// A place on a sequence (VRS 2.0, SequenceLocation): interbase coordinates, counted from 0.
public struct SequenceLocation: Sendable, Hashable {
  /// One end of a location.
  public enum Bound: Sendable, Hashable {
    /// A known place.
    case exact(Int)
    /// Somewhere between two places; nil is open on that side.
    case range(Int?, Int?)

    fileprivate var json: String {
      switch self {
      case .exact(let place): "\(place)"
      case .range(let low, let high):
        "[\(low.map(String.init) ?? "null"),\(high.map(String.init) ?? "null")]"
      }
    }
  }

  /// The sequence.
  public var sequence: RefgetDigest
  /// The first place.
  public var start: Bound
  /// The last place.
  public var end: Bound

  /// A location.
  public init(sequence: RefgetDigest, start: Bound, end: Bound) {
    self.sequence = sequence
    self.start = start
    self.end = end
  }

  /// A location with known ends.
  public init(sequence: RefgetDigest, _ range: Range<Int>) {
    self.init(sequence: sequence, start: .exact(range.lowerBound), end: .exact(range.upperBound))
  }

  /// The canonical JSON (RFC 8785) of the digest keys.
  public var serialised: String {
    #"{"end":\#(end.json),"sequenceReference":{"refgetAccession":"\#(sequence.identifier)","type":"SequenceReference"},"start":\#(start.json),"type":"SequenceLocation"}"#
  }

  /// The truncated digest of the serialisation.
  public var digest: String { sha512t24u(serialised.utf8) }

  /// `ga4gh:SL.` and the digest.
  public var identifier: String { "ga4gh:SL." + digest }
}
