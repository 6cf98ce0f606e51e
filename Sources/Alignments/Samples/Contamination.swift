/// The share of reads that come from another person, as told by allele counts and population frequencies.
///
/// A fraction from 0 to 0.5, never percent: where the other person gives more than half of the reads, the two change
/// places. The method is VerifyBamID's (Jun et al. 2012, American Journal of Human Genetics 91:839): each site is a
/// mixture over both persons' genotypes with Hardy-Weinberg priors. It is not VerifyBamID2: there is no ancestry model,
/// so frequencies must be those of the person's population, and the rate of wrong bases is estimated with the
/// fraction instead of being taken from base qualities.
public struct Contamination: Sendable, Equatable {
  /// The fraction, 0 to 0.5.
  public var fraction: Double
  /// Its standard error, from the curvature of the likelihood; nil where the curve has none (at the ends).
  public var standardError: Double?
  /// The 95 % likelihood interval: where the log-likelihood is less than 1.92 below its greatest.
  public var interval: ClosedRange<Double>
  /// The rate at which one of the two alleles is read as the other, estimated along with the fraction.
  public var errorRate: Double
  /// The share of the alternate allele among one person's reads of a heterozygous site, estimated likewise.
  public var balance: Double
  /// The sites that were used.
  public var sites: Int
  /// Their mean depth.
  public var meanDepth: Double
  /// The greatest log-likelihood (natural), without binomial coefficients.
  public var logLikelihood: Double
  /// The greatest log-likelihood with the fraction held at 0.
  public var logLikelihoodAtZero: Double

  /// Below this many informative sites the fraction is unknown.
  public static let leastSites = 1000
  /// Below this mean depth of informative sites the fraction is unknown.
  public static let leastMeanDepth = 5.0
  /// A site is informative from this depth on.
  public static let leastDepth = 4
  /// A site is informative where both alleles are at least this frequent.
  public static let leastFrequency = 0.01
  /// A site deeper than this many times the median is left out: its reads come from more than one place.
  public static let depthLimit = 3

  /// Of more informative sites than this, every second, third … is used: the interval is some 0.1 points wide by then.
  public static let mostSites = 40_000

  /// The sites that tell something of the fraction.
  public static func informative(_ observations: [AlleleObservation]) -> [AlleleObservation] {
    let frequent = observations.filter {
      $0.depth >= leastDepth && $0.frequency >= leastFrequency && $0.frequency <= 1 - leastFrequency
    }
    let depths = frequent.map(\.depth).sorted()
    guard !depths.isEmpty else { return [] }
    let limit = depthLimit * depths[depths.count / 2]
    let informative = frequent.filter { $0.depth <= limit }
    let step = (informative.count + mostSites - 1) / mostSites
    return step <= 1 ? informative : stride(from: 0, to: informative.count, by: step).map { informative[$0] }
  }

  /// The most likely fraction.
  /// - Parameter observations: sites of autosomes, in any order; what is not informative is left out.
  /// - Returns: nil (unknown) where sites are too few or not deep enough.
  public init?(_ observations: [AlleleObservation]) {
    let used = Self.informative(observations)
    let meanDepth = used.isEmpty ? 0 : Double(used.reduce(0) { $0 + $1.depth }) / Double(used.count)
    guard used.count >= Self.leastSites, meanDepth >= Self.leastMeanDepth else { return nil }
    let likelihood = MixtureLikelihood(used)
    let best = likelihood.maximum()
    let shape = likelihood.shape(at: best)
    fraction = best.fraction
    errorRate = best.error
    balance = best.balance
    standardError = shape.standardError
    interval = likelihood.interval(around: best, slope: shape.slope)
    sites = used.count
    self.meanDepth = meanDepth
    logLikelihood = best.value
    logLikelihoodAtZero = likelihood.maximum(fraction: 0).value
  }
}
