import GenomicFiles

/// The columns that have a name in the language, in any case of letters.
enum FilterColumn: String, CaseIterable, Sendable {
  case quality = "QUAL"
  case type = "TYPE"
  case filter = "FILTER"
  case identifier = "ID"
  case contig = "CHROM"
  case position = "POS"
  case reference = "REF"
  case alternate = "ALT"
  case alternateCount = "N_ALT"
  case sampleCount = "N_SAMPLES"
  case missingCount = "N_MISSING"
  case missingFraction = "F_MISSING"

  init?(_ name: String) { self.init(rawValue: name.uppercased()) }

  /// The columns whose names begin with `name`, which bcftools takes for the column itself.
  static func beginning(with name: String) -> FilterColumn? {
    allCases.first { $0.rawValue.hasPrefix(name.uppercased()) }
  }
}

// Columns, tags and computed values.
extension FilterBinder {
  mutating func bind(name text: String, _ place: Range<Int>) throws -> Int {
    if let column = FilterColumn(text) { return try bind(column, place) }
    let name = FilterName(text)
    if name.prefix == nil, name.tag.uppercased() == "ALT", let index = name.index, header.info[name.tag] == nil,
      header.format[name.tag] == nil
    {
      return try bindAlternate(index, place)
    }
    if name.prefix == nil, name.index == nil, header.info[name.tag] != nil || header.format[name.tag] != nil,
      let column = FilterColumn.beginning(with: name.tag)
    {
      throw FilterFault(
        place, "bcftools takes this for the column \(column.rawValue): write INFO/\(name.tag) or FORMAT/\(name.tag)")
    }
    let inInfo = header.info[name.tag]
    let inFormat = header.format[name.tag]
    switch (name.prefix, inInfo, inFormat) {
    case (nil, .some, .some):
      throw FilterFault(place, "the header declares INFO/\(name.tag) and FORMAT/\(name.tag): say which")
    case (.info, .some(let definition), _), (nil, .some(let definition), nil):
      return try bindInfo(name, definition, place)
    case (.format, _, .some(let definition)), (nil, nil, .some(let definition)):
      return try bindFormat(name, definition, place)
    default: break
    }
    let isKnown = inInfo != nil || inFormat != nil || header.filters.contains(name.tag)
    if name.prefix != .format, !isKnown, let computed = try bindComputed(name, place) { return computed }
    switch name.prefix {
    case .format: throw FilterFault(place, "the header declares no FORMAT/\(name.tag)")
    case .info: throw FilterFault(place, "the header declares no INFO/\(name.tag)")
    case nil: throw FilterFault(place, "the header declares no INFO or FORMAT field \(name.tag)")
    }
  }

  private mutating func bind(_ column: FilterColumn, _ place: Range<Int>) throws -> Int {
    switch column {
    case .quality: return add(FilterNode(kind: .quality, value: .number))
    case .type: return add(FilterNode(kind: .type, value: .number))
    case .filter: throw FilterFault(place, "FILTER is compared with names in quotes only, by =, !=, ~ and !~")
    case .identifier: throw FilterFault(place, "ID is compared with a text or a file only, by =, !=, ~ and !~")
    case .contig: return add(FilterNode(kind: .contig, value: .text))
    case .position: return add(FilterNode(kind: .position, value: .number))
    case .reference: return add(FilterNode(kind: .reference, value: .text))
    case .alternate: return add(FilterNode(kind: .alternate, value: .text))
    case .alternateCount: return add(FilterNode(kind: .alternateCount, value: .number))
    case .sampleCount:
      return add(FilterNode(kind: .number, value: .number, number: Double(program.sampleCount)))
    case .missingCount, .missingFraction:
      if program.sampleCount > 0, header.format["GT"] != nil { genotypeSlot() }
      return add(
        FilterNode(kind: column == .missingCount ? .missingCount : .missingFraction, value: .number))
    }
  }

  private mutating func bindAlternate(_ index: String, _ place: Range<Int>) throws -> Int {
    switch FilterSelector(index) {
    case .all: return add(FilterNode(kind: .alternate, value: .text))
    case .single(let single):
      return add(FilterNode(kind: .alternateElement, value: .text, slot: Int32(single)))
    default: throw FilterFault(place, "ALT takes one index, such as ALT[0], or ALT[*]")
    }
  }

  private mutating func bindInfo(
    _ name: FilterName, _ definition: FieldDefinition, _ place: Range<Int>
  ) throws -> Int {
    if definition.type == .flag {
      return add(FilterNode(kind: .infoFlag, value: .number, slot: Int32(infoSlot(name.tag))))
    }
    var selector = FilterSelector.all
    if let index = name.index {
      guard !index.contains(":"), !index.hasPrefix("@") else {
        throw FilterFault(place, "INFO/\(name.tag) has no samples to choose")
      }
      guard let given = FilterSelector(index) else { throw FilterFault(place, Self.indexHelp) }
      selector = given
    }
    let isSingle = definition.number == .count(1)
    if isSingle, name.index != nil, selector != .all, selector != .single(0) {
      throw FilterFault(place, "the header says that INFO/\(name.tag) has one value (Number=1)")
    }
    let isText = definition.type == .string || definition.type == .character
    let slot = Int32(infoSlot(name.tag))
    if isText {
      // A single value is compared whole: commas divide it in any case.
      var node = FilterNode(kind: .infoText, value: .text, slot: slot)
      if isSingle {
        node.operation = name.index == nil || selector == .single(0) ? 1 : 0
      } else {
        node.selector = addSelector(selector)
      }
      return add(node)
    }
    let isFloat: UInt8 = definition.type == .float ? 1 : 0
    if isSingle { return add(FilterNode(kind: .info, value: .number, operation: isFloat, slot: slot)) }
    if case .single(let single) = selector {
      return add(
        FilterNode(kind: .infoElement, value: .number, operation: isFloat, slot: slot, number: Double(single)))
    }
    return add(
      FilterNode(
        kind: .infoList, value: .number, operation: isFloat, slot: slot, selector: addSelector(selector)))
  }

  private mutating func bindComputed(_ name: FilterName, _ place: Range<Int>) throws -> Int? {
    let kind: FilterNodeKind
    switch name.tag.uppercased() {
    case "AN": kind = .alleleNumber
    case "AC": kind = .alleleCount
    case "MAC": kind = .minorCount
    case "AF": kind = .alleleFrequency
    case "MAF": kind = .minorFrequency
    case "ILEN", "%ILEN":
      guard name.index == nil || name.index == "*" else {
        throw FilterFault(place, "ILEN has the values of all alternate alleles: it takes no index")
      }
      return add(FilterNode(kind: .lengthChange, value: .number))
    default: return nil
    }
    // Without an index, the first alternate allele, as bcftools 1.16 has it (measured).
    var index = 0
    if let text = name.index {
      switch FilterSelector(text) {
      case .all: index = -1
      case .single(let single): index = single
      default: throw FilterFault(place, "computed \(name.tag) takes one index or [*]")
      }
    }
    if program.sampleCount > 0, header.format["GT"] != nil {
      genotypeSlot()
      program.countsAlleles = true
    }
    if header.info["AN"] != nil, header.info["AC"] != nil {
      program.declaredCounts = (infoSlot("AC"), infoSlot("AN"))
    }
    return add(FilterNode(kind: kind, value: .number, number: Double(index)))
  }

  static let indexHelp = "an index is a number, a range or a list from 0, such as [0], [1-], [0,2-4], or [*]"
}
