import GenomicFiles

// INFO: its syntax, and each entry against how its key is declared or reserved.
extension LineCheck {
  mutating func checkInfo(_ position: Int?) {
    let info = columns[.info]
    if info.isMissing { return }
    guard !info.isEmpty else {
      return report(.error, .infoSyntax, "INFO", .info, "INFO is empty; a missing one is '.'")
    }
    if version <= .v42, info.contains(32) {
      report(.error, .infoWhitespace, "INFO", .info, "INFO holds white space, which it may only since 4.3")
    }
    var values = StructuralValues()
    var unknown: [UInt64] = []
    var start = 0
    while start <= info.count {
      let end = info.place(of: UInt8(ascii: ";"), from: start) ?? info.count
      if end == start {
        report(.error, .infoSyntax, "INFO", .info, "an entry is empty: a semicolon stands first, last or twice")
      } else {
        checkEntry(info.cut(start, end), &values, &unknown)
      }
      start = end + 1
    }
    checkStructural(values, position)
  }

  @inline(__always)
  private mutating func checkEntry(_ entry: Bytes, _ values: inout StructuralValues, _ unknown: inout [UInt64]) {
    let equals = entry.place(of: UInt8(ascii: "="))
    let key = entry.cut(0, equals ?? entry.count)
    let value = equals.map { entry.cut($0 + 1, entry.count) }
    guard let place = header.info.place(of: key) else { return checkUnknown(key, &unknown) }
    if infoMet[place] == line { reportTwice(key) }
    infoMet[place] = line
    let rule = header.info.traits[place]
    if !rule.isDeclared {
      report(.warning, .infoUndeclared, "INFO/\(key.shown)", .infoMeta, "the header does not declare the key")
    }
    if rule.role != .none { values.set(rule.role, value ?? Bytes(start: nil, count: 0)) }
    guard let value else {
      if rule.type != .flag {
        report(.error, .infoCount, "INFO/\(key.shown)", .info, "the key has no value, but Type \(rule.type.rawValue)")
      }
      return
    }
    check(value, key, place, rule)
  }

  private mutating func reportTwice(_ key: Bytes) {
    report(
      version >= .v43 ? .error : .warning, .infoTwice, "INFO/\(key.shown)", .info, "the key stands twice")
  }

  /// A key that is neither declared nor reserved.
  private mutating func checkUnknown(_ key: Bytes, _ unknown: inout [UInt64]) {
    let hash = key.mixed(3)
    if unknown.contains(hash) { reportTwice(key) }
    unknown.append(hash)
    if key.isEmpty {
      report(.error, .infoKey, "INFO", .info, "an entry has no key")
    } else if !NameGrammar.isKey(key) {
      let isSurelyWrong = version >= .v43 || key.contains { NameGrammar.isBlank($0) || $0 == UInt8(ascii: ",") }
      report(
        isSurelyWrong ? .error : .warning, .infoKey, "INFO/\(key.shown)", .info,
        "no key: a letter or '_', then letters, digits, '_' and '.'")
    } else {
      report(.warning, .infoUndeclared, "INFO/\(key.shown)", .infoMeta, "the header does not declare the key")
    }
  }

  @inline(__always)
  private mutating func check(_ value: Bytes, _ key: Bytes, _ place: Int, _ rule: FieldTraits) {
    if rule.type == .flag { return checkFlag(value, key) }
    if value.isMissing { return }
    guard let base = value.baseAddress?.assumingMemoryBound(to: UInt8.self), !value.isEmpty else {
      let severity: CheckSeverity = rule.type == .string ? .warning : .error
      return report(severity, .infoEmpty, "INFO/\(key.shown)", .info, "the value is empty; a missing one is '.'")
    }
    let scanned =
      switch rule.type {
      case .integer: ScannedValues.integers(base, 0, value.count, inSample: false)
      case .float: ScannedValues.floats(base, 0, value.count, inSample: false)
      case .character: ScannedValues.characters(base, 0, value.count, inSample: false)
      case .string, .flag: ScannedValues.strings(base, 0, value.count, inSample: false)
      }
    if !scanned.faults.isDisjoint(with: rule.range.watched) { reportFaults(scanned, key, rule) }
    if rule.role == .cigar { checkCigar(value) }
    guard rule.count != .any else { return }
    let number = alternates.count
    let wanted: Int
    switch rule.count {
    case .fixed(let count): wanted = count
    case .alternates: wanted = number
    case .alleles: wanted = number + 1
    default: return
    }
    if scanned.count == wanted { return }
    // With ALT `.` real and exemplary files give a value for the alternate that is not there.
    if alternates.isMissing, rule.count != .fixed(wanted), scanned.count == wanted + 1 { return }
    let header = header
    report(
      rule.isFreeText ? .warning : .error, .infoCount, "INFO/\(key.shown)", .info,
      "\(scanned.count) values where Number \(header.info.number(place)) wants \(wanted)")
  }

