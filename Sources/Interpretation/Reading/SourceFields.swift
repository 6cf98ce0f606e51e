import Annotation

/// Reads what the cache's sources tell of an allele, from the fields that the annotator writes (Docs/known-variants.md).
struct SourceFields: Sendable {
  /// A source that classifies alleles as ClinVar does, and its fields by what they are.
  private struct Classified: Sendable {
    var name: String
    var fields: [String]
    var significance: String
    var reviewStatus: String
    var conflicting: String
  }

  /// Where a population's frequency stands.
  private struct Population: Sendable {
    var key: FrequencyKey
    var source: String
    var field: String
    var number: String?
  }

  private var populations: [Population] = []
  private var classified: [Classified] = []
  /// Populations that the profile asks for and the cache does not hold.
  private(set) var notLoaded: [FrequencyKey] = []
  /// Sources with the field `CLNSIG` that no name of the profile's is.
  private(set) var unusedSources: [String] = []

  /// - Parameter sources: what the cache holds. Names are compared without regard to case.
  init(_ profile: TieringProfile, sources: [KnownSourceBuild]) {
    func source(_ name: String) -> KnownSourceBuild? {
      sources.first { $0.name.lowercased() == name.lowercased() }
    }
    func field(_ names: [String], of source: KnownSourceBuild) -> String? {
      names.lazy.compactMap { name in source.fields.first { $0.key == name }?.key }.first
    }
    for wanted in profile.frequencyFields {
      guard let source = wanted.sources.lazy.compactMap(source).first,
        let name = field(wanted.fields, of: source)
      else {
        notLoaded.append(wanted.key)
        continue
      }
      populations.append(
        Population(key: wanted.key, source: source.name, field: name, number: field(wanted.numberFields, of: source)))
    }
    for known in profile.knownSources {
      for source in known.sources.compactMap(source)
      where source.fields.contains(where: { $0.key == known.significance })
        && !classified.contains(where: { $0.name == source.name })
      {
        classified.append(
          Classified(
            name: source.name, fields: source.fields.map(\.key), significance: known.significance,
            reviewStatus: known.reviewStatus, conflicting: known.conflicting))
      }
    }
    unusedSources = sources.filter { source in
      source.fields.contains { $0.key == "CLNSIG" } && !classified.contains { $0.name == source.name }
    }.map(\.name)
  }

  /// Populations that the profile asks for and the cache holds.
  var loaded: Set<FrequencyKey> { Set(populations.map(\.key)) }
  /// The sources of classified alleles that are asked.
  var classifiedSources: [String] { classified.map(\.name) }

  /// The sources that populations' frequencies are read from.
  var populationSources: Set<String> { Set(populations.map(\.source)) }

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
    answers.reserveCapacity(populations.count)
    for population in populations {
      if let why = Self.value("\(population.source)_UNCHECKED", entries, allele: allele) {
        answers[population.key] = .notLookedUp(why)
      } else if let text = Self.value("\(population.source)_\(population.field)", entries, allele: allele) {
        // An allele that stands in the source twice has both values: the higher one counts.
        let numbers = text.split(separator: "&").compactMap { Double($0) }.filter(\.isFinite)
        let total = population.number.flatMap { Self.value("\(population.source)_\($0)", entries, allele: allele) }
          .flatMap { $0.split(separator: "&").compactMap { Int($0) }.max() }
        answers[population.key] =
          numbers.max().map { .value($0, alleleNumber: total) }
          ?? (text.allSatisfy { $0 == "&" || $0 == "." } ? .absent : .notLookedUp("notANumber"))
      } else {
        answers[population.key] = .absent
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
      if let significance = Self.value("\(source.name)_\(source.significance)", entries, allele: allele) {
        found.append(
          KnownEvidence(
            source: source.name, match: .allele, significance: Self.restored(significance),
            reviewStatus: Self.value("\(source.name)_\(source.reviewStatus)", entries, allele: allele).map(
              Self.restored),
            conflicting: Self.value("\(source.name)_\(source.conflicting)", entries, allele: allele).map(Self.restored))
        )
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
      guard let significance = field(source.significance) else { return nil }
      return KnownEvidence(
        source: source.name, match: .protein(transcript: parts[2], hgvsp: parts[3]), significance: significance,
        reviewStatus: field(source.reviewStatus), conflicting: field(source.conflicting))
    }
  }

  /// The cache writes the comma of a source's value as `&`; in ClinVar's words a `_` follows it, which no joined value
  /// begins with.
  private static func restored(_ text: String) -> String { text.replacing("&_", with: ",_") }
}
