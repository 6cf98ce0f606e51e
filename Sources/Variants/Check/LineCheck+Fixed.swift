import GenomicFiles
import Genomics

// CHROM, POS, ID, QUAL and FILTER.
extension LineCheck {
  /// POS as a number; nil where it is none.
  mutating func checkPosition() -> Int? {
    let text = columns[.pos]
    var value = 0
    var isGood = !text.isEmpty && text.count <= 12
    for byte in text where isGood {
      isGood = byte &- 48 < 10
      value = value &* 10 &+ Int(byte &- 48)
    }
    guard isGood, value <= Int(Int32.max) else {
      report(.error, .posSyntax, "POS", .pos, "'\(text.shown)' is no position, a whole number from 0 to 2,147,483,647")
      return nil
    }
    return value
  }

  /// Notes the record in its run, and checks the name where a run begins.
  mutating func checkChrom(_ position: Int?) {
    let chrom = columns[.chrom]
    // `<1>` is contig 1 of the assembly; the specification's valid examples mix both, so one block is made of both.
    let isAssembly = chrom.count > 2 && chrom[0] == UInt8(ascii: "<") && chrom[chrom.count - 1] == UInt8(ascii: ">")
    let name = isAssembly ? chrom.cut(1, chrom.count - 1) : chrom
    if let last = outcome.runs.indices.last, contigName.withUnsafeBytes({ $0.equals(name) }) {
      if let position {
        if let previousPosition, position < previousPosition {
          report(
            .error, .posOrder, "POS", .pos, "POS \(position) stands behind \(previousPosition): positions must ascend")
        }
        if outcome.runs[last].firstPosition == nil { outcome.runs[last].firstPosition = position }
        previousPosition = position
      }
    } else {
      endRun()
      contigName = Array(name)
      isContigGood = false
      outcome.runs.append(
        ContigRun(
          name: contigName, plainLine: nil, line: line, firstPosition: position, lastPosition: position,
          alleleEnd: outcome.alleles.count))
      previousPosition = position
      let text = String(decoding: contigName, as: UTF8.self)
      contigLength = header.contigs[text].flatMap { $0 }
      view = views[text]
    }
    if isAssembly || !isContigGood {
      let run = outcome.runs.count - 1
      if !isGoodChrom(chrom) {
        report(.error, .chromSyntax, "CHROM", .chrom, "'\(chrom.shown)' is no name of a contig")
      } else if !isAssembly {
        isContigGood = true
        outcome.runs[run].plainLine = line
      }
    }
    if let position, let length = contigLength, position > length + 1 {
      report(
        .error, .posBeyondContig, "POS", .pos,
        "POS \(position) lies behind the \(length) bases of the contig and its telomere, \(length + 1)")
    }
  }

  /// Notes where the run at hand ends.
  mutating func endRun() {
    guard let last = outcome.runs.indices.last else { return }
    outcome.runs[last].lastPosition = previousPosition
    outcome.runs[last].alleleEnd = outcome.alleles.count
  }

