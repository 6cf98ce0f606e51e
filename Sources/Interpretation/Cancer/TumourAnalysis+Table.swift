extension TumourAnalysis {
  /// The columns of ``rows``.
  public static let columns = [
    "CONTIG", "POS", "REF", "ALT", "TYPE", "IN_BURDEN", "GENES", "TERMS", "HGVSC", "HGVSP", "ALT_READS", "DEPTH",
    "FRACTION", "NORMAL_FRACTION", "DOMAINS",
  ]

  /// A row a variant with a listed term; `.` is a blank, and fractions have four decimals.
  public var rows: [[String]] {
    variants.map { one in
      func joined(_ texts: [String?]) -> String {
        let known = texts.compactMap { $0 }.filter { !$0.isEmpty }
        return known.isEmpty ? "." : known.joined(separator: ";")
      }
      let cells = [
        one.contig, String(one.position), one.reference, one.alternate, one.type.rawValue, one.inBurden ? "yes" : "no",
        joined(one.consequences.map { $0.symbol ?? $0.gene }),
        joined(one.consequences.map { $0.terms.joined(separator: "&") }), joined(one.consequences.map(\.hgvsc)),
        joined(one.consequences.map(\.hgvsp)), one.alternateReads.map(String.init) ?? ".",
        one.depth.map(String.init) ?? ".", one.fraction.map(Self.decimal) ?? ".",
        one.normalFraction.map(Self.decimal) ?? ".", joined(one.domains),
      ]
      return cells.map { String($0.map { $0 == "\t" || $0.isNewline ? " " : $0 }) }
    }
  }

  /// The variants as a table, with comments before the header that say what it rests on.
  public var table: String {
    var lines = [
      "##schema=\(Self.schema)", "##assembly=\(reference.name ?? "unknown")", "##assembly-digest=\(reference.digest)",
      "##cache=\(cache)", "##profile=\(rules.id) \(rules.release)", "##fraction=\(layout.fraction)",
      "##germline=\(samples.germline)",
    ]
    lines += banners.map { "##banner=\($0)" }
    lines.append("#" + Self.columns.joined(separator: "\t"))
    lines += rows.map { $0.joined(separator: "\t") }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func decimal(_ value: Double) -> String {
    let whole = Int((value * 10_000).rounded())
    let digits = String(whole % 10_000)
    return "\(whole / 10_000)." + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
