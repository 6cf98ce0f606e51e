import GenomicFiles

// Numbers of the record.
extension FilterEvaluator {
  func evaluateNumber(_ index: Int, _ node: FilterNode) {
    let cell = cells + index
    switch node.kind {
    case .number: cell.pointee.set(node.number)
    case .missing: cell.pointee.set(FilterMissing.value)
    case .quality:
      let text = column(.qual)
      var position = 0
      let start = text.baseAddress.map { $0.assumingMemoryBound(to: UInt8.self) } ?? bytes
      cell.pointee.set(FilterNumber.float(start, &position, text.count))
    case .position: cell.pointee.set(Double(view?.position(of: record) ?? 0))
    case .type: cell.pointee.set(Double(AlleleType.mask(reference: column(.ref), alternates: column(.alt))))
    case .alternateCount: cell.pointee.set(Double(alternateCount))
    case .lengthChange: setLengthChange(cell)
    case .info: setInfo(cell, node)
    case .infoElement: setInfoElement(cell, node)
    case .infoList: setInfoList(cell, node)
    case .infoFlag: cell.pointee.set(info(node.slot) == nil ? 0 : 1)
    case .alleleCount, .alleleNumber, .minorCount, .alleleFrequency, .minorFrequency: setAlleles(cell, node)
    case .missingCount, .missingFraction: setMissingCount(cell, node)
    case .formatFirst: setFormat(cell, node)
    case .formatElement: setFormatElement(cell, node)
    case .formatList: setFormatList(cell, node)
    case .arithmetic: calculate(cell, node)
    default: evaluateFunction(cell, node)
    }
  }

  /// The number of alternate alleles; `.` is none.
  var alternateCount: Int {
    let alt = column(.alt)
    if alt.count == 1, alt[0] == UInt8(ascii: ".") { return 0 }
    return alt.reduce(1) { $0 + ($1 == UInt8(ascii: ",") ? 1 : 0) }
  }

  private func setLengthChange(_ cell: UnsafeMutablePointer<FilterCell>) {
    let count = alternateCount
    cell.pointee.count = count
    guard count > 0 else { return }
    cell.pointee.reserve(count)
    let reference = column(.ref).count
    let alt = column(.alt)
    var start = 0
    for index in 0..<count {
      var end = start
      while end < alt.count, alt[end] != UInt8(ascii: ",") { end += 1 }
      let change = end - start - reference
      cell.pointee.values[index] = change == 0 ? FilterMissing.value : Double(change)
      start = end + 1
    }
  }

  // MARK: INFO

