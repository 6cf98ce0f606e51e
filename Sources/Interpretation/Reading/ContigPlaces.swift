public import Genomics

/// Which kind of chromosome a place lies on, told from the reference and never from the declared sex.
public struct ContigPlaces: Sendable {
  /// How the pseudoautosomal regions are known.
  public enum Basis: String, Sendable, Codable {
    case digest
    case length
    /// X or Y of another assembly: none of its places counts as pseudoautosomal.
    case none
  }

  private struct Entry {
    var kind: CandidateVariant.Place
    var ranges: [Range<Int>]
  }

  private var entries: [String: Entry] = [:]
  /// How the regions of X and Y are known, by contig.
  public private(set) var basis: [String: Basis] = [:]
  private let order: [String: Int]

  /// - Parameter contigs: the reference's, with digests where they are known.
  public init(_ contigs: ContigDictionary) {
    order = Dictionary(contigs.contigs.enumerated().map { ($1.name, $0) }) { first, _ in first }
    for contig in contigs.contigs {
      guard let name = ContigName.canonical(contig.name) else { continue }
      switch name {
      case "MT": entries[contig.name] = Entry(kind: .mitochondrial, ranges: [])
      case "X", "Y":
        let byDigest = contig.digest.map { PseudoautosomalRegions.ranges(of: $0) } ?? []
        let byLength =
          contig.length.flatMap { PseudoautosomalRegions.entry(chromosome: name, length: $0)?.ranges } ?? []
        basis[contig.name] = !byDigest.isEmpty ? .digest : byLength.isEmpty ? Basis.none : .length
        entries[contig.name] = Entry(kind: name == "X" ? .x : .y, ranges: byDigest.isEmpty ? byLength : byDigest)
      default: entries[contig.name] = Entry(kind: .autosome, ranges: [])
      }
    }
  }

  /// Where an allele lies.
  /// - Parameter range: REF's bases, counted from 0.
  public func place(on contig: String, _ range: Range<Int>) -> CandidateVariant.Place {
    guard let entry = entries[contig] else { return .other }
    return entry.ranges.contains { $0.overlaps(range) } ? .pseudoautosomal : entry.kind
  }

  /// The contig's place in the reference; behind all others where it has none.
  func order(of contig: String) -> Int { order[contig] ?? Int.max }
}
