/// A name on DNA, read without the code under test.
struct HGVSReading: Equatable {
  struct Place: Equatable {
    /// The number, negative before the CDS.
    var number: Int
    /// Whether it is counted behind the CDS.
    var isBehind = false
    var offset = 0
  }

  enum Change: Equatable {
    case substitution(String, String)
    case deletion, duplication, inversion, equal
    case insertion(String)
    case replacement(String)
  }

  var sequence: String
  /// `g`, `m`, `c`, `n`.
  var type: Character
  var start: Place
  var end: Place
  var change: Change

  init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    sequence = String(text[..<colon])
    var rest = text[text.index(after: colon)...]
    guard let type = rest.popFirst(), rest.popFirst() == "." else { return nil }
    self.type = type
    guard let start = Self.place(&rest) else { return nil }
    self.start = start
    end = start
    if rest.first == "_" {
      rest.removeFirst()
      guard let end = Self.place(&rest) else { return nil }
      self.end = end
    }
    if rest.hasPrefix("delins") {
      change = .replacement(String(rest.dropFirst(6)))
    } else if rest.hasPrefix("del") {
      change = .deletion
    } else if rest.hasPrefix("dup") {
      change = .duplication
    } else if rest.hasPrefix("inv") {
      change = .inversion
    } else if rest.hasPrefix("ins") {
      change = .insertion(String(rest.dropFirst(3)))
    } else if rest == "%3D" || rest == "=" {
      change = .equal
    } else {
      let parts = rest.split(separator: ">")
      guard parts.count == 2 else { return nil }
      change = .substitution(String(parts[0]), String(parts[1]))
    }
  }

  private static func place(_ rest: inout Substring) -> Place? {
    var place = Place(number: 0)
    var isNegative = false
    if rest.first == "*" {
      place.isBehind = true
      rest.removeFirst()
    } else if rest.first == "-" {
      isNegative = true
      rest.removeFirst()
    }
    guard let number = number(&rest) else { return nil }
    place.number = isNegative ? -number : number
    if let sign = rest.first, sign == "+" || sign == "-" {
      rest.removeFirst()
      guard let offset = Self.number(&rest) else { return nil }
      place.offset = sign == "-" ? -offset : offset
    }
    return place
  }

  private static func number(_ rest: inout Substring) -> Int? {
    let digits = rest.prefix { $0.isNumber }
    rest = rest.dropFirst(digits.count)
    return Int(digits)
  }

  /// The bases with the change made; nil where the name does not fit them.
  /// - Parameters:
  ///   - position: where a place of the name lies in the bases.
  ///   - isReverse: whether the name is told on the other strand of the bases.
  func applied(to bases: [UInt8], isReverse: Bool, position: (Place) -> Int?) -> [UInt8]? {
    guard let one = position(start), let other = position(end) else { return nil }
    // Places are told in the direction of the strand.
    guard isReverse ? one >= other : one <= other else { return nil }
    let (low, high) = (min(one, other), max(one, other))
    guard low >= 0, high < bases.count else { return nil }
    func turned(_ text: String) -> [UInt8] {
      isReverse ? text.utf8.reversed().map(SyntheticGene.opposite) : Array(text.utf8)
    }
    let stretch = Array(bases[low...high])
    var changed = bases
    switch change {
    case .substitution(let before, let after):
      guard turned(before) == stretch, before != after else { return nil }
      changed.replaceSubrange(low...high, with: turned(after))
    case .deletion: changed.removeSubrange(low...high)
    case .duplication: changed.insert(contentsOf: stretch, at: high + 1)
    case .inversion:
      guard stretch.count > 1 else { return nil }
      changed.replaceSubrange(low...high, with: stretch.reversed().map(SyntheticGene.opposite))
    case .insertion(let text):
      guard high == low + 1, !text.isEmpty else { return nil }
      changed.insert(contentsOf: turned(text), at: high)
    case .replacement(let text):
      guard !text.isEmpty else { return nil }
      changed.replaceSubrange(low...high, with: turned(text))
    case .equal: break
    }
    return changed
  }

  /// Where a place of a name on a gene's transcript lies in the transcript, without its offset.
  static func transcriptPlace(_ place: Place, _ gene: HGVSGene) -> Int? {
    guard let coding = gene.coding else { return place.number - 1 }
    if place.isBehind { return coding.upperBound + place.number - 1 }
    guard place.number != 0 else { return nil }
    return coding.lowerBound + (place.number > 0 ? place.number - 1 : place.number)
  }

  /// Where it lies on the contig.
  static func position(_ place: Place, _ gene: HGVSGene) -> Int? {
    guard let index = transcriptPlace(place, gene), gene.places.indices.contains(index) else { return nil }
    return gene.places[index] + (gene.isReverse ? -place.offset : place.offset)
  }
}
