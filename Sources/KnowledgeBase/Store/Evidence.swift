import GRDB
import Genomics

/// What cases and laboratories said of alleles, read where an answer needs it. Used inside one access to the base.
final class Evidence {
  private struct Allele: Hashable {
    var rank: Int
    var start: Int
    var reference: String
    var alternate: String
  }

  private let base: KnowledgeBase
  private let db: Database
  /// The tiers of people's alleles, by contribution.
  private var tiers: [Int64: [Allele: String]] = [:]
  private var isClassified: Bool?

  init(_ base: KnowledgeBase, _ db: Database) {
    self.base = base
    self.db = db
  }

  /// The answer with the carriers' tiers and the classifications.
  func completing(
    _ answer: KnowledgeBase.Answer, _ allele: StoredAllele, _ site: StoredSite, _ roster: Roster
  ) throws -> KnowledgeBase.Answer {
    var answer = answer
    if let rank = roster.ranks[site.contig.digest] {
      let key = Allele(rank: rank, start: site.start, reference: allele.reference, alternate: allele.alternate)
      for carrier in allele.carriers {
        guard let tier = try tiers(of: roster.people[carrier.person].id)[key] else { continue }
        answer.tiers[tier, default: 0] += 1
      }
    }
    let isClassified =
      try self.isClassified ?? Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM classification)") ?? false
    self.isClassified = isClassified
    if isClassified {
      let found = try base.classifications(site.contig, site.start, allele.reference, allele.alternate, db)
      if !found.history.isEmpty { answer.classifications = found }
    }
    return answer
  }

  private func tiers(of person: Int64) throws -> [Allele: String] {
    if let known = tiers[person] { return known }
    var read: [Allele: String] = [:]
    try base.reading {
      try base.withRow(PersonTable.key(.tier), of: person, db) { bytes in
        var reader = ByteReader(bytes)
        while !reader.isAtEnd {
          let allele = Allele(
            rank: try reader.number(), start: try reader.number(), reference: try reader.text(),
            alternate: try reader.text())
          read[allele] = try reader.text()
        }
      }
    }
    tiers[person] = read
    return read
  }
}
