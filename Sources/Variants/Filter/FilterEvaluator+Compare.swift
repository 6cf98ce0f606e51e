// Comparing numbers. A condition on lists holds where it holds for any pair of elements.
extension FilterEvaluator {
  func compare(_ cell: UnsafeMutablePointer<FilterCell>, _ node: FilterNode) {
    let comparison = FilterComparison(rawValue: node.operation) ?? .equal
    let logic = FilterMissingLogic(comparison)
    let (left, right) = (Int(node.left), Int(node.right))
    evaluate(left)
    evaluate(right)
    let (a, b) = (cells + left, cells + right)
    guard node.isSample else {
      cell.pointee.passes = compareSites(a, b, comparison, logic)
      return
    }
    let samples = cell.pointee.samples
    samples.update(repeating: false, count: sampleCount)
    let (isLeft, isRight) = (nodes[left].isSample, nodes[right].isSample)
    if a.pointee.count == 0 || b.pointee.count == 0 {
      compareMissing(cell, node, a, b, logic)
    } else if isLeft, isRight {
      compareSamples(cell, node, a, b, comparison, logic)
    } else if isLeft {
      if a.pointee.perSample == 1, b.pointee.count == 1, node.mask < 0, !logic.isAny {
        compareFast(cell, a.pointee.values, b.pointee.values[0], comparison)
        return
      }
      compareOneSided(cell, node, a, b, logic) { comparison.holds($0, $1) }
    } else {
      if b.pointee.perSample == 1, a.pointee.count == 1, node.mask < 0, !logic.isAny {
        compareFast(cell, b.pointee.values, a.pointee.values[0], comparison.mirrored)
        return
      }
      compareOneSided(cell, node, b, a, logic) { comparison.holds($1, $0) }
    }
  }

  private func compareSites(
    _ a: UnsafeMutablePointer<FilterCell>, _ b: UnsafeMutablePointer<FilterCell>, _ comparison: FilterComparison,
    _ logic: FilterMissingLogic
  ) -> Bool {
    let (countA, countB) = (a.pointee.count, b.pointee.count)
    if countA == 0, countB == 0 { return logic.both }
    if countA == 0 || countB == 0 {
      let there = countA == 0 ? b : a
      for index in 0..<there.pointee.count {
        if FilterMissing.isMissing(there.pointee.values[index]) ? logic.both : logic.one { return true }
      }
      return false
    }
    for i in 0..<countA {
      let x = a.pointee.values[i]
      let missing = FilterMissing.isMissing(x) ? 1 : 0
      for j in 0..<countB {
        let y = b.pointee.values[j]
        let both = missing + (FilterMissing.isMissing(y) ? 1 : 0)
        if both > 0 ? logic.holds(both) : comparison.holds(x, y) { return true }
      }
    }
    return false
  }

  /// One side is missing as a whole.
  private func compareMissing(
    _ cell: UnsafeMutablePointer<FilterCell>, _ node: FilterNode, _ a: UnsafeMutablePointer<FilterCell>,
    _ b: UnsafeMutablePointer<FilterCell>, _ logic: FilterMissingLogic
  ) {
    let samples = cell.pointee.samples
    func pass(_ sample: Int) {
      samples[sample] = true
      cell.pointee.passes = true
    }
    if a.pointee.count == 0, b.pointee.count == 0 {
      if logic.both { for sample in 0..<sampleCount where isUsed(node.mask, sample) { pass(sample) } }
      return
    }
    let (there, child) = a.pointee.count == 0 ? (b, node.right) : (a, node.left)
    func missing(_ range: Range<Int>) -> Int {
      range.contains { FilterMissing.isMissing(there.pointee.values[$0]) } ? 2 : 1
    }
    if nodes[Int(child)].isSample {
      let each = there.pointee.perSample
      for sample in 0..<sampleCount where isUsed(node.mask, sample) {
        if logic.holds(missing(sample * each..<(sample + 1) * each)) { pass(sample) }
      }
    } else if logic.holds(missing(0..<there.pointee.count)) {
      for sample in 0..<sampleCount where isUsed(node.mask, sample) { pass(sample) }
    }
  }

  private func compareSamples(
    _ cell: UnsafeMutablePointer<FilterCell>, _ node: FilterNode, _ a: UnsafeMutablePointer<FilterCell>,
    _ b: UnsafeMutablePointer<FilterCell>, _ comparison: FilterComparison, _ logic: FilterMissingLogic
  ) {
    let each = a.pointee.perSample
    guard each == b.pointee.perSample else {
      refuse("the expression compares \(each) with \(b.pointee.perSample) values a sample")
      return
    }
    var isAny = false
    for sample in 0..<sampleCount where isUsed(node.mask, sample) {
      for index in sample * each..<(sample + 1) * each {
        let (x, y) = (a.pointee.values[index], b.pointee.values[index])
        let missing = (FilterMissing.isMissing(x) ? 1 : 0) + (FilterMissing.isMissing(y) ? 1 : 0)
        if missing > 0 ? logic.holds(missing) : comparison.holds(x, y) {
          cell.pointee.samples[sample] = true
          isAny = true
          break
        }
      }
    }
    cell.pointee.passes = isAny
  }

  /// Values of the samples (`a`) with values of the site.
  @inline(__always)
  private func compareOneSided(
    _ cell: UnsafeMutablePointer<FilterCell>, _ node: FilterNode, _ a: UnsafeMutablePointer<FilterCell>,
    _ b: UnsafeMutablePointer<FilterCell>, _ logic: FilterMissingLogic, _ holds: (Double, Double) -> Bool
  ) {
    let each = a.pointee.perSample
    var isAny = false
    for sample in 0..<sampleCount where isUsed(node.mask, sample) {
      search: for index in sample * each..<(sample + 1) * each {
        let x = a.pointee.values[index]
        let missing = FilterMissing.isMissing(x) ? 1 : 0
        for other in 0..<b.pointee.count {
          let y = b.pointee.values[other]
          let both = missing + (FilterMissing.isMissing(y) ? 1 : 0)
          if both > 0 ? logic.holds(both) : holds(x, y) {
            cell.pointee.samples[sample] = true
            isAny = true
            break search
          }
        }
      }
    }
    cell.pointee.passes = isAny
  }

  /// One value a sample with one of the site, by an order: missing is a NaN, for which no order holds.
  private func compareFast(
    _ cell: UnsafeMutablePointer<FilterCell>, _ values: UnsafeMutablePointer<Double>, _ limit: Double,
    _ comparison: FilterComparison
  ) {
    let samples = cell.pointee.samples
    var isAny = false
    for sample in 0..<sampleCount {
      let passes = comparison.holds(values[sample], limit)
      samples[sample] = passes
      isAny = isAny || passes
    }
    cell.pointee.passes = isAny
  }
}