  private func isGoodChrom(_ name: Bytes) -> Bool {
    guard let first = name.first else { return false }
    if first == UInt8(ascii: "<") {
      return name.count > 2 && name[name.count - 1] == UInt8(ascii: ">")
        && NameGrammar.isOldContig(name[1..<(name.count - 1)])
    }
    // The usual name, in one pass.
    if name.allSatisfy({ NameGrammar.isAlphanumeric($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") }) {
      return true
    }
    return version <= .v42
      ? NameGrammar.isOldContig(name) && !name.contains(UInt8(ascii: ":")) : NameGrammar.isContig(name)
  }

  mutating func checkId() {
    let text = columns[.id]
    if text.isMissing { return }
    guard !text.isEmpty else { return report(.error, .idSyntax, "ID", .id, "ID is empty; a missing one is '.'") }
    if text.contains(where: NameGrammar.isBlank) {
      report(.error, .idSyntax, "ID", .id, "'\(text.shown)' holds white space")
    }
    var hashes: (first: UInt64, rest: [UInt64]) = (0, [])
    var count = 0
    var hasEmpty = false
    var isTwice = false
    text.forEachPart(separator: UInt8(ascii: ";")) { part in
      if part.isEmpty || part.isMissing { hasEmpty = true }
      let hash = part.mixed(1)
      if count > 0, hash == hashes.first || hashes.rest.contains(hash) { isTwice = true }
      if count == 0 { hashes.first = hash } else { hashes.rest.append(hash) }
      count += 1
      outcome.identifiers.append((hash, line))
    }
    if hasEmpty { report(.error, .idSyntax, "ID", .id, "an identifier of '\(text.shown)' is empty") }
    if isTwice {
      report(version >= .v43 ? .error : .warning, .idTwice, "ID", .id, "'\(text.shown)' names an identifier twice")
    }
  }

  mutating func checkQual() {
    let text = columns[.qual]
    if text.isMissing { return }
    guard let base = text.baseAddress?.assumingMemoryBound(to: UInt8.self), !text.isEmpty else {
      return report(.error, .qualSyntax, "QUAL", .qual, "QUAL is empty; a missing one is '.'")
    }
    let room = columns.bytes.count - Int(columns.ends[4]) - 1
    if ByteWord.plainNumberEnd(base, 0, text.count, room: room, .float) == text.count { return }
    let values = ScannedValues.floats(base, 0, text.count, ColumnEnd.self)
    if values.count != 1 || !values.faults.isDisjoint(with: [.notNumber, .empty]) {
      report(.error, .qualSyntax, "QUAL", .qual, "'\(text.shown)' is no number")
    } else if values.faults.contains(.pointLast), version >= .v43 {
      report(.error, .qualSyntax, "QUAL", .qual, "'\(text.shown)' has no digit behind its point")
    } else if values.faults.contains(.negative) {
      report(.error, .qualNegative, "QUAL", .qual, "a Phred-scaled quality is not negative")
    }
  }

  mutating func checkFilter() {
    let text = columns[.filter]
    if text.isMissing || text.equals("PASS") || goodFilter.withUnsafeBytes({ $0.equals(text) && !text.isEmpty }) {
      return
    }
    let before = outcome.problems.total
    guard !text.isEmpty else {
      return report(.error, .filterSyntax, "FILTER", .filter, "FILTER is empty; a missing one is '.'")
    }
    var parts: [Bytes] = []
    text.forEachPart(separator: UInt8(ascii: ";")) { parts.append($0) }
    for (place, part) in parts.enumerated() {
      if part.isEmpty {
        report(.error, .filterSyntax, "FILTER", .filter, "a name in '\(text.shown)' is empty")
      } else if part.isMissing {
        report(.error, .filterSyntax, "FILTER", .filter, "'.' stands beside other filters")
      } else if part.equals("0") {
        report(.error, .filterReserved, "FILTER", .filter, "the filter name 0 is reserved")
      } else if part.equals("PASS") {
        report(.warning, .filterPass, "FILTER", .filter, "PASS stands beside filters that fail")
      } else if part.contains(where: NameGrammar.isBlank) {
        report(.error, .filterSyntax, "FILTER", .filter, "'\(part.shown)' holds white space")
      } else if !header.filters.contains(String(decoding: part, as: UTF8.self)) {
        report(.warning, .filterUndeclared, "FILTER", .filter, "the header does not declare the filter '\(part.shown)'")
      }
      if !part.isEmpty, parts[..<place].contains(where: { $0.equals(part) }) {
        report(
          version >= .v43 ? .error : .warning, .filterTwice, "FILTER", .filter, "'\(part.shown)' stands twice")
      }
    }
    if outcome.problems.total == before { goodFilter = Array(text) }
  }
}
