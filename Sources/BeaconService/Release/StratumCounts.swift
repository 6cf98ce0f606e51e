import Reports

/// The figures of one stratum; nil is suppressed or not counted, never zero.
package struct StratumCounts: Sendable, Hashable {
  /// The dimension, such as `sex`; `all` for everybody.
  package var dimension: String
  /// The stratum, such as `XX`.
  package var stratum: String
  /// Alleles counted.
  package var alleleCount: Int?
  /// Alleles that could have been.
  package var alleleNumber: Int?
  /// People with one copy of two.
  package var heterozygous: Int?
  /// People with two copies.
  package var homozygous: Int?
  /// People with the one copy that they have of the place.
  package var hemizygous: Int?
  /// The names of the figures that are suppressed.
  package var suppressed: [String] = []

  /// The allele frequency; nil where either figure is suppressed, or nobody was counted.
  package var frequency: Double? {
    guard let alleleCount, let alleleNumber, alleleNumber > 0, alleleCount >= 0, alleleCount <= alleleNumber else {
      return nil
    }
    return Double(alleleCount) / Double(alleleNumber)
  }

  /// Nothing counted yet.
  init(dimension: String = "", stratum: String = "") {
    self.dimension = dimension
    self.stratum = stratum
  }

  /// Reads one object of the release's `counts`.
  init?(_ json: JSONValue) {
    guard let dimension = json["dimension"]?.text, let stratum = json["stratum"]?.text else { return nil }
    self.init(dimension: dimension, stratum: stratum)
    alleleCount = json["AC"]?.whole
    alleleNumber = json["AN"]?.whole
    heterozygous = json["het"]?.whole
    homozygous = json["hom"]?.whole
    hemizygous = json["hemi"]?.whole
    suppressed = (json["suppressed"]?.elements ?? []).compactMap(\.text)
  }

  /// Reads the release's `counts`, quickly where they are written as `apus kb release` writes them.
  /// - Throws: `JSONFault` where they are no JSON.
  package static func list(_ text: String) throws(JSONFault) -> [StratumCounts] {
    var text = text
    if let quick = text.withUTF8({ QuickStrata.read($0) }) { return quick }
    return (try JSONValue(parsing: text.utf8).elements ?? []).compactMap(StratumCounts.init)
  }

  /// Writes the object as it is sent on: what is suppressed is absent, and named.
  func write(to text: inout JSONText) {
    text.raw(#"{"dimension":"#)
    text.string(dimension)
    text.raw(#","stratum":"#)
    text.string(stratum)
    if let alleleCount { Self.member(#","AC":"#, alleleCount, &text) }
    if let alleleNumber { Self.member(#","AN":"#, alleleNumber, &text) }
    if let heterozygous { Self.member(#","het":"#, heterozygous, &text) }
    if let homozygous { Self.member(#","hom":"#, homozygous, &text) }
    if let hemizygous { Self.member(#","hemi":"#, hemizygous, &text) }
    if !suppressed.isEmpty {
      text.raw(#","suppressed":"#)
      text.list(suppressed) { $0.string($1) }
    }
    text.raw("}")
  }

  private static func member(_ name: StaticString, _ figure: Int, _ text: inout JSONText) {
    text.raw(name)
    text.integer(figure)
  }
}

/// Reads a list of flat objects of texts, whole numbers and lists of texts, without escapes, spaces or anything else; nil
/// where it is not that, and the general reader decides.
private struct QuickStrata {
  let bytes: UnsafeBufferPointer<UInt8>
  var index = 0

  static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> [StratumCounts]? {
    var reader = QuickStrata(bytes: bytes)
    var strata: [StratumCounts] = []
    guard reader.take("[") else { return nil }
    if reader.take("]") { return reader.isAtEnd ? [] : nil }
    repeat {
      guard let stratum = reader.stratum() else { return nil }
      strata.append(stratum)
    } while reader.take(",")
    return reader.take("]") && reader.isAtEnd ? strata : nil
  }

  private var isAtEnd: Bool { index == bytes.count }

  private mutating func take(_ letter: Unicode.Scalar) -> Bool {
    guard index < bytes.count, bytes[index] == UInt8(ascii: letter) else { return false }
    index += 1
    return true
  }

  private mutating func stratum() -> StratumCounts? {
    guard take("{") else { return nil }
    var counts = StratumCounts()
    var named = 0
    repeat {
      guard let name = word(), take(":") else { return nil }
      if Self.isEqual(name, "AC") {
        guard counts.alleleCount == nil, let number = number() else { return nil }
        counts.alleleCount = number
      } else if Self.isEqual(name, "AN") {
        guard counts.alleleNumber == nil, let number = number() else { return nil }
        counts.alleleNumber = number
      } else if Self.isEqual(name, "het") {
        guard counts.heterozygous == nil, let number = number() else { return nil }
        counts.heterozygous = number
      } else if Self.isEqual(name, "hom") {
        guard counts.homozygous == nil, let number = number() else { return nil }
        counts.homozygous = number
      } else if Self.isEqual(name, "hemi") {
        guard counts.hemizygous == nil, let number = number() else { return nil }
        counts.hemizygous = number
      } else if Self.isEqual(name, "dimension") {
        guard named & 1 == 0, let text = text() else { return nil }
        counts.dimension = text
        named |= 1
      } else if Self.isEqual(name, "stratum") {
        guard named & 2 == 0, let text = text() else { return nil }
        counts.stratum = text
        named |= 2
      } else if Self.isEqual(name, "AF") {
        // The quotient is made from the counts.
        guard skipNumber() else { return nil }
      } else if Self.isEqual(name, "suppressed") {
        guard counts.suppressed.isEmpty, take("[") else { return nil }
        repeat {
          guard let text = text() else { return nil }
          counts.suppressed.append(text)
        } while take(",")
        guard take("]") else { return nil }
      } else {
        return nil
      }
    } while take(",")
    return named == 3 && take("}") ? counts : nil
  }

  private static func isEqual(_ name: Slice<UnsafeBufferPointer<UInt8>>, _ text: StaticString) -> Bool {
    guard name.count == text.utf8CodeUnitCount else { return false }
    let start = name.startIndex
    for index in 0..<name.count where name.base[start + index] != text.utf8Start[index] { return false }
    return true
  }

  /// The bytes between quotes; none of them escaped, or outside ASCII.
  private mutating func word() -> Slice<UnsafeBufferPointer<UInt8>>? {
    guard take("\"") else { return nil }
    let start = index
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      guard (0x20..<0x80).contains(bytes[index]), bytes[index] != UInt8(ascii: "\\") else { return nil }
      index += 1
    }
    defer { index += 1 }
    return index < bytes.count ? bytes[start..<index] : nil
  }

  private mutating func text() -> String? { word().map { String(decoding: $0, as: UTF8.self) } }

  private mutating func skipNumber() -> Bool {
    let start = index
    while index < bytes.count, (0x30...0x39).contains(bytes[index]) || "+-.eE".utf8.contains(bytes[index]) {
      index += 1
    }
    return index > start
  }

  private mutating func number() -> Int? {
    let start = index
    var number = 0
    while index < bytes.count, (0x30...0x39).contains(bytes[index]), index - start < 18 {
      number = number * 10 + Int(bytes[index] - 0x30)
      index += 1
    }
    guard index > start, index - start == 1 || bytes[start] != 0x30 else { return nil }
    return number
  }
}
