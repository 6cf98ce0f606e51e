public import Annotation
import GenomicFiles
import Genomics

/// A variant that was found in a family, as a person writes it: `chr-pos-ref-alt`, `chr:pos:ref:alt`, or HGVS on the genome
/// (`NC_000020.11:g.10639000A>G`, `20:g.10639000del`).
public struct FamilialVariant: Sendable, Hashable {
  /// Why a text is no variant of this reference.
  public struct Refusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// Whether the text cannot be read at all, rather than contradicts the reference.
    public var isUsage: Bool
    /// What is wrong; what to do.
    public var description: String
  }

  /// As it was written.
  public var text: String
  /// The allele on the cache's reference.
  public var allele: NormalisedAllele

  /// Reads a variant and holds it against the reference.
  /// - Throws: `Refusal`; `CacheError` of kind `damaged`.
  public init(_ text: String, cache: AnnotationCache) throws {
    self.text = text
    let written = try Self.written(text, cache)
    do {
      allele = try cache.normalised(
        contig: written.contig, position: written.position, reference: written.reference, alternate: written.alternate)
    } catch let refusal as AlleleRefusal {
      throw Self.refusal(text, refusal, cache, written.contig)
    }
  }

  private typealias Written = (contig: String, position: Int, reference: String, alternate: String)

  private static func refusal(
    _ text: String, _ refusal: AlleleRefusal, _ cache: AnnotationCache, _ contig: String
  ) -> Refusal {
    let reason =
      switch refusal {
      case .unknownContig:
        cache.contigs.alias(of: contig).map { "contig \(contig) is named \($0.name) in the cache's reference" }
          ?? "contig \(contig) is not in the cache's reference"
      case .notBases: "REF or ALT are not bases"
      case .unknownBase: "ALT has a base that is not known"
      case .equalToReference: "ALT is what the reference has"
      case .referenceMismatch: "its REF is not what the cache's reference has there"
      }
    let isUsage =
      switch refusal {
      case .notBases, .unknownBase: true
      case .unknownContig, .equalToReference, .referenceMismatch: false
      }
    return Refusal(
      isUsage: isUsage,
      description: "familial variant \(text): \(reason); give it on the assembly that the cache was made for")
  }

  private static func written(_ text: String, _ cache: AnnotationCache) throws -> Written {
    let usage = Refusal(
      isUsage: true,
      description:
        "familial variant \(text) cannot be read; give contig-position-ref-alt, contig:position:ref:alt, or HGVS on the genome (NC_…:g.…)"
    )
    for kind in [":g.", ":m."] {
      guard let range = text.firstRange(of: kind) else { continue }
      let sequence = String(text[..<range.lowerBound])
      guard let contig = cache.contig(ofSequence: sequence) else {
        throw Self.refusal(text, .unknownContig, cache, sequence)
      }
      guard let change = GenomicChange(String(text[range.upperBound...])) else { throw usage }
      return try change.written(contig: contig, cache)
        ?? { throw Self.refusal(text, .referenceMismatch, cache, contig) }()
    }
    for kind in [":c.", ":n.", ":p.", ":r."] where text.contains(kind) {
      throw Refusal(
        isUsage: true,
        description:
          "familial variant \(text) is named on a transcript or protein, which is not read; give it on the genome: contig-position-ref-alt or NC_…:g.…"
      )
    }
    for separator: Character in ["-", ":"] {
      let parts = text.split(separator: separator, omittingEmptySubsequences: false)
      // A contig's name may hold the separator itself.
      guard parts.count >= 4, let position = Int(parts[parts.count - 3]), position > 0 else { continue }
      let contig = parts.dropLast(3).joined(separator: String(separator))
      guard !contig.isEmpty else { throw usage }
      return (contig, position, parts[parts.count - 2].uppercased(), parts[parts.count - 1].uppercased())
    }
    throw usage
  }
}

