import GenomicFiles
import Genomics

/// The alternates of a record, as other checks need them.
struct AlternateSummary {
  /// How many alternates there are; 0 where ALT is `.`.
  var count = 0
  /// ALT is `.`.
  var isMissing = false
  /// One is `<*>`.
  var hasUnspecified = false
  /// The kinds, where one is not bases; empty for a record of bases alone.
  var kinds: [Kind] = []

  enum Kind: UInt8 {
    case bases, overlappingDeletion, unspecified, deletion, insertion, duplication, inversion, copyNumber, tandemRepeat
    case otherSymbolic, breakend, faulty
  }

  var isPlain: Bool { kinds.isEmpty }
}

// REF and ALT.
extension LineCheck {
  mutating func checkRef(_ position: Int?) {
    let ref = columns[.ref]
    guard !ref.isEmpty, ref.allSatisfy(Base.isVCFBase) else {
      let text = ref.shown
      return report(
        .error, .refSyntax, "REF", .ref,
        ref.isMissing ? "REF is missing; it is never '.'" : "'\(text)' is not bases A, C, G, T or N")
    }
    guard let position else { return }
    let isTelomere = position == 0 || position == (contigLength ?? -1) + 1
    if let length = contigLength, position <= length, !isTelomere, position + ref.count - 1 > length {
      report(
        .error, .posBeyondContig, "REF", .ref,
        "REF reaches to \(position + ref.count - 1), behind the \(length) bases of the contig")
    }
    checkReference(ref, position)
  }

  mutating func checkAlt() {
    let alt = columns[.alt]
    alternates.kinds.removeAll(keepingCapacity: true)
    alternates.isMissing = false
    alternates.hasUnspecified = false
    if alt.count == 1, Base.isVCFBase(alt[0]) {
      alternates.count = 1
      if columns[.ref].count == 1, Base.uppercased(columns[.ref][0]) == Base.uppercased(alt[0]) {
        report(.warning, .altIsRef, "ALT", .alt, "the alternate is REF")
      }
      return
    }
    if alt.isMissing {
      alternates.count = 0
      alternates.isMissing = true
      return
    }
    alternates.count = 0
    var isPlain = true
    alt.forEachPart(separator: UInt8(ascii: ",")) { part in
      alternates.count += 1
      if part.isEmpty || !part.allSatisfy(Base.isVCFBase) { isPlain = false }
    }
    if !isPlain { checkSpecial(alt) }
    checkRepeated(alt)
  }

  private mutating func checkRepeated(_ alt: Bytes) {
    guard alternates.count > 1 || alternates.isPlain else { return }
    let ref = columns[.ref]
    if alternates.count == 1 {
      // Bases, and nothing that they could repeat.
      if Self.isSame(alt, ref) { report(.warning, .altIsRef, "ALT", .alt, "alternate 1 is REF") }
      return
    }
    var parts: [Bytes] = []
    alt.forEachPart(separator: UInt8(ascii: ",")) { parts.append($0) }
    var hashes: Set<UInt64> = []
    for (place, part) in parts.enumerated() where !part.isEmpty {
      let isBases = alternates.isPlain || alternates.kinds[place] == .bases
      if isBases, Self.isSame(part, ref) {
        report(.warning, .altIsRef, "ALT", .alt, "alternate \(place + 1) is REF")
      }
      var hash: UInt64 = isBases ? 3 : part.mixed(2)
      if isBases { for byte in part { hash = (hash ^ UInt64(Base.uppercased(byte))) &* 0x0000_0100_0000_01B3 } }
      if !hashes.insert(hash).inserted, isBases {
        report(.error, .altTwice, "ALT", .alt, "alternate \(place + 1), '\(part.shown)', stands twice")
      }
    }
  }

  /// Whether bases are the same but for their case.
  private static func isSame(_ bases: Bytes, _ others: Bytes) -> Bool {
    guard bases.count == others.count else { return false }
    for place in 0..<bases.count where Base.uppercased(bases[place]) != Base.uppercased(others[place]) { return false }
    return true
  }

  private mutating func checkSpecial(_ alt: Bytes) {
    alt.forEachPart(separator: UInt8(ascii: ",")) { part in
      let kind = kind(of: part)
      alternates.kinds.append(kind)
    }
  }

  /// What an alternate is; reports one that is nothing that VCF has.
  private mutating func kind(of part: Bytes) -> AlternateSummary.Kind {
    guard let first = part.first else {
      report(.error, .altSyntax, "ALT", .alt, "an alternate is empty")
      return .faulty
    }
    if part.allSatisfy(Base.isVCFBase) { return .bases }
    if part.equals("*") { return .overlappingDeletion }
    if part.isMissing {
      report(.error, .altSyntax, "ALT", .alt, "'.' stands beside other alternates")
      return .faulty
    }
    if first == UInt8(ascii: "<"), part[part.count - 1] == UInt8(ascii: ">"), part.count > 2 {
      let id = part.cut(1, part.count - 1)
      if !id.contains(where: { NameGrammar.isBlank($0) || "<>[]".utf8.contains($0) }) { return symbolic(id) }
    } else if BreakendGrammar.isBreakend(part, version) {
      return .breakend
    }
    report(.error, .altSyntax, "ALT", .alt, "'\(part.shown)' is no alternate: neither bases, '*', <ID> nor a breakend")
    return .faulty
  }

