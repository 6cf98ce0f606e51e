import GenomicFiles

// ##INFO, ##FORMAT, ##FILTER and ##ALT.
extension HeaderCheck {
  mutating func checkDefinition(_ meta: MetaLine, _ field: String) {
    let topic = topic(meta.key)
    require(["ID", "Number", "Type", "Description"], of: meta, field)
    checkOrderAndQuoting(meta, field)
    let isInfo = meta.key == "INFO"
    let number = meta["Number"].flatMap { isNumber($0.value, isInfo: isInfo) ? $0.value : nil }
    if let text = meta["Number"]?.value, !text.isEmpty, number == nil {
      report(.error, .metaNumber, field, topic, "Number '\(text)' is none of VCF \(version.name)'s")
    }
    let type = meta["Type"].flatMap { FieldType(rawValue: $0.value) }.flatMap { isInfo || $0 != .flag ? $0 : nil }
    if let text = meta["Type"]?.value, !text.isEmpty, type == nil {
      report(
        .error, .metaType, field, topic,
        text == "Flag" ? "FORMAT cannot have Type Flag" : "Type '\(text)' is none of VCF's")
    }
    guard let id = meta["ID"]?.value, !id.isEmpty else { return }
    checkKey(id, isInfo: isInfo, field)
    if let number, type == .flag, number != "0" {
      // A must since 4.3; the valid examples of 4.2 have such a line, and readers go by Type.
      report(.warning, .metaNumber, field, topic, "\(id) is a Flag, so Number must be 0")
    } else if number == "0", let type, type != .flag {
      report(.warning, .metaNumber, field, topic, "\(id) has Number 0 but is no Flag")
    }
    if let reserved = isInfo ? reserved.info[id] : reserved.format(id, version) {
      // A reserved Number of `.` leaves it to the file.
      if let number, reserved.number != ".", number != reserved.number {
        report(
          number == "." && reserved.mayBeOpen ? .warning : .error, .reservedNumber, field, topic,
          "\(id) must have Number \(reserved.number), not \(number)")
      }
      if let type, !reserved.types.isEmpty, !reserved.types.contains(type) {
        report(
          .error, .reservedType, field, topic,
          "\(id) must have Type \(reserved.types[0].rawValue), not \(type.rawValue)")
      }
    }
    let declared = DeclaredField(number: number, type: type)
    if isInfo {
      parts.info[id] = parts.info[id] ?? declared
    } else {
      parts.format[id] = parts.format[id] ?? declared
    }
  }

  /// The letters of Number: R since 4.2, P in FORMAT since 4.4, LA, LR, LG and M in FORMAT since 4.5.
  func isNumber(_ text: String, isInfo: Bool) -> Bool {
    switch text {
    case ".", "A", "G": return true
    case "R": return version >= .v42
    case "P": return !isInfo && version >= .v44
    case "LA", "LR", "LG", "M": return !isInfo && version >= .v45
    default: return !text.isEmpty && text.utf8.allSatisfy { $0 &- 48 < 10 } && Int32(text) != nil
    }
  }

  private mutating func checkKey(_ id: String, isInfo: Bool, _ field: String) {
    let isGood = NameGrammar.isKey(id.utf8) || (isInfo && id == "1000G")
    if isGood { return }
    let breaksRecords = id.utf8.contains { NameGrammar.isBlank($0) || ";:=,".utf8.contains($0) }
    // Until 4.2 no grammar is given; only what would break a record is surely wrong.
    if version >= .v43 || breaksRecords {
      report(
        .error, .metaId, field, topic(isInfo ? "INFO" : "FORMAT"),
        "ID '\(id)' is no key: a letter or '_', then letters, digits, '_' and '.'")
    }
  }

