/// Least squares with no coefficient below zero: min ‖b − A·x‖₂, x ≥ 0.
///
/// The active-set method of Lawson and Hanson ("Solving Least Squares Problems", 1974, chapter 23), in double precision.
/// Of several columns with the same gradient the first enters, so that a problem is always solved by the same steps.
/// Each inner problem is solved anew by Householder's QR of the columns in use, whose error does not grow with the steps
/// and depends on A and not on AᵀA.
public struct NonNegativeLeastSquares: Sendable {
  /// A solution.
  public struct Solution: Sendable, Hashable {
    /// One coefficient a column, none below zero.
    public var coefficients: [Double]
    /// ‖b − A·x‖₂.
    public var residual: Double
  }

  /// A problem that was not solved.
  public enum Failure: Error, Hashable {
    /// More steps than three a column and ten; the columns are too nearly dependent.
    case noConvergence
    /// A value that is not finite.
    case notFinite
  }

  private let rows: Int
  private let columns: [[Double]]

  /// - Parameter columns: the columns of A, all of one length.
  public init(columns: [[Double]]) {
    rows = columns.first?.count ?? 0
    precondition(columns.allSatisfy { [rows] in $0.count == rows }, "the columns of a matrix have one length")
    self.columns = columns
  }

  /// Solves for one right-hand side.
  /// - Parameter b: as long as the columns.
  public func solve(_ b: [Double]) throws(Failure) -> Solution {
    precondition(b.count == rows || columns.isEmpty, "the right-hand side is as long as the columns")
    guard b.allSatisfy(\.isFinite), columns.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { throw .notFinite }
    let count = columns.count
    var x = [Double](repeating: 0, count: count)
    var used: [Int] = []
    var isUsed = [Bool](repeating: false, count: count)
    /// Columns that entered, and could not take a value above zero: rounding alone gave them a gradient.
    var isBarred = [Bool](repeating: false, count: count)
    var residual = b
    let tolerance = gradientTolerance(b)
    var steps = 3 * count + 10
    while used.count < min(count, rows) {
      guard let entering = steepest(residual, isUsed, isBarred, tolerance) else { break }
      used.append(entering)
      isUsed[entering] = true
      var isFirst = true
      while true {
        steps -= 1
        guard steps >= 0 else { throw .noConvergence }
        let z = leastSquares(used, b)
        if isFirst {
          isFirst = false
          // Lawson and Hanson's test: a column that does not become positive by entering is not one that helps.
          guard let z, z[z.count - 1] > 0 else {
            used.removeLast()
            isUsed[entering] = false
            isBarred[entering] = true
            break
          }
        }
        guard let z else { throw .noConvergence }
        if z.allSatisfy({ $0 > 0 }) {
          for (place, column) in used.enumerated() { x[column] = z[place] }
          break
        }
        step(towards: z, &x, &used, &isUsed)
      }
      if !isBarred[entering] {
        isBarred = [Bool](repeating: false, count: count)
        residual = remainder(b, x)
      }
    }
    return Solution(coefficients: x, residual: Self.norm(remainder(b, x)))
  }

  /// What rounding alone makes of a gradient that is zero.
  private func gradientTolerance(_ b: [Double]) -> Double {
    let largest = columns.map(Self.norm).max() ?? 0
    return 10 * Double(max(rows, columns.count)) * Double.ulpOfOne * largest * Self.norm(b)
  }

  /// The column whose coefficient lowers the residual the fastest; nil where none does.
  private func steepest(_ residual: [Double], _ isUsed: [Bool], _ isBarred: [Bool], _ tolerance: Double) -> Int? {
    var best: Int?
    var gradient = tolerance
    for column in columns.indices where !isUsed[column] && !isBarred[column] {
      let one = Self.product(columns[column], residual)
      if one > gradient {
        gradient = one
        best = column
      }
    }
    return best
  }

  /// Goes as far towards `z` as no coefficient falls below zero, and drops those that came to zero.
  private func step(towards z: [Double], _ x: inout [Double], _ used: inout [Int], _ isUsed: inout [Bool]) {
    var length = 1.0
    var stopping = 0
    for (place, column) in used.enumerated() where z[place] <= 0 {
      let one = x[column] / (x[column] - z[place])
      if one < length || (one == length && z[stopping] > 0) {
        length = one
        stopping = place
      }
    }
    for (place, column) in used.enumerated() { x[column] += length * (z[place] - x[column]) }
    // The one that stops the step is zero whatever rounding leaves of it.
    x[used[stopping]] = 0
    var kept: [Int] = []
    for column in used {
      if x[column] > 0 {
        kept.append(column)
      } else {
        x[column] = 0
        isUsed[column] = false
      }
    }
    used = kept
  }

  private func remainder(_ b: [Double], _ x: [Double]) -> [Double] {
    var left = b
    for (column, value) in zip(columns, x) where value != 0 {
      for row in left.indices { left[row] -= column[row] * value }
    }
    return left
  }

  /// Plain least squares over some columns, by Householder's QR; nil where they are dependent.
  private func leastSquares(_ used: [Int], _ b: [Double]) -> [Double]? {
    var matrix = used.map { columns[$0] }
    var right = b
    let count = used.count
    for pivot in 0..<count {
      var scale = 0.0
      for row in pivot..<rows { scale += matrix[pivot][row] * matrix[pivot][row] }
      let length = scale.squareRoot()
      guard length > Double.ulpOfOne * Self.norm(columns[used[pivot]]) else { return nil }
      let alpha = matrix[pivot][pivot] > 0 ? -length : length
      matrix[pivot][pivot] -= alpha
      let reflector = matrix[pivot]
      var square = 0.0
      for row in pivot..<rows { square += reflector[row] * reflector[row] }
      func reflect(_ vector: inout [Double]) {
        var along = 0.0
        for row in pivot..<rows { along += reflector[row] * vector[row] }
        let factor = 2 * along / square
        for row in pivot..<rows { vector[row] -= factor * reflector[row] }
      }
      for column in (pivot + 1)..<max(count, pivot + 1) { reflect(&matrix[column]) }
      reflect(&right)
      matrix[pivot][pivot] = alpha
    }
    var solution = [Double](repeating: 0, count: count)
    for place in stride(from: count - 1, through: 0, by: -1) {
      var value = right[place]
      for other in (place + 1)..<max(count, place + 1) { value -= matrix[other][place] * solution[other] }
      solution[place] = value / matrix[place][place]
    }
    return solution
  }

  private static func product(_ one: [Double], _ other: [Double]) -> Double {
    var sum = 0.0
    for index in one.indices { sum += one[index] * other[index] }
    return sum
  }

  private static func norm(_ vector: [Double]) -> Double { product(vector, vector).squareRoot() }
}
