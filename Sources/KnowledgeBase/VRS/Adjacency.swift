/// The end of a molecule at a place, as after an unrepaired break (VRS 2.0, Terminus).
public struct Terminus: Sendable, Hashable {
  /// Where it ends.
  public var location: SequenceLocation

  /// An end at a place.
  public init(_ location: SequenceLocation) { self.location = location }

  /// The canonical JSON (RFC 8785) of the digest keys.
  public var serialised: String { #"{"location":"\#(location.digest)","type":"Terminus"}"# }

  /// The truncated digest of the serialisation.
  public var digest: String { sha512t24u(serialised.utf8) }

  /// `ga4gh:TM.` and the digest.
  public var identifier: String { "ga4gh:TM." + digest }
}

/// Two sequences that are joined (VRS 2.0, Adjacency). Their order tells the direction of reading, so it is part of the
/// identifier.
public struct Adjacency: Sendable, Hashable {
  /// What is read first; its known end is where it is joined.
  public var first: SequenceLocation
  /// What follows.
  public var second: SequenceLocation
  /// What stands between them; nil for nothing that is known.
  public var linker: SequenceExpression?

  /// A junction of two sequences.
  public init(_ first: SequenceLocation, _ second: SequenceLocation, linker: SequenceExpression? = nil) {
    self.first = first
    self.second = second
    self.linker = linker
  }

  /// The canonical JSON (RFC 8785) of the digest keys; a missing linker is `null`, as in the validation models.
  public var serialised: String {
    #"{"adjoinedSequences":["\#(first.digest)","\#(second.digest)"],"linker":\#(linker?.serialised ?? "null"),"type":"Adjacency"}"#
  }

  /// The truncated digest of the serialisation.
  public var digest: String { sha512t24u(serialised.utf8) }

  /// `ga4gh:AJ.` and the digest.
  public var identifier: String { "ga4gh:AJ." + digest }
}
