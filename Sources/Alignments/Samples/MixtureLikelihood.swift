#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The likelihood of allele counts where a fraction of the reads comes from a second, unrelated person.
///
/// With genotypes g and h a base is the alternate allele with probability q = (1 − fraction) s(g) + fraction s(h) before
/// errors, and q (1 − error) + (1 − q) error with them. The share s is 0, balance and 1 for 0, 1 and 2 alternate
/// alleles: aligners favour the reference, so the balance is a little below a half. g and h have Hardy-Weinberg
/// probabilities. Sums run in the order of the sites, so a result is the same on every run.
struct MixtureLikelihood {
  /// A place on the likelihood's surface.
  struct Point {
    var fraction: Double
    var error: Double
    var balance: Double
    var value: Double
  }

  private struct Site {
    var reference: Double
    var alternate: Double
    /// Hardy-Weinberg probabilities of 0, 1 and 2 alternate alleles.
    var prior: (Double, Double, Double)
  }

  private let sites: [Site]

  static let errors = 1e-6...0.1
  static let fractions = 0.0...0.5
  static let balances = 0.4...0.6

  init(_ observations: [AlleleObservation]) {
    sites = observations.map { site in
      let (f, g) = (site.frequency, 1 - site.frequency)
      return Site(
        reference: Double(site.reference), alternate: Double(site.alternate), prior: (g * g, 2 * f * g, f * f))
    }
  }

  /// The log-likelihood, without binomial coefficients.
  func value(_ fraction: Double, _ error: Double, _ balance: Double) -> Double {
    var logAlternate = [Double](repeating: 0, count: 9)
    var logReference = logAlternate
    let shares = [0, balance, 1]
    for g in 0...2 {
      for h in 0...2 {
        let q = (1 - fraction) * shares[g] + fraction * shares[h]
        let p = q * (1 - error) + (1 - q) * error
        logAlternate[3 * g + h] = log(p)
        logReference[3 * g + h] = log(1 - p)
      }
    }
    var sum = 0.0
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 9) { terms in
      logAlternate.withUnsafeBufferPointer { logAlternate in
        logReference.withUnsafeBufferPointer { logReference in
          for site in sites {
            var greatest = -Double.infinity
            for pair in 0..<9 {
              let term = site.reference * logReference[pair] + site.alternate * logAlternate[pair]
              terms[pair] = term
              greatest = max(greatest, term)
            }
            // A term that is 40 below the greatest adds nothing that a Double would keep.
            for pair in 0..<9 { terms[pair] = terms[pair] < greatest - 40 ? 0 : exp(terms[pair] - greatest) }
            let (p0, p1, p2) = site.prior
            let g0 = p0 * terms[0] + p1 * terms[1] + p2 * terms[2]
            let g1 = p0 * terms[3] + p1 * terms[4] + p2 * terms[5]
            let g2 = p0 * terms[6] + p1 * terms[7] + p2 * terms[8]
            sum += greatest + log(p0 * g0 + p1 * g1 + p2 * g2)
          }
        }
      }
    }
    return sum
  }

  /// The greatest likelihood: along the fraction, the error and the balance by turns, until none moves.
  func maximum() -> Point {
    // Fractions from which one is best at first, since the curve may have a second hill.
    let start: [Double] = [0, 0.002, 0.005, 0.01, 0.02, 0.04, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5]
    var point = Point(fraction: 0, error: 0.002, balance: 0.5, value: -.infinity)
    for fraction in start {
      let value = value(fraction, point.error, point.balance)
      if value > point.value { (point.fraction, point.value) = (fraction, value) }
    }
    for round in 0..<30 {
      let before = point
      let reach = round == 0 ? 0.6 * point.fraction + 0.01 : 0.2 * point.fraction + 0.002
      let range = (point.fraction - reach).clamped(Self.fractions)...(point.fraction + reach).clamped(Self.fractions)
      point.climb(\.fraction, Self.highest(range, within: 1e-6) { value($0, point.error, point.balance) })
      point = climbedError(point, factor: round == 0 ? 100 : 2)
      point = climbedBalance(point, reach: round == 0 ? 0.1 : 0.01)
      if abs(point.fraction - before.fraction) < 2e-6, abs(point.error - before.error) < 0.001 * point.error,
        abs(point.balance - before.balance) < 1e-4
      {
        break
      }
    }
    return point
  }

  /// The greatest likelihood at a fraction, over errors and balances.
  func maximum(fraction: Double) -> Point {
    var point = Point(fraction: fraction, error: 0.002, balance: 0.5, value: -.infinity)
    for round in 0..<3 {
      point = climbedError(point, factor: round == 0 ? 1000 : 2)
      point = climbedBalance(point, reach: round == 0 ? 0.1 : 0.01)
    }
    return point
  }

  private func climbedError(_ from: Point, factor: Double) -> Point {
    var point = from
    let range = log((from.error / factor).clamped(Self.errors))...log((from.error * factor).clamped(Self.errors))
    let found = Self.highest(range, within: 3e-4) { value(from.fraction, exp($0), from.balance) }
    point.climb(\.error, (exp(found.place), found.value))
    return point
  }

  private func climbedBalance(_ from: Point, reach: Double) -> Point {
    var point = from
    let range = (from.balance - reach).clamped(Self.balances)...(from.balance + reach).clamped(Self.balances)
    point.climb(\.balance, Self.highest(range, within: 3e-5) { value(from.fraction, from.error, $0) })
    return point
  }

  /// Golden-section search; the ends count too, since the best fraction is often 0.
  private static func highest(_ range: ClosedRange<Double>, within tolerance: Double, _ value: (Double) -> Double)
    -> (place: Double, value: Double)
  {
    let ratio = 0.618_033_988_749_894_8
    var (low, high) = (range.lowerBound, range.upperBound)
    var best = (place: low, value: value(low))
    func note(_ place: Double) -> Double {
      let found = value(place)
      if found > best.value { best = (place, found) }
      return found
    }
    _ = note(high)
    var (a, b) = (high - ratio * (high - low), low + ratio * (high - low))
    var (atA, atB) = (note(a), note(b))
    while high - low > tolerance {
      if atA >= atB {
        (high, b, atB) = (b, a, atA)
        a = high - ratio * (high - low)
        atA = note(a)
      } else {
        (low, a, atA) = (a, b, atB)
        b = low + ratio * (high - low)
        atB = note(b)
      }
    }
    return best
  }
}

extension MixtureLikelihood.Point {
  /// Moves to a place where the likelihood is greater.
  fileprivate mutating func climb(_ coordinate: WritableKeyPath<Self, Double>, _ found: (place: Double, value: Double))
  {
    guard found.value > value else { return }
    self[keyPath: coordinate] = found.place
    value = found.value
  }
}

extension Double {
  fileprivate func clamped(_ range: ClosedRange<Double>) -> Double {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
