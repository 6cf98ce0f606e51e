import GenomicFiles

/// Values of INFO that are looked at together.
struct StructuralValues {
  private var values: [(role: FieldRole, value: Bytes)] = []

  mutating func set(_ role: FieldRole, _ value: Bytes) {
    if role == .cigar { return }
    values.append((role, value))
  }

  mutating func removeAll() {
    if !values.isEmpty { values.removeAll(keepingCapacity: true) }
  }

  subscript(role: FieldRole) -> Bytes? { values.first { $0.role == role }?.value }

  var isEmpty: Bool { values.isEmpty }

  /// The values of a list; nil where the key is absent or `.`.
  func list(_ role: FieldRole) -> [Bytes]? {
    guard let value = self[role], !value.isEmpty, !value.isMissing else { return nil }
    var parts: [Bytes] = []
    value.forEachPart(separator: UInt8(ascii: ",")) { parts.append($0) }
    return parts
  }

  func number(_ role: FieldRole) -> Int? { self[role].flatMap(VCFNumber.integer) }
}

// END, SVLEN, SVTYPE, SVCLAIM, intervals and tandem repeats (section 3).
extension LineCheck {
  mutating func checkStructural(_ values: StructuralValues, _ position: Int?) {
    let isPlain = alternates.isPlain
    if values.isEmpty, isPlain || version <= .v43 { return }
    if let position { checkEnd(values, position) }
    checkIntervals(values)
    guard !isPlain else { return }
    if version >= .v44 {
      checkUnspecified(values)
      checkLengths(values)
      checkClaims(values)
      checkRepeats(values)
    } else {
      checkOldLengths(values)
      checkType(values)
    }
  }

  private mutating func checkEnd(_ values: StructuralValues, _ position: Int) {
    guard let end = values.number(.end) else { return }
    if end < position {
      if end >= 0 { report(.error, .infoEnd, "INFO/END", .info, "END \(end) lies before POS \(position)") }
      return
    }
    if let length = contigLength, end > length, position <= length {
      report(.warning, .infoEnd, "INFO/END", .info, "END \(end) lies behind the \(length) bases of the contig")
    }
    guard !alternates.isPlain, values[.imprecise] == nil, let lengths = values.list(.svlen) else { return }
    var furthest: Int?
    for (kind, text) in zip(alternates.kinds, lengths) {
      guard let length = VCFNumber.integer(text) else { continue }
      switch kind {
      case .deletion, .duplication, .inversion, .copyNumber, .tandemRepeat:
        furthest = max(furthest ?? 0, position + abs(length))
      case .insertion: furthest = max(furthest ?? 0, position)
      default: return
      }
    }
    // Before 4.4 the length of a duplication or insertion is not what END spans.
    if version <= .v43, alternates.kinds != [.deletion] { return }
    if let furthest, furthest + max(0, columns[.ref].count - 1) != end, furthest != end {
      report(.warning, .infoEnd, "INFO/END", .info, "END \(end) is not where SVLEN ends, \(furthest)")
    }
  }

  /// `low,high` round 0, one pair an alternate since 4.4.
  private mutating func checkIntervals(_ values: StructuralValues) {
    for (role, key) in [(FieldRole.cipos, "CIPOS"), (.ciend, "CIEND"), (.cilen, "CILEN"), (.cicn, "CICN")] {
      guard let list = values.list(role) else { continue }
      if version >= .v44, list.count != 2 * max(1, alternates.count) {
        report(
          .error, .infoInterval, "INFO/\(key)", .infoForStructural,
          "\(list.count) values where two an alternate are wanted")
      }
      guard role == .cipos || role == .ciend else { continue }
      for place in stride(from: 0, to: list.count - 1, by: 2) {
        let low = VCFNumber.integer(list[place]) ?? 0
        let high = VCFNumber.integer(list[place + 1]) ?? 0
        if low > 0 || high < 0 {
          report(
            version >= .v44 ? .error : .warning, .infoInterval, "INFO/\(key)", .infoForStructural,
            "an interval does not span 0")
        }
      }
    }
    if version >= .v44, let list = values.list(.meinfo), list.count != 4 * max(1, alternates.count) {
      report(
        .error, .infoInterval, "INFO/MEINFO", .infoForStructural,
        "\(list.count) values where four an alternate are wanted")
    }
  }

  /// SVLEN since 4.4: positive, there for every structural allele (or END in its place), and for no other.
  private mutating func checkLengths(_ values: StructuralValues) {
    let lengths = values.list(.svlen)
    for (place, kind) in alternates.kinds.enumerated() {
      let text = lengths.flatMap { place < $0.count ? $0[place] : nil }
      let length = text.flatMap(VCFNumber.integer)
      switch kind {
      case .deletion, .insertion, .duplication, .inversion, .copyNumber, .tandemRepeat:
        if let length, length < 0 {
          report(.warning, .infoSvlen, "INFO/SVLEN", .infoForStructural, "SVLEN is not negative since 4.4")
        } else if text == nil || text?.isMissing == true {
          let hasEnd = values.number(.end) != nil
          report(
            hasEnd ? .warning : .error, .infoSvlen, "INFO/SVLEN", .infoForStructural,
            "a symbolic structural allele has no SVLEN" + (hasEnd ? ", only END" : ""))
        }
      case .bases, .breakend, .overlappingDeletion, .unspecified:
        if length != nil {
          report(
            .warning, .infoSvlen, "INFO/SVLEN", .infoForStructural, "an allele that is not symbolic has an SVLEN")
        }
      case .otherSymbolic, .faulty: break
      }
    }
  }

