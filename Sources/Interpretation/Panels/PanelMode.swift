/// A mode of inheritance of PanelApp, by its short name (reference: PanelApp's source).
public enum PanelMode: String, Sendable, Hashable, Codable, CaseIterable {
  case monoallelicNotImprinted = "monoallelic_not_imprinted"
  /// The paternal allele is expressed.
  case monoallelicMaternallyImprinted = "monoallelic_maternally_imprinted"
  /// The maternal allele is expressed.
  case monoallelicPaternallyImprinted = "monoallelic_paternally_imprinted"
  /// Imprinted status unknown.
  case monoallelic
  case biallelic
  case monoallelicAndBiallelic = "monoallelic_and_biallelic"
  case monoallelicAndMoreSevereBiallelic = "monoallelic_and_more_severe_biallelic"
  case xLinkedBiallelic = "xlinked_biallelic"
  case xLinkedMonoallelic = "xlinked_monoallelic"
  case mitochondrial
  case unknown
  case other
  /// Empty or absent: matches every mode.
  case absent
  /// No string of PanelApp: an error, which is counted, and which matches nothing.
  case unmatched
}

extension PanelMode {
  /// Beginnings of PanelApp's strings, in lower case, the longer before those that they begin with. What follows varies
  /// among exports; `specifiy` is PanelApp's own spelling.
  private static let beginnings: [(text: String, mode: PanelMode)] = [
    ("monoallelic, autosomal or pseudoautosomal, not imprinted", .monoallelicNotImprinted),
    ("monoallelic, autosomal or pseudoautosomal, maternally imprinted", .monoallelicMaternallyImprinted),
    ("monoallelic, autosomal or pseudoautosomal, paternally imprinted", .monoallelicPaternallyImprinted),
    ("monoallelic, autosomal or pseudoautosomal, imprinted status unknown", .monoallelic),
    ("both monoallelic and biallelic (but biallelic", .monoallelicAndMoreSevereBiallelic),
    ("both monoallelic and biallelic, autosomal or pseudoautosomal", .monoallelicAndBiallelic),
    ("biallelic, autosomal or pseudoautosomal", .biallelic),
    ("x-linked: hemizygous mutation in males, biallelic mutations in females", .xLinkedBiallelic),
    ("x-linked: hemizygous mutation in males, monoallelic mutations in females", .xLinkedMonoallelic),
    ("other - please specif", .other),
  ]

  /// Strings that stand alone.
  private static let whole: [String: PanelMode] = [
    "": .absent, "unknown": .unknown, "other": .other, "mitochondrial": .mitochondrial,
    // Told no more of imprinting: its status is unknown.
    "monoallelic, autosomal or pseudoautosomal": .monoallelic,
    "both monoallelic and biallelic": .monoallelicAndBiallelic,
  ]

  /// Reads PanelApp's string, or a short name.
  ///
  /// Case and runs of spaces do not count; `X linked:` is `X-LINKED:` of older exports.
  public init(panelApp text: String?) {
    var folded = (text ?? "").lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if folded.hasPrefix("x linked:") { folded = "x-linked:" + folded.dropFirst("x linked:".count) }
    if let mode = Self.whole[folded] {
      self = mode
    } else if let found = Self.beginnings.first(where: { folded.hasPrefix($0.text) }) {
      self = found.mode
    } else if let mode = PanelMode(rawValue: folded), mode != .absent, mode != .unmatched {
      self = mode
    } else {
      self = .unmatched
    }
  }

  /// Whether a gene of this mode is tiered under a tiering mode; nil where PanelApp's string is not understood.
  ///
  /// Source: TierUp's tests; rows that they do not have are proposals of Apus (Docs/tiering.md has the table).
  public func matches(_ mode: TieringMode) -> Bool? {
    switch self {
    case .absent: true
    case .unmatched: nil
    case .monoallelicNotImprinted, .monoallelic, .unknown, .other:
      mode == .monoallelicNotImprinted || mode == .deNovo
    case .monoallelicMaternallyImprinted: mode == .monoallelicMaternallyImprinted || mode == .deNovo
    case .monoallelicPaternallyImprinted: mode == .monoallelicPaternallyImprinted || mode == .deNovo
    case .biallelic: mode == .biallelic
    case .monoallelicAndBiallelic, .monoallelicAndMoreSevereBiallelic:
      mode == .biallelic || mode == .monoallelicNotImprinted || mode == .deNovo
    // The monoallelic mode of X also takes genes that PanelApp lists as biallelic in females; not the other way round.
    case .xLinkedBiallelic: mode == .xLinkedBiallelic || mode == .xLinkedMonoallelic || mode == .deNovo
    case .xLinkedMonoallelic: mode == .xLinkedMonoallelic || mode == .deNovo
    case .mitochondrial: mode == .mitochondrial
    }
  }
}
