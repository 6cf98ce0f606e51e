import Genomics

/// The labels that the ledger keeps, read a contig at a time, and written anew for groups that are new or were left.
final class ReleaseCells {
  private struct Place: Hashable {
    var start: Int
    var reference: String
    var alternate: String
  }

  private let plan: ReleasePlan
  private var contig = ""
  private var kept: [ReleaseLedger.GroupKey: [Place: GroupLabel]] = [:]
  private var sites: [ReleaseLedger.GroupKey: [Int: GroupLabel]] = [:]
  private let db: any StoreConnection
  /// Rows that are not written yet.
  private var pending: [[any StoreConvertible]] = []
  private static let batch = 64
  /// How many labels were written of each group.
  private(set) var written: [ReleaseLedger.GroupKey: Int] = [:]

  init(_ plan: ReleasePlan, _ db: any StoreConnection) throws {
    self.plan = plan
    self.db = db
  }

  /// Whether a group's labels are written with this release.
  static func isWritten(_ group: ReleasePlan.Group) -> Bool { group.earlierPeople == nil || group.left > 0 }

  /// The step that a group's labels are of, once the release is made.
  static func step(_ group: ReleasePlan.Group) -> Int { group.left > 0 ? group.step + 1 : group.step }

  /// Reads what is kept of a contig.
  func begin(_ entry: ReferenceContigs.Entry) throws {
    let name = entry.digest.sha512t24u
    guard name != contig else { return }
    contig = name
    kept = [:]
    sites = [:]
    for group in plan.wholes + plan.sexes where group.step > 0 || group.left > 0 {
      try db.forEachRow(
        """
        SELECT start, reference, alternate, label, seal FROM release_cell
        WHERE contig = ? AND tranche = ? AND stratum = ? AND sex = ? AND step = ?
        """, [contig, group.key.tranche, group.key.stratum, group.key.sex?.rawValue ?? "", group.step]
      ) { row in
        let (start, text) = (try row.number("start"), try row.text("label"))
        let (reference, alternate) = (try row.text("reference"), try row.text("alternate"))
        let seal = ReleaseLedger.seal(
          contig, group.key.tranche, group.key.stratum, group.key.sex?.rawValue ?? "", start, reference, alternate,
          text,
          group.step)
        guard let label = GroupLabel(text: text), row["seal"] == .text(seal) else { throw ByteReader.Damaged() }
        kept[group.key, default: [:]][Place(start: start, reference: reference, alternate: alternate)] = label
        sites[group.key, default: [:]][start] = label
      }
    }
  }

  /// What is kept of a group's label of an allele, and of the group's site.
  func earlier(_ key: ReleaseLedger.GroupKey, start: Int, _ allele: StoredAllele) -> (
    own: GroupLabel?, site: GroupLabel?
  ) {
    let place = Place(start: start, reference: allele.reference, alternate: allele.alternate)
    return (kept[key]?[place], sites[key]?[start])
  }

  /// Keeps a label that is told for the first time.
  func keep(_ label: GroupLabel, of group: ReleasePlan.Group, start: Int, _ allele: StoredAllele) throws {
    guard Self.isWritten(group), let text = label.text else { return }
    let (sex, step) = (group.key.sex?.rawValue ?? "", Self.step(group))
    let seal = ReleaseLedger.seal(
      contig, group.key.tranche, group.key.stratum, sex, start, allele.reference, allele.alternate, text, step)
    pending.append([
      contig, group.key.tranche, group.key.stratum, sex, start, allele.reference, allele.alternate, text, step, seal,
    ])
    if pending.count == Self.batch { try write() }
    written[group.key, default: 0] += 1
  }

  /// Writes the labels that wait: a batch in one statement, since a server is asked for each.
  private func write() throws {
    let parts = pending.count == Self.batch ? [Array(pending.joined())] : pending
    for values in parts {
      let rows = repeatElement("(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", count: values.count / 10).joined(separator: ", ")
      try db.execute(
        """
        INSERT INTO release_cell VALUES \(rows)
        ON CONFLICT (contig, tranche, stratum, sex, start, reference, alternate) DO UPDATE
        SET label = excluded.label, step = excluded.step, seal = excluded.seal
        """, values)
    }
    pending.removeAll(keepingCapacity: true)
  }

  /// Forgets labels of groups as they were before people left.
  func end() throws {
    try write()
    for group in plan.wholes + plan.sexes where group.left > 0 {
      try db.execute(
        "DELETE FROM release_cell WHERE tranche = ? AND stratum = ? AND sex = ? AND step < ?",
        [group.key.tranche, group.key.stratum, group.key.sex?.rawValue ?? "", Self.step(group)])
    }
    for key in plan.gone {
      try db.execute(
        "DELETE FROM release_cell WHERE tranche = ? AND stratum = ? AND sex = ?",
        [key.tranche, key.stratum, key.sex?.rawValue ?? ""])
    }
  }
}
