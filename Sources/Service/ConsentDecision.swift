/// What a record of discussion permits: default deny (reference/service.md 4.2).
public enum ConsentDecision: Sendable, Hashable {
  /// The person's data may enter a research base.
  case permit(ResearchPermission)
  /// They may not, for every reason given, in the order of `DenialReason`.
  case deny([DenialReason])

  /// Decides on one person.
  /// - Parameters:
  ///   - participant: whose data are to enter, as the case's files name the person.
  ///   - record: the record of discussion; nil where there is none.
  ///   - today: the day on which it is asked.
  public init(participant: String, record: ConsentRecord?, today: CalendarDate) {
    guard let record else {
      self = .deny([.noRecord])
      return
    }
    var reasons: Set<DenialReason> = []
    if record.participant != participant { reasons.insert(.otherParticipant) }
    if participant.isEmpty || NHSNumber.mayStand(in: participant) { reasons.insert(.participantNotUsable) }
    let form = record.form.flatMap { ConsentRecord.knownForms.contains($0) ? $0 : nil }
    if form == nil { reasons.insert(.formUnknown) }
    reasons.formUnion(Self.choice(record))
    let date = record.date.flatMap { CalendarDate($0) }
    if let date {
      if date > today { reasons.insert(.dateInFuture) }
    } else {
      reasons.insert(record.date == nil ? .dateMissing : .dateUnreadable)
    }
    let category = record.category.flatMap { ConsentRecord.Category(rawValue: $0) }
    if category == nil { reasons.insert(record.category == nil ? .categoryMissing : .categoryUnknown) }
    let hasClinician = record.remoteClinician?.contains { !$0.isWhitespace } ?? false
    if record.signed != true && !hasClinician { reasons.insert(.notSigned) }
    if record.scope != ConsentRecord.researchScope { reasons.insert(.scope) }
    let validUntil = record.validUntil.flatMap { CalendarDate($0) }
    if record.validUntil != nil {
      if let validUntil { if validUntil < today { reasons.insert(.expired) } } else { reasons.insert(.dateUnreadable) }
    }
    if let text = record.withdrawn {
      // Only a withdrawal that is certainly older than the choice leaves the choice standing.
      if let withdrawn = CalendarDate(text), let date, withdrawn < date {} else { reasons.insert(.withdrawn) }
    }
    guard reasons.isEmpty, let form, let date, let category else {
      self = .deny(DenialReason.allCases.filter { reasons.contains($0) })
      return
    }
    self = .permit(
      ResearchPermission(
        participant: participant, form: form, date: date, validUntil: validUntil, isForChild: category == .child))
  }

  /// The same decision with further reasons against it: it can only become a denial.
  func denied(for further: Set<DenialReason>) -> ConsentDecision {
    guard !further.isEmpty else { return self }
    var reasons = further
    if case .deny(let own) = self { reasons.formUnion(own) }
    return .deny(DenialReason.allCases.filter { reasons.contains($0) })
  }

  /// Statements A and B: both must say yes in that word.
  private static func choice(_ record: ConsentRecord) -> Set<DenialReason> {
    let (a, b) = (record.discussed, record.agreed)
    if a == "no" && b == "yes" { return [.contradictionQuarantine] }
    var reasons: Set<DenialReason> = []
    switch a {
    case "yes": break
    case "no": reasons.insert(.notDiscussed)
    default: reasons.insert(.unread)
    }
    switch b {
    case "yes": break
    case "no": reasons.insert(.notAgreed)
    case "assent": reasons.insert(.assentIsNotConsent)
    // Where A is NO, the form says to ignore B.
    default: if a != "no" { reasons.insert(.unread) }
    }
    return reasons
  }
}
