import GenomicFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A shortcut at addresses that stay, for one evaluator.
struct FilterTerms {
  let terms: UnsafeMutablePointer<FilterShortcut.Term>
  let comparisons: UnsafeMutablePointer<FilterShortcut.Comparison>
  let first: Int

  init(_ shortcut: FilterShortcut) {
    terms = .allocate(capacity: shortcut.terms.count)
    comparisons = .allocate(capacity: shortcut.comparisons.count)
    for (index, term) in shortcut.terms.enumerated() { (terms + index).initialize(to: term) }
    for (index, item) in shortcut.comparisons.enumerated() { (comparisons + index).initialize(to: item) }
    first = shortcut.first
  }

  func deallocate() {
    terms.deallocate()
    comparisons.deallocate()
  }
}

// The site's answer without each node's values.
extension FilterEvaluator {
  func takeShortcut(_ view: VariantRecords, _ shortcut: FilterTerms) -> Bool {
    var index = shortcut.first
    while index >= 0 {
      let term = shortcut.terms[index]
      let comparison = shortcut.comparisons + term.comparisons.lowerBound
      let holds: Bool
      switch term.kind {
      case .quality:
        let range = view.column(.qual, of: record)
        var position = range.lowerBound
        holds = comparison.pointee.holds(FilterNumber.float(bytes, &position, range.upperBound))
      case .info:
        evaluateNumber(term.node, nodes[term.node])
        let cell = cells + term.node
        holds = cell.pointee.count > 0 && comparison.pointee.holds(cell.pointee.values[0])
      case .samples: holds = holdsForAnySample(view, comparison, term.comparisons.count)
      }
      index = holds ? term.whenHolds : term.whenNot
    }
    return index == FilterShortcut.passes
  }

  /// Whether all of `count` comparisons hold in one sample.
  private func holdsForAnySample(
    _ view: VariantRecords, _ comparisons: UnsafeMutablePointer<FilterShortcut.Comparison>, _ count: Int
  ) -> Bool {
    for index in 0..<count where columns.field(of: comparisons[index].slot, view, record) < 0 { return false }
    let range = view.samples(of: record)
    var start = range.lowerBound
    let end = range.upperBound
    for _ in 0..<sampleCount where start < end {
      var holds = true
      var index = 0
      while holds, index < count {
        holds = self.holds(comparisons + index, start, end)
        index &+= 1
      }
      if holds { return true }
      guard let tab = memchr(bytes + start, 9, end - start) else { return false }
      start = UnsafeRawPointer(tab) - UnsafeRawPointer(bytes) + 1
    }
    return false
  }

  /// Whether a comparison holds in the sample that begins at `start`. Missing is a NaN, for which no order holds.
  @inline(__always)
  private func holds(
    _ comparison: UnsafeMutablePointer<FilterShortcut.Comparison>, _ start: Int, _ end: Int
  ) -> Bool {
    var left = columns.columns[comparison.pointee.slot].field
    var position = start
    while left > 0 {
      guard position < end, bytes[position] != UInt8(ascii: "\t") else { return false }
      if bytes[position] == UInt8(ascii: ":") { left &-= 1 }
      position &+= 1
    }
    let value =
      comparison.pointee.isFloat
      ? FilterNumber.float(bytes, &position, end) : FilterNumber.integer(bytes, &position, end)
    return comparison.pointee.holds(value)
  }
}