  /// Order: a must until 4.3 (the specification's own invalid examples), advice since 4.4.
  private mutating func checkOrderAndQuoting(_ meta: MetaLine, _ field: String) {
    let order = ["ID", "Number", "Type", "Description"]
    let places = (meta.fields ?? []).compactMap { order.firstIndex(of: $0.key) }
    let known = (meta.fields ?? []).prefix(places.count).allSatisfy { order.contains($0.key) }
    if places != places.sorted() || !known {
      report(
        version <= .v43 ? .error : .warning, .metaFieldOrder, field, topic(meta.key),
        "the fields do not stand in the order ID, Number, Type, Description")
    }
    for name in ["ID", "Number", "Type"] where meta[name]?.isQuoted == true {
      report(.error, .metaQuoting, field, topic(meta.key), "\(name) must not stand in quotation marks")
    }
    if let description = meta["Description"], !description.isQuoted {
      report(.error, .metaQuoting, field, topic(meta.key), "Description must stand in quotation marks")
    }
    // IDX is BCF's own.
    for entry in meta.fields ?? []
    where version >= .v43 && !entry.key.isEmpty && !entry.isQuoted && !order.contains(entry.key) && entry.key != "IDX" {
      // Of these two fields of INFO the texts say must, of others since 4.4 too, but then their own examples do not.
      if meta.key == "INFO", entry.key == "Source" || entry.key == "Version" {
        report(.error, .metaQuoting, field, topic(meta.key), "\(entry.key) must stand in quotation marks")
        continue
      }
      report(
        .warning, .metaOptionalUnquoted, field, topic(meta.key), "\(entry.key) should stand in quotation marks")
    }
  }

  mutating func checkFilter(_ meta: MetaLine, _ field: String) {
    require(["ID", "Description"], of: meta, field)
    checkOrderAndQuoting(meta, field)
    guard let id = meta["ID"]?.value, !id.isEmpty else { return }
    if id == "0" {
      report(.error, .metaId, field, .filterMeta, "the filter name 0 is reserved")
    } else if id.utf8.contains(where: { NameGrammar.isBlank($0) || $0 == UInt8(ascii: ";") }) {
      report(.error, .metaId, field, .filterMeta, "ID '\(id)' holds white space or a semicolon")
    }
    parts.filters.insert(id)
  }

  mutating func checkAlternate(_ meta: MetaLine, _ field: String) {
    require(["ID", "Description"], of: meta, field)
    checkOrderAndQuoting(meta, field)
    if let number = meta["Number"]?.value, !isNumber(number, isInfo: true) {
      report(.error, .metaNumber, field, .altMeta, "Number '\(number)' is none of VCF \(version.name)'s")
    }
    if let type = meta["Type"]?.value, FieldType(rawValue: type) == nil {
      report(.error, .metaType, field, .altMeta, "Type '\(type)' is none of VCF's")
    }
    guard let id = meta["ID"]?.value, !id.isEmpty else { return }
    parts.alternates.insert(id)
    if id.utf8.contains(where: { NameGrammar.isBlank($0) || "<>,".utf8.contains($0) }) {
      report(.error, .metaId, field, .altMeta, "ID '\(id)' holds white space, a comma or an angle bracket")
    } else if let severity = SymbolicAllele.severity(id.utf8, version) {
      report(severity, .metaId, field, .altMeta, SymbolicAllele.message(id, version))
    }
  }
}

/// What `<ID>` may be (section 1.4.5; 1.2.5 in 4.1 and 4.2).
enum SymbolicAllele {
  /// How bad an ID is; nil where it is good.
  static func severity(_ id: some Collection<UInt8>, _ version: VCFVersion) -> CheckSeverity? {
    if id.elementsEqual("*".utf8) || id.elementsEqual("NON_REF".utf8) { return nil }
    let first = id.prefix { $0 != UInt8(ascii: ":") }
    if types.contains(where: { first.elementsEqual($0.utf8) }) {
      return id.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).contains { $0.isEmpty }
        ? .error : nil
    }
    if first.elementsEqual("BND".utf8) {
      // A type of 4.3 alone; 4.4 disallows it, and before it was written by habit.
      return version == .v43 ? nil : version <= .v42 ? .warning : .error
    }
    if version >= .v43, id.count == 1, let letter = id.first, "RYSWKMBDHVN".utf8.contains(letter) { return nil }
    return .error
  }

  static func message(_ id: String, _ version: VCFVersion) -> String {
    "'\(id)' begins with none of the types DEL, INS, DUP, INV and CNV" + (version == .v43 ? " (or BND)" : "")
  }

  private static let types = ["DEL", "INS", "DUP", "INV", "CNV"]
}
