import Crypto
import Genomics
import Service

extension KnowledgeBase {
  /// What was looked at, and what is wrong.
  public struct Verification: Sendable, Hashable {
    /// People whose content was made again from their rows.
    public var contributions = 0
    /// Rows compared, byte for byte, with those that the content gives.
    public var rows = 0
    /// Events of classification.
    public var classifications = 0
    /// The base's digest; nil where something is wrong.
    public var digest: String?
    /// What is wrong, without a word of whom.
    public var problems: [String] = []
  }

  /// Reads everything: pages, tables, seals, and every contribution, which must have its digest and give exactly the rows
  /// that are there. What a changed byte could alter in an answer is found; what is left are bytes that nothing reads.
  public func verify() throws -> Verification {
    try read { try verification($0) }
  }

  /// What is found in one transaction.
  func verification(_ db: any StoreConnection) throws -> Verification {
    var result = Verification()
    do {
      try verify(db, &result)
    } catch let error as any StoreFailure where error.isDamage && !result.problems.isEmpty {
      // Damage may have ended the transaction, and nothing more can be read in it.
    }
    if result.problems.isEmpty { result.digest = try storedDigest(db) }
    return result
  }

  private func verify(_ db: any StoreConnection, _ result: inout Verification) throws {
    let tables = try db.problems()
    result.problems = tables.problems
    // Without its tables nothing else can be read.
    guard tables.isReadable else { return }
    try verifySettings(db, &result)
    do {
      let people = try PersonRecord.all(db)
      if Set(people.map(\.pseudonym)).count != people.count { result.problems.append("a person is there twice") }
      for person in people { try verify(person, db, &result) }
    } catch is ByteReader.Damaged {
      result.problems.append("a row of the table of people is not as it was written")
    }
    try verifyWithdrawals(db, &result)
    try verifyClassifications(db, &result)
    do {
      // One a format, up to that of the base.
      let changes = try FormatChange.all(db)
      let isChain = zip(changes, changes.dropFirst()).allSatisfy { $0.format == $1.previous }
      if !isChain || !changes.allSatisfy({ $0.previous + 1 == $0.format && $0.format <= Schema.version }) {
        result.problems.append("the changes of format do not follow one another")
      }
    } catch is ByteReader.Damaged {
      result.problems.append("a change of format is not as it was written")
    }
    result.problems += try ReleaseLedger.problems(db)
  }

  private func verifySettings(_ db: any StoreConnection, _ result: inout Verification) throws {
    guard try Self.meta("seal", db) == (try Self.wholeSeal(db)) else {
      result.problems.append(
        "the base's settings, contigs, people, withdrawals or classifications are not as they were")
      return
    }
    var known: Set<String> = ["purpose", "key", "token.rounds", "reference", "assembly", "filters", "seal"]
    // SQLite has a place of its own for it.
    if store is PostgreSQLStore { known.insert("format") }
    for name in try db.texts("SELECT key FROM meta")
    where !known.contains(name) && !name.hasPrefix("release") {
      result.problems.append("a setting is not known")
    }
    if let held = try Self.meta("reference", db), try reference(db)?.assemblyDigest != held {
      result.problems.append("the contigs are not those of the reference")
    }
  }

  /// A person's content has its digest, and gives exactly the rows that are there.
  private func verify(_ person: PersonRecord, _ db: any StoreConnection, _ result: inout Verification) throws {
    result.contributions += 1
    do {
      guard let contribution = try contribution(person, db), contribution.digest == person.digest else {
        result.problems.append("contribution \(person.id): its content has another digest")
        return
      }
      var rows = try PersonRows(contribution)
      let stored = try db.rows(of: person.id, nil)
      var differing = 0
      var count = 0
      try rows.write { key, bytes in
        count += 1
        if stored.key != key || !(stored.bytes.map { $0.elementsEqual(bytes) } ?? false) { differing += 1 }
        try stored.advance()
      }
      if stored.key != nil { differing += 1 }
      result.rows += count
      if differing > 0 {
        result.problems.append("contribution \(person.id): \(differing) rows are not those of its content")
      }
      let unannotated = contribution.annotation == nil ? 0 : rows.unannotated
      if contribution.observations.count != person.observations || unannotated != person.unannotated {
        result.problems.append("contribution \(person.id): its numbers of alleles are wrong")
      }
    } catch is ByteReader.Damaged {
      result.problems.append("contribution \(person.id): its rows cannot be read")
    } catch let error as any StoreFailure where error.isDamage {
      result.problems.append("contribution \(person.id): \(error.code)")
    }
  }

  private func verifyWithdrawals(_ db: any StoreConnection, _ result: inout Verification) throws {
    for row in try db.rows("SELECT token, date, seal FROM withdrawal") {
      guard let token = try? row.text("token"), let date = try? row.text("date"), CalendarDate(date) != nil,
        row["seal"] == .text(Seal.of([token, date]))
      else {
        result.problems.append("a withdrawal is not as it was written")
        continue
      }
    }
  }

  private func verifyClassifications(_ db: any StoreConnection, _ result: inout Verification) throws {
    let people = Set(try db.integers("SELECT id FROM contribution"))
    for row in try db.rows("SELECT \(StoredClassification.columns) FROM classification") {
      result.classifications += 1
      guard let stored = try? StoredClassification(row, contig: "."),
        stored.contribution.map({ people.contains($0) }) ?? true
      else {
        result.problems.append("an event of classification is not the one that was added")
        continue
      }
    }
  }

  /// A person's contribution, made again from its rows; nil where they cannot be one.
  /// - Throws: `ByteReader.Damaged`.
  func contribution(_ person: PersonRecord, _ db: any StoreConnection) throws -> Contribution? {
    guard let reference = try reference(db), let sex = Sex(rawValue: person.sex),
      let details = ContributionDetails(text: person.details)
    else { return nil }
    var callable: [RefgetDigest: [Range<Int>]] = [:]
    var list = ObservationList()
    var pending: [Contribution.Observation] = []
    try readContent(of: person, reference, db, stretch: { callable[$1, default: []].append($0) }) { one in
      // Memory holds one contig's alleles unpacked.
      if let last = pending.last?.contig, last != one.contig {
        list.add(pending, of: last)
        pending.removeAll(keepingCapacity: true)
      }
      pending.append(one)
    }
    if let last = pending.last?.contig { list.add(pending, of: last) }
    guard list.repeated == 0 else { throw ByteReader.Damaged() }
    return Contribution(
      pseudonym: Pseudonym(text: person.pseudonym), sex: sex, reference: reference,
      filters: FilterConfiguration(text: try Self.meta("filters", db) ?? ""), callabilityBasis: person.callability,
      callable: callable.mapValues { IntervalSet($0) }, annotation: person.annotation, details: details, list: list)
  }
}
