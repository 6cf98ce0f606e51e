import Genomics

/// A person as counts see one.
struct StoredPerson: Sendable {
  /// The contribution's number in this base.
  var id: Int64
  /// The contribution's digest.
  var digest: String
  var sex: Sex
  /// Dimension → stratum: `assay`, `ancestry`, `indication`, `region`, `laboratory`, `trust`, `karyotype`. What is not
  /// told is not there.
  var strata: [String: String]
  var phenotypes: [String] = []

  /// The strata of a dimension that the person is in: one, `.` where it is not told; of phenotypes all.
  func strata(of dimension: String) -> [String] {
    switch dimension {
    case "sex": [sex.rawValue]
    case "phenotype": phenotypes.isEmpty ? ["."] : phenotypes
    default: [strata[dimension] ?? "."]
    }
  }
}

/// Who is in a base, with its reference; kept between questions for as long as the base does not change.
struct Roster: Sendable {
  /// By their numbers.
  var people: [StoredPerson] {
    didSet {
      ids = people.map(\.id)
      sexes = people.map(\.sex)
    }
  }
  /// Their numbers, ascending.
  private(set) var ids: [Int64]
  /// Their sexes: all that most counts need of them.
  private(set) var sexes: [Sex]
  var reference: ReferenceContigs?
  var ranks: ContigRanks

  init(people: [StoredPerson], reference: ReferenceContigs?) {
    self.people = people
    ids = people.map(\.id)
    sexes = people.map(\.sex)
    self.reference = reference
    ranks = ContigRanks(reference ?? ReferenceContigs(assembly: nil, contigs: []))
  }
}

/// The roster that was read last. Used inside accesses to the base alone, which follow one another.
final class RosterCache: @unchecked Sendable {
  private var kept: (state: StoreState, roster: Roster)?

  /// Who is in the base now.
  func roster(_ db: any StoreConnection, _ read: () throws -> Roster) throws -> Roster {
    guard let state = try db.state() else { return try read() }
    if let kept, kept.state == state { return kept.roster }
    let made = try read()
    kept = (state, made)
    return made
  }
}

extension KnowledgeBase {
  /// People in order of their numbers, and the reference.
  func roster(_ db: any StoreConnection) throws -> Roster {
    try rosters.roster(db) {
      let people = try people(db).map { row in
        guard let details = ContributionDetails(text: row.details), let sex = Sex(rawValue: row.sex) else {
          throw damaged()
        }
        return StoredPerson(
          id: row.id, digest: row.digest, sex: sex, strata: details.strata, phenotypes: details.phenotypes)
      }
      return Roster(people: people, reference: try reference(db))
    }
  }

  /// The rows of people.
  /// - Throws: `KnowledgeBaseError` of kind `damaged`.
  func people(_ db: any StoreConnection) throws -> [PersonRecord] {
    do { return try PersonRecord.all(db) } catch is ByteReader.Damaged { throw damaged() }
  }

  /// What is told where rows are not what was added.
  func damaged(_ reason: String = "the rows of a contribution are not those that were added") -> KnowledgeBaseError {
    KnowledgeBaseError(.damaged, path: path, reason, remedy: "restore the base from a backup")
  }
}
