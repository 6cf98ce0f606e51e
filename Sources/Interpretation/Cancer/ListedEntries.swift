import Annotation

/// Picks the entries of `CSQ` that are told of a variant: of each gene with a listed term one, by the rank of its
/// transcript. Entries are looked at as bytes; only those picked are made into values.
struct ListedEntries: Sendable {
  private let terms: [[UInt8]]
  private let consequence: Int
  private let gene: Int
  private let canonical: Int
  private let mane: Int

  /// - Parameter terms: the listed terms of the Sequence Ontology.
  /// - Returns: nil where the entries lack one of the fields.
  init?(_ terms: Set<String>, _ fields: [CSQField]) {
    guard let consequence = fields.firstIndex(of: .consequence), let gene = fields.firstIndex(of: .gene),
      let canonical = fields.firstIndex(of: .canonical), let mane = fields.firstIndex(of: .mane)
    else { return nil }
    self.terms = terms.sorted().map { Array($0.utf8) }
    (self.consequence, self.gene, self.canonical, self.mane) = (consequence, gene, canonical, mane)
  }

  /// The entries picked, with commas between them, in the order in which their genes come first.
  /// - Parameter value: what stands behind `CSQ=`.
  func picked(_ value: UnsafeRawBufferPointer) -> [UInt8] {
    var best: [(gene: Range<Int>, entry: Range<Int>, rank: Int)] = []
    var start = 0
    while start < value.count {
      var end = start
      var field = 0
      var begin = start
      var (isListed, isMANE, isCanonical) = (false, false, false)
      var name = start..<start
      while end <= value.count {
        let byte = end < value.count ? value[end] : UInt8(ascii: ",")
        if byte == UInt8(ascii: "|") || byte == UInt8(ascii: ",") {
          switch field {
          case consequence: isListed = hasListed(value, begin..<end)
          case gene: name = begin..<end
          case canonical: isCanonical = equals(value, begin..<end, "YES")
          case mane: isMANE = equals(value, begin..<end, "MANE_Select")
          default: break
          }
          field += 1
          begin = end + 1
          if byte == UInt8(ascii: ",") { break }
        }
        end += 1
      }
      if isListed {
        let rank = isMANE ? 0 : isCanonical ? 1 : 2
        if let place = best.firstIndex(where: { value[$0.gene].elementsEqual(value[name]) }) {
          if rank < best[place].rank { best[place] = (best[place].gene, start..<end, rank) }
        } else {
          best.append((name, start..<end, rank))
        }
      }
      start = end + 1
    }
    return Array(best.map { Array(value[$0.entry]) }.joined(separator: [UInt8(ascii: ",")]))
  }

  private func hasListed(_ value: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
    var begin = range.lowerBound
    while begin <= range.upperBound {
      var end = begin
      while end < range.upperBound, value[end] != UInt8(ascii: "&") { end += 1 }
      for term in terms where term.count == end - begin {
        var place = 0
        while place < term.count, term[place] == value[begin + place] { place += 1 }
        if place == term.count { return true }
      }
      begin = end + 1
    }
    return false
  }

  private func equals(_ value: UnsafeRawBufferPointer, _ range: Range<Int>, _ text: StaticString) -> Bool {
    guard range.count == text.utf8CodeUnitCount else { return false }
    for place in 0..<range.count where value[range.lowerBound + place] != text.utf8Start[place] { return false }
    return true
  }
}
