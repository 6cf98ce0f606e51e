/// What a Consent resource says besides the form that it points to.
///
/// `Consent.status` says nothing of the choice: NHS England sets `active` for a completed form "regardless of whether the
/// patient has consented" (reference/service.md 4.2). What is not active is never a permission.
struct ConsentStatement: Sendable {
  /// Where the form is.
  enum Source: Sendable, Hashable {
    /// A QuestionnaireResponse, by its reference.
    case form(String)
    /// A scan or a link to one: nothing is transcribed.
    case attachment
    /// Nowhere.
    case none
  }

  /// Where the form is.
  var source: Source
  /// The part that its policy's or attachment's name gives it: an assent or consultee form.
  var kind: RecordOfDiscussionForms.Kind?
  /// Whether the provision itself permits health research: the ultra-rapid form (`permit`, purpose HRESCH).
  var permitsResearch = false
  /// Whether the provision denies research, or denies without naming a purpose.
  var deniesResearch = false
  /// Whether it is no longer in force, or was refused.
  var isWithdrawn = false
  /// The day of the statement.
  var day: CalendarDate?
  /// `dateTime` as it stands, where it is no day.
  var hasUnreadableDate = false
  /// The last day of the provision's period.
  var validUntil: String?
  /// Whether the provision is narrowed to an order alone.
  var namesOrder = false
  /// Whether the provision is narrowed otherwise: to named documents, classes, actors, actions, codes or data periods.
  var isNarrowed = false
  /// What keeps it from being read as a permission.
  var denials: Set<DenialReason> = []

  /// Reads a Consent.
  init(_ resource: FHIRResource, asOf: AsOf, forms: RecordOfDiscussionForms = .builtIn) {
    let body = resource.body
    if let reference = body.text("sourceReference", "reference") {
      source = .form(reference)
    } else {
      source = body["sourceAttachment"] == nil ? .none : .attachment
    }
    let names =
      (body["policy"]?.elements ?? []).compactMap { $0.text("uri") }
      + [body.text("sourceAttachment", "title"), body.text("sourceAttachment", "url"), body.text("policyRule", "text")]
      .compactMap { $0 }
    // A file's name alone counts, not the site that it lies on.
    kind = names.compactMap { forms.kind(name: $0.split(separator: "/").last.map(String.init) ?? $0) }.first
    if resource.hasModifiers { denials.insert(.notUnderstood) }
    switch body.text("status") {
    case "active": break
    case "inactive", "rejected": isWithdrawn = true
    default: denials.insert(.formNotCompleted)
    }
    if let text = body.text("dateTime") {
      day = FHIRDate(text)?.day
      hasUnreadableDate = day == nil
    } else if body["dateTime"] != nil {
      hasUnreadableDate = true
    }
    let scopes = Set(FHIRResource.codes(body["scope"]).map(\.code))
    // An empty list too is one that names research.
    if scopes.isDisjoint(with: ["research", "patient-privacy"]) { denials.insert(.scope) }
    if (body["verification"]?.elements ?? []).contains(where: { $0["verified"]?.bool == false }) {
      denials.insert(.notSigned)
    }
    readProvision(body["provision"], asOf: asOf)
  }

  private mutating func readProvision(_ provision: JSONTree?, asOf: AsOf) {
    guard let provision else { return }
    let purposes = (provision["purpose"]?.elements ?? []).filter { $0.text("system") == FHIRSystem.purpose }
    let namesResearch = purposes.contains { $0.text("code") == "HRESCH" }
    switch provision.text("type") {
    case "permit": permitsResearch = namesResearch
    case "deny": deniesResearch = namesResearch || purposes.isEmpty
    case nil: if provision["type"] != nil { denials.insert(.notUnderstood) }
    default: denials.insert(.notUnderstood)
    }
    let narrowing = ["actor", "action", "securityLabel", "class", "code", "dataPeriod", "provision"]
    isNarrowed = narrowing.contains { provision[$0] != nil }
    if let data = provision["data"] {
      let references = data.elements.map { $0.text("reference", "reference") ?? "" }
      namesOrder = !references.isEmpty && references.allSatisfy { $0.contains("ServiceRequest/") }
      if !namesOrder { isNarrowed = true }
    }
    guard let period = provision["period"] else { return }
    if let end = period["end"] {
      // An end that cannot be read is written as it stands, and so read as no end that holds.
      validUntil = end.text.flatMap { FHIRDate($0)?.lastWholeDay?.description } ?? "unreadable"
    }
    if let start = period["start"] {
      guard let day = start.text.flatMap({ FHIRDate($0)?.day }) else {
        denials.insert(.dateUnreadable)
        return
      }
      if day > asOf.day { denials.insert(.dateInFuture) }
    }
  }
}
