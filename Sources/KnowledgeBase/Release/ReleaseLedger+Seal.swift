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
  static func reseal(_ db: any StoreConnection) throws {
    let members = try db.count("SELECT count(*) FROM release_member")
    try db.execute(
      """
      INSERT INTO release_seal VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE
      SET members = excluded.members, seal = excluded.seal
      """, [members, try seal(members, db)])
  }

  private static func seal(_ members: Int, _ db: any StoreConnection) throws -> String {
    var values: [String?] = ["\(members)"]
    for table in ["release_issue", "release_tranche", "release_group", "release_lake"] {
      values.append(table)
      // By rowid or by the primary key, which is unique: always one order.
      for row in try db.rows("SELECT * FROM \(table) ORDER BY 1\(table == "release_group" ? ", 2, 3" : "")") {
        values += row.values.map { $0 == .null ? nil : $0.sealed }
      }
    }
    return Seal.of(values)
  }

  /// What of the ledger is not as it was written; a ledger with a hole would let through what it is there to stop.
  static func problems(_ db: any StoreConnection) throws -> [String] {
    do {
      return try rowProblems(db)
    } catch is ByteReader.Damaged {
      return ["the ledger of releases has a row that cannot be read"]
    }
  }

  private static func rowProblems(_ db: any StoreConnection) throws -> [String] {
    var problems: [String] = []
    let sealed = try db.row("SELECT members, seal FROM release_seal WHERE id = 1")
    let members = try db.count("SELECT count(*) FROM release_member")
    let isEmpty = try db.count("SELECT count(*) FROM release_issue") == 0
    if let sealed {
      let expected = try seal(members, db)
      if sealed["members"] != members.storeValue || sealed["seal"] != .text(expected) {
        problems.append("the ledger of releases is not as it was written")
      }
    } else if members > 0 || !isEmpty {
      problems.append("the ledger of releases has no seal")
    }
    for row in try db.rows("SELECT * FROM release_member") {
      if row["seal"] != .text(seal(try row.integer("contribution"), try Member(row))) {
        problems.append("a member of the ledger of releases is not as it was written")
      }
    }
    var counts: [GroupKey: Int] = [:]
    try db.forEachRow("SELECT * FROM release_cell", []) { row in
      let (tranche, stratum) = (try row.integer("tranche"), try row.text("stratum"))
      let sex = try row.text("sex")
      counts[GroupKey(tranche: tranche, stratum: stratum, sex: Sex(rawValue: sex)), default: 0] += 1
      let expected = seal(
        try row.text("contig"), tranche, stratum, sex, try row.number("start"), try row.text("reference"),
        try row.text("alternate"), try row.text("label"), try row.number("step"))
      if row["seal"] != .text(expected) {
        problems.append("a label of the ledger of releases is not as it was written")
      }
    }
    for (key, state) in try ReleaseLedger(db).groups where state.cells != counts[key] ?? 0 {
      problems.append("labels of the ledger of releases are missing")
    }
    return problems
  }
}
