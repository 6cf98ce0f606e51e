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

  @Test("From any start the solution is the one from zero", arguments: seeds(200))
  func starts(seed: UInt64) throws {
    let (columns, b) = Self.random(seed)
    let problem = NonNegativeLeastSquares(columns: columns)
    let cold = try problem.solve(b)
    var random = SeededGenerator(seed: seed &+ 1)
    let scale = 1e-9 * max(1, cold.coefficients.max() ?? 1)
    let near = b.map { $0 * Double.random(in: 0.8...1.2, using: &random) }
    let starts = [
      cold.coefficients, try problem.solve(near).coefficients, [Double](repeating: 0, count: columns.count),
      columns.map { _ in random.oneIn(3) ? Double.random(in: 0...1000, using: &random) : 0 },
      [Double](repeating: 1, count: columns.count),
    ]
    for start in starts {
      let found = try problem.solve(b, from: start)
      #expect(Self.isOptimal(columns, b, found.coefficients))
      #expect(zip(found.coefficients, cold.coefficients).allSatisfy { abs($0 - $1) <= scale })
      #expect(abs(found.residual - cold.residual) <= 1e-9 * max(1, cold.residual))
    }
  }

  @Test(
    "Nearly dependent columns, which the normal equations cannot tell apart, are solved all the same",
    arguments: [1e-3, 1e-5, 1e-7, 1e-9])
  func nearlyDependent(apart: Double) throws {
    for seed in UInt64(0)..<40 {
      var random = SeededGenerator(seed: 900 + seed)
      var columns = (0..<8).map { _ in (0..<30).map { _ in Double.random(in: 0...1, using: &random) } }
      columns.append(columns[2].map { $0 + apart * Double.random(in: -1...1, using: &random) })
      columns.append(zip(columns[4], columns[5]).map { $0 + $1 + apart * Double.random(in: -1...1, using: &random) })
      let truth = columns.map { _ in random.oneIn(2) ? Double.random(in: 0...10, using: &random) : 0 }
      var b = [Double](repeating: 0, count: 30)
      for (column, value) in zip(columns, truth) { for row in b.indices { b[row] += column[row] * value } }
      for row in b.indices { b[row] += Double.random(in: -0.1...0.1, using: &random) }
      let problem = NonNegativeLeastSquares(columns: columns)
      let found = try problem.solve(b)
      #expect(Self.isOptimal(columns, b, found.coefficients))
      let warm = try problem.solve(b, from: truth)
      #expect(Self.isOptimal(columns, b, warm.coefficients))
      #expect(abs(warm.residual - found.residual) <= 1e-9 * max(1, found.residual))
    }
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
    try compare((0..<300).map { Self.random(5000 + $0) }, start: nil)
  }

  @Test(
    "Catalogues of COSMIC's signatures are solved as SciPy does to 1e-9, from zero and from a like catalogue's exposures",
    .enabled(if: hasSciPy && TestSupport.SharedData.has("somatic/COSMIC_v3.4_SBS_GRCh37.txt")))
  func cosmic() throws {
    let table = try SignatureTable(file: TestSupport.SharedData.path("somatic/COSMIC_v3.4_SBS_GRCh37.txt"))
    var random = SeededGenerator(seed: 96)
    let problems = (0..<40).map { _ -> (columns: [[Double]], b: [Double]) in
      let size = Double(random.int(100...200_000))
      let planted = table.columns.shuffled(using: &random).prefix(random.int(1...12))
      let b = (0..<96).map { row in
        let mean = planted.reduce(0) { $0 + $1[row] } / Double(planted.count) * size
        return max(0, mean + mean.squareRoot() * Double.random(in: -2...2, using: &random)).rounded()
      }
      return (table.columns, b)
    }
    let like = try NonNegativeLeastSquares(columns: table.columns).solve(problems[0].b.map { $0 + 10 }).coefficients
    try compare(problems, start: like)
  }

  private func compare(_ problems: [(columns: [[Double]], b: [Double])], start: [Double]?) throws {
    let folder = try TemporaryFolder()
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
      let scale = max(1, values.dropFirst().max() ?? 1)
      let solver = NonNegativeLeastSquares(columns: problem.columns)
      for found in [try solver.solve(problem.b), try solver.solve(problem.b, from: start)] {
        #expect(zip(found.coefficients, values.dropFirst()).allSatisfy { abs($0 - $1) <= 1e-9 * scale })
        #expect(abs(found.residual - values[0]) <= 1e-9 * max(1, values[0]))
      }
    }
  }
}
