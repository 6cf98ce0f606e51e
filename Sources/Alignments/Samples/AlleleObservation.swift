/// What the reads show at one bi-allelic site.
public struct AlleleObservation: Sendable, Hashable {
  /// Bases that are the reference allele.
  public var reference: Int
  /// Bases that are the alternate allele.
  public var alternate: Int
  /// The alternate allele's frequency in the population, 0 to 1.
  public var frequency: Double

  /// An observation.
  public init(reference: Int, alternate: Int, frequency: Double) {
    self.reference = reference
    self.alternate = alternate
    self.frequency = frequency
  }

  /// Bases that are either allele.
  public var depth: Int { reference + alternate }
}
