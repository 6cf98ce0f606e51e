public import Service

extension KnowledgeBase {
  /// What came of a withdrawal.
  public struct Withdrawal: Sendable, Hashable {
    /// The proof.
    public var certificate: WithdrawalCertificate
    /// Whether the base held each person asked for, in their order.
    public var held: [Bool]
  }

  /// Takes people's data out: all of the list in one transaction, or nobody.
  ///
  /// Each person's data are rows of their own, which go without a trace (`StoreConnection.dropRows`); nothing else of the
  /// base was ever derived from them. What stays is a token that recognises the person (`Pseudonym.withdrawalToken`), so that
  /// nobody is added again by a choice from before. Somebody whom the base does not hold changes nothing.
  /// - Throws: `KnowledgeBaseError`.
  public func withdraw(_ list: WithdrawalList, today: CalendarDate) throws -> Withdrawal {
    try withdraw(list, today: today, beforeCommit: {})
  }

  /// - Parameter beforeCommit: called when everything is written and nothing is committed.
  func withdraw(_ list: WithdrawalList, today: CalendarDate, beforeCommit: () throws -> Void) throws -> Withdrawal {
    try write { db in
      let result = try withdraw(list, today, db)
      try beforeCommit()
      return result
    }
  }

  func withdraw(_ list: WithdrawalList, _ today: CalendarDate, _ db: any StoreConnection) throws -> Withdrawal {
    let people = try people(db)
    let numbers = Dictionary(people.map { ($0.pseudonym, $0) }) { first, _ in first }
    var certificate = WithdrawalCertificate(
      date: today.description, digestBefore: try storedDigest(db), digestAfter: "", asked: list.entries.count,
      withdrawn: 0, notHeld: 0, blocks: 0, cells: 0, detachedClassifications: 0, supersededReleases: [])
    var held: [Bool] = []
    var gone: Set<Int64> = []
    for entry in list.entries {
      let pseudonym = key.pseudonym(of: entry.participant)
      guard let person = numbers[pseudonym.text] else {
        held.append(false)
        certificate.notHeld += 1
        continue
      }
      held.append(true)
      certificate.withdrawn += 1
      certificate.cells += person.observations
      certificate.blocks += try db.countRows(of: person.id)
      certificate.detachedClassifications += try detachClassifications(of: person.id, db)
      try ReleaseLedger.forget(contribution: person.id, db)
      try remember(pseudonym, entry.date, db)
      gone.insert(person.id)
    }
    if !gone.isEmpty {
      try db.dropRows(of: gone)
      try rewritePeople(people.filter { !gone.contains($0.id) }, db)
      certificate.supersededReleases = try earlierReleases(db)
    }
    if !gone.isEmpty { try Self.seal(db) }
    certificate.digestAfter = try storedDigest(db)
    return Withdrawal(certificate: certificate, held: held)
  }

  /// Writes the table of people anew, where nothing is left of the others.
  func rewritePeople(_ people: [PersonRecord], _ db: any StoreConnection) throws {
    try db.replacePeople()
    for person in people { try person.insert(into: "contribution", db) }
    if people.isEmpty, !(try db.exists("SELECT 1 FROM classification")) {
      // As in a base that never held anybody: the next person settles reference and filters.
      try db.execute("DELETE FROM contig")
      try db.execute("DELETE FROM meta WHERE key IN ('reference', 'assembly', 'filters')")
      try db.unsettle()
    }
  }

  /// The releases that the base's ledger knows: each was made of other people than the base has now.
  private func earlierReleases(_ db: any StoreConnection) throws -> [String] {
    try db.texts("SELECT release FROM release_issue ORDER BY id")
  }

  private func remember(_ pseudonym: Pseudonym, _ date: CalendarDate, _ db: any StoreConnection) throws {
    let token = pseudonym.withdrawalToken(key, rounds: tokenRounds)
    let last = try db.text("SELECT date FROM withdrawal WHERE token = ?", [token])
    let day = max(last ?? "", date.description)
    try db.execute(
      """
      INSERT INTO withdrawal VALUES (?, ?, ?)
      ON CONFLICT (token) DO UPDATE SET date = excluded.date, seal = excluded.seal
      """, [token, day, Seal.of([token, day])])
  }

  /// Whether the person withdrew, and chose nothing since.
  func isWithdrawn(_ pseudonym: Pseudonym, consentedOn date: CalendarDate, _ db: any StoreConnection) throws -> Bool {
    // The token costs some milliseconds, and most bases need none.
    guard try db.exists("SELECT 1 FROM withdrawal") else { return false }
    let token = pseudonym.withdrawalToken(key, rounds: tokenRounds)
    guard let text = try db.text("SELECT date FROM withdrawal WHERE token = ?", [token])
    else { return false }
    guard let withdrawn = CalendarDate(text) else { throw damaged("the day of a withdrawal is none") }
    return date <= withdrawn
  }

  func requireNotWithdrawn(_ pseudonym: Pseudonym, consentedOn date: CalendarDate, _ db: any StoreConnection) throws {
    guard try isWithdrawn(pseudonym, consentedOn: date, db) else { return }
    throw PermissionError(
      .noConsent,
      "a person whose data are to enter withdrew, and the choice given is not later; give a later record of discussion")
  }
}
