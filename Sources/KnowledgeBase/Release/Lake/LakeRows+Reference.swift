import Genomics

/// Tables of what a base's digest and counts need beside people's rows, so that a fold reads Parquet alone.
extension LakeRow {
  /// The one row of what the base is.
  struct Base: Codable, Hashable {
    /// `LakeDocument.schema`.
    var schema: String
    var purpose: String
    var assembly: String?
    /// The digest of the assembly (`ReferenceContigs.assemblyDigest`).
    var reference: String?
    var filters: String
  }

  /// A contig of the reference.
  struct Contig: Codable, Hashable {
    /// Its place in the reference, from 0.
    var number: Int
    var name: String
    var length: Int
    var refget: String
  }

  /// A stretch of a contig on which everybody of a sex is expected to have as many alleles; null where that is not known
  /// without the sex.
  struct Place: Codable, Hashable {
    var refget: String
    var start: Int
    var end: Int
    /// `diploid`, `x`, `y`, `mitochondrial`.
    var kind: String
    var female: Int?
    var male: Int?
    var unknown: Int?
  }
}

extension LakeDocument {
  var baseRow: LakeRow.Base {
    LakeRow.Base(
      schema: schema, purpose: purpose, assembly: assembly, reference: assemblyDigest, filters: filters)
  }

  var contigRows: [LakeRow.Contig] {
    contigs.enumerated().map { LakeRow.Contig(number: $0, name: $1.name, length: $1.length, refget: $1.refget) }
  }

  /// By contig in the reference's order, then by place. Of two contigs with one sequence the first is meant, as in
  /// `ReferenceContigs.contig(_:)`.
  var placeRows: [LakeRow.Place] {
    var seen: Set<RefgetDigest> = []
    return (reference?.contigs ?? []).filter { seen.insert($0.digest).inserted }.flatMap { contig in
      let ends = PseudoautosomalRegions.ranges(of: contig.digest).flatMap { [$0.lowerBound, $0.upperBound] }
      let cuts = [0] + ends.filter { 0 < $0 && $0 < contig.length }.sorted() + [max(1, contig.length)]
      return zip(cuts, cuts.dropFirst()).map { start, end in
        let kind = SiteKind(contig: contig, position: start)
        return LakeRow.Place(
          refget: contig.digest.sha512t24u, start: start, end: end, kind: "\(kind)",
          female: kind.ploidy(.female), male: kind.ploidy(.male), unknown: kind.ploidy(.unknown))
      }
    }
  }
}
