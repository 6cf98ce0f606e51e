import GenomicFiles

// FORMAT fields and their subscripts: `[sample:element]`, `[sample]` where there is one element, `[@file:element]`.
extension FilterBinder {
  /// The samples and elements of a subscript.
  func samples(
    of index: String, _ name: FilterName, _ place: Range<Int>, number: FieldNumber
  ) throws -> (mask: [Bool], elements: FilterSelector) {
    let isSingle = number == .count(1)
    var mask = [Bool](repeating: false, count: header.samples.count)
    if index.hasPrefix("@") {
      var path = String(index.dropFirst())
      var elements = FilterSelector.all
      var names = try? lines(path, place)
      if names == nil, let colon = path.lastIndex(of: ":") {
        guard let given = FilterSelector(path[path.index(after: colon)...]) else {
          throw FilterFault(place, Self.indexHelp)
        }
        elements = given
        path = String(path[..<colon])
        names = try lines(path, place)
      } else if names == nil {
        names = try lines(path, place)
      }
      for sample in names ?? [] {
        guard let place = header.samples.firstIndex(of: sample) else {
          throw FilterFault(place, "the file has no sample \(sample)")
        }
        mask[place] = true
      }
      return (mask, elements)
    }
    var samples = index
    var elements = isSingle ? FilterSelector.single(0) : .all
    if let colon = index.lastIndex(of: ":") {
      guard let given = FilterSelector(index[index.index(after: colon)...]) else {
        throw FilterFault(
          place,
          index.hasSuffix("GT") ? "indices by GT came after bcftools 1.16 and are not built" : Self.indexHelp)
      }
      elements = given
      samples = String(index[..<colon])
    }
    guard let chosen = FilterSelector(samples) else {
      throw FilterFault(
        place, samples == "GT" ? "indices by GT came after bcftools 1.16 and are not built" : Self.indexHelp)
    }
    if !index.contains(":") {
      if chosen == .all {
        elements = .all
      } else if !isSingle {
        throw FilterFault(place, "\(name.tag) may have several values: write \(name.tag)[sample:element]")
      }
    }
    var isBeyond = false
    switch chosen {
    case .all: mask = mask.map { _ in true }
    case .single(let single): if single < mask.count { mask[single] = true } else { isBeyond = true }
    case .some(let members, _):
      isBeyond = members.indices.contains { members[$0] && $0 >= mask.count }
      for sample in mask.indices { mask[sample] = chosen.contains(sample) }
    }
    guard !isBeyond else { throw FilterFault(place, "the file has \(header.samples.count) samples") }
    return (mask, elements)
  }

  mutating func bindFormat(_ name: FilterName, _ definition: FieldDefinition, _ place: Range<Int>) throws -> Int {
    if name.tag == "GT" {
      throw FilterFault(place, "GT is compared with a text in quotes only, by =, !=, ~ and !~")
    }
    guard definition.type != .flag else { throw FilterFault(place, "FORMAT fields cannot be flags") }
    let isText = definition.type == .string || definition.type == .character
    var elements = definition.number == .count(1) ? FilterSelector.single(0) : .all
    var mask: Int32 = -1
    if let index = name.index {
      let chosen = try samples(of: index, name, place, number: definition.number)
      elements = chosen.elements
      mask = addMask(chosen.mask)
    }
    guard program.sampleCount > 0 else {
      // Without samples, the field is missing at every site.
      return isText ? addText("") : add(FilterNode(kind: .missing, value: .number))
    }
    let kind: FilterFormatSlot.Kind = isText ? .text : definition.type == .float ? .float : .integer
    let slot = Int32(formatSlot(name.tag, kind, needsAll: !isText && elements != .single(0)))
    if isText {
      return add(
        FilterNode(
          kind: .formatText, value: .text, isSample: true, slot: slot, selector: addSelector(elements), mask: mask))
    }
    guard case .single(let single) = elements else {
      return add(
        FilterNode(
          kind: .formatList, value: .number, isSample: true, slot: slot, selector: addSelector(elements), mask: mask))
    }
    return add(
      FilterNode(
        kind: single == 0 ? .formatFirst : .formatElement, value: .number, isSample: true, slot: slot, mask: mask,
        number: Double(single)))
  }
}
