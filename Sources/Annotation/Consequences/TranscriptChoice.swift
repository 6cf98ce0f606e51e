public import GenomicFiles
public import Genomics

/// Which of an allele's transcripts are told of, or marked.
public struct TranscriptChoice: Sendable {
  /// Of what one is chosen.
  public enum Scope: Sendable {
    /// An allele.
    case allele
    /// An allele and gene.
    case gene
  }

  /// Of what one is chosen.
  public var scope: Scope
  /// Whether the others are told of too, without the mark.
  public var keepsOthers: Bool
  /// Transcripts that the laboratory wants before all others.
  public var list: PickList?

  /// A choice.
  public init(_ scope: Scope, keepsOthers: Bool = false, list: PickList? = nil) {
    self.scope = scope
    self.keepsOthers = keepsOthers
    self.list = list
  }
}

/// The step that decided, as `PICK_REASON` tells it.
enum PickReason: String {
  /// The laboratory's list.
  case list = "pick_list"
  /// MANE Plus Clinical, on which the consequence is more severe than on MANE Select.
  case manePlusClinical = "mane_plus_clinical"
  case maneSelect = "mane_select"
  /// RefSeq Select or Ensembl canonical.
  case canonical
  case proteinCoding = "protein_coding"
  case mostSevere = "most_severe"
  case longestCoding = "longest_cds"
  case identifier = "id"
  /// There was nothing to choose from.
  case only = "only_entry"

  var text: StaticString {
    switch self {
    case .list: "pick_list"
    case .manePlusClinical: "mane_plus_clinical"
    case .maneSelect: "mane_select"
    case .canonical: "canonical"
    case .proteinCoding: "protein_coding"
    case .mostSevere: "most_severe"
    case .longestCoding: "longest_cds"
    case .identifier: "id"
    case .only: "only_entry"
    }
  }
}

/// A transcript that an allele meets, as far as the choice goes by it.
struct PickCandidate {
  /// The transcript's number in the cache.
  var transcript: Int
  /// The gene's.
  var gene: Int
  /// The place on the laboratory's list; nil for none.
  var rank: Int?
  var flags: TranscriptFlags
  var isProteinCoding: Bool
  /// The rank of the most severe consequence; 0 is the most severe there is.
  var severity: Int
  /// Bases of the CDS.
  var codingLength: Int

  /// Chooses one of several; reference/variants.md 5.4.
  /// - Parameter precedes: whether one transcript's identifier comes before another's.
  /// - Returns: its index, and the step that decided: the one whose kind it is, or that left it alone.
  static func choose(
    _ all: [PickCandidate], precedes: (Int, Int) -> Bool
  ) -> (index: Int, reason: PickReason)? {
    var left = Array(all.indices)
    guard !left.isEmpty else { return nil }
    /// Keeps those of a kind, if there are any; whether one alone is left.
    func keep(_ isKind: (PickCandidate) -> Bool) -> Bool {
      let kept = left.filter { isKind(all[$0]) }
      guard !kept.isEmpty else { return false }
      left = kept
      return kept.count == 1
    }
    let first = all.lazy.compactMap(\.rank).min()
    if let first, keep({ $0.rank == first }) { return (left[0], .list) }
    if keep({ isMoreSevereThanSelect($0, all) }) { return (left[0], .manePlusClinical) }
    if keep({ $0.flags.contains(.maneSelect) }) { return (left[0], .maneSelect) }
    if keep({ !$0.flags.isDisjoint(with: [.refSeqSelect, .canonical]) }) { return (left[0], .canonical) }
    if left.count == 1 { return (left[0], .only) }
    if keep({ $0.isProteinCoding }) { return (left[0], .proteinCoding) }
    let severity = left.map { all[$0].severity }.min()
    if keep({ $0.severity == severity }) { return (left[0], .mostSevere) }
    let length = left.map { all[$0].codingLength }.max()
    if keep({ $0.codingLength == length }) { return (left[0], .longestCoding) }
    return left.min { precedes(all[$0].transcript, all[$1].transcript) }.map { ($0, .identifier) }
  }

  /// Whether a transcript is MANE Plus Clinical and the consequence there more severe than on its gene's MANE Select,
  /// which may be too far away to be told of.
  private static func isMoreSevereThanSelect(_ one: PickCandidate, _ all: [PickCandidate]) -> Bool {
    guard one.flags.contains(.manePlusClinical) else { return false }
    return all.allSatisfy { $0.gene != one.gene || !$0.flags.contains(.maneSelect) || one.severity < $0.severity }
  }
}

/// Transcripts that a laboratory wants before all others, in order: a file of one identifier a line.
///
/// An identifier with a version means that version alone, one without means any; exact versions match first. Blank lines,
/// and lines that begin with `#`, are passed over.
public struct PickList: Sendable, Hashable {
  /// The identifiers, in order.
  public let identifiers: [String]

  /// A list of identifiers.
  public init(_ identifiers: [String]) { self.identifiers = identifiers }

  /// Reads a list.
  /// - Throws: `InputError` for a line that is not one identifier, or a list of none; what reading throws.
  public init(path: String, resources: RunResources) async throws {
    let remedy = "write one transcript a line"
    identifiers = try await withLines(of: InputFile(path: path), resources: resources) { reader in
      var found: [String] = []
      while let batch = try await reader.next() {
        try batch.forEachLine { line, location in
          guard let text = String(validating: line, as: UTF8.self) else {
            throw InputError(.malformed, at: location(), "the line is not UTF-8", remedy: remedy)
          }
          let words = text.split { $0 == " " || $0 == "\t" }
          guard let word = words.first, !word.hasPrefix("#") else { return true }
          guard words.count == 1 else {
            throw InputError(.malformed, at: location(), "the line is not one identifier", remedy: remedy)
          }
          found.append(String(word))
          return true
        }
      }
      return found
    }
    guard !identifiers.isEmpty else {
      throw InputError(.empty, at: InputLocation(file: path), "the list names no transcript", remedy: remedy)
    }
  }

  /// The place on the list of each transcript of a cache that is on it: exact versions before others. The identifiers
  /// that no transcript has are told too.
  func resolved(in cache: AnnotationCache) -> (ranks: [Int: Int], missing: [String]) {
    let places = Dictionary(identifiers.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var ranks: [Int: Int] = [:]
    var found: Set<Int> = []
    for index in 0..<cache.transcriptCount {
      let identifier = String(decoding: cache.identifier(index), as: UTF8.self)
      let version = String(decoding: cache.version(index), as: UTF8.self)
      let parts = identifier.split(separator: ".", omittingEmptySubsequences: false)
      let isVersioned = parts.count == 2 && !parts[1].isEmpty && parts[1].allSatisfy { ("0"..."9").contains($0) }
      let whole = version.isEmpty || isVersioned ? identifier : "\(identifier).\(version)"
      let bare = isVersioned ? String(parts[0]) : identifier
      if let place = places[whole] {
        ranks[index] = place
        found.insert(place)
      } else if let place = places[bare] {
        ranks[index] = identifiers.count + place
      }
      if let place = places[bare] { found.insert(place) }
    }
    return (ranks, identifiers.enumerated().filter { !found.contains(places[$1] ?? $0) }.map(\.element))
  }
}