  private mutating func checkFlag(_ value: Bytes, _ key: Bytes) {
    // 4.1 and 4.2 speak of H2=0, and their valid examples hold such flags; other values are no flag's.
    let isHabit = value.equals("0") || value.equals("1")
    report(
      isHabit ? .warning : .error, .infoFlag, "INFO/\(key.shown)", .info, "the key is a Flag and takes no value")
  }

  private mutating func reportFaults(_ scanned: ScannedValues, _ key: Bytes, _ rule: FieldTraits) {
    let field = "INFO/" + key.shown
    let faults = scanned.faults
    if faults.contains(.notNumber) || (faults.contains(.empty) && rule.type != .string) {
      report(
        .error, .infoType, field, .dataTypes,
        faults.contains(.notNumber) ? "a value is not of Type \(rule.type.rawValue)" : "a value is empty")
    } else if faults.contains(.empty) {
      // 4.4 writes missing strings of a list as empty ones (section 3).
      if version <= .v43 { report(.warning, .infoEmpty, field, .info, "a value of the list is empty") }
    }
    if faults.contains(.tooLarge) {
      report(
        version >= .v43 ? .error : .warning, .infoType, field, .dataTypes, "a value does not fit 32 bits")
    }
    if faults.contains(.pointLast), rule.type == .float, version >= .v43 {
      report(.error, .infoType, field, .dataTypes, "a value has no digit behind its point")
    }
    if let fault = rule.range.fault(faults) {
      report(rule.range == .logarithm ? .warning : .error, .infoRange, field, .info, "a value is \(fault)")
    }
  }

  /// Lengths and letters, `10M2D`, one string an alternate.
  private mutating func checkCigar(_ value: Bytes) {
    var isGood = true
    value.forEachPart(separator: UInt8(ascii: ",")) { part in
      if part.isMissing { return }
      var digits = 0
      for byte in part {
        if byte &- 48 < 10 {
          digits += 1
        } else {
          if digits == 0 || !"MIDNSHPX=".utf8.contains(byte) { isGood = false }
          digits = 0
        }
      }
      if digits > 0 || part.isEmpty { isGood = false }
    }
    if !isGood { report(.error, .infoType, "INFO/CIGAR", .info, "a value is no CIGAR string") }
  }
}

extension ValueRange {
  /// What of the values' faults matters: what is no value at all, and what breaks the range.
  @inline(__always)
  var watched: ScannedValues.Faults {
    let always: ScannedValues.Faults = [.notNumber, .empty, .tooLarge, .pointLast]
    return switch self {
    case .any: always
    case .notNegative: always.union(.negative)
    case .fraction: always.union([.negative, .aboveOne])
    case .logarithm: always.union(.aboveZero)
    case .positive: always.union(.belowOne)
    }
  }

  /// What is wrong with values; nil where nothing is.
  func fault(_ faults: ScannedValues.Faults) -> String? {
    switch self {
    case .any: nil
    case .notNegative: faults.contains(.negative) ? "negative" : nil
    case .fraction: faults.isDisjoint(with: [.negative, .aboveOne]) ? nil : "not from 0 to 1"
    case .logarithm: faults.contains(.aboveZero) ? "above 0, but a logarithm of a probability" : nil
    case .positive: faults.contains(.belowOne) ? "less than 1" : nil
    }
  }
}
