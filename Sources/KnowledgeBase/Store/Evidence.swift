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
  private let db: any StoreConnection
  /// The tiers of people's alleles, by contribution.
  private var tiers: [Int64: [Allele: String]] = [:]
  private var isClassified: Bool?

  init(_ base: KnowledgeBase, _ db: any StoreConnection) {
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
      try readTiers(of: allele.carriers.map { roster.ids[$0.person] })
      for carrier in allele.carriers {
        guard let tier = tiers[roster.ids[carrier.person]]?[key] else { continue }
        answer.tiers[tier, default: 0] += 1
      }
    }
    let isClassified =
      try self.isClassified ?? db.exists("SELECT 1 FROM classification")
    self.isClassified = isClassified
    if isClassified {
      let found = try base.classifications(site.contig, site.start, allele.reference, allele.alternate, db)
      if !found.history.isEmpty { answer.classifications = found }
    }
    return answer
  }

  /// Reads the tiers of those people whose tiers were not read yet.
  /// - Parameter people: ascending.
  private func readTiers(of people: [Int64]) throws {
    let missing = people.filter { tiers[$0] == nil }
    guard !missing.isEmpty else { return }
    for person in missing { tiers[person] = [:] }
    try base.reading {
      try db.forEachRow(PersonTable.key(.tier), of: missing) { index, bytes in
        var read: [Allele: String] = [:]
        var reader = ByteReader(bytes)
        while !reader.isAtEnd {
          let allele = Allele(
            rank: try reader.number(), start: try reader.number(), reference: try reader.text(),
            alternate: try reader.text())
          read[allele] = try reader.text()
        }
        tiers[missing[index]] = read
      }
    }
  }
}
