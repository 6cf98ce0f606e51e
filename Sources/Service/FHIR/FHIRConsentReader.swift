/// Reads choices from Consent and QuestionnaireResponse resources, one a person: default deny (reference/service.md 4.2).
struct FHIRConsentReader {
  /// A document about one person's choice, with all that it says.
  struct Document {
    var resource: Int
    /// The person; nil where the document does not say whose it is.
    var person: Int?
    var kind: RecordOfDiscussionForms.Kind
    var record: ConsentRecord
    /// Every day on it.
    var days: [CalendarDate]
    var denials: Set<DenialReason>
    /// Whether it withdraws, and when.
    var withdrawal: (isOne: Bool, day: CalendarDate?) = (false, nil)
    var dissents = false
    /// Whether statements A and B were not asked at all, so that a provision may be the choice.
    var isOpen = false
    /// Whether its form is not at hand.
    var isUnread = false
    /// What is to be known of it besides the denials.
    var notes: [String] = []
    /// The QuestionnaireResponse that a Consent points to: the two are one document.
    var form: Int?
  }

  let resources: [FHIRResource]
  let people: FHIRPeople
  let references: FHIRReferences
  let asOf: AsOf
  let allowsTestNumbers: Bool

  /// The person's index with the reading, in the order of persons; and each document's denials by its resource.
  func read() -> (readings: [(person: Int, reading: FHIRConsentReading)], documents: [Document]) {
    var documents: [Document] = []
    for (index, resource) in resources.enumerated() {
      switch resource.type {
      case "Consent": documents.append(consent(resource, index))
      case "QuestionnaireResponse": if let document = response(resource, index) { documents.append(document) }
      default: continue
      }
    }
    // A response that a Consent points to is read with that Consent, not beside it.
    let linked = Set(documents.compactMap(\.form))
    documents.removeAll { linked.contains($0.resource) }
    let persons = Set(documents.compactMap(\.person)).sorted()
    let readings = persons.map { person in (person, combine(documents.filter { $0.person == person }, person: person)) }
    return (readings, documents)
  }

  /// A QuestionnaireResponse by itself; nil where it is about no choice at all.
  private func response(_ resource: FHIRResource, _ index: Int) -> Document? {
    let form = TranscribedForm(resource)
    guard form.kind != .other || form.withdraws else { return nil }
    let person = FHIRPeople.subject(of: resource).flatMap { people.index(of: $0) }
    return document(form, resource, index, person: person)
  }

  private func document(_ form: TranscribedForm, _ resource: FHIRResource, _ index: Int, person: Int?) -> Document {
    var record = ConsentRecord(participant: person.map { people.persons[$0].participant } ?? "")
    record.form = form.form
    record.category = form.category
    record.signed = form.isSigned
    record.remoteClinician = form.remoteClinician
    record.scope = ConsentRecord.researchScope
    switch form.kind {
    case .discussion: (record.discussed, record.agreed) = (form.discussed.rawValue, form.agreed.rawValue)
    case .assent: (record.discussed, record.agreed) = ("missing", "assent")
    case .consultee, .withdrawal, .other: (record.discussed, record.agreed) = ("missing", "missing")
    }
    var denials = form.denials
    if references.conflicting.contains(index) { denials.insert(.contradictionQuarantine) }
    denials.formUnion(mismatches(form, person: person))
    let days = form.dates.compactMap(\.day)
    if days.count < form.dates.count { denials.insert(.dateUnreadable) }
    // The day of the person's own signature may differ from the clinician's. The earliest holds against a withdrawal; a
    // day in the future is none on which anybody signed.
    record.date = days.min()?.description
    if let last = days.max(), last > asOf.day { record.date = last.description }
    return Document(
      resource: index, person: person, kind: form.kind, record: record, days: days, denials: denials,
      withdrawal: (form.withdraws, form.withdrawnOn.flatMap { CalendarDate($0) }), dissents: form.dissents,
      isOpen: !form.hasStatements)
  }

