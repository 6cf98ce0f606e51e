import Genomics

/// A variant by its genomic HGVS name (HGVS recommendations 21.0, "DNA"): `NC_000020.11:g.10012715_10012717del`.
///
/// Without the reference a name cannot be turned into a VCF's record, so an insertion or deletion is found by the stretch
/// that it may roll over, which the base keeps: any place of it names the same allele.
public struct HGVSVariant: Sendable, Hashable {
  /// What changes; places are interbase, from 0.
  enum Change: Sendable, Hashable {
    case substitution(start: Int, reference: String, alternate: String)
    case deletion(Range<Int>)
    case duplication(Range<Int>)
    case insertion(at: Int, String)
    case replacement(Range<Int>, String)
  }

  /// The contig as it was written.
  let contig: String
  let change: Change

  /// How far from its name an allele's record may begin: as far as normalising moves one.
  private static let reach = 10_000

  /// Reads a name; nil for anything else.
  init?(_ text: String) {
    guard let marker = text.firstRange(of: ":g.") ?? text.firstRange(of: ":m."), marker.lowerBound > text.startIndex
    else {
      return nil
    }
    contig = String(text[..<marker.lowerBound])
    var rest = text[marker.upperBound...]
    func number() -> Int? {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      return Int(digits).flatMap { $0 > 0 && $0 < 1 << 40 ? $0 : nil }
    }
    func bases(_ text: Substring) -> String? {
      let upper = text.uppercased()
      return !upper.isEmpty && upper.allSatisfy { "ACGT".contains($0) } ? upper : nil
    }
    guard let first = number() else { return nil }
    var last = first
    if rest.first == "_" {
      rest = rest.dropFirst()
      guard let second = number(), second > first else { return nil }
      last = second
    }
    let range = (first - 1)..<last
    // The bases deleted or duplicated may be told; a number of them, the older form, is not read.
    func isTold(_ text: Substring) -> Bool {
      text.isEmpty || (bases(text).map { $0.utf8.count == range.count } ?? false)
    }
    if rest.hasPrefix("delins"), let inserted = bases(rest.dropFirst(6)) {
      change = .replacement(range, inserted)
    } else if rest.hasPrefix("del"), isTold(rest.dropFirst(3)) {
      change = .deletion(range)
    } else if rest.hasPrefix("dup"), isTold(rest.dropFirst(3)) {
      change = .duplication(range)
    } else if rest.hasPrefix("ins"), last == first + 1, let inserted = bases(rest.dropFirst(3)) {
      change = .insertion(at: first, inserted)
    } else if first == last, rest.count == 3, rest.dropFirst().first == ">", let old = bases(rest.prefix(1)),
      let new = bases(rest.suffix(1)), old != new
    {
      change = .substitution(start: first - 1, reference: old, alternate: new)
    } else {
      return nil
    }
  }

  /// Where records of the allele may begin.
  var search: Range<Int> {
    let place =
      switch change {
      case .substitution(let start, _, _), .insertion(let start, _): start..<(start + 1)
      case .deletion(let range), .duplication(let range), .replacement(let range, _): range
      }
    return max(0, place.lowerBound - Self.reach - 1)..<(place.upperBound + Self.reach + 1)
  }

  /// Whether an allele of the contig is the one that is named.
  func isMet(by one: Contribution.Observation) -> Bool {
    let trimmed = TrimmedAllele(start: one.start, reference: one.reference, alternate: one.alternate)
    switch (change, one.form) {
    case (.substitution(let start, let reference, let alternate), _):
      return one.start == start && one.reference == reference && one.alternate == alternate
    case (.replacement(let range, let bases), _):
      return trimmed.isSubstitution && trimmed.range == range && trimmed.alternate == bases
    case (.deletion(let deleted), .justified(let range, .referenceLength(let length, _))):
      return range.count - length == deleted.count && range.lowerBound <= deleted.lowerBound
        && deleted.upperBound <= range.upperBound
    case (.duplication(let copied), .justified(let range, .referenceLength(let length, _))):
      return length - range.count == copied.count && range.lowerBound <= copied.lowerBound
        && copied.upperBound <= range.upperBound
    case (.insertion(let place, let bases), .justified(let range, .literal(let text))):
      guard range.lowerBound <= place, place <= range.upperBound, text.utf8.count - range.count == bases.utf8.count
      else { return false }
      return text.utf8.dropFirst(place - range.lowerBound).prefix(bases.utf8.count).elementsEqual(bases.utf8)
    default: return false
    }
  }
}

extension KnowledgeBase {
  /// The contig that a name is on: an accession must be of the base's own assembly.
  func contig(of variant: HGVSVariant, _ reference: ReferenceContigs) throws -> ReferenceContigs.Entry {
    let entry = try contig(variant.contig, reference)
    guard entry.name != variant.contig, variant.contig.hasPrefix("NC_"),
      let chromosome = ContigName.canonical(variant.contig), chromosome != "MT"
    else { return entry }
    guard let assembly = reference.assembly,
      let version = variant.contig.split(separator: ".").last.flatMap({ Int($0) }),
      RefSeqAccessions.version(of: chromosome, in: assembly) == version
    else {
      throw KnowledgeBaseError(
        .configuration, path: path, "\(variant.contig) is not of the base's assembly",
        remedy: "name the variant on the base's assembly (apus kb info)")
    }
    return entry
  }
}

/// Versions of the chromosomes' accessions in RefSeq (Genome Reference Consortium, GRCh37 and GRCh38).
enum RefSeqAccessions {
  private static let grch37 = [
    "1": 10, "2": 11, "3": 11, "4": 11, "5": 9, "6": 11, "7": 13, "8": 10, "9": 11, "10": 10, "11": 9, "12": 11,
    "13": 10, "14": 8, "15": 9, "16": 9, "17": 10, "18": 9, "19": 9, "20": 10, "21": 8, "22": 10, "X": 10, "Y": 9,
  ]

  /// The version of a chromosome's accession: GRCh38's is the one after GRCh37's for each.
  static func version(of chromosome: String, in assembly: Assembly) -> Int? {
    switch assembly {
    case .grch37: grch37[chromosome]
    case .grch38: grch37[chromosome].map { $0 + 1 }
    }
  }
}
