import Crypto
import GRDB
import Genomics

extension KnowledgeBase {
  /// What a base holds.
  public struct Info: Sendable, Hashable {
    /// What it is for.
    public var purpose: Purpose
    /// The reference's assembly, if it is a known one.
    public var assembly: String?
    /// The digest of the whole assembly; nil for an empty base.
    public var assemblyDigest: String?
    /// The version of the table of pseudoautosomal regions that knows the reference's X; nil where none does, and X counts
    /// as X throughout.
    public var pseudoautosomalRegions: String?
    /// The filter configuration; nil for an empty base.
    public var filters: String?
    /// People.
    public var contributions: Int
    /// People of whom absent records are all unknown.
    public var withoutCallability: Int
    /// People whose alleles were not annotated, so that they are not found by gene.
    public var withoutAnnotation: Int
    /// The digests of the caches that annotated the others, sorted.
    public var annotations: [String]
    /// Different alleles.
    public var alleles: Int
    /// Alleles of people.
    public var observations: Int
  }

  /// Counts what the base holds.
  public func info() throws -> Info {
    try read { db in
      func count(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: "SELECT count(*) FROM " + sql) ?? 0 }
      let assembly = try Self.meta("assembly", db)
      return Info(
        purpose: purpose, assembly: assembly == "." ? nil : assembly, assemblyDigest: try Self.meta("reference", db),
        pseudoautosomalRegions: try reference(db).flatMap { PseudoautosomalRegions.version(for: $0) },
        filters: try Self.meta("filters", db), contributions: try count("contribution"),
        withoutCallability: try count("contribution WHERE callability IS NULL"),
        withoutAnnotation: try count("contribution WHERE annotation IS NULL"), annotations: try Self.annotations(db),
        alleles: try count("allele"),
        observations: try count("observation"))
    }
  }

  /// The digests of the caches that annotated contributions, sorted.
  static func annotations(_ db: Database) throws -> [String] {
    try String.fetchAll(
      db, sql: "SELECT DISTINCT annotation FROM contribution WHERE annotation IS NOT NULL ORDER BY annotation")
  }

  /// SHA-256 of the base's canonical rows, 64 hexadecimal digits: the same for the same people's data, in whatever order
  /// they were added, however SQLite laid them out, and whatever the base's key.
  ///
  /// The rows: `apus-knowledge-base/1`, purpose, assembly digest or `.`, then the contributions' digests, sorted. Every
  /// contribution is made again from its rows and must have its digest.
  /// - Throws: `KnowledgeBaseError` of kind `damaged` where the rows are not what was added.
  public func digest() throws -> String {
    try read { db in
      var digests: [String] = []
      for row in try Row.fetchAll(db, sql: "SELECT id, digest FROM contribution") {
        let id: Int64 = row["id"]
        let digest: String = row["digest"]
        guard let contribution = try contribution(id, db), contribution.digest == digest else {
          throw KnowledgeBaseError(
            .damaged, path: path, "the rows of a contribution are not those that were added",
            remedy: "restore the base from a backup")
        }
        digests.append(digest)
      }
      var hasher = SHA256()
      let head =
        "apus-knowledge-base/1\npurpose\t\(purpose.rawValue)\nreference\t\(try Self.meta("reference", db) ?? ".")\n"
      hasher.update(data: Array(head.utf8))
      for digest in digests.sorted() { hasher.update(data: Array("contribution\t\(digest)\n".utf8)) }
      return hexadecimal(hasher.finalize())
    }
  }

  /// The base's reference; nil for an empty base.
  func reference(_ db: Database) throws -> ReferenceContigs? {
    guard let assembly = try Self.meta("assembly", db) else { return nil }
    let contigs = try Row.fetchAll(db, sql: "SELECT name, length, refget FROM contig ORDER BY id").compactMap { row in
      RefgetDigest(sha512t24u: row["refget"]).map {
        ReferenceContigs.Entry(name: row["name"], length: row["length"], digest: $0)
      }
    }
    return ReferenceContigs(assembly: Assembly(rawValue: assembly), contigs: contigs)
  }

  /// A contribution made again from its rows; nil where they cannot be one.
  func contribution(_ id: Int64, _ db: Database) throws -> Contribution? {
    guard let reference = try reference(db),
      let row = try Row.fetchOne(db, sql: "SELECT * FROM contribution WHERE id = ?", arguments: [id]),
      let sex = Sex(rawValue: row["sex"])
    else { return nil }
    var callable: [RefgetDigest: [Range<Int>]] = [:]
    let stretches = try Row.fetchCursor(db, sql: "SELECT * FROM callable WHERE contribution = ?", arguments: [id])
    while let row = try stretches.next() {
      let start: Int = row["start"]
      let end: Int = row["end"]
      guard let contig = RefgetDigest(sha512t24u: row["contig"]), start < end else { return nil }
      callable[contig, default: []].append(start..<end)
    }
    guard let list = try observations(of: id, db) else { return nil }
    return Contribution(
      pseudonym: Pseudonym(text: row["pseudonym"]), sex: sex, reference: reference,
      filters: FilterConfiguration(text: try Self.meta("filters", db) ?? ""), callabilityBasis: row["callability"],
      callable: callable.mapValues { IntervalSet($0) }, annotation: row["annotation"], list: list)
  }

  /// A contribution's alleles, contig by contig, so that memory holds one contig's unpacked; nil where rows are no allele.
  private func observations(of id: Int64, _ db: Database) throws -> ObservationList? {
    var list = ObservationList()
    var observations: [Contribution.Observation] = []
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT contig, start, reference, alternate, vrs, genotype, gene_set.genes FROM observation
        JOIN allele ON allele.id = allele LEFT JOIN gene_set ON gene_set.id = observation.genes WHERE contribution = ?
        ORDER BY contig
        """, arguments: [id])
    while let row = try rows.next() {
      guard let contig = RefgetDigest(sha512t24u: row["contig"]), let genotype = AlleleGenotype(row["genotype"]) else {
        return nil
      }
      if let last = observations.last?.contig, last != contig {
        list.add(observations, of: last)
        observations.removeAll(keepingCapacity: true)
      }
      let names: String? = row["genes"]
      let genes = names.map { GeneSet(text: $0) }
      if let genes, genes == nil { return nil }
      observations.append(
        Contribution.Observation(
          contig: contig, start: row["start"], reference: row["reference"], alternate: row["alternate"],
          vrs: row["vrs"], genotype: genotype, genes: genes ?? nil))
    }
    if let last = observations.last?.contig { list.add(observations, of: last) }
    return list
  }
}
