extension TierReport {
  /// A line a tier event, and one a variant that has near misses alone; tab-separated, with comments before the header
  /// that say what it rests on. `.` is a blank.
  public var table: String {
    var lines = [
      "##schema=\(Self.schema)", "##assembly=\(assembly.name ?? "unknown")", "##assembly-digest=\(assembly.digest)",
      "##cache=\(cache)", "##profile=\(result.profile.id) \(result.profile.release)",
    ]
    if let provisional { lines.append("##PROVISIONAL=\(Self.cell(provisional))") }
    lines += result.profile.unsourced.map { "##unsourced=\(Self.cell($0))" }
    lines += result.panels.map { "##panel=\($0.panel.id) \($0.panel.version) \(Self.cell($0.panel.name))" }
    lines += banners.map { "##banner=\(Self.cell($0))" }
    lines.append((Self.columns + family.map { Self.cell($0.name) }).joined(separator: "\t"))
    for one in variants {
      let allele = [one.tiered.contig, String(one.tiered.position), one.tiered.reference, one.tiered.alternate]
      let rest = [Self.labels(one.tiered.nearMisses), Self.labels(one.tiered.warnings)] + one.calls.map(\.genotype)
      let events = one.tiered.tiers.isEmpty ? [Self.blank] : one.tiered.tiers.map(Self.cells)
      for cells in events { lines.append((allele + cells + rest).joined(separator: "\t")) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let columns = [
    "#CONTIG", "POS", "REF", "ALT", "TIER", "GENE", "TRANSCRIPTS", "TERM", "RULE", "MODE", "FILTER", "PENETRANCE",
    "PARTNERS", "PROVISIONAL", "NEAR_MISSES", "WARNINGS",
  ]
  private static let blank = Array(repeating: ".", count: 10)

  private static func cells(_ event: TierEvent) -> [String] {
    let cells: [String?] = [
      event.tier.rawValue, event.gene, event.transcripts.joined(separator: ";"), event.term, event.rule,
      event.mode?.rawValue,
      event.filter?.rawValue, event.penetrance.rawValue, event.partners.joined(separator: ";"),
      event.provisional.joined(separator: ";"),
    ]
    return cells.map { cell($0 ?? "") }
  }

  /// Each label once, with its gene.
  private static func labels(_ misses: [NearMiss]) -> String {
    var labels: [String] = []
    for miss in misses {
      let label = (miss.gene.map { $0 + ":" } ?? "") + miss.label.rawValue
      if !labels.contains(label) { labels.append(label) }
    }
    return cell(labels.joined(separator: ";"))
  }

  /// Text of one cell.
  private static func cell(_ text: String) -> String {
    text.isEmpty
      ? "." : String(text.map { $0 == "\t" || $0.isNewline ? " " : $0 })
  }
}
