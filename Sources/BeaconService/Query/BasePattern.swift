/// Bases as a request writes them: letters of the IUPAC code, of which N stands for any base.
package struct BasePattern: Sendable, Hashable {
  /// The letters in upper case, T for U; empty for nothing.
  package let letters: String
  /// Whether it stands for one sequence only.
  package let isPlain: Bool

  /// The longest that is looked for.
  static let longest = 10_000

  package init(_ text: String, parameter: String) throws(RequestFault) {
    let upper = text.uppercased()
    guard upper.utf8.count <= Self.longest else {
      throw .bad("\(parameter) is longer than \(Self.longest) bases")
    }
    if upper == "-" || upper == "." || upper.isEmpty {
      letters = ""
      isPlain = true
      return
    }
    guard upper.utf8.allSatisfy({ Self.classes[$0] != nil }) else {
      throw .bad("\(parameter) takes letters of the IUPAC code for bases, such as A or ANNT")
    }
    letters = upper.replacing("U", with: "T")
    isPlain = letters.utf8.allSatisfy { "ACGT".utf8.contains($0) }
  }

  /// The pattern for SQLite's GLOB.
  var glob: String { letters.utf8.map { Self.classes[$0] ?? "?" }.joined() }

  private static let classes: [UInt8: String] = {
    let table: [Character: String] = [
      "A": "A", "C": "C", "G": "G", "T": "T", "U": "T", "N": "?", "R": "[AG]", "Y": "[CT]", "S": "[CG]", "W": "[AT]",
      "K": "[GT]", "M": "[AC]", "B": "[CGT]", "D": "[AGT]", "H": "[ACT]", "V": "[ACG]",
    ]
    return Dictionary(uniqueKeysWithValues: table.map { ($0.key.asciiValue ?? 0, $0.value) })
  }()
}

/// A change without the bases that both alleles share, those at the beginning first, where VCF anchors an indel: how it
/// is compared in two notations.
struct MinimalChange: Sendable, Hashable {
  var start: Int
  var reference: Substring.UTF8View
  var alternate: Substring.UTF8View

  init(start: Int, reference: String, alternate: String) {
    var reference = Substring(reference).utf8
    var alternate = Substring(alternate).utf8
    var start = start
    while let a = reference.first, a == alternate.first {
      reference.removeFirst()
      alternate.removeFirst()
      start += 1
    }
    while let a = reference.last, a == alternate.last {
      reference.removeLast()
      alternate.removeLast()
    }
    self.start = start
    self.reference = reference
    self.alternate = alternate
  }

  static func == (a: MinimalChange, b: MinimalChange) -> Bool {
    a.start == b.start && a.reference.elementsEqual(b.reference) && a.alternate.elementsEqual(b.alternate)
  }

  func hash(into hasher: inout Hasher) { hasher.combine(start) }
}
