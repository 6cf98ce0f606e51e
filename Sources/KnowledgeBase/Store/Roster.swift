import GRDB
import GRDBSQLite
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
  var people: [StoredPerson]
  var reference: ReferenceContigs?
  var ranks: ContigRanks

  init(people: [StoredPerson], reference: ReferenceContigs?) {
    self.people = people
    self.reference = reference
    ranks = ContigRanks(reference ?? ReferenceContigs(assembly: nil, contigs: []))
  }
}

/// What one connection keeps between questions. Used inside accesses to the base alone, which follow one another.
final class ConnectionCache: @unchecked Sendable {
  private var statements: [Int64: RawStatement] = [:]
  private var version: RawStatement?
  private var roster: (state: [Int64], roster: Roster)?

  /// Reads one row of a person's table.
  func data(of person: Int64, _ db: Database) throws -> RawStatement {
    if let statement = statements[person] { return statement }
    let statement = try RawStatement("SELECT data FROM \(PersonTable.name(person)) WHERE id = ?", db)
    statements[person] = statement
    return statement
  }

  /// Leaves out a person whose table goes.
  func forget(_ person: Int64) { statements[person] = nil }

  /// Nothing is kept: before the connection is closed.
  func removeAll() {
    statements.removeAll()
    version = nil
    roster = nil
  }

  /// Who is in the base now.
  func roster(_ db: Database, _ read: () throws -> Roster) throws -> Roster {
    let version = try self.version ?? RawStatement("PRAGMA data_version", db)
    self.version = version
    guard try version.next() else { return try read() }
    // The first tells of others' changes, the second of this connection's own.
    let state = [version.number(0), Int64(db.totalChangesCount)]
    version.reset()
    if let roster, roster.state == state, !db.isWriting { return roster.roster }
    let made = try read()
    if !db.isWriting { roster = (state, made) }
    return made
  }
}

extension Database {
  /// Whether a change is under way, which may be rolled back without the count of changes telling.
  fileprivate var isWriting: Bool { sqlite3_txn_state(sqliteConnection, nil) == SQLITE_TXN_WRITE }
}

extension KnowledgeBase {
  /// People in order of their numbers, and the reference.
  func roster(_ db: Database) throws -> Roster {
    try cache.roster(db) {
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
  func people(_ db: Database) throws -> [PersonRecord] {
    do { return try PersonRecord.all(db) } catch is ByteReader.Damaged { throw damaged() }
  }

  /// What is told where rows are not what was added.
  func damaged(_ reason: String = "the rows of a contribution are not those that were added") -> KnowledgeBaseError {
    KnowledgeBaseError(.damaged, path: path, reason, remedy: "restore the base from a backup")
  }
}
