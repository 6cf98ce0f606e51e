/// How sure a fraction is.
extension MixtureLikelihood {
  /// The surface's shape round its top.
  struct Shape {
    /// Of the fraction, with the error free; nil where the surface is not curved down.
    var standardError: Double?
    /// How the best error moves with the fraction.
    var slope: Double
  }

  /// Second differences round a point.
  func shape(at point: Point) -> Shape {
    let (df, de) = (max(1e-3, 0.02 * point.fraction), 0.2 * point.error)
    // The differences stay within the surface: at the ends their centre moves inwards.
    let f = min(max(point.fraction, df), Self.fractions.upperBound - df)
    let e = min(max(point.error, Self.errors.lowerBound + de), Self.errors.upperBound - de)
    let b = point.balance
    let centre = value(f, e, b)
    let ff = (value(f + df, e, b) - 2 * centre + value(f - df, e, b)) / (df * df)
    let ee = (value(f, e + de, b) - 2 * centre + value(f, e - de, b)) / (de * de)
    let fe =
      (value(f + df, e + de, b) - value(f + df, e - de, b) - value(f - df, e + de, b) + value(f - df, e - de, b))
      / (4 * df * de)
    guard ee < 0 else { return Shape(standardError: nil, slope: 0) }
    let curvature = ff - fe * fe / ee
    return Shape(standardError: curvature < 0 ? (-1 / curvature).squareRoot() : nil, slope: -fe / ee)
  }

  /// Half of the 95 % quantile of chi-squared with one degree of freedom.
  private static let drop = 1.920_729

  /// Where the log-likelihood is less than `drop` below its greatest, the error moving along with the fraction; the
  /// balance, which hardly depends on it, is held.
  func interval(around best: Point, slope: Double) -> ClosedRange<Double> {
    func isInside(_ fraction: Double) -> Bool {
      let error = best.error + slope * (fraction - best.fraction)
      let value = value(fraction, min(max(error, Self.errors.lowerBound), Self.errors.upperBound), best.balance)
      return value >= best.value - Self.drop
    }
    func edge(_ end: Double) -> Double {
      if isInside(end) { return end }
      var (inside, outside) = (best.fraction, end)
      while abs(outside - inside) > 1e-5 {
        let middle = (inside + outside) / 2
        if isInside(middle) { inside = middle } else { outside = middle }
      }
      return inside
    }
    return edge(Self.fractions.lowerBound)...edge(Self.fractions.upperBound)
  }
}
