import GenomicFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

// Functions.
extension FilterEvaluator {
  func evaluateFunction(_ cell: UnsafeMutablePointer<FilterCell>, _ node: FilterNode) {
    let left = Int(node.left)
    evaluate(left)
    let child = cells + left
    cell.pointee.count = 0
    switch node.kind {
    case .fold: foldAll(cell, node, child)
    case .foldSamples: foldSamples(cell, node, child)
    case .absolute: map(cell, child) { abs($0) }
    // bcftools' own constant for -10·log10.
    case .phred: map(cell, child) { -4.34294481903 * log($0) }
    case .length: setLength(cell, child.pointee.text, isList: isList(nodes[left]))
    case .countNumbers: cell.pointee.set(Double(countNumbers(child, nodes[left])))
    case .countSamples:
      cell.pointee.set(Double((0..<sampleCount).reduce(0) { $0 + (child.pointee.samples[$1] ? 1 : 0) }))
    case .countTexts:
      let text = child.pointee.text
      let commas = text.reduce(0) { $0 + ($1 == UInt8(ascii: ",") ? 1 : 0) }
      cell.pointee.set(text.isEmpty ? 0 : Double(commas + 1))
    case .passing, .passingFraction:
      let mask = nodes[left].mask
      let count = (0..<sampleCount).reduce(0) { $0 + (child.pointee.samples[$1] && isUsed(mask, $1) ? 1 : 0) }
      cell.pointee.set(node.kind == .passing ? Double(count) : Double(count) / Double(sampleCount))
    case .binomialGenotype, .binomialPair, .binomialList: binomial(cell, node, child)
    case .fisherList, .fisherPair: fisher(cell, node, child)
    default: preconditionFailure("no function")
    }
  }

  // MARK: Folds

  private func foldAll(
    _ cell: UnsafeMutablePointer<FilterCell>, _ node: FilterNode, _ child: UnsafeMutablePointer<FilterCell>
  ) {
    let argument = nodes[Int(node.left)]
    numbers.removeAll(keepingCapacity: true)
    guard child.pointee.count > 0 else { return }
    if argument.isSample {
      for sample in 0..<sampleCount where isUsed(argument.mask, sample) { gather(child, sample) }
    } else {
      for index in 0..<child.pointee.count where !FilterMissing.isMissing(child.pointee.values[index]) {
        numbers.append(child.pointee.values[index])
      }
    }
    guard !numbers.isEmpty else { return }
    cell.pointee.set(fold(FilterFunction(rawValue: node.operation) ?? .sum))
  }

  private func foldSamples(
    _ cell: UnsafeMutablePointer<FilterCell>, _ node: FilterNode, _ child: UnsafeMutablePointer<FilterCell>
  ) {
    let function = FilterFunction(rawValue: node.operation) ?? .sampleSum
    cell.pointee.reserve(sampleCount)
    cell.pointee.count = sampleCount
    cell.pointee.perSample = 1
    for sample in 0..<sampleCount {
      numbers.removeAll(keepingCapacity: true)
      if child.pointee.count > 0 { gather(child, sample) }
      if function == .sampleCount {
        cell.pointee.values[sample] = Double(numbers.count)
      } else {
        cell.pointee.values[sample] = numbers.isEmpty ? FilterMissing.value : fold(function)
      }
    }
  }

  /// Appends a sample's values that are not missing.
  @inline(__always)
  private func gather(_ child: UnsafeMutablePointer<FilterCell>, _ sample: Int) {
    let each = child.pointee.perSample
    for index in sample * each..<(sample + 1) * each where !FilterMissing.isMissing(child.pointee.values[index]) {
      numbers.append(child.pointee.values[index])
    }
  }

  /// One number of `numbers`, which are at least one.
  private func fold(_ function: FilterFunction) -> Double {
    let count = Double(numbers.count)
    switch function {
    case .max, .sampleMax: return numbers.reduce(-Double.infinity) { $0 < $1 ? $1 : $0 }
    case .min, .sampleMin: return numbers.reduce(Double.infinity) { $0 > $1 ? $1 : $0 }
    case .mean, .sampleMean: return numbers.reduce(0, +) / count
    case .median, .sampleMedian:
      numbers.sort()
      let middle = numbers.count / 2
      return numbers.count % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) * 0.5
    case .deviation, .sampleDeviation:
      if numbers.count == 1 { return 0 }
      let mean = numbers.reduce(0, +) / count
      return sqrt(numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count)
    default: return numbers.reduce(0, +)
    }
  }

  private func map(
    _ cell: UnsafeMutablePointer<FilterCell>, _ child: UnsafeMutablePointer<FilterCell>, _ change: (Double) -> Double
  ) {
    let count = child.pointee.count
    cell.pointee.count = count
    cell.pointee.perSample = child.pointee.perSample
    cell.pointee.reserve(count)
    for index in 0..<count {
      let value = child.pointee.values[index]
      cell.pointee.values[index] = FilterMissing.isMissing(value) ? value : change(value)
    }
  }

  private func countNumbers(_ child: UnsafeMutablePointer<FilterCell>, _ argument: FilterNode) -> Int {
    guard argument.isSample else { return child.pointee.count }
    guard child.pointee.count > 0 else { return 0 }
    numbers.removeAll(keepingCapacity: true)
    for sample in 0..<sampleCount where isUsed(argument.mask, sample) { gather(child, sample) }
    return numbers.count
  }

  // MARK: STRLEN

  /// Whether STRLEN gives the length of each element, as it does for lists.
  private func isList(_ node: FilterNode) -> Bool {
    switch node.kind {
    case .alternate: true
    case .infoText:
      if node.operation == 1 {
        false
      } else if node.selector < 0 {
        true
      } else if case .single =
        program.selectors[Int(node.selector)]
      {
        false
      } else {
        true
      }
    default: false
    }
  }

  private func setLength(_ cell: UnsafeMutablePointer<FilterCell>, _ text: UnsafeRawBufferPointer, isList: Bool) {
    guard !text.isEmpty else { return }
    guard isList else {
      cell.pointee.set(text.count == 1 && text[0] == UInt8(ascii: ".") ? 0 : Double(text.count))
      return
    }
    let most = text.reduce(1) { $0 + ($1 == UInt8(ascii: ",") ? 1 : 0) }
    cell.pointee.reserve(most)
    var start = 0
    var count = 0
    while start < text.count {
      var end = start
      while end < text.count, text[end] != UInt8(ascii: ",") { end += 1 }
      cell.pointee.values[count] = Double(end - start)
      count += 1
      start = end + 1
    }
    cell.pointee.count = count
  }
}
