/// Least squares with no coefficient below zero: min ‖b − A·x‖₂, x ≥ 0.
///
/// The active-set method of Lawson and Hanson ("Solving Least Squares Problems", 1974, chapter 23), in double precision.
/// Of several columns with the same gradient the first enters, so that a problem is always solved by the same steps.
///
/// The inner problems are solved by the normal equations: AᵀA is made once, and its Cholesky factor grows and shrinks with
/// the columns in use. One step of refinement by the true residual b − A·x gives what that costs in precision back
/// (the corrected seminormal equations; Björck, "Numerical Methods for Least Squares Problems", 1996, section 2.4). Columns
/// that are too nearly dependent for that are solved by Householder's QR, whose error depends on A and not on AᵀA.
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

  let rows: Int
  let count: Int
  /// Column after column.
  let matrix: [Double]
  /// AᵀA, column after column.
  let gram: [Double]
  /// The greatest length of a column.
  let largest: Double

  /// - Parameter columns: the columns of A, all of one length.
  public init(columns: [[Double]]) {
    let rows = columns.first?.count ?? 0
    precondition(columns.allSatisfy { $0.count == rows }, "the columns of a matrix have one length")
    let count = columns.count
    let matrix = Array(columns.joined())
    let gram = [Double](unsafeUninitializedCapacity: count * count) { gram, filled in
      matrix.withUnsafeBufferPointer { matrix in
        for place in 0..<(count * count) {
          let (one, other) = (place / count * rows, place % count * rows)
          gram[place] = Dense.product(matrix, one, matrix, other, rows)
        }
      }
      filled = count * count
    }
    self.rows = rows
    self.count = count
    self.matrix = matrix
    self.gram = gram
    largest = (0..<count).map { gram[$0 * count + $0] }.max().map { $0.squareRoot() } ?? 0
  }

  /// Solves for one right-hand side.
  /// - Parameters:
  ///   - b: as long as the columns.
  ///   - start: the coefficients of a like problem, none below zero, from which the way is shorter than from zero. The
  ///     solution is the same wherever it is the only one.
  public func solve(_ b: [Double], from start: [Double]? = nil) throws(Failure) -> Solution {
    precondition(b.count == rows || count == 0, "the right-hand side is as long as the columns")
    precondition(start == nil || start?.count == count, "there is a coefficient for each column")
    guard b.allSatisfy(\.isFinite), matrix.allSatisfy(\.isFinite) else { throw .notFinite }
    var search = ActiveSetSearch(self, b)
    if let start { search.start(from: start) }
    return try search.run()
  }
}

/// Loops over columns that stand one after the other in memory.
enum Dense {
  /// The product of two columns, in four sums: always in the same order.
  @inline(__always)
  static func product(
    _ one: UnsafeBufferPointer<Double>, _ first: Int, _ other: UnsafeBufferPointer<Double>, _ second: Int, _ rows: Int
  ) -> Double {
    var sums = SIMD4<Double>.zero
    var row = 0
    while row + 4 <= rows {
      sums += four(one, first + row) * four(other, second + row)
      row += 4
    }
    var sum = (sums[0] + sums[1]) + (sums[2] + sums[3])
    while row < rows {
      sum += one[first + row] * other[second + row]
      row += 1
    }
    return sum
  }

  @inline(__always)
  private static func four(_ values: UnsafeBufferPointer<Double>, _ first: Int) -> SIMD4<Double> {
    SIMD4(values[first], values[first + 1], values[first + 2], values[first + 3])
  }
}
