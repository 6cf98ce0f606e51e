/// Reads referrals from ServiceRequest, Patient, Specimen and Task resources (reference/service.md 7): one a requisition, or
/// one an order where there is none.
struct FHIRReferralReader {
  let resources: [FHIRResource]
  let people: FHIRPeople
  let references: FHIRReferences
  let readings: [Int: FHIRConsentReading]
  let asOf: AsOf
  /// Outcomes by resource.
  private(set) var outcomes: [Int: FHIROutcome] = [:]

  init(
    resources: [FHIRResource], people: FHIRPeople, references: FHIRReferences, readings: [Int: FHIRConsentReading],
    asOf: AsOf
  ) {
    (self.resources, self.people, self.references, self.readings) = (resources, people, references, readings)
    self.asOf = asOf
  }

  /// The referrals, in the order in which their first ServiceRequest stands.
  mutating func read() -> [Referral] {
    var groups: [(key: String, requests: [Int])] = []
    for index in resources.indices where resources[index].type == "ServiceRequest" {
      var flaws = Self.flaws(resources[index])
      if people.isTorn(resources[index]) { flaws.refusals.append("identity-conflict") }
      let codes = flaws.refusals + numberCodes(FHIRPeople.subject(of: resources[index])) + flaws.notes
      note(index, flaws.refusals.isEmpty ? .read : .refused, codes)
      guard flaws.refusals.isEmpty else { continue }
      let key = Self.groupKey(resources[index], index)
      if let at = groups.firstIndex(where: { $0.key == key }) {
        groups[at].requests.append(index)
      } else {
        groups.append((key, [index]))
      }
    }
    var referrals: [Referral] = []
    var byRequest: [Int: Int] = [:]
    for group in groups {
      for request in group.requests { byRequest[request] = referrals.count }
      referrals.append(referral(of: group.requests))
    }
    addSpecimens(to: &referrals, byRequest)
    addTasks(to: &referrals, byRequest)
    for index in resources.indices where resources[index].type == "Patient" {
      note(index, .read, numberCodes(FHIRIdentity(patient: resources[index])))
    }
    return referrals
  }

  mutating func note(_ index: Int, _ verdict: FHIROutcome.Verdict, _ codes: [String], notes: [String] = []) {
    let resource = resources[index]
    let person = FHIRPeople.subject(of: resource).flatMap { people.index(of: $0) }
    let all = references.conflicting.contains(index) ? ["resource-stands-twice"] + codes : codes
    outcomes[index] = FHIROutcome(
      file: resource.file, ordinal: resource.ordinal, type: resource.type, verdict: all == codes ? verdict : .refused,
      codes: all, notes: notes, participant: person.map { people.persons[$0].participant })
  }

  /// A requisition is the family's; without one the order is alone (SHALL NOT be there for a singleton).
  private static func groupKey(_ resource: FHIRResource, _ index: Int) -> String {
    if let value = resource.body.text("requisition", "value") {
      return "requisition:\(resource.body.text("requisition", "system") ?? "")|\(value)"
    }
    return "request:\(resource.id ?? String(index))"
  }

  /// What is wrong with an order: what refuses it, and what is told.
  private static func flaws(_ resource: FHIRResource) -> (refusals: [String], notes: [String]) {
    var (refusals, notes): ([String], [String]) = ([], [])
    let body = resource.body
    if resource.hasModifiers { refusals.append("not-understood") }
    switch body.text("status") {
    case "active": break
    case "draft": notes.append("order-is-a-draft")
    case "revoked", "entered-in-error": refusals.append("order-revoked")
    default: refusals.append("order-not-active")
    }
    switch body.text("intent") {
    case "order": break
    case "reflex-order": if (body["basedOn"]?.elements ?? []).isEmpty { notes.append("reflex-order-without-its-first") }
    default: refusals.append("not-an-order")
    }
    if body["doNotPerform"]?.bool == true { refusals.append("not-to-be-done") }
    if FHIRPeople.subject(of: resource) == nil { refusals.append("subject-missing") }
    if FHIRResource.codes(body["category"]).isEmpty { notes.append("category-missing") }
    if testCode(body) == nil { notes.append("test-code-missing") }
    if body.text("authoredOn").flatMap({ FHIRDate($0)?.day }) == nil { notes.append("authored-on-missing") }
    if body["requester"] == nil { notes.append("requester-missing") }
    let count = resource.extensions(FHIRSystem.participantCount).first?["valueInteger"]
    if case .number(let text)? = count, let count = Int(text), count > 1, body["requisition"] == nil {
      notes.append("requisition-missing")
    }
    return (refusals, notes)
  }

  /// The test code with the version that stands beside it.
  static func testCode(_ body: JSONTree) -> (code: String, version: String?)? {
    for coding in body["code"]?["coding"]?.elements ?? [] {
      let system = coding.text("system") ?? ""
      guard system == FHIRSystem.testDirectory || system.hasPrefix(FHIRSystem.directoryPage),
        let code = coding.text("code")
      else { continue }
      let version = (coding["extension"]?.elements ?? []).first { $0.text("url") == FHIRSystem.testVersion }
      if case .number(let text)? = version?["valueDecimal"] { return (code, text) }
      return (code, version?.text("valueString") ?? coding.text("version"))
    }
    return nil
  }

  /// Quarantine codes of a person's NHS number: it is kept as written, never repaired, and links nobody.
  func numberCodes(_ identity: FHIRIdentity?) -> [String] {
    switch identity?.verdict {
    case .invalidCheck: ["nhs-number-invalid-check"]
    case .invalidLength: ["nhs-number-invalid-length"]
    case .denyList: ["nhs-number-deny-list"]
    case .valid, nil: []
    }
  }
}
