import Genomics

/// What a knowledge base can be asked.
public enum Question: Sendable, Hashable {
  /// One allele by contig, place (interbase, from 0), reference and alternate bases.
  case variant(contig: String, start: Int, reference: String, alternate: String)
  /// Every allele that begins in a stretch of a contig (0-based half-open).
  case region(contig: String, Range<Int>)
  /// One allele by its VRS 2.0 identifier.
  case allele(vrs: String)
  /// Every allele that an annotation places in a gene, by the gene's symbol (in either case) or identifier.
  case gene(String)
  /// One allele by its HGVS name on a contig.
  case hgvs(HGVSVariant)

  /// Reads `CHROM-POS-REF-ALT`, `CHROM:START-END` (counted from 1, both ends in), `CHROM:POS`, `ga4gh:VA.…` or
  /// `NC_…:g.…`, and else a gene; nil for what can be none of them (`refusal` says why).
  ///
  /// A variant or region with a slip in it is no gene: nobody would be told of the slip, and the answer would be that
  /// nothing is known. So text with a colon, and a chromosome and a number with a hyphen between, are refused.
  /// Bases that REF and ALT share at their ends are trimmed, as in a normalised VCF; a variant is not moved, which would
  /// need the reference.
  public init?(_ text: String) {
    if text.hasPrefix("ga4gh:VA.") {
      self = .allele(vrs: text)
      return
    }
    if let variant = HGVSVariant(text) {
      self = .hgvs(variant)
      return
    }
    guard Self.refusal(text) == nil,
      let question = Self.variant(text) ?? Self.region(text) ?? Self.wholeGene(text)
    else { return nil }
    self = question
  }

  /// Why a name that is used elsewhere is none here; nil for others.
  public static func refusal(_ text: String) -> String? {
    if text.lowercased().hasPrefix("rs"), text.utf8.count > 3,
      text.dropFirst(2).allSatisfy({ $0.isASCII && $0.isNumber })
    {
      return """
        the base holds no rsIDs: it needs a source of known variants that keeps them, in an annotation cache; or ask by \
        CHROM-POS-REF-ALT, NC_…:g.… or ga4gh:VA.…
        """
    }
    for kind in ["c", "n", "r", "p"] where text.contains(":\(kind).") || text.contains(":\(kind)(") {
      return "names on transcripts and proteins (\(kind).) need transcripts, which the base has not; ask by NC_…:g.…"
    }
    if text.contains(":g.") || text.contains(":m.") {
      return
        "the name is none of g. substitutions, deletions, duplications, insertions and delins that are told by bases"
    }
    return nil
  }

  private static func wholeGene(_ text: String) -> Question? {
    guard !text.contains(":"), GeneName(id: text, symbol: "") != nil else { return nil }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    if parts.count > 1, ContigName.canonical(String(parts[0])) != nil, Int(parts[1]) != nil { return nil }
    return .gene(text)
  }

  private static func variant(_ text: String) -> Question? {
    // Names of contigs may hold hyphens, so the fields are taken from the end.
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 4, let position = Int(parts[parts.count - 3]), position >= 1 else { return nil }
    var reference = Array(parts[parts.count - 2].uppercased().utf8)
    var alternate = Array(parts[parts.count - 1].uppercased().utf8)
    guard !reference.isEmpty, !alternate.isEmpty, reference != alternate,
      (reference + alternate).allSatisfy(Base.isVCFBase)
    else { return nil }
    while reference.count > 1, alternate.count > 1, reference.last == alternate.last {
      reference.removeLast()
      alternate.removeLast()
    }
    var start = position - 1
    while reference.count > 1, alternate.count > 1, reference.first == alternate.first {
      reference.removeFirst()
      alternate.removeFirst()
      start += 1
    }
    let contig = parts.dropLast(3).joined(separator: "-")
    guard !contig.isEmpty else { return nil }
    return .variant(
      contig: contig, start: start, reference: String(decoding: reference, as: UTF8.self),
      alternate: String(decoding: alternate, as: UTF8.self))
  }

  private static func region(_ text: String) -> Question? {
    guard let colon = text.lastIndex(of: ":"), colon > text.startIndex else { return nil }
    let ends = text[text.index(after: colon)...].filter { $0 != "," }.split(
      separator: "-", omittingEmptySubsequences: false)
    guard (1...2).contains(ends.count), let first = Int(ends[0]), first >= 1, let last = Int(ends[ends.count - 1]),
      last >= first
    else { return nil }
    return .region(contig: String(text[..<colon]), (first - 1)..<last)
  }
}
