import GenomicFiles

// Conditions: what passes, the site and each sample.
extension FilterEvaluator {
  func evaluateCondition(_ index: Int, _ node: FilterNode) {
    let cell = cells + index
    cell.pointee.passes = false
    switch node.kind {
    case .compare: compare(cell, node)
    case .logic: join(cell, node)
    case .compareTexts, .matchTexts: compareTexts(cell, node)
    case .genotypeClass: classify(cell, node)
    case .typeHas:
      evaluate(Int(node.left))
      let hasType = Int(cells[Int(node.left)].values[0]) & Int(node.number) != 0
      cell.pointee.passes = hasType != (node.operation == 1)
    case .filterIs: cell.pointee.passes = filterHolds(node)
    case .identifierIs:
      let isSame = Self.areEqual(column(.id), texts[Int(nodes[Int(node.left)].slot)])
      cell.pointee.passes = isSame != (node.operation == 1)
    case .identifierIn:
      let isKnown = program.lists[Int(node.slot)].contains(Array(column(.id)))
      cell.pointee.passes = isKnown != (node.operation == 1)
    case .identifierMatches:
      cell.pointee.passes = patterns[Int(node.slot)].matches(column(.id)) != (node.operation == 1)
    default: preconditionFailure("no condition")
    }
  }

  // MARK: Logic

  /// `&&` holds where both sides hold, in any samples; `&` where they hold in one sample. `||` selects all samples of
  /// a site where both sides or a side of the site holds; `|` only those for which a side holds.
  private func join(_ cell: UnsafeMutablePointer<FilterCell>, _ node: FilterNode) {
    let logic = FilterLogic(rawValue: node.operation) ?? .andSites
    let (left, right) = (Int(node.left), Int(node.right))
    evaluate(left)
    let samples = cell.pointee.samples
    let isSample = node.isSample
    if logic.isAnd, !cells[left].passes {
      // Whatever the right side is; it is not even read.
      if isSample { samples.update(repeating: false, count: sampleCount) }
      return
    }
    evaluate(right)
    let (a, b) = (cells + left, cells + right)
    let holds = logic.isAnd ? a.pointee.passes && b.pointee.passes : a.pointee.passes || b.pointee.passes
    guard isSample else {
      cell.pointee.passes = holds
      return
    }
    guard holds else {
      samples.update(repeating: false, count: sampleCount)
      return
    }
    let (isLeft, isRight) = (nodes[left].isSample, nodes[right].isSample)
    switch logic {
    case .andSites, .andSamples:
      if isLeft, isRight {
        if logic == .andSites {
          for sample in 0..<sampleCount { samples[sample] = a.pointee.samples[sample] || b.pointee.samples[sample] }
          cell.pointee.passes = true
        } else {
          var isAny = false
          for sample in 0..<sampleCount {
            let both = a.pointee.samples[sample] && b.pointee.samples[sample]
            samples[sample] = both
            isAny = isAny || both
          }
          cell.pointee.passes = isAny
        }
        return
      }
      samples.update(from: (isLeft ? a : b).pointee.samples, count: sampleCount)
    case .orSamples:
      if isLeft, isRight {
        for sample in 0..<sampleCount { samples[sample] = a.pointee.samples[sample] || b.pointee.samples[sample] }
      } else {
        samples.update(from: (isLeft ? a : b).pointee.samples, count: sampleCount)
      }
    case .orSites:
      // A side of the site that fails leaves the samples to the other.
      if (!isLeft && !a.pointee.passes) || (!isRight && !b.pointee.passes) {
        samples.update(from: (isLeft ? a : b).pointee.samples, count: sampleCount)
      } else {
        for sample in 0..<sampleCount { samples[sample] = isUsed(node.mask, sample) }
      }
    }
    cell.pointee.passes = true
  }

  // MARK: GT, FILTER

  private func classify(_ cell: UnsafeMutablePointer<FilterCell>, _ node: FilterNode) {
    loadSamples()
    let samples = cell.pointee.samples
    guard let slot = program.genotypeSlot, columns.columns[slot].isThere, let genotypes = columns.genotypes else {
      // Without GT, different from everything.
      let passes = node.operation == 1
      for sample in 0..<sampleCount where isUsed(node.mask, sample) {
        samples[sample] = passes
        if passes { cell.pointee.passes = true }
      }
      return
    }
    var isAny = false
    program.genotypeTables[Int(node.slot)].withUnsafeBufferPointer { table in
      for sample in 0..<sampleCount {
        let passes = table[Int(genotypes.classes[sample])] && isUsed(node.mask, sample)
        samples[sample] = passes
        isAny = isAny || passes
      }
    }
    cell.pointee.passes = isAny
  }

  private func filterHolds(_ node: FilterNode) -> Bool {
    guard let view else { return false }
    let range = view.column(.filter, of: record)
    var count = 0
    let isMissing = range.count == 1 && bytes[range.lowerBound] == UInt8(ascii: ".")
    if !isMissing {
      view.forEachPart(of: range, separator: UInt8(ascii: ";")) { _ in
        count += 1
        return true
      }
    }
    let wanted = program.filters[Int(node.slot)].names
    func holdsAll() -> Bool {
      for name in wanted {
        var isThere = false
        view.forEachPart(of: range, separator: UInt8(ascii: ";")) { part in
          isThere = name.withUnsafeBytes { view.equals(part, $0) }
          return !isThere
        }
        if !isThere { return false }
      }
      return true
    }
    let isSet = wanted.isEmpty ? count == 0 : count == wanted.count && holdsAll()
    switch node.operation {
    case 0: return isSet
    case 1: return !isSet
    case 2: return wanted.isEmpty ? count == 0 : count > 0 && holdsAll()
    default: return wanted.isEmpty ? count > 0 : count == 0 || !holdsAll()
    }
  }
}
