public import Annotation

/// Reads entries of `CSQ` by the names of their fields.
struct ConsequenceEntries: Sendable {
  /// The fields that a candidate needs, in VEP's order.
  static let fields: [CSQField] = [
    .consequence, .symbol, .gene, .featureType, .feature, .biotype, .codingName, .proteinName, .alleleNumber,
    .hgncIdentifier, .canonical, .mane,
  ]

  /// Places in `fields`.
  private enum Place {
    static let consequence = 0
    static let symbol = 1
    static let gene = 2
    static let featureType = 3
    static let feature = 4
    static let biotype = 5
    static let codingName = 6
    static let proteinName = 7
    static let alleleNumber = 8
    static let hgnc = 9
    static let canonical = 10
    static let mane = 11
  }

  /// The place of each of `fields` among those of an entry.
  private let places: [Int]
  /// How many fields of an entry have to be looked at.
  private let count: Int

  /// - Returns: nil where one of `fields` is not among those of the entries.
  init?(_ all: [CSQField]) {
    places = Self.fields.compactMap { all.firstIndex(of: $0) }
    guard places.count == Self.fields.count, let last = places.max() else { return nil }
    count = last + 1
  }

  /// The entries of one allele on transcripts, in order.
  /// - Parameters:
  ///   - value: what stands behind `CSQ=`.
  ///   - allele: the alternate's number in the record, counted from 1.
  ///   - wants: asked of an entry's terms before anything else of it is made; nil for all entries.
  func entries(
    _ value: UnsafeRawBufferPointer, allele: Int, where wants: (([String]) -> Bool)? = nil
  ) -> [TranscriptConsequence] {
    var found: [TranscriptConsequence] = []
    var fields = [Range<Int>](repeating: 0..<0, count: count)
    var start = 0
    while start < value.count {
      start = Self.next(value, from: start, &fields)
      func field(_ number: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: value[fields[places[number]]])
      }
      func text(_ number: Int) -> String? {
        let bytes = field(number)
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
      }
      guard Self.number(field(Place.alleleNumber)) == allele, Self.equals(field(Place.featureType), "Transcript"),
        let transcript = text(Place.feature)
      else { continue }
      let terms = (text(Place.consequence) ?? "").split(separator: "&").map(String.init)
      guard wants?(terms) ?? true else { continue }
      found.append(
        TranscriptConsequence(
          symbol: text(Place.symbol), gene: Self.withoutVersion(text(Place.gene) ?? ""), hgnc: text(Place.hgnc),
          transcript: transcript, biotype: text(Place.biotype) ?? "", terms: terms,
          hgvsc: Self.decoded(field(Place.codingName)), hgvsp: Self.decoded(field(Place.proteinName)),
          isMANESelect: Self.equals(field(Place.mane), "MANE_Select"),
          isCanonical: Self.equals(field(Place.canonical), "YES")))
    }
    return found
  }

  /// Finds the fields of an entry; those that it does not have are empty.
  /// - Returns: where the next entry begins.
  private static func next(_ value: UnsafeRawBufferPointer, from start: Int, _ fields: inout [Range<Int>]) -> Int {
    var place = start
    var begin = start
    var number = 0
    while true {
      let byte = place < value.count ? value[place] : UInt8(ascii: ",")
      if byte == UInt8(ascii: "|") || byte == UInt8(ascii: ",") {
        if number < fields.count { fields[number] = begin..<place }
        number += 1
        begin = place + 1
        if byte == UInt8(ascii: ",") { break }
      }
      place += 1
    }
    while number < fields.count {
      fields[number] = 0..<0
      number += 1
    }
    return place + 1
  }

  private static func number(_ bytes: UnsafeRawBufferPointer) -> Int? {
    var value: Int?
    for byte in bytes {
      let digit = byte &- UInt8(ascii: "0")
      guard digit <= 9, value ?? 0 < 1_000_000 else { return nil }
      value = 10 * (value ?? 0) + Int(digit)
    }
    return value
  }

  private static func equals(_ bytes: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
    guard bytes.count == text.utf8CodeUnitCount else { return false }
    for place in 0..<bytes.count where bytes[place] != text.utf8Start[place] { return false }
    return true
  }

  /// `ENSG….5` as `ENSG…`; anything else as it is.
  private static func withoutVersion(_ gene: String) -> String {
    guard gene.hasPrefix("ENS"), let dot = gene.firstIndex(of: ".") else { return gene }
    return String(gene[..<dot])
  }

  /// INFO writes `=`, `;` and `%` in percent.
  private static func decoded(_ name: UnsafeRawBufferPointer) -> String? {
    guard !name.isEmpty else { return nil }
    guard name.contains(UInt8(ascii: "%")) else { return String(decoding: name, as: UTF8.self) }
    var decoded: [UInt8] = []
    var place = 0
    while place < name.count {
      let byte = Self.escaped(name, at: place)
      decoded.append(byte ?? name[place])
      place += byte == nil ? 1 : 3
    }
    return String(decoding: decoded, as: UTF8.self)
  }

  /// What `%3D`, `%3B` or `%25` at a place stands for.
  private static func escaped(_ name: UnsafeRawBufferPointer, at place: Int) -> UInt8? {
    guard name.count - place >= 3, name[place] == UInt8(ascii: "%") else { return nil }
    switch (name[place + 1], name[place + 2]) {
    case (UInt8(ascii: "3"), UInt8(ascii: "D")): return UInt8(ascii: "=")
    case (UInt8(ascii: "3"), UInt8(ascii: "B")): return UInt8(ascii: ";")
    case (UInt8(ascii: "2"), UInt8(ascii: "5")): return UInt8(ascii: "%")
    default: return nil
    }
  }
}
