import GenomicFiles

/// Checks the lines of a header, all of them.
struct HeaderCheck {
  let version: VCFVersion
  let reserved: ReservedKeys
  var parts = HeaderParts()
  var problems: ProblemList
  /// The line that is being checked, counted from 1.
  var line = 1
  /// The first line of each kind and ID, and its text.
  var seen: [String: (line: Int, text: String)] = [:]

  /// Checks header lines as they stand, without line feeds.
  /// - Returns: what records are held to, and what is wrong.
  /// - Parameter isWhole: whether the lines could be read to the end of the header.
  static func check(_ rawLines: [[UInt8]], isWhole: Bool, limit: Int) -> (header: CheckedHeader, problems: ProblemList)
  {
    var rawLines = rawLines
    let hasMark = rawLines.first?.starts(with: [0xEF, 0xBB, 0xBF]) == true
    if hasMark { rawLines[0].removeFirst(3) }
    let lines = rawLines.map { String(decoding: $0, as: UTF8.self) }
    let first = lines.first ?? ""
    let declared = first.hasPrefix("##fileformat=") ? first.dropFirst("##fileformat=".count) : nil
    var check = HeaderCheck(version: declared.flatMap { VCFVersion(fileformat: $0) } ?? .v42, limit: limit)
    if hasMark {
      check.report(.error, .byteOrderMark, "line", .encoding, "the file begins with a byte order mark")
    }
    if isWhole || !lines.isEmpty { check.checkFileformat(declared) }
    var columnLine: Int?
    for (index, text) in lines.enumerated() {
      check.line = index + 1
      check.checkLetters(rawLines[index])
      if index == 0, declared != nil { continue }
      if let columnLine, text.hasPrefix("##") {
        check.report(
          .error, .metaAfterHeader, "##", .metaLines, "a meta line stands behind the column line \(columnLine)")
      }
      if text.hasPrefix("##") {
        check.checkMeta(text)
      } else if columnLine == nil, isColumnLine(rawLines[index]) {
        columnLine = index + 1
        check.checkColumns(text)
      } else if text.isEmpty {
        check.report(.error, .emptyLine, "line", .metaLines, "the line is empty")
      } else {
        check.report(.error, .metaSyntax, "##", .metaLines, "the line is neither ##key=value nor the column line")
      }
    }
    check.line = lines.count + 1
    if columnLine == nil, isWhole {
      check.report(.error, .headerMissing, "#CHROM", .headerLine, "the column line, #CHROM and so on, is missing")
    }
    return (CheckedHeader(check.parts, version: check.version), check.problems)
  }

  /// Whether a line is meant to be the one that names the columns.
  static func isColumnLine(_ line: some Collection<UInt8>) -> Bool {
    guard line.first == UInt8(ascii: "#"), line.dropFirst().first != UInt8(ascii: "#") else { return false }
    return line.starts(with: "#CHROM".utf8) || line.contains(9)
  }

  private mutating func checkLetters(_ line: [UInt8]) {
    let isNew = version >= .v43
    if line.contains(where: { $0 < 32 && $0 != 9 }) {
      report(isNew ? .error : .warning, .controlCharacter, "line", .encoding, "the line holds a control character")
    }
    guard line.contains(where: { $0 >= 128 }) else { return }
    if String(validating: line, as: UTF8.self) == nil {
      report(isNew ? .error : .warning, .notUtf8, "line", .encoding, "the line is not UTF-8")
    } else if !isNew {
      report(.warning, .notAscii, "line", .encoding, "the line holds letters other than ASCII")
    }
  }

  private init(version: VCFVersion, limit: Int) {
    self.version = version
    reserved = ReservedKeys(version)
    problems = ProblemList(limit: limit)
  }

  mutating func report(
    _ severity: CheckSeverity, _ code: CheckCode, _ field: String, _ topic: SpecTopic, _ message: String
  ) {
    problems.add(severity, code, line: line, field: field, section: topic.section(in: version), message)
  }

  private mutating func checkFileformat(_ declared: Substring?) {
    guard let declared else {
      return report(
        .error, .fileformat, "fileformat", .fileformat, "the first line is not ##fileformat=VCFv4.x; checked as 4.2")
    }
    guard VCFVersion(fileformat: declared) == nil else { return }
    report(
      .error, .fileformat, "fileformat", .fileformat,
      declared.isEmpty
        ? "fileformat is empty; checked as 4.2"
        : "'\(declared.prefix(40))' is none of VCFv4.1 to VCFv4.5; checked as 4.2")
  }

