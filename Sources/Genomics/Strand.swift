/// The strand of a feature relative to the reference.
public enum Strand: Character, Sendable, Hashable {
  /// The reference's own strand.
  case forward = "+"
  /// The reverse complement.
  case reverse = "-"
}
