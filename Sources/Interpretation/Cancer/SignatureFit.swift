/// What a catalogue is made of, by a table of signatures.
///
/// Exposures are told as counts of substitutions, without a word on what causes a signature.
public struct SignatureFit: Sendable, Hashable, Codable {
  /// Why there is no fit.
  public enum Refusal: String, Sendable, Hashable, Codable, CaseIterable {
    case tooFewVariants = "too-few-substitutions"
    case poorFit = "cosine-similarity-too-low"
    case noConvergence = "no-convergence"
  }

  /// One signature's share.
  public struct Exposure: Sendable, Hashable, Codable {
    /// The signature's name in the table.
    public var signature: String
    /// Substitutions.
    public var exposure: Double
    /// Of the sum of all exposures.
    public var fraction: Double
    /// The interval's ends, in substitutions.
    public var low: Double
    /// See `low`.
    public var high: Double
    /// The share of the bootstrap's replicates in which it is above zero.
    public var support: Double
  }

  /// The table's version.
  public var version: String
  /// SHA-256 of the table's file.
  public var digest: String
  /// Signatures of the table.
  public var signatures: Int
  /// Whether signatures that the catalogue does without were dropped.
  public var isSparse: Bool
  /// In the table's order; of the sparse mode those that were kept.
  public var exposures: [Exposure]
  /// Between catalogue and what the exposures make; also where the fit is refused for it.
  public var cosine: Double?
  /// Substitutions fitted.
  public var substitutions: Int
  /// How intervals are made.
  public var interval: String
  /// Why there is none.
  public var refused: Refusal?

  /// Fits a catalogue.
  /// - Parameter catalogue: counts in the order of ``SubstitutionClass/labels``.
  public init(
    _ catalogue: [Int], _ table: SignatureTable, sparse: Bool, _ rules: SomaticProfile.Signatures
  ) {
    version = table.version
    digest = table.digest
    signatures = table.names.count
    isSparse = sparse
    exposures = []
    substitutions = catalogue.reduce(0, +)
    interval = Self.method(rules)
    guard substitutions >= max(1, rules.leastVariants) else {
      refused = .tooFewVariants
      return
    }
    let counts = catalogue.map(Double.init)
    do {
      var kept = Array(table.names.indices)
      var x = try Self.solve(table, kept, counts)
      var similarity = Self.cosine(counts, Self.made(table, kept, x))
      if sparse { (kept, x, similarity) = try Self.reduced(table, kept, x, similarity, counts, rules) }
      cosine = similarity
      guard similarity >= rules.leastCosine else {
        refused = .poorFit
        return
      }
      exposures = try Self.intervals(table, kept, x, catalogue, rules)
    } catch {
      refused = .noConvergence
    }
  }

  static func method(_ rules: SomaticProfile.Signatures) -> String {
    "Poisson bootstrap of the catalogue, \(rules.replicates) replicates, seed \(rules.seed): the percentiles of the replicates, those mirrored about the estimate, and the replicates' bias, whichever is wider, at \(rules.coverage) for all signatures fitted together (Bonferroni)"
  }

  private static func solve(
    _ table: SignatureTable, _ kept: [Int], _ counts: [Double]
  ) throws(NonNegativeLeastSquares.Failure) -> [Double] {
    try NonNegativeLeastSquares(columns: kept.map { table.columns[$0] }).solve(counts).coefficients
  }

  /// The catalogue that exposures make.
  private static func made(_ table: SignatureTable, _ kept: [Int], _ x: [Double]) -> [Double] {
    var made = [Double](repeating: 0, count: SubstitutionClass.count)
    for (place, signature) in kept.enumerated() where x[place] != 0 {
      for row in made.indices { made[row] += table.columns[signature][row] * x[place] }
    }
    return made
  }

  /// The cosine of the angle between two catalogues; 0 where one is empty.
  static func cosine(_ one: [Double], _ other: [Double]) -> Double {
    var (product, a, b) = (0.0, 0.0, 0.0)
    for row in one.indices {
      product += one[row] * other[row]
      a += one[row] * one[row]
      b += other[row] * other[row]
    }
    return a > 0 && b > 0 ? product / (a.squareRoot() * b.squareRoot()) : 0
  }

  /// Drops the signature with the smallest exposure again and again, while that costs no more cosine similarity than the
  /// rules allow in each step (mutSigExtractor's `fitToSignatures` with `max.delta`).
  private static func reduced(
    _ table: SignatureTable, _ all: [Int], _ first: [Double], _ similarity: Double, _ counts: [Double],
    _ rules: SomaticProfile.Signatures
  ) throws(NonNegativeLeastSquares.Failure) -> ([Int], [Double], Double) {
    // What has no exposure costs nothing to drop.
    var kept = zip(all, first).filter { $0.1 > 0 }.map(\.0)
    var (x, similarity) = (first.filter { $0 > 0 }, similarity)
    while kept.count > 1, let smallest = x.indices.min(by: { (x[$0], $0) < (x[$1], $1) }) {
      var fewer = kept
      fewer.remove(at: smallest)
      let solved = try solve(table, fewer, counts)
      let next = cosine(counts, made(table, fewer, solved))
      guard similarity - next <= rules.sparseCosineDrop else { break }
      kept = zip(fewer, solved).filter { $0.1 > 0 }.map(\.0)
      (x, similarity) = (solved.filter { $0 > 0 }, next)
    }
    return (kept, x, similarity)
  }

  private static func intervals(
    _ table: SignatureTable, _ kept: [Int], _ x: [Double], _ catalogue: [Int], _ rules: SomaticProfile.Signatures
  ) throws(NonNegativeLeastSquares.Failure) -> [Exposure] {
    let problem = NonNegativeLeastSquares(columns: kept.map { table.columns[$0] })
    var random = SeededNumbers(seed: UInt64(rules.seed))
    var found = [[Double]](repeating: [], count: kept.count)
    for place in found.indices { found[place].reserveCapacity(rules.replicates) }
    for _ in 0..<rules.replicates {
      let replicate = catalogue.map { Double(random.poisson(Double($0))) }
      // A replicate is like the catalogue: from its exposures the way is a few steps.
      let solved = try problem.solve(replicate, from: x).coefficients
      for (place, value) in solved.enumerated() { found[place].append(value) }
    }
    let sum = x.reduce(0, +)
    let tail = (1 - rules.coverage) / 2 / Double(max(1, kept.count))
    return kept.indices.map { place in
      let sorted = found[place].sorted()
      let (low, high) = (Quantile.of(sorted, tail), Quantile.of(sorted, 1 - tail))
      // The bound at zero makes percentiles alone too narrow and drawn to one side: with signatures that resemble one
      // another, exposures leak, and leak again in every replicate.
      let bias = abs(sorted.reduce(0, +) / Double(sorted.count) - x[place])
      return Exposure(
        signature: table.names[kept[place]], exposure: x[place], fraction: sum > 0 ? x[place] / sum : 0,
        low: max(0, min(low, 2 * x[place] - high, x[place]) - bias),
        high: max(high, 2 * x[place] - low, x[place]) + bias,
        support: Double(sorted.count { $0 > 0 }) / Double(sorted.count))
    }
  }
}