/// The part of an HGVS name on the genome behind `g.`: `5A>G`, `5_7del`, `5dup`, `5_6insAC`, `5_7delinsA`, `5_9inv`.
struct GenomicChange: Equatable {
  enum Kind: Equatable {
    case substitution(String, String)
    /// With the bases that a name may write behind it.
    case deletion(String)
    case duplication(String)
    case insertion(String)
    case replacement(String)
    case inversion
  }

  /// The first and the last base, counted from 1.
  var first: Int
  var last: Int
  var kind: Kind

  init?(_ text: String) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let first = Int(digits), first > 0 else { return nil }
    self.first = first
    last = first
    var rest = text.dropFirst(digits.count)
    if rest.first == "_" {
      let end = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
      guard let end = Int(end), end > first else { return nil }
      last = end
      rest = rest.dropFirst().drop { $0.isASCII && $0.isNumber }
    }
    func bases(_ text: Substring) -> String? {
      text.utf8.allSatisfy { Base.iupacMask($0) != 0 && Base.iupacMask($0).nonzeroBitCount == 1 }
        ? text.uppercased() : nil
    }
    if rest.hasPrefix("delins"), let inserted = bases(rest.dropFirst(6)), !inserted.isEmpty {
      kind = .replacement(inserted)
    } else if rest.hasPrefix("del"), let deleted = bases(rest.dropFirst(3)) {
      kind = .deletion(deleted)
    } else if rest.hasPrefix("dup"), let doubled = bases(rest.dropFirst(3)) {
      kind = .duplication(doubled)
    } else if rest.hasPrefix("ins"), last == first + 1, let inserted = bases(rest.dropFirst(3)), !inserted.isEmpty {
      kind = .insertion(inserted)
    } else if rest == "inv", last > first {
      kind = .inversion
    } else {
      let parts = rest.split(separator: ">", omittingEmptySubsequences: false)
      guard parts.count == 2, first == last, let reference = bases(parts[0]), let alternate = bases(parts[1]),
        reference.count == 1, alternate.count == 1
      else { return nil }
      kind = .substitution(reference, alternate)
    }
  }

  /// As VCF writes it, before it is normalised; nil where the bases written are not the reference's, or lie outside.
  func written(contig: String, _ cache: AnnotationCache) throws -> (
    contig: String, position: Int, reference: String, alternate: String
  )? {
    func bases(_ range: ClosedRange<Int>) throws -> String? {
      let region = Region(
        contig: contig, start: ZeroBasedPosition(range.lowerBound - 1), end: ZeroBasedPosition(range.upperBound))
      let found = try cache.bases(of: region)
      return found.count == range.count ? String(decoding: found, as: UTF8.self) : nil
    }
    guard let replaced = try bases(first...last) else { return nil }
    switch kind {
    case .substitution(let reference, let alternate):
      return (contig, first, reference, alternate)
    case .deletion(let told):
      guard told.isEmpty || told == replaced else { return nil }
      if first > 1, let anchor = try bases((first - 1)...(first - 1)) {
        return (contig, first - 1, anchor + replaced, anchor)
      }
      guard let anchor = try bases((last + 1)...(last + 1)) else { return nil }
      return (contig, first, replaced + anchor, anchor)
    case .duplication(let told):
      guard told.isEmpty || told == replaced else { return nil }
      guard let anchor = replaced.last else { return nil }
      return (contig, last, String(anchor), String(anchor) + replaced)
    case .insertion(let inserted):
      guard let anchor = replaced.first else { return nil }
      return (contig, first, String(anchor), String(anchor) + inserted)
    case .replacement(let inserted): return (contig, first, replaced, inserted)
    case .inversion:
      let complements: [Character: Character] = ["A": "T", "C": "G", "G": "C", "T": "A"]
      let turned = replaced.reversed().map { complements[$0] ?? "N" }
      return (contig, first, replaced, String(turned))
    }
  }
}
