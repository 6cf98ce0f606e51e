import Reports

extension BeaconSite {
  /// A variant: its counts, its frequency by stratum, and what it was classified as.
  func variantPage(_ id: String, _ caller: Caller) async throws -> Page {
    let query = try variantQuery(identifier: id)
    guard caller.most == .record else { return try await shortPage(query, title: id, caller) }
    let found = try await database.find(query, granularity: .record, size: 2)
    guard let variant = found.variants.first else {
      return Page(
        title: "Not in this release", trail: [("Search", "/browse")],
        content: Self.banner(
          .information, "The release holds no such variant.",
          ["It may never have been seen, or only where it was not published; neither is evidence of absence."])
          + #"<p class="allele"><code>\#(id)</code></p>"# as Markup)
    }
    let trail =
      [("Search", "/browse")] + (variant.genes.first.map { [($0, "/browse/gene/\(Markup.pathPart($0))")] } ?? [])
    return Page(
      title:
        "\(variant.contig):\(NumberFormat.grouped(variant.start + 1)) \(variant.reference.shortened) › \(variant.alternate.shortened)",
      subtitle:
        "\(variant.kindName)\(variant.genes.isEmpty ? nil : " in \(geneLinks(variant.genes))" as Markup), \(manifest.assembly)",
      trail: trail,
      content: """
        <dl class="figures many">\(figures(variant))</dl>
        <section aria-labelledby="frequencies"><h2 id="frequencies">Frequency</h2>
        \(variant.counts.isEmpty ? #"<p class="empty">No figures are published for this variant.</p>"# : FrequencyPlot(variant).markup() + Self.countTable(variant))
        </section>
        <section aria-labelledby="classifications"><h2 id="classifications">Classification history</h2>
        \(history(variant))
        </section>
        <section aria-labelledby="names"><h2 id="names">Names and places</h2>
        \(names(variant))
        </section>
        """)
  }

  private func figures(_ variant: ReleasedVariant) -> Markup {
    let all = variant.all
    func figure(_ value: Int?) -> Markup { value.map { "\(NumberFormat.grouped($0))" } ?? Self.suppressed }
    return Self.card("Allele frequency", all?.frequency.map { "\(Figures.frequency($0))" } ?? Self.suppressed)
      + Self.card("Allele count", figure(all?.alleleCount)) + Self.card("Allele number", figure(all?.alleleNumber))
      + Self.card("Heterozygous", figure(all?.heterozygous)) + Self.card("Homozygous", figure(all?.homozygous))
      + Self.card("Hemizygous", figure(all?.hemizygous))
  }

  private static func countTable(_ variant: ReleasedVariant) -> Markup {
    func cell(_ value: Int?) -> Markup {
      #"<td class="end">\#(value.map { "\(NumberFormat.grouped($0))" as Markup } ?? suppressed)</td>"#
    }
    let rows = variant.counts.map { stratum -> Markup in
      """
      <tr><th scope="row">\(stratum.dimension == "all" ? "Everybody" : stratum.stratum)</th>\
      <td>\(stratum.dimension == "all" ? "" : stratum.dimension)</td>\(cell(stratum.alleleCount))\(cell(stratum.alleleNumber))\
      <td class="end">\(stratum.frequency.map { "\(Figures.frequency($0))" as Markup } ?? suppressed)</td>\
      \(cell(stratum.heterozygous))\(cell(stratum.homozygous))\(cell(stratum.hemizygous))</tr>
      """
    }
    return """
      <div class="scroll" tabindex="0" role="region" aria-labelledby="counts"><table>
      <caption id="counts">Published counts</caption>
      <thead><tr><th scope="col">Stratum</th><th scope="col">Dimension</th><th scope="col" class="end">Alleles</th>\
      <th scope="col" class="end">Of</th><th scope="col" class="end">Frequency</th><th scope="col" class="end">Heterozygous</th>\
      <th scope="col" class="end">Homozygous</th><th scope="col" class="end">Hemizygous</th></tr></thead>
      <tbody>\(rows.joined())</tbody></table></div>
      <p class="hint">A suppressed figure is zero, too small to be published, or would give such a one away: which of these is not told.</p>
      """
  }

  private func history(_ variant: ReleasedVariant) -> Markup {
    guard let classifications = variant.classifications else {
      return #"<p class="empty">No classification of this variant is published.</p>"#
    }
    let latest: Markup? = classifications.latest.map { latest in
      let date = classifications.latestDate.map { " since \($0)" } ?? ""
      return #"<p>Latest: \#(Self.chip(Self.kind(latest), latest.replacing("_", with: " ")))\#(date)</p>"#
    }
    return """
      \(latest)\(classes(classifications.totals, "How often each class was given"))\
      \(classes(classifications.oncogenicity, "How often each class of oncogenicity was given"))
      <p class="hint">Classes as laboratories gave them, of any condition, all dates taken together; classes given too seldom \
      are left out, and a newer one may be among those.</p>
      """
  }

  private func classes(_ totals: [Classifications.Total], _ label: String) -> Markup? {
    guard !totals.isEmpty else { return nil }
    let most = totals.compactMap(\.count).max() ?? 1
    let rows = totals.map { total -> Markup in
      let width = total.count.map { 100 * Double($0) / Double(max(1, most)) } ?? 0
      return """
        <li><span>\(Self.chip(Self.kind(total.name), total.name.replacing("_", with: " ")))</span>\
        <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8"/>\
        <rect class="fill solid" width="\(width)" height="8"/></svg>\
        <span class="count">\(total.count.map { "\($0)" as Markup } ?? Self.suppressed)</span></li>
        """
    }
    return #"<h3>\#(label)</h3><ul class="history" aria-label="\#(label)">\#(rows.joined())</ul>"#
  }

  /// How a class looks: by shape and colour of its glyph, beside its word.
  static func kind(_ name: String) -> Status {
    switch name.lowercased() {
    case "pathogenic", "oncogenic": .fail
    case "likely_pathogenic", "likely_oncogenic": .warn
    case "benign", "likely_benign", "likely_oncogenic_benign": .pass
    case "uncertain_significance": .unknown
    default: .notAssessed
    }
  }

  private func names(_ variant: ReleasedVariant) -> Markup {
    var pairs: [(String, Markup)] = [
      (
        "Place",
        "<code>\(variant.contig):\(variant.start + 1)</code> (1-based), <code>\(variant.start)–\(variant.end)</code> (0-based, half-open)"
      ),
      ("Reference allele", #"<code class="allele">\#(variant.reference)</code>"#),
      ("Alternate allele", #"<code class="allele">\#(variant.alternate)</code>"#),
    ]
    if variant.reference.utf8.count == 1, variant.alternate.utf8.count == 1,
      let accession = database.contigs.accession(variant.contig)
    {
      pairs.append(
        ("HGVS", "<code>\(accession):g.\(variant.start + 1)\(variant.reference)&gt;\(variant.alternate)</code>"))
    }
    if let vrs = variant.vrs { pairs.append(("GA4GH VRS", "<code>\(vrs)</code>")) }
    if !variant.genes.isEmpty { pairs.append(("Genes", geneLinks(variant.genes))) }
    let codes = variant.counts.filter { $0.dimension == "indication" }.map(\.stratum)
    if !codes.isEmpty { pairs.append(("Indications", codes.map(indicationLink).joined(separator: ", "))) }
    let around = "\(variant.contig):\(max(1, variant.start - 999))-\(variant.end + 1000)"
    pairs.append(("Around it", #"<a href="/browse/region/\#(Markup.pathPart(around))">\#(around)</a>"#))
    return """
      <dl class="pairs">\(pairs.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" as Markup }.joined())</dl>
      """
  }

  func geneLinks(_ genes: [String]) -> Markup {
    genes.map { #"<a href="/browse/gene/\#(Markup.pathPart($0))">\#($0)</a>"# as Markup }.joined(separator: ", ")
  }

  func indicationLink(_ code: String) -> Markup {
    guard database.indications.contains(code) else { return "\(code)" }
    return #"<a href="/browse/indication/\#(Markup.pathPart(code))">\#(code)</a>"#
  }
}

extension ReleasedVariant {
  var kindName: String {
    switch type {
    case "SNP": "Single-base substitution"
    case "INS": "Insertion"
    case "DEL": "Deletion"
    default: "Insertion and deletion"
    }
  }
}

extension String {
  /// A long allele, for headings.
  var shortened: String { utf8.count <= 16 ? self : prefix(12) + "… (\(utf8.count) bases)" }
}
