/// What stands at a location (VRS 2.0).
public enum SequenceExpression: Sendable, Hashable {
  /// Bases as they are.
  case literal(String)
  /// Bases that the reference's own tell: `length` of them, repeating a unit of `repeatSubunitLength`.
  case referenceLength(length: Int, repeatSubunitLength: Int)
  /// A number of bases that are not known.
  case length(Int)

  /// The canonical JSON (RFC 8785) of the digest keys; `sequence` is none of a ReferenceLengthExpression's.
  public var serialised: String {
    switch self {
    case .literal(let bases): #"{"sequence":"\#(bases)","type":"LiteralSequenceExpression"}"#
    case .referenceLength(let length, let unit):
      #"{"length":\#(length),"repeatSubunitLength":\#(unit),"type":"ReferenceLengthExpression"}"#
    case .length(let length): #"{"length":\#(length),"type":"LengthExpression"}"#
    }
  }
}
