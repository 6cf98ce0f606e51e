import GenomicFiles

// ##contig, ##SAMPLE, ##PEDIGREE, URLs and the column line.
extension HeaderCheck {
  mutating func checkContig(_ meta: MetaLine, _ field: String) {
    require(["ID"], of: meta, field)
    var length: Int?
    if let text = meta["length"]?.value {
      length = text.utf8.allSatisfy { $0 &- 48 < 10 } ? Int(text) : nil
      if length ?? 0 < 1 {
        length = nil
        report(.error, .metaLength, field, .contig, "length '\(text)' is no number of bases")
      }
    }
    guard let id = meta["ID"]?.value, !id.isEmpty else { return }
    if meta["ID"]?.isQuoted == true {
      report(.error, .metaQuoting, field, .contig, "ID must not stand in quotation marks")
    }
    if version <= .v42 {
      if !NameGrammar.isOldContig(id.utf8) {
        report(.error, .metaId, field, .contig, "ID '\(id)' is no name of a contig")
      } else if id.contains(":") {
        report(.warning, .metaId, field, .contig, "ID '\(id)' holds a colon, which CHROM must not before 4.3")
      }
    } else if !NameGrammar.isContig(id.utf8) {
      report(.error, .metaId, field, .contig, "ID '\(id)' is no name of a contig")
    } else if ["DEL", "INS", "DUP", "INV", "CNV", "BND"].contains(id) {
      report(.error, .metaName, field, .contig, "'\(id)' is a reserved symbolic allele and cannot name a contig")
    }
    if let md5 = meta["md5"]?.value, version >= .v44,
      md5.utf8.count != 32 || !md5.utf8.allSatisfy({ $0 &- 48 < 10 || $0 &- 97 < 6 })
    {
      report(.warning, .metaName, field, .contig, "md5 of \(id) is not 32 lower-case hexadecimal digits")
    }
    parts.contigs.updateValue(length ?? parts.contigs[id].flatMap { $0 }, forKey: id)
  }

  /// 4.1 and 4.2 define four fields, all of which their invalid examples require; since 4.3 only ID is.
  mutating func checkSample(_ meta: MetaLine, _ field: String) {
    require(version <= .v42 ? ["ID", "Genomes", "Mixture", "Description"] : ["ID"], of: meta, field)
    for name in ["ID", "Genomes", "Mixture"] where version <= .v42 && meta[name]?.isQuoted == true {
      report(.error, .metaQuoting, field, .sample, "\(name) must not stand in quotation marks")
    }
  }

  /// META of 4.3 and later, by its examples: Number and Type as elsewhere, Values in brackets.
  mutating func checkMetaDefinition(_ meta: MetaLine, _ field: String) {
    require(["ID"], of: meta, field)
    if let number = meta["Number"]?.value, !isNumber(number, isInfo: true) {
      report(.error, .metaNumber, field, .sample, "Number '\(number)' is none of VCF \(version.name)'s")
    }
    if let type = meta["Type"]?.value, FieldType(rawValue: type) == nil {
      report(.error, .metaType, field, .sample, "Type '\(type)' is none of VCF's")
    }
    if let values = meta["Values"]?.value, !values.hasPrefix("[") || !values.hasSuffix("]") {
      report(.error, .metaSyntax, field, .sample, "Values takes a list between '[' and ']'")
    }
  }

  mutating func checkPedigree(_ meta: MetaLine, _ field: String) {
    if version >= .v43 { require(["ID"], of: meta, field) }
    for entry in meta.fields ?? [] where !entry.key.isEmpty {
      if entry.value.isEmpty
        || entry.value.utf8.contains(where: { NameGrammar.isBlank($0) || ":;,<>=\"".utf8.contains($0) })
      {
        report(.error, .metaName, field, .pedigree, "\(entry.key) names no genome: '\(entry.value.prefix(40))'")
      }
    }
  }

  /// `scheme://host[:port]/path` with a host that can be one: an address, or a name whose last label is not a number.
  mutating func checkURL(_ text: String, _ field: String) {
    let topic = topic(String(field.dropFirst(2)))
    guard !text.isEmpty else {
      return report(.error, .metaValueEmpty, field, topic, "\(field.dropFirst(2)) has no value")
    }
    if !Self.isURL(text) { report(.error, .metaUrl, field, topic, "'\(text.prefix(80))' is no URL") }
  }

  private static func isURL(_ text: String) -> Bool {
    guard let colon = text.firstIndex(of: ":"), !text.utf8.contains(where: { NameGrammar.isBlank($0) || $0 >= 128 })
    else { return false }
    let scheme = text[..<colon].utf8
    guard let first = scheme.first, (first | 32) &- 97 < 26,
      scheme.allSatisfy({ NameGrammar.isAlphanumeric($0) || "+-.".utf8.contains($0) })
    else { return false }
    let rest = text[text.index(after: colon)...]
    guard rest.hasPrefix("//") else { return !rest.isEmpty }
    var authority = rest.dropFirst(2).prefix { !"/?#".contains($0) }
    if authority.isEmpty { return scheme.elementsEqual("file".utf8) && rest.count > 2 }
    if let at = authority.lastIndex(of: "@") { authority = authority[authority.index(after: at)...] }
    if authority.hasPrefix("[") { return authority.contains("]") }
    var host = authority
    if let port = authority.lastIndex(of: ":") {
      host = authority[..<port]
      guard let number = Int(authority[authority.index(after: port)...]), (0...65535).contains(number) else {
        return false
      }
    }
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { NameGrammar.isAlphanumeric($0) || $0 == 45 } }),
      let last = labels.last
    else { return false }
    guard last.utf8.allSatisfy({ $0 &- 48 < 10 }) else { return true }
    return labels.count == 4 && labels.allSatisfy { Int($0).map { (0...255).contains($0) } ?? false }
  }

  mutating func checkColumns(_ text: String) {
    let fixed = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"]
    let names = text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard names.count >= fixed.count, Array(names[..<fixed.count]) == fixed else {
      return report(
        .error, .headerColumns, "#CHROM", .headerLine,
        "the line does not begin with the eight columns #CHROM POS ID REF ALT QUAL FILTER INFO, separated by tabs")
    }
    guard names.count > fixed.count else {
      parts.hasColumns = true
      return
    }
    guard names[8] == "FORMAT" else {
      return report(.error, .headerColumns, "#CHROM", .headerLine, "the ninth column must be FORMAT")
    }
    parts.hasColumns = true
    parts.hasFormat = true
    parts.sampleCount = names.count - 9
    if names.count == 9 {
      report(.error, .headerColumns, "#CHROM", .headerLine, "FORMAT stands without a sample")
    }
    var places: [String: Int] = [:]
    for (place, name) in names[9...].enumerated() {
      if name.isEmpty {
        report(.error, .sampleNameEmpty, "#CHROM", .headerLine, "sample column \(place + 1) has no name")
      } else if let first = places.updateValue(place, forKey: name) {
        report(
          .error, .sampleNameTwice, "#CHROM", .headerLine,
          "sample columns \(first + 1) and \(place + 1) have one name")
      }
    }
  }
}
