#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The least standard error that any unbiased estimate of contamination can have from allele counts: the Cramér–Rao bound
/// of the model that `Contamination` fits, with the error rate and the alternate allele's share unknown too.
///
/// The information of a site is the sum over its counts of the products of the probabilities' derivatives, divided by the
/// probability; depth has a Poisson distribution, frequencies are spread evenly over a range.
struct ContaminationBound {
  /// Bases of one allele that are read as the other.
  var error: Double
  var depth = 30.0
  /// Frequencies of the alternate allele.
  var frequencies = stride(from: 0.05, through: 0.5, by: 0.05).map { $0 }

  /// The standard error of the fraction that this many sites allow.
  func standardError(_ fraction: Double, sites: Int) -> Double {
    (inverse(information(fraction)) / Double(sites)).squareRoot()
  }

  /// Probabilities of 0, 1 … `depth` alternate bases at a site.
  private static func probabilities(_ point: [Double], _ frequency: Double, _ depth: Int) -> [Double] {
    let (fraction, error, balance) = (point[0], point[1], point[2])
    let shares = [0, balance, 1]
    let priors = [(1 - frequency) * (1 - frequency), 2 * frequency * (1 - frequency), frequency * frequency]
    var sum = [Double](repeating: 0, count: depth + 1)
    for g in 0...2 {
      for h in 0...2 {
        let mixed = (1 - fraction) * shares[g] + fraction * shares[h]
        let p = mixed * (1 - error) + (1 - mixed) * error
        var coefficient = 0.0
        for k in 0...depth {
          if k > 0 { coefficient += log(Double(depth - k + 1) / Double(k)) }
          sum[k] += priors[g] * priors[h] * exp(coefficient + Double(k) * log(p) + Double(depth - k) * log(1 - p))
        }
      }
    }
    return sum
  }

  private func information(_ fraction: Double) -> [[Double]] {
    let point = [max(fraction, 1e-4), error, 0.5]
    let steps = [1e-4 * max(fraction, 0.01) * 10, 1e-3 * error, 1e-4]
    var information = [[Double]](repeating: [0, 0, 0], count: 3)
    var weights = 0.0
    for number in 10...54 {
      var logarithm = -depth + Double(number) * log(depth)
      for factor in 1...number { logarithm -= log(Double(factor)) }
      let weight = exp(logarithm)
      weights += weight
      for frequency in frequencies {
        let centre = Self.probabilities(point, frequency, number)
        let slopes = (0...2).map { parameter in
          var (above, below) = (point, point)
          above[parameter] += steps[parameter]
          below[parameter] = max(0, below[parameter] - steps[parameter])
          let (high, low) = (
            Self.probabilities(above, frequency, number), Self.probabilities(below, frequency, number)
          )
          return zip(high, low).map { ($0 - $1) / (above[parameter] - below[parameter]) }
        }
        for a in 0...2 {
          for b in 0...2 {
            for k in centre.indices where centre[k] > 1e-290 {
              information[a][b] += weight * slopes[a][k] * slopes[b][k] / centre[k]
            }
          }
        }
      }
    }
    let count = weights * Double(frequencies.count)
    return information.map { $0.map { $0 / count } }
  }

  /// The first element of the inverse of a symmetric matrix of three rows.
  private func inverse(_ m: [[Double]]) -> Double {
    let minor = m[1][1] * m[2][2] - m[1][2] * m[2][1]
    let determinant =
      m[0][0] * minor - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
      + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
    return minor / determinant
  }
}
