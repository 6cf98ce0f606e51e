/// A gene as an annotation names it.
public struct GeneName: Sendable, Hashable, Comparable {
  /// The annotation's identifier, such as Ensembl's; empty where it gives none.
  public let id: String
  /// The symbol; empty where it gives none.
  public let symbol: String

  /// A gene of this name.
  /// - Returns: nil where neither is given, or one holds `|`, a comma, a space or a control character: annotations write
  ///   none of them, and the canonical serialisation separates names by them.
  public init?(id: String, symbol: String) {
    guard !id.isEmpty || !symbol.isEmpty, (id + symbol).unicodeScalars.allSatisfy(Self.mayStand) else { return nil }
    self.id = id
    self.symbol = symbol
  }

  private static func mayStand(_ scalar: Unicode.Scalar) -> Bool {
    scalar != "|" && scalar != "," && scalar > " " && scalar != "\u{7F}"
  }

  /// `identifier|symbol`.
  var text: String { "\(id)|\(symbol)" }

  /// By the bytes of identifier and symbol.
  public static func < (one: GeneName, other: GeneName) -> Bool {
    one.text.utf8.lexicographicallyPrecedes(other.text.utf8)
  }
}

/// The genes that an annotation places an allele in; a set, and empty where it places it in none.
public struct GeneSet: Sendable, Hashable {
  /// The genes, sorted.
  public let genes: [GeneName]

  /// A set of these genes, in any order.
  public init(_ genes: some Sequence<GeneName>) { self.genes = Set(genes).sorted() }

  /// Reads what `text` writes; nil for anything else.
  init?(text: String) {
    guard text != "-" else {
      self.init([])
      return
    }
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map { entry -> GeneName? in
      let parts = entry.split(separator: "|", omittingEmptySubsequences: false)
      return parts.count == 2 ? GeneName(id: String(parts[0]), symbol: String(parts[1])) : nil
    }
    let genes = names.compactMap { $0 }
    guard genes.count == names.count else { return nil }
    self.init(genes)
  }

  /// `identifier|symbol`, separated by commas; `-` for the empty set.
  var text: String { genes.isEmpty ? "-" : genes.map(\.text).joined(separator: ",") }
}
