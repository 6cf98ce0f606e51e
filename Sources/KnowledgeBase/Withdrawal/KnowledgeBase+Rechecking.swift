public import Service

extension KnowledgeBase {
  /// The days for which a reading of a choice holds: then it is to be read again before anything is released.
  static let consentDays = 365

  /// What came of reading choices again.
  public struct Recheck: Sendable, Hashable {
    /// What came of one record.
    public enum Outcome: Sendable, Hashable {
      /// The person may stay.
      case permitted
      /// The person may not, for these reasons.
      case denied([DenialReason])
      /// The base does not hold the person.
      case notHeld
    }

    /// A row a record, in the order given.
    public var outcomes: [Outcome] = []
    /// People of the base of whom no record was given.
    public var missing = 0
    /// The proof, where denied people were withdrawn.
    public var withdrawal: WithdrawalCertificate?

    /// Whether everybody in the base is covered by a record that permits.
    public var isFresh: Bool { missing == 0 && (withdrawal != nil || deniedCount == 0) }
    /// How many people of the base may not stay.
    public var deniedCount: Int {
      outcomes.count { if case .denied = $0 { true } else { false } }
    }
  }

  /// Reads everybody's choice again.
  ///
  /// Who is denied, and who has no record among those given, makes the base stale until they are withdrawn or covered:
  /// nothing is released from it. The content and its digest stay as they are unless `withdraws`.
  /// - Parameters:
  ///   - records: one a person.
  ///   - withdraws: whether people who are denied are withdrawn: on the day that the record tells, else today.
  /// - Throws: `KnowledgeBaseError`.
  public func recheck(_ records: [ConsentRecord], today: CalendarDate, withdraws: Bool) throws -> Recheck {
    try write { db in
      var result = Recheck()
      var people = try people(db)
      let places = Dictionary(
        people.indices.map { (people[$0].pseudonym, $0) }, uniquingKeysWith: { first, _ in first })
      var covered: Set<Int> = []
      var leaving: [WithdrawalList.Entry] = []
      for (index, record) in records.enumerated() {
        guard let place = places[key.pseudonym(of: record.participant).text] else {
          result.outcomes.append(.notHeld)
          continue
        }
        covered.insert(place)
        switch ConsentDecision(participant: record.participant, record: record, today: today) {
        case .permit(let permission):
          result.outcomes.append(.permitted)
          people[place].consent = ConsentedContribution.basis(of: permission)
          people[place].consentDate = permission.date.description
          people[place].consentUntil = permission.validUntil?.description
          people[place].consentState = PersonRecord.permitted
        case .deny(let reasons):
          result.outcomes.append(.denied(reasons))
          people[place].consentState = PersonRecord.denied
          let day = record.withdrawn.flatMap { CalendarDate($0) } ?? today
          leaving.append(
            WithdrawalList.Entry(participant: record.participant, date: min(day, today), line: index + 1))
        }
        people[place].consentChecked = today.description
      }
      for place in people.indices where !covered.contains(place) {
        people[place].consentState = PersonRecord.missing
        result.missing += 1
      }
      try rewritePeople(people, db)
      try Self.seal(db)
      if withdraws, !leaving.isEmpty {
        result.withdrawal = try withdraw(WithdrawalList(leaving), today, db).certificate
      }
      return result
    }
  }

  /// Whether nothing may be released, and why.
  public func staleness(today: CalendarDate) throws -> [String] {
    try read { try staleness(today: today, $0) }
  }

  func staleness(today: CalendarDate, _ db: any StoreConnection) throws -> [String] {
    let people = try people(db)
    func count(_ words: String, _ isStale: (PersonRecord) -> Bool) -> String? {
      let count = people.count(where: isStale)
      return count > 0 ? "\(words): \(count)" : nil
    }
    return [
      count("people whose choice is denied") { $0.consentState == PersonRecord.denied },
      count("people without a record at the last recheck") { $0.consentState == PersonRecord.missing },
      count("people whose choice has expired") { person in
        guard let until = person.consentUntil else { return false }
        return CalendarDate(until).map { $0 < today } ?? true
      },
      count("people whose choice was not read for \(Self.consentDays) days") { person in
        guard let checked = CalendarDate(person.consentChecked) else { return true }
        return today.daysSince1970 - checked.daysSince1970 > Self.consentDays
      },
    ].compactMap { $0 }
  }

  /// Refuses where somebody's choice does not hold, or is not known to hold any more.
  /// - Throws: `PermissionError` of kind `noConsent` (77).
  func requireFreshConsent(today: CalendarDate, _ db: any StoreConnection) throws {
    let reasons = try staleness(today: today, db)
    guard reasons.isEmpty else {
      throw PermissionError(
        .noConsent, "the base is stale (\(reasons.joined(separator: "; "))); run apus kb recheck, then release")
    }
  }
}
