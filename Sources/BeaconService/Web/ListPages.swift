import Reports

/// Pages that list variants: of a gene, an indication, a region.
extension BeaconSite {
  /// Rows a page.
  private static let rows = 50
  /// The most variants that are drawn.
  private static let drawn = 500

  func genePage(_ symbol: String, _ page: Int, _ caller: Caller) async throws -> Page {
    guard symbol.utf8.count <= 64 else { throw RequestFault.bad("this is no gene") }
    var query = VariantQuery()
    query.gene = symbol
    guard caller.most == .record else { return try await shortPage(query, title: symbol, caller) }
    let all = try await database.find(query, granularity: .record, size: Self.drawn)
    let name = all.variants.first?.genes.first { $0.lowercased() == symbol.lowercased() } ?? symbol
    let found = try await database.find(query, granularity: .record, offset: page * Self.rows, size: Self.rows)
    let isWhole = all.total == all.variants.count
    let plot = GenePlot(isWhole ? all.variants : found.variants, isWhole: isWhole)?.markup()
    return list(
      found, page, title: name, address: "/browse/gene/\(Markup.pathPart(symbol))",
      subtitle: "Gene, \(Figures.count(found.total)) \(found.total == 1 ? "variant" : "variants") in this release",
      none: "The release holds no variant of a gene of this name.", before: plot)
  }

  func indicationPage(_ code: String, _ page: Int, _ caller: Caller) async throws -> Page {
    guard database.indications.contains(code) else {
      throw RequestFault(404, "the release publishes nothing of this indication")
    }
    var query = VariantQuery()
    query.indications = [code]
    guard caller.most == .record else { return try await shortPage(query, title: code, caller) }
    let found = try await database.find(query, granularity: .record, offset: page * Self.rows, size: Self.rows)
    let people = manifest.dimensions.first { $0.name == "indication" }?.strata.first { $0.name == code }?.people
    let cards: Markup = """
      <dl class="figures">\(Self.card("People", people.map { "\(NumberFormat.grouped($0))" } ?? Self.suppressed, note: people == nil ? nil : "rounded"))\
      \(Self.card("Variants", "\(Figures.count(found.total))"))</dl>
      """
    return list(
      found, page, title: code, address: "/browse/indication/\(Markup.pathPart(code))",
      subtitle: "Variants seen in the clinical indication \(code)",
      none: "The release holds no variant of this indication.",
      before: cards, indication: code)
  }

  func regionPage(_ text: String, _ page: Int, _ caller: Caller) async throws -> Page {
    guard let colon = text.lastIndex(of: ":"), let contig = database.contigs.find(String(text[..<colon])) else {
      throw RequestFault.bad("a region is written as CONTIG:FIRST-LAST")
    }
    let positions = text[text.index(after: colon)...].split(separator: "-", omittingEmptySubsequences: false).map {
      Int($0)
    }
    guard positions.count == 2, let first = positions[0], let last = positions[1], first > 0, first <= last,
      first <= contig.length
    else { throw RequestFault.bad("a region is written as CONTIG:FIRST-LAST, within the contig") }
    var query = VariantQuery()
    query.place = .range(contig: contig.name, start: first - 1, end: min(last, contig.length))
    let title = "\(contig.name):\(NumberFormat.grouped(first))–\(NumberFormat.grouped(min(last, contig.length)))"
    guard caller.most == .record else { return try await shortPage(query, title: title, caller) }
    let found = try await database.find(query, granularity: .record, offset: page * Self.rows, size: Self.rows)
    return list(
      found, page, title: title, address: "/browse/region/\(Markup.pathPart(text))",
      subtitle: "Region, \(Figures.count(found.total)) \(found.total == 1 ? "variant" : "variants") in this release",
      none: "The release holds no variant that overlaps this region.",
      before: GenePlot(found.variants, isWhole: found.total == found.variants.count)?.markup())
  }

  private func list(
    _ found: FoundVariants, _ page: Int, title: String, address: String, subtitle: Markup, none: String,
    before: Markup?,
    indication: String? = nil
  ) -> Page {
    let total = found.total ?? 0
    guard total > 0 else {
      return Page(
        title: title, trail: [("Search", "/browse")],
        content: Self.banner(
          .information, none, ["That is no evidence of absence: what is too rare to be published is not here."]))
    }
    let first = page * Self.rows
    let pages = (total + Self.rows - 1) / Self.rows
    let ways: Markup? =
      pages < 2
      ? nil
      : """
      <nav class="pages" aria-label="Pages">\(page > 0 ? #"<a rel="prev" href="\#(address)?page=\#(page)">‹ Previous</a>"# as Markup : nil)\
      <span>Page \(page + 1) of \(NumberFormat.grouped(pages))</span>\
      \(page + 1 < pages ? #"<a rel="next" href="\#(address)?page=\#(page + 2)">Next ›</a>"# as Markup : nil)</nav>
      """
    let caption =
      found.variants.isEmpty
      ? "There is no such page"
      : "Variants \(NumberFormat.grouped(first + 1)) to \(NumberFormat.grouped(first + found.variants.count)) of \(NumberFormat.grouped(total))"
    return Page(
      title: title, subtitle: subtitle, trail: [("Search", "/browse")],
      content: """
        \(before)
        <div class="scroll" tabindex="0" role="region" aria-labelledby="variants"><table><caption id="variants">\(caption)</caption>
        <thead><tr><th scope="col">Variant</th><th scope="col">Kind</th><th scope="col">Gene</th>\
        <th scope="col" class="end">Alleles</th><th scope="col" class="end">Of</th><th scope="col" class="end">Frequency</th>\
        <th scope="col">Latest class</th></tr></thead>
        <tbody>\(found.variants.map { row($0, indication) }.joined())</tbody></table></div>
        \(ways)
        """)
  }

  private func row(_ variant: ReleasedVariant, _ indication: String?) -> Markup {
    let counts =
      indication.flatMap { code in variant.counts.first { $0.dimension == "indication" && $0.stratum == code } }
      ?? variant.all
    func cell(_ text: String?) -> Markup {
      #"<td class="end">\#(text.map { "\($0)" as Markup } ?? Self.suppressed)</td>"#
    }
    let latest = variant.classifications?.latest.map { Self.chip(Self.kind($0), $0.replacing("_", with: " ")) }
    return """
      <tr><th scope="row"><a href="/browse/variant/\(Markup.pathPart(variant.identifier))"><code>\(variant.contig)-\(variant.start + 1)-\(variant.reference.shortened)-\(variant.alternate.shortened)</code></a></th>\
      <td>\(variant.type)</td><td>\(geneLinks(variant.genes))</td>\
      \(cell(counts?.alleleCount.map(NumberFormat.grouped)))\(cell(counts?.alleleNumber.map(NumberFormat.grouped)))\
      \(cell(counts?.frequency.map(Figures.frequency)))<td>\(latest)</td></tr>
      """
  }
}
