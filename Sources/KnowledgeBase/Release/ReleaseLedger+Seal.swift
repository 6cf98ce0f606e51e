import GRDB
import Genomics

extension ReleaseLedger {
  /// The seal of a member's row.
  static func seal(_ contribution: Int64, _ member: Member) -> String {
    Seal.of(["\(contribution)", "\(member.tranche)", "\(member.since)", member.held.map { "\($0)" }])
  }

  /// The seal of a label's row, short: there are many.
  static func seal(
    _ contig: String, _ tranche: Int64, _ stratum: String, _ sex: String, _ start: Int, _ reference: String,
    _ alternate: String, _ label: String, _ step: Int
  ) -> String {
    String(
      Seal.of([contig, "\(tranche)", stratum, sex, "\(start)", reference, alternate, label, "\(step)"]).prefix(12))
  }

  /// Seals the ledger, after it was changed: all but the rows of members and labels, which have seals of their own and
  /// are counted.
  static func reseal(_ db: Database) throws {
    let members = try Int.fetchOne(db, sql: "SELECT count(*) FROM release_member") ?? 0
    try db.execute(
      sql: "INSERT OR REPLACE INTO release_seal VALUES (1, ?, ?)", arguments: [members, try seal(members, db)])
  }

  private static func seal(_ members: Int, _ db: Database) throws -> String {
    var values: [String?] = ["\(members)"]
    for table in ["release_issue", "release_tranche", "release_group", "release_lake"] {
      values.append(table)
      // By rowid or by the primary key, which is unique: always one order.
      for row in try Row.fetchAll(
        db, sql: "SELECT * FROM \(table) ORDER BY 1, \(table == "release_group" ? "2, 3" : "1")")
      {
        for value in row.databaseValues { values.append(value.isNull ? nil : "\(value)") }
      }
    }
    return Seal.of(values)
  }

  /// What of the ledger is not as it was written; a ledger with a hole would let through what it is there to stop.
  static func problems(_ db: Database) throws -> [String] {
    var problems: [String] = []
    let sealed = try Row.fetchOne(db, sql: "SELECT members, seal FROM release_seal WHERE id = 1")
    let members = try Int.fetchOne(db, sql: "SELECT count(*) FROM release_member") ?? 0
    let isEmpty = try Int.fetchOne(db, sql: "SELECT count(*) FROM release_issue") == 0
    if let sealed {
      let expected = try seal(members, db)
      if sealed["members"] != members || sealed["seal"] != expected {
        problems.append("the ledger of releases is not as it was written")
      }
    } else if members > 0 || !isEmpty {
      problems.append("the ledger of releases has no seal")
    }
    for row in try Row.fetchAll(db, sql: "SELECT * FROM release_member") {
      let member = Member(tranche: row["tranche"], since: row["since"], held: row["held"])
      if row["seal"] != seal(row["contribution"], member) {
        problems.append("a member of the ledger of releases is not as it was written")
      }
    }
    var counts: [GroupKey: Int] = [:]
    let cells = try Row.fetchCursor(db, sql: "SELECT * FROM release_cell")
    while let row = try cells.next() {
      let (tranche, stratum, sex): (Int64, String, String) = (row["tranche"], row["stratum"], row["sex"])
      counts[GroupKey(tranche: tranche, stratum: stratum, sex: Sex(rawValue: sex)), default: 0] += 1
      if row["seal"]
        != seal(
          row["contig"], tranche, stratum, sex, row["start"], row["reference"], row["alternate"], row["label"],
          row["step"])
      {
        problems.append("a label of the ledger of releases is not as it was written")
      }
    }
    for (key, state) in try ReleaseLedger(db).groups where state.cells != counts[key] ?? 0 {
      problems.append("labels of the ledger of releases are missing")
    }
    return problems
  }
}
