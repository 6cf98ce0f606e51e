/// The search for the columns of a ``NonNegativeLeastSquares`` that have a coefficient above zero, for one right-hand
/// side.
struct ActiveSetSearch {
  private let problem: NonNegativeLeastSquares
  private let b: [Double]
  private var x: [Double]
  /// The columns in use, in the order in which they entered.
  private var used: [Int] = []
  private var isUsed: [Bool]
  /// Columns that entered, and could not take a value above zero: rounding alone gave them a gradient.
  private var isBarred: [Bool]
  private var residual: [Double]
  private var factor: CholeskyFactor
  private let tolerance: Double
  private var steps: Int

  init(_ problem: NonNegativeLeastSquares, _ b: [Double]) {
    self.problem = problem
    self.b = b
    let count = problem.count
    x = [Double](repeating: 0, count: count)
    isUsed = [Bool](repeating: false, count: count)
    isBarred = isUsed
    residual = b
    factor = CholeskyFactor(size: min(count, problem.rows))
    // What rounding alone makes of a gradient that is zero.
    let length = b.reduce(0) { $0 + $1 * $1 }.squareRoot()
    tolerance = 10 * Double(max(problem.rows, count)) * Double.ulpOfOne * problem.largest * length
    steps = 3 * count + 10
  }

  /// Begins with the columns that have a coefficient above zero in `start`, as far as there are as many as rows.
  mutating func start(from start: [Double]) {
    for column in start.indices where start[column] > 0 && used.count < problem.rows {
      x[column] = start[column]
      used.append(column)
      isUsed[column] = true
    }
    var z = leastSquares()
    while let solution = z, !solution.allSatisfy({ $0 > 0 }) {
      step(towards: solution)
      z = leastSquares()
    }
    guard let z else { return reset() }
    for (place, column) in used.enumerated() { x[column] = z[place] }
    setResidual()
  }

  private mutating func reset() {
    for column in used {
      x[column] = 0
      isUsed[column] = false
    }
    used.removeAll()
    factor.keep(0)
    residual = b
  }

  mutating func run() throws(NonNegativeLeastSquares.Failure) -> NonNegativeLeastSquares.Solution {
    while used.count < min(problem.count, problem.rows), let entering = steepest() {
      used.append(entering)
      isUsed[entering] = true
      try settle(entering)
      if !isBarred[entering] {
        for column in isBarred.indices { isBarred[column] = false }
        setResidual()
      }
    }
    var sum = 0.0
    for value in residual { sum += value * value }
    return NonNegativeLeastSquares.Solution(coefficients: x, residual: sum.squareRoot())
  }

  /// Goes to the least squares of the columns in use, and leaves out what falls below zero on the way.
  private mutating func settle(_ entering: Int) throws(NonNegativeLeastSquares.Failure) {
    var isFirst = true
    while true {
      steps -= 1
      guard steps >= 0 else { throw .noConvergence }
      let z = leastSquares()
      if isFirst {
        isFirst = false
        // Lawson and Hanson's test: a column that does not become positive by entering is not one that helps.
        guard let z, z[z.count - 1] > 0 else {
          used.removeLast()
          factor.keep(used.count)
          isUsed[entering] = false
          isBarred[entering] = true
          return
        }
      }
      guard let z else { throw .noConvergence }
      if z.allSatisfy({ $0 > 0 }) {
        for (place, column) in used.enumerated() { x[column] = z[place] }
        return
      }
      step(towards: z)
    }
  }

  /// The column whose coefficient lowers the residual the fastest; nil where none does.
  private func steepest() -> Int? {
    problem.matrix.withUnsafeBufferPointer { matrix in
      residual.withUnsafeBufferPointer { residual in
        var best: Int?
        var gradient = tolerance
        for column in 0..<problem.count where !isUsed[column] && !isBarred[column] {
          let one = Dense.product(matrix, column * problem.rows, residual, 0, problem.rows)
          if one > gradient {
            gradient = one
            best = column
          }
        }
        return best
      }
    }
  }

  /// Goes as far towards `z` as no coefficient falls below zero, and drops those that came to zero.
  private mutating func step(towards z: [Double]) {
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
    for (place, column) in used.enumerated() {
      if x[column] > 0 {
        kept.append(column)
      } else {
        factor.keep(place)
        x[column] = 0
        isUsed[column] = false
      }
    }
    used = kept
  }

  private mutating func setResidual() { residual = problem.remainder(b, used, used.map { x[$0] }) }

  /// Plain least squares over the columns in use; nil where they are dependent.
  private mutating func leastSquares() -> [Double]? {
    guard factor.extend(problem, used) else { return problem.householder(used, b) }
    let first = factor.solve(problem.products(used, b))
    let change = factor.solve(problem.products(used, problem.remainder(b, used, first)))
    return first.indices.map { first[$0] + change[$0] }
  }
}

extension NonNegativeLeastSquares {
  /// b − A·x over some columns.
  fileprivate func remainder(_ b: [Double], _ used: [Int], _ x: [Double]) -> [Double] {
    var left = b
    left.withUnsafeMutableBufferPointer { left in
      matrix.withUnsafeBufferPointer { matrix in
        for (place, column) in used.enumerated() {
          let value = x[place]
          let first = column * rows
          for row in 0..<rows { left[row] -= matrix[first + row] * value }
        }
      }
    }
    return left
  }

  /// Aᵀ·v over some columns.
  fileprivate func products(_ used: [Int], _ vector: [Double]) -> [Double] {
    matrix.withUnsafeBufferPointer { matrix in
      vector.withUnsafeBufferPointer { vector in
        used.map { Dense.product(matrix, $0 * rows, vector, 0, rows) }
      }
    }
  }

  /// Plain least squares over some columns, by Householder's QR; nil where they are dependent.
  fileprivate func householder(_ used: [Int], _ b: [Double]) -> [Double]? {
    var columns = used.map { Array(matrix[($0 * rows)..<(($0 + 1) * rows)]) }
    var right = b
    let count = used.count
    for pivot in 0..<count {
      var scale = 0.0
      for row in pivot..<rows { scale += columns[pivot][row] * columns[pivot][row] }
      let length = scale.squareRoot()
      guard length > Double.ulpOfOne * gram[used[pivot] * self.count + used[pivot]].squareRoot() else { return nil }
      let alpha = columns[pivot][pivot] > 0 ? -length : length
      columns[pivot][pivot] -= alpha
      let reflector = columns[pivot]
      var square = 0.0
      for row in pivot..<rows { square += reflector[row] * reflector[row] }
      func reflect(_ vector: inout [Double]) {
        var along = 0.0
        for row in pivot..<rows { along += reflector[row] * vector[row] }
        let factor = 2 * along / square
        for row in pivot..<rows { vector[row] -= factor * reflector[row] }
      }
      for column in (pivot + 1)..<max(count, pivot + 1) { reflect(&columns[column]) }
      reflect(&right)
      columns[pivot][pivot] = alpha
    }
    var solution = [Double](repeating: 0, count: count)
    for place in stride(from: count - 1, through: 0, by: -1) {
      var value = right[place]
      for other in (place + 1)..<max(count, place + 1) { value -= columns[other][place] * solution[other] }
      solution[place] = value / columns[place][place]
    }
    return solution
  }
}