  /// Whether the form is for this person.
  private func mismatches(_ form: TranscribedForm, person: Int?) -> Set<DenialReason> {
    guard let person else { return [] }
    var denials: Set<DenialReason> = []
    if let written = form.numberOnForm {
      let digits = NHSNumber.compact(written)
      let known = people.persons[person].nhsNumbers.map { NHSNumber.compact($0) }
      // A postcode may stand there instead; it has letters.
      if !digits.contains(where: \.isLetter) {
        if NHSNumber.verdict(digits) != .valid { denials.insert(.participantNotUsable) }
        if !known.contains(digits) { denials.insert(.otherParticipant) }
      }
    }
    if let written = form.birthDateOnForm, let born = people.persons[person].patient?.body.text("birthDate"),
      written != born
    {
      denials.insert(.otherParticipant)
    }
    return denials
  }

  /// A Consent with the form that it points to, where that is at hand.
  private func consent(_ resource: FHIRResource, _ index: Int) -> Document {
    let statement = ConsentStatement(resource, asOf: asOf)
    let person = FHIRPeople.subject(of: resource).flatMap { people.index(of: $0) }
    var document: Document
    if case .form(let reference) = statement.source, let target = references.resolve(reference, from: resource),
      target.type == "QuestionnaireResponse"
    {
      let form = TranscribedForm(target)
      let formIndex = references.index(reference)
      let subject = FHIRPeople.subject(of: target).flatMap { people.index(of: $0) }
      document = self.document(form, target, formIndex ?? index, person: person ?? subject)
      // A form of another person stays that person's own document: it may say no for them.
      document.form = subject == person ? formIndex : nil
      document.resource = index
      // Pointed to by a Consent it is about a choice, whatever it is called.
      if document.kind == .other { document.kind = .discussion }
      if subject != person { document.denials.insert(.otherParticipant) }
    } else {
      document = unread(statement, index, person: person)
    }
    if references.conflicting.contains(index) { document.denials.insert(.contradictionQuarantine) }
    apply(statement, to: &document)
    return document
  }

  /// A Consent whose form is not at hand, or is a scan.
  private func unread(_ statement: ConsentStatement, _ index: Int, person: Int?) -> Document {
    var record = ConsentRecord(participant: person.map { people.persons[$0].participant } ?? "")
    (record.discussed, record.agreed) = ("missing", statement.kind == .assent ? "assent" : "missing")
    record.scope = ConsentRecord.researchScope
    record.date = statement.day?.description
    return Document(
      resource: index, person: person, kind: statement.kind ?? .discussion, record: record,
      days: statement.day.map { [$0] } ?? [], denials: [], isOpen: true, isUnread: true)
  }

  private func apply(_ statement: ConsentStatement, to document: inout Document) {
    switch statement.source {
    case .attachment: document.notes.append("form-is-a-scan")
    case .form: if document.isUnread { document.notes.append("form-not-at-hand") }
    case .none: document.notes.append("no-form")
    }
    if statement.isNarrowed { document.notes.append("provision-narrowed") }
    document.denials.formUnion(statement.denials)
    if statement.hasUnreadableDate { document.denials.insert(.dateUnreadable) }
    if let day = statement.day, day > asOf.day { document.denials.insert(.dateInFuture) }
    // The name of the policy tells an assent or a consultee form also where the response does not.
    if let kind = statement.kind {
      document.kind = kind
      if kind == .assent { document.record.agreed = "assent" }
    }
    let fromProvision =
      statement.permitsResearch && document.kind == .discussion && document.isOpen
    if fromProvision {
      document.notes.append("choice-by-provision")
      (document.record.discussed, document.record.agreed) = ("yes", "yes")
    }
    if statement.deniesResearch {
      document.record.agreed = "no"
      document.withdrawal = (true, statement.day)
    }
    if statement.isWithdrawn { document.withdrawal = (true, statement.day) }
    // A Record of Discussion is filed with its order; a provision that is the choice itself may name nothing.
    if statement.isNarrowed || (fromProvision && statement.namesOrder) {
      document.record.scope = "narrowed-by-provision"
    }
    if let end = statement.validUntil { document.record.validUntil = end }
  }
}