  @inline(__always)
  private func number(_ text: UnsafeRawBufferPointer, _ position: inout Int, isFloat: Bool) -> Double {
    guard let base = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return FilterMissing.value }
    return isFloat
      ? FilterNumber.float(base, &position, text.count) : FilterNumber.integer(base, &position, text.count)
  }

  /// Calls `body` with the numbers of a list, in order; `body` returns whether it wants more.
  @inline(__always)
  func forEachNumber(_ text: UnsafeRawBufferPointer, isFloat: Bool, _ body: (Double) -> Bool) {
    var position = 0
    while true {
      let value = number(text, &position, isFloat: isFloat)
      guard body(value) else { return }
      while position < text.count, text[position] != UInt8(ascii: ",") { position += 1 }
      guard position < text.count else { return }
      position += 1
    }
  }

  private func setInfo(_ cell: UnsafeMutablePointer<FilterCell>, _ node: FilterNode) {
    cell.pointee.count = 0
    guard let text = info(node.slot) else { return }
    var position = 0
    let value = number(text, &position, isFloat: node.operation == 1)
    while position < text.count, text[position] != UInt8(ascii: ",") { position += 1 }
    guard position == text.count, !text.isEmpty else {
      let key = String(decoding: program.infoKeys[Int(node.slot)], as: UTF8.self)
      refuse("INFO/\(key) has not the one value that the header says (Number=1)")
      return
    }
    if !FilterMissing.isMissing(value) { cell.pointee.set(value) }
  }

  /// A whole number that is missing in a list of INFO is the least of 32 bits in bcftools 1.16 (measured: `AC<0` holds).
  private static let missingInteger = -2_147_483_648.0

  /// One element. bcftools 1.16 gives a list of one for every index, missing as -128 or NaN (measured).
  private func setInfoElement(_ cell: UnsafeMutablePointer<FilterCell>, _ node: FilterNode) {
    cell.pointee.count = 0
    guard let text = info(node.slot) else { return }
    let isFloat = node.operation == 1
    let wanted = Int(node.number)
    var (first, found) = (FilterMissing.value, FilterMissing.value)
    var count = 0
    forEachNumber(text, isFloat: isFloat) { value in
      if count == 0 { first = value }
      if count == wanted { found = value }
      count += 1
      return true
    }
    if count == 1 {
      cell.pointee.set(FilterMissing.isMissing(first) ? (isFloat ? Double.nan : -128) : first)
    } else if !FilterMissing.isMissing(found) {
      cell.pointee.set(found)
    }
  }

  private func setInfoList(_ cell: UnsafeMutablePointer<FilterCell>, _ node: FilterNode) {
    cell.pointee.count = 0
    guard let text = info(node.slot) else { return }
    let isFloat = node.operation == 1
    let selector = node.selector < 0 ? FilterSelector.all : program.selectors[Int(node.selector)]
    var count = 0
    var index = 0
    cell.pointee.values = cell.pointee.owned
    forEachNumber(text, isFloat: isFloat) { value in
      if node.selector < 0 || selector.contains(index) {
        if count == cell.pointee.capacity { keepGrowing(cell, count) }
        cell.pointee.values[count] = FilterMissing.isMissing(value) && !isFloat ? Self.missingInteger : value
        count += 1
      }
      index += 1
      return true
    }
    cell.pointee.count = count
  }

  private func keepGrowing(_ cell: UnsafeMutablePointer<FilterCell>, _ count: Int) {
    numbers.removeAll(keepingCapacity: true)
    for index in 0..<count { numbers.append(cell.pointee.values[index]) }
    cell.pointee.reserve(count + 1)
    for index in 0..<count { cell.pointee.values[index] = numbers[index] }
  }

  // MARK: FORMAT

  private func setFormat(_ cell: UnsafeMutablePointer<FilterCell>, _ node: FilterNode) {
    loadSamples()
    let column = columns.columns + Int(node.slot)
    cell.pointee.count = column.pointee.isThere ? sampleCount : 0
    cell.pointee.perSample = 1
    cell.pointee.values = column.pointee.first
  }

  private func setFormatElement(_ cell: UnsafeMutablePointer<FilterCell>, _ node: FilterNode) {
    loadSamples()
    let column = columns.columns + Int(node.slot)
    cell.pointee.count = column.pointee.isThere ? sampleCount : 0
    cell.pointee.perSample = 1
    cell.pointee.reserve(sampleCount)
    guard column.pointee.isThere else { return }
    let element = Int(node.number)
    for sample in 0..<sampleCount {
      let place = column.pointee.offsets[sample] + element
      cell.pointee.values[sample] =
        place < column.pointee.offsets[sample + 1] ? column.pointee.values[place] : FilterMissing.value
    }
  }

  private func setFormatList(_ cell: UnsafeMutablePointer<FilterCell>, _ node: FilterNode) {
    loadSamples()
    let column = columns.columns + Int(node.slot)
    guard column.pointee.isThere else {
      cell.pointee.count = 0
      return
    }
    let selector = node.selector < 0 ? FilterSelector.all : program.selectors[Int(node.selector)]
    let each = selector.count ?? max(1, column.pointee.most)
    cell.pointee.perSample = each
    cell.pointee.count = each * sampleCount
    cell.pointee.reserve(each * sampleCount)
    for sample in 0..<sampleCount {
      var place = sample * each
      let start = column.pointee.offsets[sample]
      for index in start..<column.pointee.offsets[sample + 1]
      where node.selector < 0 || selector.contains(index - start) {
        cell.pointee.values[place] = column.pointee.values[index]
        place += 1
      }
      while place < (sample + 1) * each {
        cell.pointee.values[place] = FilterMissing.value
        place += 1
      }
    }
  }
}
