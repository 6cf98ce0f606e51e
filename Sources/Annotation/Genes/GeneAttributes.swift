import GenomicFiles

/// The attributes of a feature of GFF3 or GTF, by tag.
struct GeneAttributes {
  /// As the file has them: most features are never asked.
  enum Source {
    case gff3(GFF3Attributes)
    case gtf(GTFAttributes)
  }

  private var values: [String: [String]] = [:]

  init(_ source: Source) {
    switch source {
    case .gff3(let attributes):
      for (tag, values) in attributes.pairs { self.values[tag, default: []] += values }
    case .gtf(let attributes):
      for (tag, value) in attributes.pairs where !value.isEmpty { values[tag, default: []].append(value) }
    }
  }

  subscript(tag: String) -> [String] { values[tag] ?? [] }

  /// The first value of the first of these tags that the feature has.
  func first(_ tags: String...) -> String? { tags.lazy.compactMap { values[$0]?.first }.first }

  /// What RefSeq's cross-references (`Dbxref=HGNC:…`, `db_xref "…"`) name in a database.
  func reference(_ database: String) -> String? {
    for reference in self["Dbxref"] + self["db_xref"] where reference.hasPrefix("\(database):") {
      return String(reference.dropFirst(database.count + 1))
    }
    return nil
  }
}

/// What the formats tell of a transcript or gene in tags of their own.
extension GeneAttributes {
  /// Flags that tags set.
  var flags: TranscriptFlags {
    var flags: TranscriptFlags = []
    for tag in self["tag"] {
      switch tag {
      case "cds_start_NF": flags.insert(.startIncomplete)
      case "cds_end_NF": flags.insert(.endIncomplete)
      // Ensembl and GENCODE; RefSeq writes blanks.
      case "MANE_Select", "MANE Select": flags.insert(.maneSelect)
      case "MANE_Plus_Clinical", "MANE Plus Clinical": flags.insert(.manePlusClinical)
      case "Ensembl_canonical": flags.insert(.canonical)
      case "RefSeq Select", "RefSeq_Select": flags.insert(.refSeqSelect)
      case "basic", "gencode_basic": flags.insert(.basic)
      default: break
      }
    }
    return flags
  }

  /// Whether the transcript is said to hold selenocysteine, without a place.
  var isSelenoprotein: Bool { self["tag"].contains("seleno") }

  /// Details of a transcript, as far as its own line tells them.
  func details(_ flags: TranscriptFlags) -> TranscriptModel.Details {
    var details = TranscriptModel.Details()
    if !flags.isDisjoint(with: [.maneSelect, .manePlusClinical]) {
      // RefSeq's transcripts name Ensembl's; Ensembl's files do not name RefSeq's.
      details.counterpart = reference("Ensembl") ?? ""
    }
    // `1 (assigned to previous version 3)`; VEP tells numbers alone, so `NA` is nothing.
    let level = first("transcript_support_level")?.prefix { $0 != " " } ?? ""
    if !level.isEmpty, level.allSatisfy({ ("0"..."9").contains($0) }) { details.supportLevel = String(level) }
    for tag in self["tag"] {
      // `appris_principal_1` is P1, `appris_alternative_2` A2.
      let parts = tag.split(separator: "_")
      if parts.count == 3, parts[0] == "appris", parts[2].allSatisfy({ ("0"..."9").contains($0) }) {
        if parts[1] == "principal" { details.appris = "P\(parts[2])" }
        if parts[1] == "alternative" { details.appris = "A\(parts[2])" }
      }
    }
    details.consensus = first("ccdsid", "ccds_id") ?? ""
    return details
  }

  /// A CDS's protein with its version, which Ensembl tells apart.
  var protein: String? {
    guard let id = first("protein_id") else { return nil }
    guard !id.contains("."), let version = first("protein_version", "version") else { return id }
    return "\(id).\(version)"
  }

  /// Where RefSeq's `transl_except=(pos:1110..1112,aa:Sec)` places selenocysteine: the codon's first base, from 0.
  func recoded(isReverse: Bool) -> [Int] {
    // The comma inside is percent-encoded in GFF3, or else splits the value.
    let text = self["transl_except"].joined(separator: ",")
    return text.split(separator: "pos:").compactMap { part in
      guard part.contains("aa:Sec") else { return nil }
      let numbers = part.prefix { $0 != "a" }.split { !("0"..."9").contains($0) }.compactMap { Int($0) }
      return (isReverse ? numbers.max() : numbers.min()).map { $0 - 1 }
    }
  }

  /// The gene that a gene's own line tells, or a transcript's in GTF, where each line names its gene.
  func gene(id: String) -> GeneModel {
    let source = first("description").flatMap { _ in Self.source(self["description"].joined(separator: ",")) }
    var gene = GeneModel(
      id: id, symbol: first("Name", "gene_name", "gene") ?? "",
      biotype: first("biotype", "gene_biotype", "gene_type") ?? "")
    // RefSeq's `HGNC:HGNC:5`, older files' `HGNC:5`, GENCODE's `hgnc_id`, Ensembl's description.
    let number = reference("HGNC") ?? first("hgnc_id") ?? (source?.name == "HGNC" ? source?.accession : nil)
    if let number, !number.isEmpty { gene.hgnc = number.hasPrefix("HGNC:") ? number : "HGNC:\(number)" }
    if gene.symbol.isEmpty { return gene }
    // VEP names the source of RefSeq's symbols so.
    gene.symbolSource =
      source?.name ?? (reference("GeneID") != nil ? "EntrezGene" : first("hgnc_id") != nil ? "HGNC" : "")
    return gene
  }

  /// `… [Source:HGNC Symbol;Acc:HGNC:11918]` at the end of Ensembl's descriptions.
  private static func source(_ description: String) -> (name: String, accession: String)? {
    guard let start = description.firstRange(of: "[Source:"), description.hasSuffix("]") else { return nil }
    let parts = description[start.upperBound...].dropLast().split(separator: ";", maxSplits: 1)
    guard let name = parts.first else { return nil }
    let accession = parts.count > 1 && parts[1].hasPrefix("Acc:") ? String(parts[1].dropFirst(4)) : ""
    if name.hasPrefix("NCBI gene") { return ("EntrezGene", accession) }
    return (String(name.hasSuffix(" Symbol") ? name.dropLast(7) : name), accession)
  }
}