  /// Until 4.3 the difference of lengths: negative for deletions, positive for insertions.
  private mutating func checkOldLengths(_ values: StructuralValues) {
    guard let lengths = values.list(.svlen), lengths.count == alternates.kinds.count else { return }
    for (kind, text) in zip(alternates.kinds, lengths) {
      guard let length = VCFNumber.integer(text) else { continue }
      let isWrong = kind == .deletion ? length > 0 : (kind == .insertion || kind == .duplication) && length < 0
      if isWrong {
        report(
          .warning, .infoSvlen, "INFO/SVLEN", .infoForStructural,
          kind == .deletion ? "a deletion has a positive length" : "an insertion or duplication has a negative length")
      }
    }
  }

  /// SVTYPE until 4.3, where it must be of the reserved types; deprecated since.
  private mutating func checkType(_ values: StructuralValues) {
    guard let type = values[.svtype], !type.isEmpty, !type.isMissing else { return }
    let first = type.cut(0, type.place(of: UInt8(ascii: ":")) ?? type.count)
    let expected: [(StaticString, [AlternateSummary.Kind])] = [
      ("DEL", [.deletion]), ("INS", [.insertion]), ("DUP", [.duplication]), ("INV", [.inversion]),
      ("CNV", [.copyNumber, .deletion, .duplication, .tandemRepeat]), ("BND", [.breakend, .otherSymbolic]),
    ]
    guard let kinds = expected.first(where: { first.equals($0.0) })?.1 else {
      return report(
        .warning, .infoSvtype, "INFO/SVTYPE", .infoForStructural,
        "'\(type.shown)' is none of DEL, INS, DUP, INV, CNV and BND")
    }
    let structural = alternates.kinds.filter { kind in
      ![.bases, .overlappingDeletion, .unspecified, .faulty].contains(kind)
    }
    // Breakends are also how deletions, insertions and inversions are written.
    if !structural.isEmpty, !structural.contains(where: { kinds.contains($0) || $0 == .breakend }) {
      report(.warning, .infoSvtype, "INFO/SVTYPE", .infoForStructural, "'\(type.shown)' is not what ALT says")
    }
  }

  /// SVCLAIM since 4.4: what each kind of allele may claim.
  private mutating func checkClaims(_ values: StructuralValues) {
    let claims = values.list(.svclaim)
    for (place, kind) in alternates.kinds.enumerated() {
      let claim = claims.flatMap { place < $0.count && !$0[place].isMissing && !$0[place].isEmpty ? $0[place] : nil }
      let allowed: [StaticString]
      switch kind {
      case .deletion, .duplication: allowed = ["D", "J", "DJ"]
      case .copyNumber, .tandemRepeat: allowed = ["D"]
      case .inversion, .insertion: allowed = ["J", "DJ"]
      case .breakend: allowed = ["J"]
      case .bases, .overlappingDeletion, .unspecified: allowed = []
      case .otherSymbolic, .faulty: continue
      }
      if let claim {
        if !allowed.contains(where: { claim.equals($0) }) {
          // What is no structural allele should have none; of what is one, the others are a must.
          report(
            allowed.isEmpty ? .warning : .error, .infoSvclaim, "INFO/SVCLAIM", .infoForStructural,
            "'\(claim.shown)' is no claim that alternate \(place + 1) can make")
        }
      } else if kind == .deletion || kind == .duplication {
        report(
          .error, .infoSvclaim, "INFO/SVCLAIM", .infoForStructural, "a DEL or DUP does not say what it claims")
      }
    }
  }

  /// In 4.4 alone a record with `<*>` must say where it ends; real ones and those of earlier versions do not all.
  private mutating func checkUnspecified(_ values: StructuralValues) {
    guard version == .v44, alternates.hasUnspecified, values.number(.end) == nil else { return }
    report(.warning, .infoEnd, "INFO/END", .info, "a record with <*> has no END")
  }

  /// Since 4.5 the copy number of a sample is of one stretch.
  mutating func checkCopyNumber(_ plan: CheckedFormatPlan) {
    guard version >= .v45, plan.format.hasCopyNumber, let lengths = structural.list(.svlen) else { return }
    let counted = zip(alternates.kinds, lengths).filter { kind, _ in
      [.copyNumber, .tandemRepeat, .deletion, .duplication].contains(kind)
    }.compactMap { VCFNumber.integer($0.1).map(abs) }
    if let first = counted.first, counted.contains(where: { $0 != first }) {
      report(
        .error, .infoSvlen, "INFO/SVLEN", .formatForStructural, "with FORMAT/CN all CNV, DEL and DUP have one length")
    }
  }
}
