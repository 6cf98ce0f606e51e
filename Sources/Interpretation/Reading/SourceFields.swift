import Annotation

/// Reads what the cache's sources tell of an allele, from the fields that the annotator writes (Docs/known-variants.md).
struct SourceFields: Sendable {
  /// A source that classifies alleles as ClinVar does.
  private struct Classified: Sendable {
    var name: String
    var fields: [String]
  }

  private let frequencies: [(key: FrequencyKey, field: CandidateCriteria.FrequencyField)]
  private let classified: [Classified]

  /// - Parameter frequencies: where populations stand; those that the cache lacks are left out.
  init(_ frequencies: [FrequencyKey: CandidateCriteria.FrequencyField], sources: [KnownSourceBuild]) {
    self.frequencies = frequencies.filter { entry in
      sources.contains { source in
        source.name == entry.value.source && source.fields.contains { $0.key == entry.value.field }
      }
    }
    .sorted { ($0.key.dataset, $0.key.population) < ($1.key.dataset, $1.key.population) }
    .map { ($0.key, $0.value) }
    classified = sources.filter { $0.fields.contains { $0.key == "CLNSIG" } }
      .map { Classified(name: $0.name, fields: $0.fields.map(\.key)) }
  }

  /// The populations that the cache holds.
  var loaded: [FrequencyKey] { frequencies.map(\.key) }
  /// The sources of classified alleles that the cache holds.
  var classifiedSources: [String] { classified.map(\.name) }

  /// The entries of an annotation, `KEY=VALUE`, by key.
  static func entries(_ annotation: UnsafeRawBufferPointer) -> [String: Slice<UnsafeRawBufferPointer>] {
    var entries: [String: Slice<UnsafeRawBufferPointer>] = [:]
    for entry in annotation.split(separator: UInt8(ascii: ";")) {
      guard let equals = entry.firstIndex(of: UInt8(ascii: "=")) else { continue }
      entries[String(decoding: entry[..<equals], as: UTF8.self)] = entry[(equals + 1)...]
    }
    return entries
  }

  /// The value of the allele, of a field with one a ALT; nil for `.` or none.
  private static func value(
    _ key: String, _ entries: [String: Slice<UnsafeRawBufferPointer>], allele: Int
  ) -> String? {
    guard let list = entries[key] else { return nil }
    let values = list.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard values.indices.contains(allele - 1) else { return nil }
    let text = String(decoding: values[allele - 1], as: UTF8.self)
    return text == "." || text.isEmpty ? nil : text
  }

  /// What each loaded population answers.
  /// - Parameter allele: the alternate's number in the annotated record, counted from 1.
  func answers(
    _ entries: [String: Slice<UnsafeRawBufferPointer>], allele: Int
  ) -> [FrequencyKey: FrequencyAnswer] {
    var answers: [FrequencyKey: FrequencyAnswer] = [:]
    answers.reserveCapacity(frequencies.count)
    for (key, field) in frequencies {
      if let why = Self.value("\(field.source)_UNCHECKED", entries, allele: allele) {
        answers[key] = .notLookedUp(why)
      } else if let text = Self.value("\(field.source)_\(field.field)", entries, allele: allele) {
        // An allele that stands in the source twice has both values: the higher one counts.
        let numbers = text.split(separator: "&").compactMap { Double($0) }.filter(\.isFinite)
        let total = field.alleleNumber.flatMap { Self.value("\(field.source)_\($0)", entries, allele: allele) }
          .flatMap { $0.split(separator: "&").compactMap { Int($0) }.max() }
        answers[key] =
          numbers.max().map { .value($0, alleleNumber: total) }
          ?? (text.allSatisfy { $0 == "&" || $0 == "." } ? .absent : .notLookedUp("notANumber"))
      } else {
        answers[key] = .absent
      }
    }
    return answers
  }

  /// What classified alleles are evidence of.
  /// - Returns: nil where no source of the kind is loaded, or none could be asked.
  func known(_ entries: [String: Slice<UnsafeRawBufferPointer>], allele: Int) -> [KnownEvidence]? {
    var found: [KnownEvidence] = []
    var isAsked = false
    for source in classified {
      guard Self.value("\(source.name)_UNCHECKED", entries, allele: allele) == nil else { continue }
      isAsked = true
      if let significance = Self.value("\(source.name)_CLNSIG", entries, allele: allele) {
        found.append(
          KnownEvidence(
            source: source.name, match: .allele, significance: Self.restored(significance),
            reviewStatus: Self.value("\(source.name)_CLNREVSTAT", entries, allele: allele).map(Self.restored),
            conflicting: Self.value("\(source.name)_CLNSIGCONF", entries, allele: allele).map(Self.restored)))
      }
      if let list = entries["\(source.name)_SAME_CHANGE"] { found += neighbours(list, of: source, allele: allele) }
    }
    return isAsked ? found : nil
  }

  /// Other alleles with the same change of the protein: `POS:REF>ALT|ALLELE_NUM|transcript|p.(change)|fields…`.
  private func neighbours(
    _ list: Slice<UnsafeRawBufferPointer>, of source: Classified, allele: Int
  ) -> [KnownEvidence] {
    list.split(separator: UInt8(ascii: ",")).compactMap { entry in
      let parts = entry.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      guard parts.count == 4 + source.fields.count, Int(parts[1]) == allele else { return nil }
      func field(_ key: String) -> String? {
        guard let place = source.fields.firstIndex(of: key), !parts[4 + place].isEmpty, parts[4 + place] != "." else {
          return nil
        }
        return Self.restored(parts[4 + place])
      }
      guard let significance = field("CLNSIG") else { return nil }
      return KnownEvidence(
        source: source.name, match: .protein(transcript: parts[2], hgvsp: parts[3]), significance: significance,
        reviewStatus: field("CLNREVSTAT"), conflicting: field("CLNSIGCONF"))
    }
  }

  /// The cache writes the comma of a source's value as `&`; in ClinVar's words a `_` follows it, which no joined value
  /// begins with.
  private static func restored(_ text: String) -> String { text.replacing("&_", with: ",_") }
}
