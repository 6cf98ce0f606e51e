import Genomics

extension ReleaseRow {
  /// The base after the last one of the reference bases, interbase.
  var end: Int { start + reference.utf8.count }

  /// SNP, INS, DEL or INDEL.
  var type: String {
    let (before, after) = (reference.utf8.count, alternate.utf8.count)
    if before == 1, after == 1 { return "SNP" }
    if before < after, alternate.hasPrefix(reference) { return "INS" }
    if before > after, reference.hasPrefix(alternate) { return "DEL" }
    return "INDEL"
  }

  /// The figures as Beacon and the web pages read them; a figure that is not told is absent, and named.
  var counts: ReleaseJSON {
    .array(
      strata.map { one in
        let figures = one.figures
        var members: [(String, ReleaseJSON)] = [
          ("dimension", .text(one.dimension)), ("stratum", .text(one.stratum)),
        ]
        if let copies = figures.copies { members.append(("AC", .integer(copies))) }
        members.append(("AN", .integer(figures.number)))
        for (name, value) in [("het", figures.het), ("hom", figures.hom), ("hemi", figures.hemi)] {
          if let value { members.append((name, .integer(value))) }
        }
        if let frequency = figures.frequency { members.append(("AF", .number(frequency))) }
        let untold = figures.untold
        if !untold.isEmpty { members.append(("suppressed", .array(untold.map { .text($0) }))) }
        return .object(members)
      })
  }

  /// The allele with all its figures.
  var json: ReleaseJSON {
    let members: [(String, ReleaseJSON)] = [
      ("contig", .text(contig.name)), ("start", .integer(start)), ("end", .integer(end)),
      ("reference", .text(reference)), ("alternate", .text(alternate)), ("type", .text(type)), ("vrs", .text(vrs)),
      (
        "genes",
        .array(
          (genes?.genes ?? []).map { .object([("id", .text($0.id)), ("symbol", .text($0.symbol))]) })
      ), ("counts", counts),
    ]
    return .object(members + (classes.map { [("classifications", $0.json)] } ?? []))
  }

  /// The allele as a record of a sites-only VCF, without a line feed.
  var record: String {
    let figures = strata[0].figures
    func text(_ value: Int?) -> String { value.map(String.init) ?? "." }
    var info = [
      "AC=\(text(figures.copies))", "AN=\(figures.number)",
      "AF=\(figures.frequency.map(ReleaseJSON.decimal) ?? ".")", "HET_COUNT=\(text(figures.het))",
      "HOM_COUNT=\(text(figures.hom))", "HEMI_COUNT=\(text(figures.hemi))",
      "SUPPRESSED=\(figures.untold.isEmpty ? "none" : "withheld")", "VRS_Allele=\(vrs)",
    ]
    info += classes?.info ?? []
    let names = (genes?.genes ?? []).map { $0.symbol.isEmpty ? $0.id : $0.symbol }
    if !names.isEmpty { info.append("GENES=" + Self.unique(names).map(Self.escaped).joined(separator: ",")) }
    return [
      contig.name, String(ZeroBasedPosition(start).oneBased.value), ".", reference, alternate, ".", ".",
      info.joined(separator: ";"),
    ].joined(separator: "\t")
  }

  private static func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }

  /// Characters that end a value in INFO, as VCF 4.3 section 1.2 writes them.
  private static func escaped(_ name: String) -> String {
    var text = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "%", ";", "=", ",", ":":
        text += "%" + String(scalar.value, radix: 16, uppercase: true)
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The header of the VCF.
  static func header(_ reference: ReferenceContigs, release: String, policy: String, minimum: Int) -> String {
    let assembly = reference.assembly.map { ",assembly=\($0.rawValue)" } ?? ""
    var lines = [
      "##fileformat=VCFv4.3", "##source=Apus", "##apusRelease=\(release)", "##apusPolicy=\(policy)",
      "##apusAssemblyDigest=\(reference.assemblyDigest)",
    ]
    lines += reference.contigs.map { "##contig=<ID=\($0.name),length=\($0.length)\(assembly)>" }
    let fields: [(String, String, String, String)] = [
      ("AC", "A", "Integer", "Copies of the allele, rounded; missing where not told"),
      ("AN", "1", "Integer", "Known alleles at the site, rounded"),
      ("AF", "A", "Float", "AC over AN; missing where AC is not told of everybody"),
      ("HET_COUNT", "A", "Integer", "Heterozygous people, rounded; missing where not told"),
      ("HOM_COUNT", "A", "Integer", "Homozygous people, rounded; missing where not told"),
      ("HEMI_COUNT", "A", "Integer", "People with the allele on their only copy, rounded; 0 off X and Y"),
      ("SUPPRESSED", "A", "String", "none, or withheld where a figure is not told"),
      (
        "TOTAL_GERMLINE", "1", "String",
        "Cases that each germline class was given in, rounded; class(count)|class(count)"
      ),
      ("TOTAL_ONCOGENICITY", "1", "String", "Cases that each class of oncogenicity was given in, rounded, likewise"),
      ("VRS_Allele", "A", "String", "GA4GH VRS 2.0 identifier"), ("GENES", ".", "String", "Genes of the annotation"),
    ]
    lines += fields.map { "##INFO=<ID=\($0.0),Number=\($0.1),Type=\($0.2),Description=\"\($0.3)\">" }
    lines.append(
      "##apusAbsent=An allele that is not listed was seen in nobody, or in fewer than \(minimum) people")
    lines.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")
    return lines.joined(separator: "\n")
  }
}
