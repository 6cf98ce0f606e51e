/// The lower triangle L of L·Lᵀ = AᵀA over the columns in use, kept from step to step: a column that enters adds a row, and
/// one that leaves costs the rows from its own on.
struct CholeskyFactor {
  private let size: Int
  /// Row after row.
  private var rows: [Double]
  /// The rows that are made.
  private var made = 0

  /// How near a column may be to the span of those before it, as the square of the sine of the angle. Below this the
  /// normal equations' error, which grows with the square of the condition, is no more what one step of refinement mends.
  private static let nearest = 1e-8

  /// - Parameter size: the most columns in use at once.
  init(size: Int) {
    self.size = size
    rows = [Double](repeating: 0, count: size * size)
  }

  /// Forgets the rows of all columns in use but the first ones.
  mutating func keep(_ first: Int) { made = min(made, first) }

  /// Makes the rows that are missing.
  /// - Returns: false where a column is too nearly dependent on those before it.
  mutating func extend(_ problem: NonNegativeLeastSquares, _ used: [Int]) -> Bool {
    let (size, first) = (size, made)
    let found = rows.withUnsafeMutableBufferPointer { rows in
      problem.gram.withUnsafeBufferPointer { gram in
        for row in first..<max(first, used.count) {
          let column = used[row] * problem.count
          let square = gram[column + used[row]]
          var rest = square
          for place in 0..<row {
            var value = gram[column + used[place]]
            for other in 0..<place { value -= rows[row * size + other] * rows[place * size + other] }
            value /= rows[place * size + place]
            rows[row * size + place] = value
            rest -= value * value
          }
          guard rest > Self.nearest * square else { return row }
          rows[row * size + row] = rest.squareRoot()
        }
        return used.count
      }
    }
    made = max(first, found)
    return found >= used.count
  }

  /// Solves L·Lᵀ·z = v.
  func solve(_ v: [Double]) -> [Double] {
    var z = v
    let size = size
    rows.withUnsafeBufferPointer { rows in
      z.withUnsafeMutableBufferPointer { z in
        for row in 0..<z.count {
          var value = z[row]
          for place in 0..<row { value -= rows[row * size + place] * z[place] }
          z[row] = value / rows[row * size + row]
        }
        for row in stride(from: z.count - 1, through: 0, by: -1) {
          // Column by column, so that rows are read along: what is solved is taken from those above.
          z[row] /= rows[row * size + row]
          for place in 0..<row { z[place] -= rows[row * size + place] * z[row] }
        }
      }
    }
    return z
  }
}
