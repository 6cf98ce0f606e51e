import Reports

extension BeaconSite {
  /// The first page.
  func searchPage(_ caller: Caller?) -> Page {
    let indications = database.indications
    let codes: Markup? =
      indications.isEmpty
      ? nil
      : """
      <section aria-labelledby="indications"><h2 id="indications">Clinical indications</h2>
      <ul class="chips">\(indications.map { code -> Markup in
        #"<li><a href="/browse/indication/\#(Markup.pathPart(code))">\#(code)</a></li>"#
      }.joined())</ul></section>
      """
    let notices: Markup? = manifest.notices.isEmpty ? nil : Self.banner(.information, "Notices", manifest.notices)
    return Page(
      title: "How often was it seen?",
      subtitle:
        "Variants of \(manifest.people.map { "about \(NumberFormat.grouped($0))" } ?? "consenting") people, on \(manifest.assembly).",
      content: """
        \(caller == nil ? Self.banner(.information, "You can look around; questions are answered to tokens.", [
          "Sign in with the token that you were given to see what the release holds."
        ]) : nil)
        <form class="search" action="/browse/search" method="get" role="search">
        <label for="q">Variant, gene, region or indication</label>
        <div class="row"><input id="q" name="q" type="text" autocomplete="off" spellcheck="false" required \
        aria-describedby="q-hint" placeholder="20-132542-T-C"/><button type="submit">Search</button></div>
        <p class="hint" id="q-hint">A variant as <code>20-132542-T-C</code>, <code>NC_000020.11:g.132542T&gt;C</code> or \
        <code>ga4gh:VA.…</code>, a gene by its symbol, a region as <code>20:132000-134000</code>, an indication by its code.</p>
        </form>
        \(notices)
        <dl class="figures">
        \(Self.card("Variants", "\(NumberFormat.grouped(manifest.variants))"))
        \(Self.card("People", manifest.people.map { "\(NumberFormat.grouped($0))" } ?? Self.suppressed, note: manifest.people == nil ? nil : "rounded"))
        \(Self.card("Assembly", "\(manifest.assembly)"))
        \(Self.card("Released", "\(manifest.created)", note: manifest.policyName))
        </dl>
        \(codes)
        """)
  }

  /// Where what was typed is answered.
  func address(searching text: String) throws(RequestFault) -> String {
    let text = text.trimmingSpaces
    guard !text.isEmpty else { return "/browse" }
    guard text.utf8.count <= 500 else { throw .bad("what was typed is too long") }
    if database.indications.contains(text.uppercased()) {
      return "/browse/indication/\(Markup.pathPart(text.uppercased()))"
    }
    if text.hasPrefix("ga4gh:VA.") { return "/browse/variant/\(Markup.pathPart(text))" }
    if let id = substitution(text) { return "/browse/variant/\(Markup.pathPart(id))" }
    let parts = text.split(whereSeparator: { ":-_ \t>/".contains($0) }).map(String.init)
    if parts.count == 4, let contig = database.contigs.find(parts[0]),
      let position = Int(parts[1].replacing(",", with: ""))
    {
      return "/browse/variant/"
        + Markup.pathPart("\(contig.name)-\(position)-\(parts[2].uppercased())-\(parts[3].uppercased())")
    }
    // Names of contigs may hold hyphens and colons; the last colon is before the positions.
    if let colon = text.lastIndex(of: ":"), let contig = database.contigs.find(String(text[..<colon])) {
      let positions = text[text.index(after: colon)...].replacing(",", with: "").split(whereSeparator: {
        "-–. ".contains($0)
      })
      if let first = positions.first.flatMap({ Int($0) }), first > 0 {
        let last = positions.count > 1 ? Int(positions[1]) ?? first : first
        return "/browse/region/" + Markup.pathPart("\(contig.name):\(first)-\(max(first, last))")
      }
    }
    guard
      text.unicodeScalars.allSatisfy({
        $0.isASCII && ($0.properties.isAlphabetic || "0123456789-_.:".unicodeScalars.contains($0))
      })
    else { throw .bad("this is no variant, gene, region or indication that can be looked for") }
    return "/browse/gene/\(Markup.pathPart(text))"
  }

  /// `NC_000020.11:g.132542T>C` as the identifier of a place and alleles.
  private func substitution(_ text: String) -> String? {
    let parts = text.split(separator: ":g.", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let contig = database.contigs.find(String(parts[0])) else { return nil }
    let digits = parts[1].prefix { $0.isASCII && $0.isNumber }
    let bases = parts[1].dropFirst(digits.count).split(separator: ">", omittingEmptySubsequences: false)
    guard let position = Int(digits), bases.count == 2, bases.allSatisfy({ $0.count == 1 }) else { return nil }
    return "\(contig.name)-\(position)-\(bases[0])-\(bases[1])"
  }

  /// The answer for a role that is told no more than yes, no or a number.
  func shortPage(_ query: VariantQuery, title: String, _ caller: Caller) async throws -> Page {
    let found = try await database.find(query, granularity: caller.most)
    let word: Markup = found.total.map { "\(NumberFormat.grouped($0))" } ?? (found.exists ? "Yes" : "No")
    let sentence =
      found.total == nil
      ? (found.exists ? "The release holds at least one such variant." : "The release holds no such variant.")
      : found.total == 1 ? "variant of the release answers this." : "variants of the release answer this."
    return Page(
      title: title, trail: [("Search", "/browse")],
      content: """
        <p class="answer">\(word)</p><p class="text">\(sentence)</p>
        <p class="hint">The token's role is \(caller.most.rawValue): it is told no more.</p>
        """)
  }
}
