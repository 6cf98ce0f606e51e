import GenomicFiles

// Tandem repeats since 4.4 (section 3).
extension LineCheck {
  /// The lists of tandem repeats are as long as RN says, 1 for each `<CNV:TR>` where it is missing.
  mutating func checkRepeats(_ values: StructuralValues) {
    var wanted = 0
    let counts = values.list(.rn)
    for (place, kind) in alternates.kinds.enumerated() {
      if let counts {
        wanted += place < counts.count ? VCFNumber.integer(counts[place]) ?? 0 : 0
      } else if kind == .tandemRepeat {
        wanted += 1
      }
    }
    let fields: [(FieldRole, String, Int)] = [
      (.rus, "RUS", 1), (.rul, "RUL", 1), (.ruc, "RUC", 1), (.rb, "RB", 1), (.ciruc, "CIRUC", 2), (.cirb, "CIRB", 2),
    ]
    for (role, key, factor) in fields {
      guard let list = values.list(role), list.count != factor * wanted else { continue }
      report(
        .error, .infoRepeat, "INFO/\(key)", .infoForStructural,
        "\(list.count) values where the repeats of the record want \(factor * wanted)")
    }
    checkRepeatIntervals(values)
    if alternates.kinds.contains(.tandemRepeat), values.list(.rus) == nil, values.list(.rul) == nil {
      report(.error, .infoRepeat, "INFO/RUS", .infoForStructural, "a <CNV:TR> has neither RUS nor RUL")
    }
    guard let units = values.list(.rus) else { return }
    let lengths = values.list(.rul)
    for (place, unit) in units.enumerated() where !unit.isMissing {
      if unit.isEmpty || !unit.allSatisfy({ "ACGTURYSWKMBDHVN".utf8.contains($0 & 0xDF) }) {
        report(.error, .infoRepeat, "INFO/RUS", .infoForStructural, "a repeat unit is not IUPAC bases")
      } else if let lengths, place < lengths.count, let length = VCFNumber.integer(lengths[place]), length != unit.count
      {
        report(.error, .infoRepeat, "INFO/RUL", .infoForStructural, "RUL is not the length of RUS")
      }
    }
  }

  /// CIRUC and CIRB: round 0, and only with what they are intervals of. RUB: a length for each whole unit that RUC counts.
  private mutating func checkRepeatIntervals(_ values: StructuralValues) {
    let pairs: [(FieldRole, FieldRole, String)] = [(.ciruc, .ruc, "CIRUC"), (.cirb, .rb, "CIRB")]
    for (interval, nominal, key) in pairs {
      guard let bounds = values.list(interval) else { continue }
      let nominals = values.list(nominal)
      for (place, text) in bounds.enumerated() where !text.isMissing {
        let hasNominal = nominals.map { place / 2 < $0.count && !$0[place / 2].isMissing } ?? false
        let value = Double(String(decoding: text, as: UTF8.self)) ?? 0
        if !hasNominal {
          report(
            .error, .infoRepeat, "INFO/\(key)", .infoForStructural, "an interval stands without the value that it is of"
          )
        } else if place % 2 == 0 ? value > 0 : value < 0 {
          report(.error, .infoRepeat, "INFO/\(key)", .infoForStructural, "an interval does not span 0")
        }
      }
    }
    guard let lengths = values.list(.rub) else { return }
    let counts = (values.list(.ruc) ?? []).map { Double(String(decoding: $0, as: UTF8.self)) }
    let whole = counts.compactMap { $0 }.filter { $0 >= 0 && $0 < 1e9 && $0 == $0.rounded() }
    if counts.isEmpty || whole.count < counts.count || whole.reduce(0, { $0 + Int($1) }) != lengths.count {
      report(
        .error, .infoRepeat, "INFO/RUB", .infoForStructural, "RUB is not one length for each whole unit that RUC counts"
      )
    }
  }
}
