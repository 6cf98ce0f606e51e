/// How many copies of a place a genome holds (VRS 2.0, CopyNumberCount).
public struct CopyNumberCount: Sendable, Hashable {
  /// The place.
  public var location: SequenceLocation
  /// The copies; a range is open where a side is nil.
  public var copies: SequenceLocation.Bound

  /// A count of copies.
  public init(_ location: SequenceLocation, copies: SequenceLocation.Bound) {
    self.location = location
    self.copies = copies
  }

  /// The canonical JSON (RFC 8785) of the digest keys.
  public var serialised: String {
    #"{"copies":\#(copies.json),"location":"\#(location.digest)","type":"CopyNumberCount"}"#
  }

  /// The truncated digest of the serialisation.
  public var digest: String { sha512t24u(serialised.utf8) }

  /// `ga4gh:CN.` and the digest.
  public var identifier: String { "ga4gh:CN." + digest }
}

/// A place of which a genome holds more or fewer copies than it should (VRS 2.0, CopyNumberChange).
public struct CopyNumberChange: Sendable, Hashable {
  /// The changes: terms of the Experimental Factor Ontology that VRS 2.0 lists.
  public enum Change: String, Sendable, Hashable, CaseIterable {
    case completeGenomicLoss = "EFO:0030069"
    case highLevelLoss = "EFO:0020073"
    case lowLevelLoss = "EFO:0030068"
    case loss = "EFO:0030067"
    case regionalBasePloidy = "EFO:0030064"
    case gain = "EFO:0030070"
    case lowLevelGain = "EFO:0030071"
    case highLevelGain = "EFO:0030072"
  }

  /// The place.
  public var location: SequenceLocation
  /// The change.
  public var change: Change

  /// A change of the number of copies.
  public init(_ location: SequenceLocation, _ change: Change) {
    self.location = location
    self.change = change
  }

  /// The canonical JSON (RFC 8785) of the digest keys.
  public var serialised: String {
    #"{"copyChange":"\#(change.rawValue)","location":"\#(location.digest)","type":"CopyNumberChange"}"#
  }

  /// The truncated digest of the serialisation.
  public var digest: String { sha512t24u(serialised.utf8) }

  /// `ga4gh:CX.` and the digest.
  public var identifier: String { "ga4gh:CX." + digest }
}
