/// Finds stretches in which sites for an origin outweigh those against it: the highest-scoring stretch, ended where the
/// score has dropped by a stated amount, as extensions of alignments are.
struct OriginScan {
  /// A stretch from its first to its last site for the origin.
  struct Stretch: Hashable, Sendable {
    /// POS of both ends, counted from 1.
    var first: Int
    var last: Int
    var sitesFor: Int
    var sitesAgainst: Int
  }

  private let weight: Double
  private let drop: Double
  private var score = 0.0
  private var peak = 0.0
  private var open = Stretch(first: 0, last: 0, sitesFor: 0, sitesAgainst: 0)
  private var best: Stretch?
  /// Stretches found, in order.
  private(set) var stretches: [Stretch] = []

  /// - Parameters:
  ///   - weight: of a site against; one for weighs 1.
  ///   - drop: the loss of score that ends a stretch.
  init(weight: Double, drop: Double) {
    self.weight = weight
    self.drop = drop
  }

  mutating func add(_ position: Int, isFor: Bool) {
    if isFor {
      if score <= 0 { open = Stretch(first: position, last: position, sitesFor: 0, sitesAgainst: 0) }
      score += 1
      open.last = position
      open.sitesFor += 1
      if score > peak {
        peak = score
        best = open
      }
    } else if score > 0 {
      score -= weight
      open.sitesAgainst += 1
      if score <= 0 || score <= peak - drop { end() }
    }
  }

  /// Ends an open stretch: at a chromosome's end.
  mutating func end() {
    if let best { stretches.append(best) }
    best = nil
    (score, peak) = (0, 0)
  }
}
