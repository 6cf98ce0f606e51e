import Genomics
import Variants

/// Looks the alleles of one run's records up in the sources of a cache, and writes what is found as INFO entries.
struct KnownLookup {
  /// What became of an allele in one source.
  private enum Answer {
    case hit(KnownChunk, row: Int)
    case absent
    /// Not looked up, and why.
    case unchecked(String)
  }

  private let sources: [KnownSource]
  private let keys: [SourceKeys]
  /// The run's contig in the cache; nil where the cache's reference lacks it.
  private let contig: Int?
  private let name: String
  private var canonical = CanonicalAllele()
  private var answers: [Answer] = []
  private var tallies: [SourceTally]
  private let isClassified: [Bool]
  /// Whether a source of classified alleles has one of the last record.
  private(set) var hasClassified = false
  /// The chunk that each source was last asked for.
  private var last: [(window: Int, chunk: KnownChunk?)]

  init(_ sources: [KnownSource], contig: Int?, name: String) {
    self.sources = sources
    self.contig = contig
    self.name = name
    keys = sources.map(SourceKeys.init)
    isClassified = sources.map(\.build.isClassified)
    tallies = sources.map { _ in SourceTally() }
    last = sources.map { _ in (-1, nil) }
  }

  /// Appends the entries of a record, each with a semicolon before it where the output is not at `first`.
  /// - Parameters:
  ///   - position: POS, counted from 1.
  ///   - base: the contig's base at a position counted from 0.
  /// - Throws: `CacheError` of kind `damaged`; `CanonicalAllele.Refusal.referenceMismatch`.
  mutating func append(
    position: Int, reference: UnsafeRawBufferPointer, alternates: UnsafeRawBufferPointer, base: (Int) -> UInt8?,
    first: Int, to output: inout [UInt8]
  ) throws {
    guard !sources.isEmpty else { return }
    answers.removeAll(keepingCapacity: true)
    hasClassified = false
    var start = 0
    while start <= alternates.count {
      var end = start
      while end < alternates.count, alternates[end] != UInt8(ascii: ",") { end += 1 }
      try ask(position, reference, UnsafeRawBufferPointer(rebasing: alternates[start..<end]), base)
      start = end + 1
    }
    for source in sources.indices { appendEntries(of: source, first, &output) }
  }

  /// What was counted, by source.
  var counts: [String: KnownSourceCounts] {
    var counts: [String: KnownSourceCounts] = [:]
    for (index, source) in sources.enumerated() {
      counts[source.build.name] = tallies[index].counts(
        contig: name, isMatched: contig.map(source.has(contig:)) ?? false)
    }
    return counts
  }

  // MARK: Asking

  private mutating func ask(
    _ position: Int, _ reference: UnsafeRawBufferPointer, _ alternate: UnsafeRawBufferPointer, _ base: (Int) -> UInt8?
  ) throws {
    if let why = Self.notBases(alternate) { return answer(unchecked: why) }
    do throws(CanonicalAllele.Refusal) {
      try canonical.take(position: position, reference: reference, alternate: alternate, base: base)
    } catch {
      // Another reference's record must not be looked up in this one's sources.
      if error == .referenceMismatch { throw error }
      return answer(unchecked: error.rawValue)
    }
    guard let code = canonical.code else { return answer(unchecked: CanonicalAllele.Refusal.notBases.rawValue) }
    for (index, source) in sources.enumerated() {
      guard let contig, source.has(contig: contig) else {
        answers.append(.unchecked("contig"))
        tallies[index].count(unchecked: "contig")
        continue
      }
      let window = canonical.start >> KnownChunkLayout.placeBits
      if last[index].window != window {
        last[index] = (window, try source.chunk(contig: contig, position: canonical.start))
      }
      let row = canonical.alternate.withUnsafeBytes { alternate in
        last[index].chunk?.row(
          place: canonical.start & (1 << KnownChunkLayout.placeBits - 1), code: code,
          referenceLength: canonical.reference.count, alternate: alternate)
      }
      if let row, let chunk = last[index].chunk {
        answers.append(.hit(chunk, row: row))
        tallies[index].hits += 1
        if isClassified[index] { hasClassified = true }
      } else {
        answers.append(.absent)
        tallies[index].absent += 1
      }
    }
  }

  private mutating func answer(unchecked why: String) {
    for index in sources.indices {
      answers.append(.unchecked(why))
      tallies[index].count(unchecked: why)
    }
  }

