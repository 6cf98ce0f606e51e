import Crypto
import Genomics

extension KnowledgeBase {
  /// What a base holds.
  public struct Info: Sendable, Hashable {
    /// The format.
    public var format: Int
    /// The formats that it had before, since it was made.
    public var formatChanges: [FormatChange]
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
    /// Different alleles; nil where they were not counted.
    public var alleles: Int?
    /// Alleles of people.
    public var observations: Int
    /// People who withdrew, and did not choose anew.
    public var withdrawals: Int
    /// Events of classification.
    public var classifications: Int
  }

  /// Counts what the base holds.
  /// - Parameter countsAlleles: whether different alleles are counted, for which every block is read.
  public func info(countsAlleles: Bool = true) throws -> Info {
    try read { db in
      let assembly = try Self.meta("assembly", db)
      var alleles: Int?
      if countsAlleles {
        var different = 0
        try forEachSite(db, people: try storedPeople(db)) { site, _ in different += site.alleles.count }
        alleles = different
      }
      return Info(
        format: try db.format() ?? 0, formatChanges: try FormatChange.all(db),
        purpose: purpose, assembly: assembly == "." ? nil : assembly, assemblyDigest: try Self.meta("reference", db),
        pseudoautosomalRegions: try reference(db).flatMap { PseudoautosomalRegions.version(for: $0) },
        filters: try Self.meta("filters", db), contributions: try db.count("SELECT count(*) FROM contribution"),
        withoutCallability: try db.count("SELECT count(*) FROM contribution WHERE callability IS NULL"),
        withoutAnnotation: try db.count("SELECT count(*) FROM contribution WHERE annotation IS NULL"),
        annotations: try Self.annotations(db), alleles: alleles,
        observations: try db.count("SELECT CAST(coalesce(sum(observations), 0) AS BIGINT) FROM contribution"),
        withdrawals: try db.count("SELECT count(*) FROM withdrawal"),
        classifications: try db.count("SELECT count(*) FROM classification"))
    }
  }

  /// The digests of the caches that annotated contributions, sorted.
  static func annotations(_ db: any StoreConnection) throws -> [String] {
    try db.texts("SELECT DISTINCT annotation FROM contribution WHERE annotation IS NOT NULL ORDER BY annotation")
  }

  /// SHA-256 of the base's canonical rows, 64 hexadecimal digits: the same for the same people's data, in whatever order
  /// they were added, whoever was withdrawn between, however SQLite laid them out, and whatever the base's key.
  ///
  /// The rows: `apus-knowledge-base/2`, purpose, assembly digest or `.`, then the contributions' digests, sorted, then
  /// those of the events of classification, sorted. Every contribution is made again from its rows and must have its
  /// digest.
  /// - Throws: `KnowledgeBaseError` of kind `damaged` where the rows are not what was added.
  public func digest() throws -> String {
    try read { db in
      let reference = try reference(db)
      for person in try people(db) where try contentDigest(of: person, reference, db) != person.digest {
        throw damaged()
      }
      return try storedDigest(db)
    }
  }

  /// The digest by what the rows of people say of their content, which `digest()` and `verify` prove.
  func storedDigest(_ db: any StoreConnection) throws -> String {
    let people = try people(db)
    // A base that nobody is in says nothing of what the first person brings.
    let reference = people.isEmpty ? nil : try Self.meta("reference", db)
    var hasher = SHA256()
    let head = "apus-knowledge-base/2\npurpose\t\(purpose.rawValue)\nreference\t\(reference ?? ".")\n"
    hasher.update(data: Array(head.utf8))
    for digest in people.map(\.digest).sorted() { hasher.update(data: Array("contribution\t\(digest)\n".utf8)) }
    for digest in try db.texts("SELECT digest FROM classification ORDER BY digest") {
      hasher.update(data: Array("classification\t\(digest)\n".utf8))
    }
    return hexadecimal(hasher.finalize())
  }

  /// The base's reference; nil for an empty base.
  func reference(_ db: any StoreConnection) throws -> ReferenceContigs? {
    guard let assembly = try Self.meta("assembly", db) else { return nil }
    let contigs = try db.rows("SELECT name, length, refget FROM contig ORDER BY id").map { row in
      guard let name = try? row.text("name"), let length = try? row.number("length"),
        let digest = (try? row.text("refget")).flatMap({ RefgetDigest(sha512t24u: $0) })
      else { throw damaged("a contig is not as it was written") }
      return ReferenceContigs.Entry(name: name, length: length, digest: digest)
    }
    return ReferenceContigs(assembly: Assembly(rawValue: assembly), contigs: contigs)
  }

  /// The digest of what a person's blocks hold; nil where they cannot be read.
  func contentDigest(of person: PersonRecord, _ reference: ReferenceContigs?, _ db: any StoreConnection) throws
    -> String?
  {
    guard let reference, let sex = Sex(rawValue: person.sex) else { return nil }
    var digest = ContributionDigest(
      sex: sex, reference: reference, filters: try Self.meta("filters", db) ?? "", basis: person.callability,
      annotation: person.annotation, details: person.details)
    do {
      try readContent(of: person, reference, db, stretch: { digest.add($0, of: $1) }) { digest.add($0) }
    } catch is ByteReader.Damaged {
      return nil
    }
    return digest.finish()
  }

  /// Reads a person's blocks in order.
  /// - Throws: `ByteReader.Damaged`.
  func readContent(
    of person: PersonRecord, _ reference: ReferenceContigs, _ db: any StoreConnection,
    stretch: (Range<Int>, RefgetDigest) -> Void, allele: (Contribution.Observation) -> Void
  ) throws {
    let ranks = ContigRanks(reference)
    let labels = try labels(of: person.id, db)
    let cursor = try db.rows(of: person.id, PersonTable.key(.block)..<PersonTable.key(.vrs))
    while let key = cursor.key {
      let (rank, bin) = PersonTable.place(of: key)
      guard ranks.entries.indices.contains(rank) else { throw ByteReader.Damaged() }
      let contig = ranks.entries[rank].digest
      guard let bytes = cursor.bytes else { throw ByteReader.Damaged() }
      var reader = ByteReader(bytes)
      for range in try BinFold.stretches(&reader, from: bin << PersonTable.binBits) { stretch(range, contig) }
      var unpacker = ObservationUnpacker(reader, contig, from: bin << PersonTable.binBits)
      while !unpacker.isAtEnd {
        var entry = try unpacker.next()
        if entry.label > 0 {
          guard entry.label <= labels.count else { throw ByteReader.Damaged() }
          let label = labels[entry.label - 1]
          (entry.observation.genes, entry.observation.tier) = (label.genes, label.tier)
        }
        allele(entry.observation)
      }
      try cursor.advance()
    }
  }
}
