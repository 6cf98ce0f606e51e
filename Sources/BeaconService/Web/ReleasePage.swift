import Reports

extension BeaconSite {
  /// What the release is, and what is left out of it.
  func releasePage() -> Page {
    func figure(_ value: Int?) -> Markup { value.map { "\(NumberFormat.grouped($0))" } ?? Self.suppressed }
    var pairs: [(String, Markup)] = [
      ("Identifier", "<code>\(manifest.release)</code>"), ("Made", "\(manifest.created)"),
      ("Assembly", "\(manifest.assembly)\(manifest.assemblyDigest.map { ", <code>\($0)</code>" as Markup })"),
      ("Purpose", "Research"),
      ("Supersedes", manifest.supersedes.isEmpty ? "nothing" : "\(manifest.supersedes.joined(separator: ", "))"),
      ("Annotated with", manifest.annotations.isEmpty ? "nothing" : "\(manifest.annotations.joined(separator: ", "))"),
    ]
    if !manifest.withheldDimensions.isEmpty {
      pairs.append(("Dimensions withheld", "\(manifest.withheldDimensions.joined(separator: ", "))"))
    }
    let policy = (manifest.policy.members ?? []).compactMap { member -> (String, Markup)? in
      switch member.value {
      case .string(let text): (member.name, "\(text)")
      case .integer(let number): (member.name, "\(number)")
      case .bool(let value): (member.name, value ? "yes" : "no")
      default: nil
      }
    }
    let files = manifest.files.map { file -> Markup in
      #"<tr><th scope="row"><code>\#(file.path)</code></th><td class="end">\#(NumberFormat.grouped(file.bytes))</td><td><code>\#(file.sha256)</code></td></tr>"#
    }
    return Page(
      title: "Release \(manifest.release)", subtitle: "What is published, and after which rules.",
      trail: [("Search", "/browse")],
      content: """
        \(manifest.notices.isEmpty ? nil : Self.banner(.information, "Notices", manifest.notices))
        <dl class="figures">\(Self.card("Variants", "\(NumberFormat.grouped(manifest.variants))"))\
        \(Self.card("People", figure(manifest.people), note: manifest.people == nil ? nil : "rounded"))\
        \(Self.card("Suppressed figures", manifest.suppressedCells.map { "\(NumberFormat.grouped($0))" } ?? "–"))</dl>
        <section aria-labelledby="about"><h2 id="about">About</h2>\(Self.list(pairs))</section>
        <section aria-labelledby="people"><h2 id="people">People by stratum</h2>\(strata())</section>
        <section aria-labelledby="policy"><h2 id="policy">Policy of suppression</h2>\(Self.list(policy))
        <p class="hint">Figures were suppressed and rounded before they came here; nothing else is held by this service.</p></section>
        <section aria-labelledby="files"><h2 id="files">Files</h2>
        <div class="scroll" tabindex="0" role="region" aria-labelledby="files"><table><thead><tr><th scope="col">File</th>\
        <th scope="col" class="end">Bytes</th><th scope="col">SHA-256</th></tr></thead><tbody>\(files.joined())</tbody></table></div>
        <p class="hint">Their digests were compared when the service started.</p></section>
        """)
  }

  private static func list(_ pairs: [(String, Markup)]) -> Markup {
    #"<dl class="pairs">\#(pairs.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" as Markup }.joined())</dl>"#
  }

  private func strata() -> Markup {
    guard !manifest.dimensions.isEmpty else { return #"<p class="empty">No strata are published.</p>"# }
    let most = manifest.dimensions.flatMap(\.strata).compactMap(\.people).max() ?? 1
    let rows = manifest.dimensions.flatMap { dimension in
      dimension.strata.map { stratum -> Markup in
        let width = stratum.people.map { 100 * Double($0) / Double(max(1, most)) } ?? 0
        let name = dimension.name == "indication" ? indicationLink(stratum.name) : "\(stratum.name)"
        return """
          <tr><td>\(dimension.name)</td><th scope="row">\(name)</th><td class="end"><span class="cell-bar">\
          <span>\(stratum.people.map { "\(NumberFormat.grouped($0))" as Markup } ?? Self.suppressed)</span>\
          <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="10"/>\
          <rect class="fill solid" width="\(width)" height="10"/></svg></span></td></tr>
          """
      }
    }
    return """
      <div class="scroll" tabindex="0" role="region" aria-labelledby="people"><table><thead><tr><th scope="col">Dimension</th>\
      <th scope="col">Stratum</th><th scope="col" class="end">People (rounded)</th></tr></thead>
      <tbody>\(rows.joined())</tbody></table></div>
      """
  }
}
