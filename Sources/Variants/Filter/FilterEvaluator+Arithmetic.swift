// Arithmetic and tests of tables.
extension FilterEvaluator {
  func calculate(_ cell: UnsafeMutablePointer<FilterCell>, _ node: FilterNode) {
    let (left, right) = (Int(node.left), Int(node.right))
    evaluate(left)
    evaluate(right)
    let (a, b) = (cells + left, cells + right)
    let sign = FilterArithmetic(rawValue: node.operation) ?? .add
    cell.pointee.count = 0
    guard a.pointee.count > 0, b.pointee.count > 0 else { return }
    let (isLeft, isRight) = (nodes[left].isSample, nodes[right].isSample)
    // Values a sample, or values of the site; one goes with any number, others only with as many.
    let countA = isLeft ? a.pointee.perSample : a.pointee.count
    let countB = isRight ? b.pointee.perSample : b.pointee.count
    let each = max(countA, countB)
    guard countA == each || countA == 1, countB == each || countB == 1 else {
      refuse("the expression calculates with \(countA) and \(countB) values")
      return
    }
    let rows = node.isSample ? sampleCount : 1
    cell.pointee.reserve(rows * each)
    cell.pointee.perSample = each
    var isAny = false
    for row in 0..<rows {
      for column in 0..<each {
        let x = a.pointee.values[(isLeft ? row * countA : 0) + (countA == 1 ? 0 : column)]
        let y = b.pointee.values[(isRight ? row * countB : 0) + (countB == 1 ? 0 : column)]
        let place = row * each + column
        if FilterMissing.isMissing(x) || FilterMissing.isMissing(y) {
          cell.pointee.values[place] = FilterMissing.value
        } else {
          cell.pointee.values[place] = Self.result(sign, x, y)
          isAny = true
        }
      }
    }
    if isAny { cell.pointee.count = rows * each }
  }

  @inline(__always)
  private static func result(_ sign: FilterArithmetic, _ x: Double, _ y: Double) -> Double {
    switch sign {
    case .add: return x + y
    case .subtract: return x - y
    case .multiply: return x * y
    case .divide: return x / y
    case .modulo:
      // Whole numbers of 32 bits; a remainder by 0, on which bcftools ends, is missing.
      guard abs(x) < 2_147_483_648, abs(y) < 2_147_483_648, Int(y) != 0 else { return FilterMissing.value }
      return Double(Int(x) % Int(y))
    }
  }

  // MARK: binom

  func binomial(
    _ cell: UnsafeMutablePointer<FilterCell>, _ node: FilterNode, _ first: UnsafeMutablePointer<FilterCell>
  ) {
    switch node.kind {
    case .binomialList:
      let values = first.pointee.values
      cell.pointee.set(first.pointee.count == 2 ? Self.binomial(values[0], values[1]) : FilterMissing.value)
    case .binomialPair:
      let second = cells + Int(node.right)
      evaluate(Int(node.right))
      guard node.isSample else {
        let isPair = first.pointee.count == 1 && second.pointee.count == 1
        cell.pointee.set(
          isPair ? Self.binomial(first.pointee.values[0], second.pointee.values[0]) : FilterMissing.value)
        return
      }
      let isThere = first.pointee.count > 0 && second.pointee.count > 0
      if isThere, first.pointee.perSample != 1 || second.pointee.perSample != 1 {
        refuse("binom takes one value a sample of each of two fields")
        return
      }
      forEachSample(cell) { sample in
        isThere ? Self.binomial(first.pointee.values[sample], second.pointee.values[sample]) : FilterMissing.value
      }
    default:
      loadSamples()
      let isThere = first.pointee.count > 0 && program.genotypeSlot.map { columns.columns[$0].isThere } ?? false
      let each = first.pointee.perSample
      let alternates = alternateCount
      forEachSample(cell) { sample in
        guard isThere, isUsed(node.mask, sample), let (a, b) = columns.genotypes?.alleles[sample], a >= 0, b >= 0
        else { return FilterMissing.value }
        guard a <= alternates, b <= alternates else {
          refuse("GT names allele \(max(a, b)) of \(alternates)")
          return FilterMissing.value
        }
        guard a < each, b < each else { return FilterMissing.value }
        return Self.binomial(
          first.pointee.values[sample * each + Int(a)], first.pointee.values[sample * each + Int(b)])
      }
    }
  }

  private func forEachSample(_ cell: UnsafeMutablePointer<FilterCell>, _ value: (Int) -> Double) {
    cell.pointee.reserve(sampleCount)
    cell.pointee.count = sampleCount
    cell.pointee.perSample = 1
    for sample in 0..<sampleCount { cell.pointee.values[sample] = value(sample) }
  }

  private static func binomial(_ a: Double, _ b: Double) -> Double {
    guard let (a, b) = counts(a, b) else { return FilterMissing.value }
    return FilterMathematics.binomial(a, b) ?? FilterMissing.value
  }

  private static func counts(_ a: Double, _ b: Double) -> (Int, Int)? {
    guard !FilterMissing.isMissing(a), !FilterMissing.isMissing(b), a >= 0, b >= 0, a < 2_147_483_648,
      b < 2_147_483_648
    else { return nil }
    return (Int(a), Int(b))
  }

  // MARK: fisher, which came after bcftools 1.16

  func fisher(
    _ cell: UnsafeMutablePointer<FilterCell>, _ node: FilterNode, _ first: UnsafeMutablePointer<FilterCell>
  ) {
    let second = node.kind == .fisherPair ? cells + Int(node.right) : first
    if node.kind == .fisherPair { evaluate(Int(node.right)) }
    let isPair = node.kind == .fisherPair
    let each = node.isSample ? first.pointee.perSample : first.pointee.count
    let other = node.isSample ? second.pointee.perSample : second.pointee.count
    func table(_ row: Int) -> Double {
      let (x, y) = (first.pointee.values + row * each, second.pointee.values + row * other)
      guard first.pointee.count > 0, second.pointee.count > 0, isPair ? each >= 2 && other >= 2 : each >= 4,
        let (a, b) = Self.counts(x[0], x[1]), let (c, d) = isPair ? Self.counts(y[0], y[1]) : Self.counts(x[2], x[3]),
        a + b + c + d > 0
      else { return FilterMissing.value }
      return FilterMathematics.fisher(a, b, c, d)
    }
    if node.isSample { forEachSample(cell, table) } else { cell.pointee.set(table(0)) }
  }
}
