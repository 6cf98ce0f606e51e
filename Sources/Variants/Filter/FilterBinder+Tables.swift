import GenomicFiles

// What several parts of the binder add to the program.
extension FilterBinder {
  mutating func add(_ node: FilterNode) -> Int {
    program.nodes.append(node)
    return program.nodes.count - 1
  }

  mutating func addText(_ text: String) -> Int {
    program.texts.append(Array(text.utf8))
    return add(FilterNode(kind: .text, value: .text, slot: Int32(program.texts.count - 1)))
  }

  mutating func addSelector(_ selector: FilterSelector) -> Int32 {
    if selector == .all { return -1 }
    program.selectors.append(selector)
    return Int32(program.selectors.count - 1)
  }

  mutating func addMask(_ mask: [Bool]) -> Int32 {
    if mask.allSatisfy({ $0 }) { return -1 }
    if let known = program.masks.firstIndex(of: mask) { return Int32(known) }
    program.masks.append(mask)
    return Int32(program.masks.count - 1)
  }

  mutating func infoSlot(_ tag: String) -> Int {
    let key = Array(tag.utf8)
    if let known = program.infoKeys.firstIndex(of: key) { return known }
    program.infoKeys.append(key)
    return program.infoKeys.count - 1
  }

  mutating func formatSlot(_ tag: String, _ kind: FilterFormatSlot.Kind, needsAll: Bool) -> Int {
    let key = Array(tag.utf8)
    if let known = program.formats.firstIndex(where: { $0.key == key }) {
      if needsAll { program.formats[known].needsAll = true }
      return known
    }
    program.formats.append(FilterFormatSlot(key: key, kind: kind, needsAll: needsAll))
    return program.formats.count - 1
  }

  @discardableResult
  mutating func genotypeSlot() -> Int {
    let slot = formatSlot("GT", .genotype, needsAll: false)
    program.genotypeSlot = slot
    return slot
  }

  /// Sets the children of a node, and whether and for which samples it has values.
  mutating func join(_ node: inout FilterNode, _ left: Int, _ right: Int, isUnion: Bool) {
    node.left = Int32(left)
    node.right = Int32(right)
    let (a, b) = (program.nodes[left], program.nodes[right])
    node.isSample = a.isSample || b.isSample
    guard a.isSample, b.isSample else {
      node.mask = a.isSample ? a.mask : b.isSample ? b.mask : -1
      return
    }
    if a.mask == b.mask {
      node.mask = a.mask
      return
    }
    func isUsed(_ mask: Int32, _ sample: Int) -> Bool { mask < 0 || program.masks[Int(mask)][sample] }
    node.mask = addMask(
      (0..<program.sampleCount).map {
        isUnion ? isUsed(a.mask, $0) || isUsed(b.mask, $0) : isUsed(a.mask, $0) && isUsed(b.mask, $0)
      })
  }

  mutating func addPattern(_ text: String, _ place: Range<Int>) throws -> Int {
    var pattern = FilterPattern(text: Array(text.utf8), ignoresCase: false)
    let bytes = pattern.text
    if bytes.count > 2, text.hasSuffix("/i"), bytes[bytes.count - 3] != UInt8(ascii: "\\") {
      pattern = FilterPattern(text: Array(bytes.dropLast(2)), ignoresCase: true)
    }
    guard FilterRegex(pattern) != nil else {
      throw FilterFault(place, "this is no POSIX basic regular expression")
    }
    program.patterns.append(pattern)
    return program.patterns.count - 1
  }

  /// - Parameter operation: 0 is the set, 1 is not the set, 2 holds the set, 3 does not hold it.
  mutating func addFilter(_ text: String, _ place: Range<Int>, operation: UInt8) throws -> Int {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
    guard !parts.contains("") else { throw FilterFault(place, "a filter has no name; missing is \".\"") }
    let names = parts.filter { $0 != "." }
    guard names.isEmpty || names.count == parts.count else {
      throw FilterFault(place, "FILTER is either missing or has names, not both")
    }
    for name in names where name != "PASS" && !header.filters.contains(name) {
      throw FilterFault(place, "the header declares no filter \(name)")
    }
    program.filters.append(FilterNames(names: names.map { Array($0.utf8) }))
    return add(
      FilterNode(
        kind: .filterIs, value: .condition, operation: operation, slot: Int32(program.filters.count - 1)))
  }

  func typeMask(_ text: String, _ place: Range<Int>) throws -> Int {
    switch text.lowercased() {
    case "ref": return 1
    case "snp", "snps": return AlleleType.snp
    case "mnp", "mnps": return AlleleType.mnp
    case "indel", "indels": return AlleleType.indel
    case "other": return AlleleType.other
    case "bnd": return AlleleType.breakend
    case "overlap": return AlleleType.overlap
    default: throw FilterFault(place, "TYPE is one of indel, snp, mnp, ref, bnd, overlap, other")
    }
  }

  func isGenotype(_ text: String) -> Bool {
    let name = FilterName(text)
    return name.tag == "GT" && name.prefix != .info && header.format["GT"] != nil
      && (name.prefix == .format || header.info["GT"] == nil)
  }

  /// GT beside a text: a class of genotypes, or the text of GT itself.
  mutating func genotype(
    _ text: String, _ place: Range<Int>, _ key: String, isNegated: Bool, pattern: Int?
  ) throws -> Int {
    let name = FilterName(text)
    let samples = try name.index.map { try self.samples(of: $0, name, place, number: .count(1)) }
    let mask = samples.map { addMask($0.mask) } ?? -1
    guard header.samples.count > 0 else { return addConstantCondition(isTrue: isNegated) }
    let slot = genotypeSlot()
    guard let canonical = GenotypeClass.canonical(key) else {
      let left = add(
        FilterNode(kind: .genotypeText, value: .text, isSample: true, slot: Int32(slot), mask: mask))
      if let pattern { return addMatch(left, pattern, key, isNegated: isNegated) }
      let right = addText(key)
      var node = FilterNode(kind: .compareTexts, value: .condition, operation: isNegated ? 1 : 0)
      join(&node, left, right, isUnion: true)
      return add(node)
    }
    // `.` is missing: never equal to a class, always different from one; a pattern is tried on it as on any text.
    let regex = pattern.flatMap { _ in
      FilterRegex(FilterPattern(text: Array(canonical.utf8), ignoresCase: false))
    }
    let table = GenotypeClass.allCases.map { genotype in
      let name = genotype.name(for: key) ?? "."
      let isMatch = regex.map { $0.matches(name) } ?? (name == canonical)
      return isMatch != isNegated
    }
    program.genotypeTables.append(table)
    return add(
      FilterNode(
        kind: .genotypeClass, value: .condition, operation: isNegated ? 1 : 0, isSample: true,
        slot: Int32(program.genotypeTables.count - 1), mask: mask))
  }

  private mutating func addConstantCondition(isTrue: Bool) -> Int {
    // Without samples, FORMAT is missing at every site: equal to nothing, different from everything.
    let missing = add(FilterNode(kind: .missing, value: .number))
    let one = add(FilterNode(kind: .number, value: .number, number: 1))
    let comparison: FilterComparison = isTrue ? .notEqual : .equal
    return add(
      FilterNode(
        kind: .compare, value: .condition, operation: comparison.rawValue, left: Int32(missing), right: Int32(one)))
  }
}