  private static func notBases(_ alternate: UnsafeRawBufferPointer) -> String? {
    if alternate.count == 1, Base.isVCFBase(alternate[0]) { return nil }
    return switch AlternateAlleleKind(alternate) {
    case .bases: nil
    case .some(.none): "noAlternate"
    case .overlappingDeletion: "overlappingDeletion"
    case .unspecified: "unspecified"
    case .symbolic: "symbolic"
    case .breakend: "breakend"
    case nil: "notBases"
    }
  }

  // MARK: Writing

  private mutating func appendEntries(of source: Int, _ first: Int, _ output: inout [UInt8]) {
    let fields = keys[source].fields
    var hasHit = false
    var hasUnchecked = false
    for index in stride(from: source, to: answers.count, by: sources.count) {
      switch answers[index] {
      case .hit: hasHit = true
      case .unchecked: hasUnchecked = true
      case .absent: break
      }
    }
    if hasHit {
      var told = false
      for field in fields.indices {
        let before = output.count
        appendKey(fields[field], first, &output)
        var hasValue = false
        for index in stride(from: source, to: answers.count, by: sources.count) {
          if index > source { output.append(UInt8(ascii: ",")) }
          if case .hit(let chunk, let row) = answers[index], chunk.append(field: field, of: row, to: &output) {
            hasValue = true
            if field == keys[source].filter { tallies[source].filtered += 1 }
          } else {
            output.append(UInt8(ascii: "."))
          }
        }
        if hasValue { told = true } else { output.removeSubrange(before...) }
      }
      if !told { appendList(keys[source].known, source, first, &output) { if case .hit = $0 { "1" } else { nil } } }
    }
    if hasUnchecked {
      appendList(keys[source].unchecked, source, first, &output) {
        if case .unchecked(let why) = $0 { why } else { nil }
      }
    }
  }

  private func appendList(
    _ key: [UInt8], _ source: Int, _ first: Int, _ output: inout [UInt8], _ value: (Answer) -> String?
  ) {
    appendKey(key, first, &output)
    for index in stride(from: source, to: answers.count, by: sources.count) {
      if index > source { output.append(UInt8(ascii: ",")) }
      output.append(contentsOf: (value(answers[index]) ?? ".").utf8)
    }
  }

  private func appendKey(_ key: [UInt8], _ first: Int, _ output: inout [UInt8]) {
    if output.count > first { output.append(UInt8(ascii: ";")) }
    output += key
  }
}

/// The INFO keys of a source, with their `=`.
private struct SourceKeys {
  let fields: [[UInt8]]
  let known: [UInt8]
  let unchecked: [UInt8]
  /// The field that holds filters.
  let filter: Int?

  init(_ source: KnownSource) {
    let name = source.build.name
    fields = source.build.fields.map { Array("\(name)_\($0.key)=".utf8) }
    known = Array("\(name)_KNOWN=".utf8)
    unchecked = Array("\(name)_UNCHECKED=".utf8)
    filter = source.build.fields.firstIndex { $0.key == "FILTER" }
  }
}

extension KnownSourceBuild {
  /// The INFO keys of annotated records, and the header lines that declare them.
  var infoFields: [(key: String, line: String)] {
    func line(_ key: String, _ type: String, _ description: String) -> (String, String) {
      let text = description.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      return (key, "##INFO=<ID=\(key),Number=A,Type=\(type),Description=\"\(text)\">")
    }
    let source = files.map(\.name).joined(separator: ", ")
    return fields.map { line("\(name)_\($0.key)", $0.type, "\($0.description), of the same allele in \(source)") } + [
      line("\(name)_KNOWN", "Integer", "1 where the allele is in \(source), which tells nothing else of it"),
      line("\(name)_UNCHECKED", "String", "Why the allele was not looked up in \(source)"),
    ] + neighbourFields
  }
}

/// What was counted in one source for one run.
private struct SourceTally {
  var hits = 0
  var absent = 0
  var filtered = 0
  var unchecked: [String: Int] = [:]

  mutating func count(unchecked why: String) { unchecked[why, default: 0] += 1 }

  func counts(contig: String, isMatched: Bool) -> KnownSourceCounts {
    var counts = KnownSourceCounts()
    counts.allelesEligible = hits + absent
    counts.allelesHit = hits
    counts.allelesAbsent = absent
    counts.allelesFilteredInSource = filtered
    counts.allelesNotLookedUp = unchecked
    counts.allelesIn = hits + absent + unchecked.values.reduce(0, +)
    if isMatched {
      counts.allelesOnContigsOfSource[contig] = counts.allelesIn
    } else {
      counts.allelesOnContigsWithout[contig] = counts.allelesIn
    }
    return counts
  }
}
