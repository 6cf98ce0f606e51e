import GenomicFiles

// INFO: its syntax, and each entry against how its key is declared or reserved.
extension LineCheck {
  mutating func checkInfo(_ position: Int?) {
    let info = columns[.info]
    structural.removeAll()
    if info.isMissing {
      // Structural alleles need values all the same.
      return checkStructural(StructuralValues(), position)
    }
    guard !info.isEmpty, let p = info.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
      return report(.error, .infoSyntax, "INFO", .info, "INFO is empty; a missing one is '.'")
    }
    if version <= .v42, info.place(of: 32) != nil {
      report(.error, .infoWhitespace, "INFO", .info, "INFO holds white space, which it may only since 4.3")
    }
    // What can be read from INFO's first byte on: to the end of the batch.
    let room = columns.bytes.count - Int(columns.ends[6]) - 1
    let (keys, traits, plainKeys, followers, met, line) = (infoKeys, infoTraits, infoPlain, infoNext, infoMet, line)
    let hasOneAlternate = alternates.count == 1
    var unknown: [UInt64] = []
    var at = 0
    // The place of the key before, plus 1.
    var previous = 0
    entries: while true {
      // Nearly all entries: one of the keys that followed the one before, there once, and a number.
      while at &+ PlainKey.reach <= room {
        let first = UInt64(littleEndian: UnsafeRawPointer(p + at).loadUnaligned(as: UInt64.self))
        let second = UInt64(littleEndian: UnsafeRawPointer(p + at + 8).loadUnaligned(as: UInt64.self))
        var guess = followers[2 &* previous]
        if guess < 0 || !plainKeys[guess].begins(first, second) {
          guess = followers[2 &* previous &+ 1]
          guard guess >= 0, plainKeys[guess].begins(first, second) else { break }
        }
        guard met[guess] != line, hasOneAlternate || !plainKeys[guess].isForEachAlternate,
          let end = ByteWord.plainNumberEnd(
            p, at &+ plainKeys[guess].length, info.count, room: room, plainKeys[guess].number)
        else { break }
        met[guess] = line
        previous = guess &+ 1
        guard end < info.count else { break entries }
        at = end &+ 1
      }
      let keyEnd: Int
      let place: Int?
      if at == info.count || info[at] == Self.semicolon {
        report(.error, .infoSyntax, "INFO", .info, "an entry is empty: a semicolon stands first, last or twice")
      } else {
        let guess = followers[2 &* previous]
        let other = followers[2 &* previous &+ 1]
        if guess >= 0, let end = keys.end(of: guess, in: info, at: at, room: room), Self.isKeyEnd(info, end) {
          (place, keyEnd) = (guess, end)
        } else if other >= 0, let end = keys.end(of: other, in: info, at: at, room: room), Self.isKeyEnd(info, end) {
          (place, keyEnd) = (other, end)
        } else {
          var end = at
          while !Self.isKeyEnd(info, end) { end += 1 }
          (place, keyEnd) = (keys.place(of: info.cut(at, end)), end)
          if let place {
            followers[2 &* previous &+ 1] = guess
            followers[2 &* previous] = place
          }
        }
        if let place {
          previous = place &+ 1
          let plain = traits[place].plain
          if plain != .none, hasOneAlternate || !traits[place].isForEachAlternate, met[place] != line,
            keyEnd < info.count, p[keyEnd] == Self.equals,
            let end = ByteWord.plainNumberEnd(p, keyEnd &+ 1, info.count, room: room, plain)
          {
            met[place] = line
            at = end
          } else {
            at = checkEntry(info, at, keyEnd, place)
          }
        } else {
          let key = info.cut(at, keyEnd)
          checkUnknown(key, &unknown)
          at = info.place(of: Self.semicolon, from: keyEnd) ?? info.count
          if keyEnd < at, info.cut(0, at).place(of: Self.equals, from: keyEnd + 1) != nil { reportEquals(key) }
        }
      }
      guard at < info.count else { break }
      at += 1
    }
    if structural.isEmpty, alternates.isPlain || version <= .v43 { return }
    let structural = structural
    checkStructural(structural, position)
  }

  private static let semicolon = UInt8(ascii: ";")
  private static let equals = UInt8(ascii: "=")

  @inline(__always)
  private static func isKeyEnd(_ info: Bytes, _ at: Int) -> Bool {
    at == info.count || info[at] == equals || info[at] == semicolon
  }

  /// Checks an entry whose key is known.
  /// - Returns: where it ends: at a semicolon or the end.
  @inline(never)
  private mutating func checkEntry(_ info: Bytes, _ start: Int, _ keyEnd: Int, _ place: Int) -> Int {
    let rule = infoTraits[place]
    if infoMet[place] == line { reportTwice(info.cut(start, keyEnd)) }
    infoMet[place] = line
    if !rule.isDeclared {
      report(
        .warning, .infoUndeclared, "INFO/\(info.cut(start, keyEnd).shown)", .infoMeta,
        "the header does not declare the key")
    }
    guard keyEnd < info.count, info[keyEnd] == Self.equals else {
      if rule.role != .none { structural.set(rule.role, Bytes(start: nil, count: 0)) }
      if rule.type != .flag {
        report(
          .error, .infoCount, "INFO/\(info.cut(start, keyEnd).shown)", .info,
          "the key has no value, but Type \(rule.type.rawValue)")
      }
      return keyEnd
    }
    return check(info, start, keyEnd, place, rule)
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

  /// Checks the value that stands behind `keyEnd`.
  /// - Returns: where it ends.
  @inline(__always)
  private mutating func check(_ info: Bytes, _ start: Int, _ keyEnd: Int, _ place: Int, _ rule: FieldTraits) -> Int {
    guard let p = info.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return keyEnd }
    let at = keyEnd + 1
    let scanned: ScannedValues
    switch rule.type {
    case .integer: scanned = .integers(p, at, info.count, InfoEnd.self)
    case .float: scanned = .floats(p, at, info.count, InfoEnd.self)
    case .character: scanned = .characters(p, at, info.count, InfoEnd.self)
    case .string: scanned = .strings(p, at, info.count, InfoEnd.self)
    case .flag:
      let end = info.place(of: Self.semicolon, from: at) ?? info.count
      if rule.role != .none { structural.set(rule.role, info.cut(at, end)) }
      checkFlag(info.cut(at, end), info.cut(start, keyEnd))
      return end
    }
    let end = scanned.next
    if rule.role != .none { structural.set(rule.role, info.cut(at, end)) }
    if scanned.isMissing { return end }
    if end == at {
      report(
        rule.type == .string ? .warning : .error, .infoEmpty, "INFO/\(info.cut(start, keyEnd).shown)", .info,
        "the value is empty; a missing one is '.'")
      return end
    }
    if !scanned.faults.isDisjoint(with: rule.watched) { reportFaults(scanned, info.cut(start, keyEnd), rule) }
    if rule.role == .cigar { checkCigar(info.cut(at, end)) }
    let number = alternates.count
    let wanted: Int
    switch rule.count {
    case .fixed(let count): wanted = count
    case .alternates: wanted = number
    case .alleles: wanted = number + 1
    default: return end
    }
    if scanned.count != wanted { reportCount(scanned.count, wanted, info.cut(start, keyEnd), place, rule) }
    return end
  }

  /// Every version forbids it, and the specification's valid examples of 4.1 and 4.2 hold it.
  private mutating func reportEquals(_ key: Bytes) {
    report(.warning, .infoSyntax, "INFO/\(key.shown)", .info, "a value holds an equals sign, which is written %3D")
  }

  @inline(never)
  private mutating func reportCount(_ count: Int, _ wanted: Int, _ key: Bytes, _ place: Int, _ rule: FieldTraits) {
    // With ALT `.` real and exemplary files give a value for the alternate that is not there.
    if alternates.isMissing, rule.count != .fixed(wanted), count == wanted + 1 { return }
    let header = header
    report(
      rule.isFreeText ? .warning : .error, .infoCount, "INFO/\(key.shown)", .info,
      "\(count) values where Number \(header.info.number(place)) wants \(wanted)")
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
    if faults.contains(.equals) { reportEquals(key) }
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
    let always: ScannedValues.Faults = [.notNumber, .empty, .tooLarge, .pointLast, .equals]
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
