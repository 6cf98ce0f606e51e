/// What a test looks at: a part of the directory's target cell.
public enum TestTarget: Sendable, Hashable {
  /// A panel of PanelApp: its number and the name that the directory gives it.
  case panel(id: String, name: String)
  /// A gene: its symbol as written, and its HGNC identifier where the file tells it. The symbol is one by its form
  /// alone; whether HGNC knows it is not asked here.
  case gene(symbol: String, hgnc: String?)
  /// Anything else, as written: to be read by a person.
  case text(String)

  /// Parts a target cell. No character but separators and spaces is dropped.
  ///
  /// A number in brackets ends a panel's name (`Hearing loss (126)`). Elsewhere `;`, `,`, line ends, `/`, `&` and `and`
  /// separate; what has the form of a gene's symbol is a gene. A cell that holds neither is kept whole.
  static func targets(of cell: String) -> [TestTarget] {
    var targets: [TestTarget] = []
    var rest = cell[...]
    while let match = rest.firstMatch(of: /\(\s*([0-9]{1,6})\s*\)/) {
      let before = rest[..<match.range.lowerBound]
      let (others, name) = splitPanelName(before)
      targets += others.flatMap { plainTargets(of: $0) }
      targets.append(.panel(id: String(match.1), name: tidy(name)))
      rest = rest[match.range.upperBound...]
    }
    return targets + plainTargets(of: rest)
  }

  /// Parts the text before a panel's number into what precedes the panel, and its name, which may itself hold commas
  /// and "and": only what ends in a stronger separator, or has the form of a symbol, is not of the name.
  private static func splitPanelName(_ text: Substring) -> (others: [Substring], name: Substring) {
    var others: [Substring] = []
    var name = text
    if let mark = name.lastIndex(where: { $0 == ";" || $0.isNewline }) {
      others.append(name[..<mark])
      name = name[name.index(after: mark)...]
    }
    while true {
      name = name.drop { $0.isWhitespace || ",/&+".contains($0) }
      if let word = name.prefixMatch(of: /(?i:and|or|plus)\s+/) {
        name = name[word.range.upperBound...]
      } else if let gene = name.prefixMatch(of: /([^\s,;\/&]+)\s*(?:,|\/|&|\s(?i:and|or|plus)\s)\s*/),
        isSymbol(gene.1)
      {
        others.append(gene.1)
        name = name[gene.range.upperBound...]
      } else {
        return (others, name)
      }
    }
  }

  private static func plainTargets(of text: Substring) -> [TestTarget] {
    var targets: [TestTarget] = []
    for line in text.split(whereSeparator: { $0 == ";" || $0.isNewline }) {
      let tokens = line.split(separator: /,|\/|&|\s(?i:and)\s|(?i:^\s*and\s)/).map(tidy).filter { !$0.isEmpty }
      // A sentence stays one: only a list of genes, perhaps with a heading, is parted.
      guard tokens.contains(where: { isSymbol($0[...]) || labelled($0) != nil }) else {
        let whole = tidy(line[...])
        if !whole.isEmpty { targets.append(.text(whole)) }
        continue
      }
      for token in tokens {
        if let (label, symbol) = labelled(token) {
          targets += [.text(label), .gene(symbol: symbol, hgnc: nil)]
        } else {
          targets.append(isSymbol(token[...]) ? .gene(symbol: token, hgnc: nil) : .text(token))
        }
      }
    }
    return targets
  }

  /// `Breast cancer: BRCA1` is a heading and a gene.
  private static func labelled(_ token: String) -> (String, String)? {
    guard let mark = token.lastIndex(of: ":"), !token.contains("::") else { return nil }
    let symbol = tidy(token[token.index(after: mark)...])
    return isSymbol(symbol[...]) ? (tidy(token[...mark]), symbol) : nil
  }

  private static func tidy(_ text: some StringProtocol) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Whether a word has the form of an HGNC symbol (Bruford et al. 2020, Nature Genetics 52:754): capitals, digits and
  /// hyphens, `C9orf72` apart; at least two characters, one of them a letter.
  static func isSymbol(_ word: Substring) -> Bool {
    guard (2...16).contains(word.count), !notSymbols.contains(String(word)) else { return false }
    return word.wholeMatch(of: /[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*|C(?:[0-9]+|X|Y)orf[0-9]+/) != nil
  }

  /// Words of the directory that have a symbol's form and are none.
  private static let notSymbols: Set<String> = [
    "AND", "OR", "NOT", "ALL", "TBC", "NA", "WGS", "WES", "CNV", "CNVS", "SNP", "SNV", "UPD", "DNA", "RNA", "STR",
    "MLPA", "FISH", "NIPT", "NIPD", "LOH", "HRD", "MSI", "TMB", "MMR", "NGS", "PCR", "QF-PCR", "QFPCR", "RT-PCR",
    "NICE", "NHS", "GLH", "MLID", "PANELAPP", "MTDNA", "VUS", "II", "III", "IV", "VI",
  ]
}

extension TestTarget {
  /// What two versions are compared by: a panel's number, a gene's symbol, the text itself.
  var identity: String {
    switch self {
    case .panel(let id, _): "panel \(id)"
    case .gene(let symbol, _): "gene \(symbol)"
    case .text(let text): "text \(text)"
    }
  }
}
