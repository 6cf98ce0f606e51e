import EngineTestSupport
import Foundation
import TestSupport
import Testing

@testable import Interpretation

@Suite struct CancerLeastSquaresTests {
  /// A problem by its columns.
  struct Problem: CustomTestStringConvertible {
    var name: String
    var columns: [[Double]]
    var b: [Double]
    /// The solution worked by hand; nil where the conditions alone tell.
    var solution: [Double]?
    var testDescription: String { name }
  }

  static let table: [Problem] = [
    Problem(name: "one column, inside", columns: [[1, 1]], b: [2, 4], solution: [3]),
    Problem(name: "one column, at the bound", columns: [[1, 1]], b: [-1, -2], solution: [0]),
    Problem(name: "unit columns", columns: [[1, 0, 0], [0, 1, 0], [0, 0, 1]], b: [3, -2, 5], solution: [3, 0, 5]),
    // Without the bound x would be (3, -2): with it, x₂ = 0 and x₁ = (1·1 + 1·0)/… of the first column alone.
    Problem(name: "the second is left out", columns: [[1, 0], [1, 1]], b: [1, -2], solution: [1, 0]),
    Problem(name: "both are inside", columns: [[1, 0], [1, 1]], b: [3, 2], solution: [1, 2]),
    // The first column has the steepest gradient, enters, and has to leave again.
    Problem(
      name: "one enters and leaves", columns: [[1, 1, 0.5], [1, 0, 0], [0, 1, 0]], b: [1, 1, -2], solution: [0, 1, 1]),
    Problem(name: "nothing to fit", columns: [[1, 2], [3, 1]], b: [0, 0], solution: [0, 0]),
    Problem(name: "twice the same column", columns: [[1, 1], [1, 1]], b: [1, 1], solution: nil),
    Problem(name: "more columns than rows", columns: [[1, 0], [0, 1], [1, 1], [2, 1]], b: [3, 1], solution: nil),
    Problem(name: "a column of zeros", columns: [[0, 0], [1, 2]], b: [1, 2], solution: [0, 1]),
  ]

  /// The Karush–Kuhn–Tucker conditions, which are necessary and sufficient: x ≥ 0; the gradient Aᵀ(b − Ax) is 0 where
  /// x > 0 and not above 0 elsewhere.
  static func isOptimal(_ columns: [[Double]], _ b: [Double], _ x: [Double]) -> Bool {
    var left = b
    for (column, value) in zip(columns, x) { for row in left.indices { left[row] -= column[row] * value } }
    func length(_ v: [Double]) -> Double { v.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    return zip(columns, x).allSatisfy { column, value in
      let gradient = zip(column, left).reduce(0) { $0 + $1.0 * $1.1 }
      let limit = 1e-11 * max(1, length(column) * length(b))
      return value >= 0 && (value > 0 ? abs(gradient) <= limit : gradient <= limit)
    }
  }

  @Test("A solution fulfils the Karush–Kuhn–Tucker conditions, and is the one worked by hand", arguments: table)
  func known(_ problem: Problem) throws {
    let found = try NonNegativeLeastSquares(columns: problem.columns).solve(problem.b)
    #expect(Self.isOptimal(problem.columns, problem.b, found.coefficients))
    if let solution = problem.solution {
      #expect(zip(found.coefficients, solution).allSatisfy { abs($0 - $1) <= 1e-12 }, "\(found.coefficients)")
    }
  }

  @Test("The check itself sees what is no solution")
  func checkFails() {
    #expect(!Self.isOptimal([[1, 0], [1, 1]], [1, -2], [3, -2]))
    #expect(!Self.isOptimal([[1, 0], [1, 1]], [3, 2], [1, 0]))
    #expect(!Self.isOptimal([[1, 1]], [2, 4], [3.0001]))
  }

  @Test("Values that are not finite are refused", arguments: [Double.nan, .infinity])
  func notFinite(_ value: Double) {
    #expect(throws: NonNegativeLeastSquares.Failure.notFinite) {
      try NonNegativeLeastSquares(columns: [[1, 2]]).solve([1, value])
    }
    #expect(throws: NonNegativeLeastSquares.Failure.notFinite) {
      try NonNegativeLeastSquares(columns: [[1, value]]).solve([1, 1])
    }
  }

  /// Random problems: of signatures, of any sign, and wide ones.
  static func random(_ seed: UInt64) -> (columns: [[Double]], b: [Double]) {
    var random = SeededGenerator(seed: seed)
    let isCatalogue = seed % 2 == 0
    let rows = isCatalogue ? 96 : random.int(2...30)
    let count = random.int(1...(isCatalogue ? 60 : rows))
    var columns: [[Double]] = []
    for _ in 0..<count {
      var column = (0..<rows).map { _ in
        isCatalogue ? pow(Double.random(in: 0...1, using: &random), 4) : Double.random(in: -1...1, using: &random)
      }
      if isCatalogue {
        let sum = column.reduce(0, +)
        column = column.map { $0 / sum }
      }
      columns.append(column)
    }
    let b = (0..<rows).map { _ in
      isCatalogue ? Double(random.int(0...500)) : Double.random(in: -10...10, using: &random)
    }
    return (columns, b)
  }

  @Test("Solutions of random problems fulfil the conditions", arguments: seeds(200))
  func conditions(seed: UInt64) throws {
    let (columns, b) = Self.random(seed)
    let found = try NonNegativeLeastSquares(columns: columns).solve(b)
    #expect(Self.isOptimal(columns, b, found.coefficients))
  }

  private static var hasSciPy: Bool {
    guard TestSupport.Peer.has("python3"), let folder = try? TemporaryFolder(),
      let outcome = try? TestSupport.Peer.outcome("python3 -c 'import scipy.optimize'", in: folder), outcome.code == 0
    else {
      print("SKIPPED: tests in \(#fileID) that need python3 with SciPy")
      return false
    }
    return true
  }

  @Test("Solutions of 300 random problems are SciPy's to 1e-9", .enabled(if: hasSciPy))
  func peer() throws {
    let folder = try TemporaryFolder()
    let problems = (0..<300).map { Self.random(5000 + $0) }
    let lines = try problems.map { problem in
      String(
        decoding: try JSONSerialization.data(withJSONObject: ["a": problem.columns, "b": problem.b]), as: UTF8.self)
    }
    try folder.write(lines.joined(separator: "\n"), to: "problems.jsonl")
    try folder.write(
      """
      import json, numpy, scipy.optimize
      for line in open("problems.jsonl"):
          p = json.loads(line)
          x, r = scipy.optimize.nnls(numpy.array(p["a"]).T, numpy.array(p["b"]))
          print(json.dumps([float(r)] + [float(v) for v in x]))
      """, to: "solve.py")
    let answers = try TestSupport.Peer.run("python3 solve.py", in: folder).text.split(separator: "\n")
    try #require(answers.count == problems.count)
    for (problem, answer) in zip(problems, answers) {
      let values = try #require(try JSONSerialization.jsonObject(with: Data(answer.utf8)) as? [Double])
      let found = try NonNegativeLeastSquares(columns: problem.columns).solve(problem.b)
      let scale = max(1, values.dropFirst().max() ?? 1)
      #expect(zip(found.coefficients, values.dropFirst()).allSatisfy { abs($0 - $1) <= 1e-9 * scale })
      #expect(abs(found.residual - values[0]) <= 1e-9 * max(1, values[0]))
    }
  }
}
