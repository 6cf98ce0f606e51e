import Annotation

/// Reads what the cache's sources tell of an allele, from the fields that the annotator writes (Docs/known-variants.md).
struct SourceFields: Sendable {
  /// A source that classifies alleles as ClinVar does, and its fields by what they are.
  private struct Classified: Sendable {
    let name: String
    let fields: [String]
    let asked: KnownSource
    // The keys that the annotator writes.
    let unchecked: [UInt8]
    let sameChange: [UInt8]
    let significance: [UInt8]
    let reviewStatus: [UInt8]
    let conflicting: [UInt8]

    init(_ source: KnownSourceBuild, _ asked: KnownSource) {
      name = source.name
      fields = source.fields.map(\.key)
      self.asked = asked
      func key(_ field: String) -> [UInt8] { SourceFields.key(source.name, field) }
      (unchecked, sameChange) = (key("UNCHECKED"), key("SAME_CHANGE"))
      (significance, reviewStatus, conflicting) = (
        key(asked.significance), key(asked.reviewStatus), key(asked.conflicting)
      )
    }
  }

  /// Where a population's frequency stands.
  private struct Population: Sendable {
    var source: String
    // The keys that the annotator writes.
    var unchecked: [UInt8]
    var field: [UInt8]
    var number: [UInt8]?
  }

  private var keys: [FrequencyKey] = []
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
      keys.append(wanted.key)
      populations.append(
        Population(
          source: source.name, unchecked: Self.key(source.name, "UNCHECKED"), field: Self.key(source.name, name),
          number: field(wanted.numberFields, of: source).map { Self.key(source.name, $0) }))
    }
    for known in profile.knownSources {
      for source in known.sources.compactMap(source)
      where source.fields.contains(where: { $0.key == known.significance })
        && !classified.contains(where: { $0.name == source.name })
      {
        classified.append(Classified(source, known))
      }
    }
    unusedSources = sources.filter { source in
      source.fields.contains { $0.key == "CLNSIG" } && !classified.contains { $0.name == source.name }
    }.map(\.name)
  }

  /// The key of a source's field among an annotation's entries.
  private static func key(_ source: String, _ field: String) -> [UInt8] { Array("\(source)_\(field)".utf8) }

  /// Populations that the profile asks for and the cache holds.
  var loaded: Set<FrequencyKey> { Set(keys) }
  /// The sources of classified alleles that are asked.
  var classifiedSources: [String] { classified.map(\.name) }

  /// The sources that populations' frequencies are read from.
  var populationSources: Set<String> { Set(populations.map(\.source)) }

  /// What each loaded population answers.
  /// - Parameter allele: the alternate's number in the annotated record, counted from 1.
  func answers(_ entries: inout AnnotationEntries, allele: Int) -> FrequencyAnswers {
    var answers: [FrequencyAnswer] = []
    answers.reserveCapacity(populations.count)
    for population in populations {
      if let why = entries.value(of: population.unchecked, allele: allele) {
        answers.append(.notLookedUp(String(decoding: why, as: UTF8.self)))
      } else if let bytes = entries.value(of: population.field, allele: allele) {
        let text = String(decoding: bytes, as: UTF8.self)
        let total = population.number.flatMap { entries.value(of: $0, allele: allele) }.flatMap {
          Self.parts($0).compactMap { Int($0) }.max()
        }
        // An allele that stands in the source twice has both values: the higher one counts.
        answers.append(
          Self.parts(bytes).compactMap { Double($0) }.filter(\.isFinite).max().map { .value($0, alleleNumber: total) }
            ?? (text.allSatisfy { $0 == "&" || $0 == "." } ? .absent : .notLookedUp("notANumber")))
      } else {
        answers.append(.absent)
      }
    }
    return FrequencyAnswers(keys, answers)
  }

  /// The values of an allele that stands in a source more than once.
  private static func parts(_ bytes: UnsafeRawBufferPointer) -> [Substring] {
    let text = String(decoding: bytes, as: UTF8.self)
    return bytes.contains(UInt8(ascii: "&")) ? text.split(separator: "&") : [text[...]]
  }

  /// What classified alleles are evidence of.
  /// - Returns: nil where no source of the kind is loaded, or none could be asked.
  func known(_ entries: inout AnnotationEntries, allele: Int) -> [KnownEvidence]? {
    var found: [KnownEvidence] = []
    var isAsked = false
    for source in classified {
      guard entries.value(of: source.unchecked, allele: allele) == nil else { continue }
      isAsked = true
      if let significance = entries.value(of: source.significance, allele: allele) {
        found.append(
          KnownEvidence(
            source: source.name, match: .allele, significance: Self.restored(significance),
            reviewStatus: entries.value(of: source.reviewStatus, allele: allele).map(Self.restored),
            conflicting: entries.value(of: source.conflicting, allele: allele).map(Self.restored)))
      }
      if let list = entries.value(of: source.sameChange) { found += neighbours(list, of: source, allele: allele) }
    }
    return isAsked ? found : nil
  }

  /// Other alleles with the same change of the protein: `POS:REF>ALT|ALLELE_NUM|transcript|p.(change)|fields…`.
  private func neighbours(
    _ list: UnsafeRawBufferPointer, of source: Classified, allele: Int
  ) -> [KnownEvidence] {
    list.split(separator: UInt8(ascii: ",")).compactMap { entry in
      let parts = entry.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
        .map { UnsafeRawBufferPointer(rebasing: $0) }
      guard parts.count == 4 + source.fields.count, Int(Self.text(parts[1])) == allele else { return nil }
      func field(_ key: String) -> String? {
        guard let place = source.fields.firstIndex(of: key) else { return nil }
        let text = Self.restored(parts[4 + place])
        return text.isEmpty || text == "." ? nil : text
      }
      guard let significance = field(source.asked.significance) else { return nil }
      return KnownEvidence(
        source: source.name, match: .protein(transcript: Self.text(parts[2]), hgvsp: Self.text(parts[3])),
        significance: significance,
        reviewStatus: field(source.asked.reviewStatus), conflicting: field(source.asked.conflicting))
    }
  }

  /// The cache writes the comma of a source's value as `&`; in ClinVar's words a `_` follows it, which no joined value
  /// begins with.
  private static func restored(_ bytes: UnsafeRawBufferPointer) -> String {
    guard bytes.contains(UInt8(ascii: "&")) else { return text(bytes) }
    var restored = Array(bytes)
    for place in restored.indices.dropLast()
    where restored[place] == UInt8(ascii: "&") && restored[place + 1] == UInt8(ascii: "_") {
      restored[place] = UInt8(ascii: ",")
    }
    return String(decoding: restored, as: UTF8.self)
  }

  private static func text(_ bytes: UnsafeRawBufferPointer) -> String { String(decoding: bytes, as: UTF8.self) }
}
