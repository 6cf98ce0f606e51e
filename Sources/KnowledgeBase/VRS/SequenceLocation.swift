public import Genomics

/// A place on a sequence (VRS 2.0, SequenceLocation): interbase coordinates, counted from 0.
public struct SequenceLocation: Sendable, Hashable {
  /// One end of a location.
  public enum Bound: Sendable, Hashable {
    /// A known place.
    case exact(Int)
    /// Somewhere between two places; nil is open on that side.
    case range(Int?, Int?)

    var json: String {
      switch self {
      case .exact(let place): "\(place)"
      case .range(let low, let high):
        "[\(low.map(String.init) ?? "null"),\(high.map(String.init) ?? "null")]"
      }
    }
  }

  /// The sequence; nil where a part of a junction is not placed.
  public var sequence: RefgetDigest?
  /// The first place; nil for the part of a junction that ends at `end`.
  public var start: Bound?
  /// The last place; nil for the part of a junction that begins at `start`.
  public var end: Bound?

  /// A location.
  public init(sequence: RefgetDigest?, start: Bound?, end: Bound?) {
    self.sequence = sequence
    self.start = start
    self.end = end
  }

  /// A location with known ends.
  public init(sequence: RefgetDigest, _ range: Range<Int>) {
    self.init(sequence: sequence, start: .exact(range.lowerBound), end: .exact(range.upperBound))
  }

  /// The canonical JSON (RFC 8785) of the digest keys; what is not known is `null`, as in the validation models.
  public var serialised: String {
    let reference =
      sequence.map { #"{"refgetAccession":"\#($0.identifier)","type":"SequenceReference"}"# } ?? "null"
    return
      #"{"end":\#(end?.json ?? "null"),"sequenceReference":\#(reference),"start":\#(start?.json ?? "null"),"type":"SequenceLocation"}"#
  }

  /// The truncated digest of the serialisation.
  public var digest: String { sha512t24u(serialised.utf8) }

  /// `ga4gh:SL.` and the digest.
  public var identifier: String { "ga4gh:SL." + digest }
}