  private mutating func symbolic(_ id: Bytes) -> AlternateSummary.Kind {
    if id.equals("*") { alternates.hasUnspecified = true }
    if id.equals("*") || id.equals("NON_REF") { return .unspecified }
    let text = String(decoding: id, as: UTF8.self)
    let isDeclared = header.alternates.contains(text)
    let version = version
    if let severity = SymbolicAllele.severity(id, version) {
      // A declared one is reported with its header line.
      if !isDeclared {
        report(severity, .altType, "ALT", .alt, "<\(id.shown)>: " + SymbolicAllele.message(text, version))
      }
    } else if !isDeclared {
      report(.warning, .altUndeclared, "ALT", .alt, "the header does not declare <\(id.shown)>")
    }
    if id.equals("CNV:TR") || id.begins(with: "CNV:TR:") { return .tandemRepeat }
    let type = id.cut(0, id.place(of: UInt8(ascii: ":")) ?? id.count)
    if type.equals("DEL") { return .deletion }
    if type.equals("INS") { return .insertion }
    if type.equals("DUP") { return .duplication }
    if type.equals("INV") { return .inversion }
    return type.equals("CNV") ? .copyNumber : .otherSymbolic
  }

  /// Notes what the alternates change, so that a variant that stands twice is found however it is padded.
  mutating func noteAlleles(_ position: Int?) {
    guard let position, !alternates.isMissing else { return }
    let ref = columns[.ref]
    let alt = columns[.alt]
    if ref.count == 1, alt.count == 1, alternates.isPlain {
      let hash = UInt64(Base.uppercased(ref[0])) << 8 | UInt64(Base.uppercased(alt[0]))
      note(position, position, hash)
      return
    }
    guard !ref.isEmpty else { return }
    var place = 0
    alt.forEachPart(separator: UInt8(ascii: ",")) { part in
      if !part.isEmpty, alternates.isPlain || alternates.kinds[place] == .bases { noteAllele(ref, part, position) }
      place += 1
    }
  }

  private mutating func noteAllele(_ ref: Bytes, _ alt: Bytes, _ position: Int) {
    var end = 0
    let most = min(ref.count, alt.count) - 1
    while end < most,
      Base.uppercased(ref[ref.count - 1 - end]) == Base.uppercased(alt[alt.count - 1 - end])
    {
      end += 1
    }
    var start = 0
    while start < most - end, Base.uppercased(ref[start]) == Base.uppercased(alt[start]) { start += 1 }
    var hash: UInt64 = 0
    if ref.count - end - start == 1, alt.count - end - start == 1 {
      hash = UInt64(Base.uppercased(ref[start])) << 8 | UInt64(Base.uppercased(alt[start]))
    } else {
      hash = UInt64(ref.count - end - start) << 32
      for index in start..<(ref.count - end) {
        hash = (hash ^ UInt64(Base.uppercased(ref[index]))) &* 0x0000_0100_0000_01B3
      }
      for index in start..<(alt.count - end) {
        hash = (hash ^ UInt64(Base.uppercased(alt[index]))) &* 0xD6E8_FEB8_6659_FD93
      }
      hash ^= hash >> 31
    }
    note(position, position + start, hash)
  }

  private mutating func note(_ recordPosition: Int, _ position: Int, _ hash: UInt64) {
    outcome.alleles.append(
      AlleleKey(line: line, recordPosition: recordPosition, position: position, hash: hash))
  }
}

/// Breakends (section 5.4): bases and a mate in brackets, bases and a contig of the assembly, or one alone, `G.` or `.G`.
enum BreakendGrammar {
  static func isBreakend(_ text: Bytes, _ version: VCFVersion) -> Bool {
    guard text.count > 1 else { return false }
    let last = text.count - 1
    guard let open = text.firstIndex(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]") }) else {
      if text[0] == UInt8(ascii: ".") { return text[1...].allSatisfy(Base.isVCFBase) }
      if text[last] == UInt8(ascii: ".") { return text[..<last].allSatisfy(Base.isVCFBase) }
      // `C<ctg1>`: the whole of a contig of the assembly is inserted.
      guard let angle = text.place(of: UInt8(ascii: "<")), angle > 0, text[last] == UInt8(ascii: ">") else {
        return false
      }
      return text[..<angle].allSatisfy(Base.isVCFBase) && NameGrammar.isOldContig(text[(angle + 1)..<last])
    }
    guard let close = text[(open + 1)...].firstIndex(of: text[open]) else { return false }
    // Bases on one side, none on the other; a telomere has `.` for bases.
    let before = text.cut(0, open)
    let after = text.cut(close + 1, text.count)
    guard before.isEmpty != after.isEmpty else { return false }
    let bases = before.isEmpty ? after : before
    guard bases.isMissing || bases.allSatisfy(Base.isVCFBase) else { return false }
    return isMate(text.cut(open + 1, close), version)
  }

  private static func isMate(_ text: Bytes, _ version: VCFVersion) -> Bool {
    guard let colon = text.lastIndex(of: UInt8(ascii: ":")), colon + 1 < text.count, text.count - colon <= 12,
      text[(colon + 1)...].allSatisfy({ $0 &- 48 < 10 })
    else { return false }
    let name = text.cut(0, colon)
    if name.first == UInt8(ascii: "<") {
      return name.count > 2 && name[name.count - 1] == UInt8(ascii: ">")
        && NameGrammar.isOldContig(name[1..<(name.count - 1)])
    }
    return version <= .v42
      ? NameGrammar.isOldContig(name) && !name.contains(UInt8(ascii: ":")) : NameGrammar.isContig(name)
  }
}