  /// The topic of a kind of meta line.
  func topic(_ key: String) -> SpecTopic {
    switch key {
    case "INFO": .infoMeta
    case "FILTER": .filterMeta
    case "FORMAT": .formatMeta
    case "ALT": .altMeta
    case "assembly": .assembly
    case "contig": .contig
    case "SAMPLE", "META": .sample
    case "PEDIGREE", "pedigreeDB": .pedigree
    default: .metaLines
    }
  }

  private static let structured: Set = ["INFO", "FILTER", "FORMAT", "ALT", "contig", "SAMPLE", "PEDIGREE"]

  private mutating func checkMeta(_ text: String) {
    guard let meta = MetaLine(text), !meta.key.isEmpty else {
      return report(.error, .metaSyntax, "##", .metaLines, "the line is no ##key=value")
    }
    let field = "##" + meta.key
    if meta.key == "fileformat" {
      return report(.error, .fileformat, "fileformat", .fileformat, "fileformat stands again, or not on the first line")
    }
    guard !meta.value.isEmpty else {
      return report(.error, .metaValueEmpty, field, topic(meta.key), "\(meta.key) has no value")
    }
    let isKnown = Self.structured.contains(meta.key) || (meta.key == "META" && version >= .v43)
    guard meta.fields != nil else {
      if isKnown {
        report(.error, .metaSyntax, field, topic(meta.key), "\(meta.key) takes fields between '<' and '>'")
      }
      if meta.key == "assembly" || meta.key == "pedigreeDB" { checkURL(meta.value, field) }
      return
    }
    if meta.key == "assembly" || meta.key == "pedigreeDB" {
      // 4.1 and 4.2 write `##pedigreeDB=<url>`.
      let inner = meta.value.hasSuffix(">") ? String(meta.value.dropFirst().dropLast()) : meta.value
      return checkURL(inner, field)
    }
    // Until 4.2 a line of a kind of one's own may hold anything, and real ones do.
    guard isKnown || version >= .v43 else { return }
    checkStructured(meta, field)
  }

  private mutating func checkStructured(_ meta: MetaLine, _ field: String) {
    for fault in meta.faults { report(.error, fault.code, field, topic(meta.key), fault.message) }
    let fields = meta.fields ?? []
    var keys: Set<String> = []
    for entry in fields where !entry.key.isEmpty && !keys.insert(entry.key).inserted {
      report(.error, .metaFieldTwice, field, topic(meta.key), "\(entry.key) stands twice")
    }
    switch meta.key {
    case "INFO", "FORMAT": checkDefinition(meta, field)
    case "FILTER": checkFilter(meta, field)
    case "ALT": checkAlternate(meta, field)
    case "contig": checkContig(meta, field)
    case "SAMPLE": checkSample(meta, field)
    case "PEDIGREE": checkPedigree(meta, field)
    case "META": checkMetaDefinition(meta, field)
    default: require(["ID"], of: meta, field)
    }
    checkUnique(meta, field)
  }

  /// Reports fields that are missing or empty.
  mutating func require(_ names: [String], of meta: MetaLine, _ field: String) {
    for name in names where meta[name] == nil || (name != "Description" && meta[name]?.value.isEmpty == true) {
      report(.error, .metaFieldMissing, field, topic(meta.key), "\(name) is missing")
    }
  }

  /// An ID must be the only one of its kind since 4.3; before, only a contradiction is an error.
  private mutating func checkUnique(_ meta: MetaLine, _ field: String) {
    guard let id = meta["ID"]?.value, !id.isEmpty else { return }
    let key = meta.key + "\u{0}" + id
    guard let first = seen[key] else {
      seen[key] = (line, meta.value)
      return
    }
    var contradicts = false
    if let earlier = MetaLine("##\(meta.key)=\(first.text)") {
      contradicts = ["length", "Number", "Type"].contains { name in
        guard let a = meta[name]?.value, let b = earlier[name]?.value else { return false }
        return a != b
      }
    }
    report(
      contradicts || version >= .v43 ? .error : .warning, .metaIdTwice, field, topic(meta.key),
      contradicts
        ? "\(id) is declared otherwise in line \(first.line)" : "\(id) is declared in line \(first.line) already")
  }
}
