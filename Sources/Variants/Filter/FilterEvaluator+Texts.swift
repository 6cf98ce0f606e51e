import GenomicFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

// Texts: commas divide them into elements, and a condition holds where it holds for any.
extension FilterEvaluator {
  private static let dot = UInt8(ascii: ".")
  private static let comma = UInt8(ascii: ",")
  private static let dotText: StaticString = "."

  static func areEqual(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
    guard a.count == b.count else { return false }
    guard let x = a.baseAddress, let y = b.baseAddress else { return true }
    return memcmp(x, y, a.count) == 0
  }

  func evaluateText(_ index: Int, _ node: FilterNode) {
    let cell = cells + index
    let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
    switch node.kind {
    case .text: cell.pointee.text = texts[Int(node.slot)]
    case .contig: cell.pointee.text = column(.chrom)
    case .reference: cell.pointee.text = column(.ref)
    case .alternate:
      let alt = column(.alt)
      cell.pointee.text = alt.count == 1 && alt[0] == Self.dot ? nothing : alt
    case .alternateElement:
      cell.pointee.text = element(column(.alt), Int(node.slot)) ?? Self.missingText
    case .infoText:
      let text = info(node.slot) ?? nothing
      guard node.selector >= 0 else {
        cell.pointee.text = text
        return
      }
      let selector = program.selectors[Int(node.selector)]
      if case .single(let single) = selector {
        cell.pointee.text = element(text, single) ?? nothing
      } else {
        cell.pointee.text = join(text, selector, cell)
      }
    case .formatText, .genotypeText: loadSamples()
    default: preconditionFailure("no text")
    }
  }

  private static var missingText: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: dotText.utf8Start, count: 1)
  }

  /// An element of a list; nil where the list is shorter.
  private func element(_ text: UnsafeRawBufferPointer, _ wanted: Int) -> UnsafeRawBufferPointer? {
    var (start, index) = (0, 0)
    while start <= text.count {
      var end = start
      while end < text.count, text[end] != Self.comma { end += 1 }
      if index == wanted { return end > start ? UnsafeRawBufferPointer(rebasing: text[start..<end]) : nil }
      index += 1
      start = end + 1
    }
    return nil
  }

  /// The chosen elements of a list as a list, in memory that is used again.
  private func join(
    _ text: UnsafeRawBufferPointer, _ selector: FilterSelector, _ cell: UnsafeMutablePointer<FilterCell>
  ) -> UnsafeRawBufferPointer {
    joined.removeAll(keepingCapacity: true)
    var (start, index) = (0, 0)
    while start < text.count {
      var end = start
      while end < text.count, text[end] != Self.comma { end += 1 }
      if selector.contains(index) {
        if !joined.isEmpty { joined.append(Self.comma) }
        joined.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[start..<end]))
      }
      index += 1
      start = end + 1
    }
    // Kept by the cell that asked: two lists of one expression must not share memory.
    cell.pointee.reserve(joined.count / 8 + 1)
    let kept = UnsafeMutableRawBufferPointer(start: cell.pointee.owned, count: joined.count)
    kept.copyBytes(from: joined)
    return UnsafeRawBufferPointer(kept)
  }

  /// The text of a sample.
  private func sampleText(_ node: FilterNode, _ sample: Int) -> UnsafeRawBufferPointer {
    let column = columns.columns + Int(node.slot)
    let start = column.pointee.starts[sample]
    if start < 0 { return Self.missingText }
    return UnsafeRawBufferPointer(start: bytes + start, count: column.pointee.counts[sample])
  }

  /// Whether any chosen element of a list satisfies `body`; an empty list has none.
  @inline(__always)
  private func anyElement(
    of text: UnsafeRawBufferPointer, _ selector: FilterSelector?, _ body: (UnsafeRawBufferPointer) -> Bool
  ) -> Bool {
    guard !text.isEmpty else { return false }
    var (start, index) = (0, 0)
    var isAny = selector == nil
    while start < text.count {
      var end = start
      while end < text.count, text[end] != Self.comma { end += 1 }
      if selector?.contains(index) ?? true {
        isAny = true
        if body(UnsafeRawBufferPointer(rebasing: text[start..<end])) { return true }
      }
      index += 1
      start = end + 1
    }
    // A sample without any of the chosen elements is missing.
    return isAny ? false : body(Self.missingText)
  }

  private func isMissing(_ text: UnsafeRawBufferPointer) -> Bool { text.count == 1 && text[0] == Self.dot }

  /// Compares two lists, or a list with a pattern.
  func compareTexts(_ cell: UnsafeMutablePointer<FilterCell>, _ node: FilterNode) {
    let (left, right) = (Int(node.left), Int(node.right))
    evaluate(left)
    evaluate(right)
    let logic = FilterMissingLogic(node.operation == 1 ? .notEqual : .equal)
    let pattern = node.kind == .matchTexts ? patterns[Int(node.slot)] : nil
    let isNegated = node.operation == 1
    guard node.isSample else {
      let (a, b) = (cells[left].text, cells[right].text)
      if a.isEmpty, b.isEmpty {
        cell.pointee.passes = logic.both
      } else if a.isEmpty || b.isEmpty {
        let hasMissing = anyElement(of: a.isEmpty ? b : a, nil, isMissing)
        cell.pointee.passes = logic.holds(hasMissing ? 2 : 1)
      } else {
        cell.pointee.passes = holds(a, nil, b, pattern, isNegated, logic)
      }
      return
    }
    let sampleChild = nodes[nodes[left].isSample ? left : right]
    let site = cells[nodes[left].isSample ? right : left].text
    let selector = sampleChild.selector < 0 ? nil : program.selectors[Int(sampleChild.selector)]
    let isThere = columns.columns[Int(sampleChild.slot)].isThere
    let siteHolds = isThere ? false : logic.holds(site.isEmpty || anyElement(of: site, nil, isMissing) ? 2 : 1)
    for sample in 0..<sampleCount {
      var passes = false
      if isUsed(node.mask, sample) {
        if !isThere {
          passes = siteHolds
        } else {
          let text = sampleText(sampleChild, sample)
          passes =
            site.isEmpty
            ? logic.holds(anyElement(of: text, selector, isMissing) ? 2 : 1)
            : holds(text, selector, site, pattern, isNegated, logic)
        }
      }
      cell.pointee.samples[sample] = passes
      if passes { cell.pointee.passes = true }
    }
  }

  private func holds(
    _ text: UnsafeRawBufferPointer, _ selector: FilterSelector?, _ other: UnsafeRawBufferPointer,
    _ pattern: FilterRegex?, _ isNegated: Bool, _ logic: FilterMissingLogic
  ) -> Bool {
    if let pattern {
      return anyElement(of: text, selector) { element in
        if isMissing(element), logic.one { return true }
        return pattern.matches(element) != isNegated
      }
    }
    return anyElement(of: text, selector) { a in
      let missing = isMissing(a) ? 1 : 0
      return anyElement(of: other, nil) { b in
        let both = missing + (isMissing(b) ? 1 : 0)
        return both > 0 ? logic.holds(both) : Self.areEqual(a, b) != isNegated
      }
    }
  }
}
