import GRDB
public import Genomics

extension KnowledgeBase {
  /// One allele and what the base counts of it.
  public struct Answer: Sendable, Hashable {
    /// The contig's name in the base's reference.
    public var contig: String
    /// VCF's POS.
    public var position: OneBasedPosition
    /// The reference bases.
    public var reference: String
    /// The alternate bases.
    public var alternate: String
    /// The VRS 2.0 identifier; nil where the base never saw the allele.
    public var vrs: String?
    /// What is counted.
    public var counts: AlleleCounts
  }

  /// Looks alleles up.
  ///
  /// A variant that nobody carries is answered too, with AC 0 and the AN of its site: how many were looked at.
  /// - Throws: `KnowledgeBaseError` of kind `configuration` for a contig that the base's reference does not have.
  public func answers(to question: Question) throws -> [Answer] {
    try read { db in
      guard let reference = try reference(db) else { return [] }
      let people = try Row.fetchAll(db, sql: "SELECT id, sex FROM contribution ORDER BY id").map {
        Person(id: $0["id"], sex: Sex(rawValue: $0["sex"]) ?? .unknown)
      }
      func contig(_ name: String) throws -> ReferenceContigs.Entry {
        if let entry = reference.contig(named: name) { return entry }
        throw KnowledgeBaseError(
          .configuration, path: path, "the base's reference has no contig of that name",
          remedy: "name a contig of the base's reference (apus kb info)")
      }
      let select = "SELECT id, contig, start, reference, alternate, vrs FROM allele WHERE "
      let rows: [Row]
      switch question {
      case .gene(let name): rows = try Row.fetchAll(db, sql: select + Self.inGene, arguments: [name, name])
      case .allele(let vrs):
        rows = try Row.fetchAll(db, sql: select + "vrs = ? ORDER BY contig, start", arguments: [vrs])
      case .region(let name, let range):
        rows = try Row.fetchAll(
          db, sql: select + "contig = ? AND start >= ? AND start < ? ORDER BY start, reference, alternate",
          arguments: [try contig(name).digest.sha512t24u, range.lowerBound, range.upperBound])
      case .variant(let name, let start, let bases, let alternate):
        let entry = try contig(name)
        rows = try Row.fetchAll(
          db, sql: select + "contig = ? AND start = ? AND reference = ? AND alternate = ?",
          arguments: [entry.digest.sha512t24u, start, bases, alternate])
        if rows.isEmpty {
          let counts = try count(nil, entry, start, people, db)
          return [
            Answer(
              contig: entry.name, position: ZeroBasedPosition(start).oneBased, reference: bases, alternate: alternate,
              vrs: nil, counts: counts)
          ]
        }
      }
      return try Self.inOrder(rows, reference).map { entry, row in
        let start: Int = row["start"]
        return Answer(
          contig: entry.name, position: ZeroBasedPosition(start).oneBased, reference: row["reference"],
          alternate: row["alternate"], vrs: row["vrs"],
          counts: try count(row["id"], entry, start, people, db))
      }
    }
  }

  /// The rows with their contigs, by the reference's order, place and bases.
  private static func inOrder(_ rows: [Row], _ reference: ReferenceContigs) -> [(ReferenceContigs.Entry, Row)] {
    let contigs = Dictionary(reference.contigs.enumerated().map { ($1.digest.sha512t24u, $0) }) { first, _ in first }
    func key(_ row: Row) -> (Int, String, String) { (row["start"], row["reference"], row["alternate"]) }
    let known = rows.compactMap { row in contigs[row["contig"]].map { ($0, row) } }
    return known.sorted { $0.0 == $1.0 ? key($0.1) < key($1.1) : $0.0 < $1.0 }.map { (reference.contigs[$0.0], $0.1) }
  }

  private struct Person {
    var id: Int64
    var sex: Sex
  }

  private func count(
    _ allele: Int64?, _ contig: ReferenceContigs.Entry, _ start: Int, _ people: [Person],
    _ db: Database
  ) throws -> AlleleCounts {
    var own: [Int64: AlleleGenotype] = [:]
    var atSite: [Int64: [AlleleGenotype]] = [:]
    let site = try Row.fetchAll(
      db,
      sql: """
        SELECT allele, contribution, genotype FROM allele JOIN observation ON observation.allele = allele.id
        WHERE contig = ? AND start = ?
        """, arguments: [contig.digest.sha512t24u, start])
    for row in site {
      guard let genotype = AlleleGenotype(row["genotype"]) else { continue }
      let person: Int64 = row["contribution"]
      atSite[person, default: []].append(genotype)
      if row["allele"] == allele { own[person] = genotype }
    }
    let covering = try db.cachedStatement(
      sql: """
        SELECT "end" FROM callable WHERE contribution = ? AND contig = ? AND start <= ? ORDER BY start DESC LIMIT 1
        """)
    let kind = SiteKind(contig: contig, position: start)
    var counts = AlleleCounts()
    for person in people {
      let end = try Int.fetchOne(covering, arguments: [person.id, contig.digest.sha512t24u, start])
      counts.count(
        kind, person.sex, genotype: own[person.id], atSite: atSite[person.id] ?? [], isCovered: (end ?? 0) > start)
    }
    return counts
  }
}
