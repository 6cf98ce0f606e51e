import GenomicFiles

// What is counted over genotypes where the header declares no field of the name.
extension FilterEvaluator {
  func setAlleles(_ cell: UnsafeMutablePointer<FilterCell>, _ node: FilterNode) {
    let alternates = alternateCount
    let isCounted = countAlleles(alternates)
    let total = isCounted ? alleleCounts.reduce(0, +) : 0
    if node.kind == .alleleNumber {
      cell.pointee.set(Double(total))
      return
    }
    cell.pointee.count = 0
    guard total != 0 else { return }
    let index = Int(node.number)
    if index >= 0 || alternates == 0 {
      cell.pointee.set(index >= 0 && index < alternates ? Double(alleleCounts[index + 1]) : 0)
    } else {
      cell.pointee.reserve(alternates)
      cell.pointee.count = alternates
      for allele in 0..<alternates { cell.pointee.values[allele] = Double(alleleCounts[allele + 1]) }
    }
    for place in 0..<cell.pointee.count {
      let count = cell.pointee.values[place]
      switch node.kind {
      case .minorCount: if count > Double(total) * 0.5 { cell.pointee.values[place] = Double(total) - count }
      case .alleleFrequency: cell.pointee.values[place] = count / Double(total)
      case .minorFrequency:
        let frequency = count / Double(total)
        cell.pointee.values[place] = frequency > 0.5 ? 1 - frequency : frequency
      default: break
      }
    }
  }

  /// Fills `alleleCounts`, the reference first: from INFO/AC and INFO/AN, else from genotypes.
  private func countAlleles(_ alternates: Int) -> Bool {
    alleleCounts.removeAll(keepingCapacity: true)
    if let declared = program.declaredCounts, let an = info(Int32(declared.an)), let ac = info(Int32(declared.ac)) {
      var total = FilterMissing.value
      forEachNumber(an, isFloat: false) { value in
        total = value
        return false
      }
      if !FilterMissing.isMissing(total), total >= 0 {
        alleleCounts.append(0)
        var sum = 0
        forEachNumber(ac, isFloat: false) { value in
          let count = FilterMissing.isMissing(value) ? Self.missing(in: ac) : Int(value)
          alleleCounts.append(count)
          sum += count
          return true
        }
        guard alleleCounts.count == alternates + 1 else { return false }
        guard sum <= Int(total) else {
          refuse("INFO/AC is more than INFO/AN")
          return false
        }
        alleleCounts[0] = Int(total) - sum
        return true
      }
    }
    guard let slot = program.genotypeSlot else { return false }
    loadSamples()
    guard columns.columns[slot].isThere, let genotypes = columns.genotypes else { return false }
    guard genotypes.greatest <= alternates else {
      refuse("GT names allele \(genotypes.greatest) of \(alternates)")
      return false
    }
    for allele in 0...alternates { alleleCounts.append(genotypes.count(of: allele)) }
    return true
  }

  /// A missing whole number as BCF stores it in a list: the least value of the list's width.
  private static func missing(in list: UnsafeRawBufferPointer) -> Int {
    list.count == 1 ? -128 : -2_147_483_648
  }

  func setMissingCount(_ cell: UnsafeMutablePointer<FilterCell>, _ node: FilterNode) {
    guard sampleCount > 0 else {
      cell.pointee.set(0)
      return
    }
    cell.pointee.count = 0
    guard let slot = program.genotypeSlot else { return }
    loadSamples()
    guard columns.columns[slot].isThere, let genotypes = columns.genotypes else { return }
    let count = Double(genotypes.missingCount)
    cell.pointee.set(node.kind == .missingCount ? count : count / Double(sampleCount))
  }
}
