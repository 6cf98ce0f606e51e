public import Annotation

/// Reads entries of `CSQ` by the names of their fields.
struct ConsequenceEntries: Sendable {
  /// The fields that a candidate needs, in VEP's order.
  static let fields: [CSQField] = [
    .consequence, .symbol, .gene, .featureType, .feature, .biotype, .codingName, .proteinName, .alleleNumber,
    .hgncIdentifier, .canonical, .mane,
  ]

  private let places: [CSQField: Int]

  /// - Returns: nil where one of `fields` is not among those of the entries.
  init?(_ all: [CSQField]) {
    var places: [CSQField: Int] = [:]
    for field in Self.fields {
      guard let place = all.firstIndex(of: field) else { return nil }
      places[field] = place
    }
    self.places = places
  }

  /// The entries of one allele on transcripts, in order.
  /// - Parameters:
  ///   - value: what stands behind `CSQ=`.
  ///   - allele: the alternate's number in the record, counted from 1.
  func entries(_ value: UnsafeRawBufferPointer, allele: Int) -> [TranscriptConsequence] {
    var found: [TranscriptConsequence] = []
    for entry in value.split(separator: UInt8(ascii: ",")) {
      let values = entry.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
      func text(_ field: CSQField) -> String? {
        guard let place = places[field], values.indices.contains(place), !values[place].isEmpty else { return nil }
        return String(decoding: values[place], as: UTF8.self)
      }
      guard text(.alleleNumber).flatMap({ Int($0) }) == allele, text(.featureType) == "Transcript",
        let transcript = text(.feature)
      else { continue }
      found.append(
        TranscriptConsequence(
          symbol: text(.symbol), gene: Self.withoutVersion(text(.gene) ?? ""), hgnc: text(.hgncIdentifier),
          transcript: transcript, biotype: text(.biotype) ?? "",
          terms: (text(.consequence) ?? "").split(separator: "&").map(String.init),
          hgvsc: text(.codingName).map(Self.decoded), hgvsp: text(.proteinName).map(Self.decoded),
          isMANESelect: text(.mane) == "MANE_Select", isCanonical: text(.canonical) == "YES"))
    }
    return found
  }

  /// `ENSG….5` as `ENSG…`; anything else as it is.
  private static func withoutVersion(_ gene: String) -> String {
    guard gene.hasPrefix("ENS"), let dot = gene.firstIndex(of: ".") else { return gene }
    return String(gene[..<dot])
  }

  /// INFO writes `=` and `;` in percent.
  private static func decoded(_ name: String) -> String {
    guard name.contains("%") else { return name }
    return name.replacing("%3D", with: "=").replacing("%3B", with: ";").replacing("%25", with: "%")
  }
}
