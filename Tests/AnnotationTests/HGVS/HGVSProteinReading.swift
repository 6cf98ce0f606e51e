/// A predicted change of a protein, read and applied without the code under test.
struct HGVSProteinReading {
  /// What a name says the protein becomes.
  enum Outcome: Equatable {
    case protein([Character])
    /// The first residues, and how many there are with the stop; nil for none found.
    case begins([Character], count: Int?)
    case startUnknown
    case unknown
  }

  private static let letters: [String: Character] = [
    "Ala": "A", "Arg": "R", "Asn": "N", "Asp": "D", "Cys": "C", "Gln": "Q", "Glu": "E", "Gly": "G", "His": "H",
    "Ile": "I", "Leu": "L", "Lys": "K", "Met": "M", "Phe": "F", "Pro": "P", "Ser": "S", "Thr": "T", "Trp": "W",
    "Tyr": "Y", "Val": "V", "Sec": "U", "Ter": "*",
  ]

  /// What `text`, behind `p.`, makes of a protein that ends with its stop; nil where it does not fit.
  static func outcome(_ text: String, _ protein: [Character]) -> Outcome? {
    if text == "Met1?" { return .startUnknown }
    if text == "?" { return .unknown }
    guard text.hasPrefix("("), text.hasSuffix(")") else { return nil }
    var rest = text.dropFirst().dropLast()
    guard let start = residue(&rest, protein) else { return nil }
    var end = start
    if rest.first == "_" {
      rest.removeFirst()
      guard let other = residue(&rest, protein), other > start else { return nil }
      end = other
    }
    if rest == "%3D" { return .protein(protein) }
    var changed = protein
    if rest.hasPrefix("delins") {
      guard let new = residues(rest.dropFirst(6)), !new.isEmpty else { return nil }
      changed.replaceSubrange(start...end, with: new)
    } else if rest == "del" {
      changed.removeSubrange(start...end)
    } else if rest == "dup" {
      changed.insert(contentsOf: protein[start...end], at: end + 1)
    } else if rest.hasPrefix("ins") {
      guard end == start + 1, let new = residues(rest.dropFirst(3)), !new.isEmpty else { return nil }
      changed.insert(contentsOf: new, at: end)
    } else {
      guard start == end, let new = letters[String(rest.prefix(3))], new != protein[start] else { return nil }
      rest = rest.dropFirst(3)
      changed[start] = new
      let isShift = rest.hasPrefix("fsTer")
      if isShift || rest.hasPrefix("extTer") {
        guard isShift != (protein[start] == "*") else { return nil }
        let number = rest.dropFirst(isShift ? 5 : 6)
        guard number == "?" || Int(number) != nil else { return nil }
        let count = Int(number).map { start + $0 + (isShift ? 0 : 1) }
        return .begins(Array(changed[...start]), count: count)
      }
      guard rest.isEmpty else { return nil }
    }
    // Nothing is translated behind a stop.
    if let stop = changed.firstIndex(of: "*") { changed = Array(changed[...stop]) }
    return .protein(changed)
  }

  private static func residue(_ rest: inout Substring, _ protein: [Character]) -> Int? {
    guard let letter = letters[String(rest.prefix(3))] else { return nil }
    rest = rest.dropFirst(3)
    let digits = rest.prefix { $0.isNumber }
    rest = rest.dropFirst(digits.count)
    guard let number = Int(digits), protein.indices.contains(number - 1), protein[number - 1] == letter else {
      return nil
    }
    return number - 1
  }

  private static func residues(_ text: Substring) -> [Character]? {
    var rest = text
    var found: [Character] = []
    while !rest.isEmpty {
      guard let letter = letters[String(rest.prefix(3))] else { return nil }
      found.append(letter)
      rest = rest.dropFirst(3)
    }
    return found
  }
}
