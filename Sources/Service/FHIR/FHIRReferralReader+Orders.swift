import Genomics

extension FHIRReferralReader {
  /// The referral of a family's orders. The proband's order speaks for all.
  func referral(of requests: [Int]) -> Referral {
    let lead = requests.first { Self.role(resources[$0]) == "proband" } ?? requests[0]
    let body = resources[lead].body
    var referral = Referral()
    referral.order = resources[lead].identifier(system: FHIRSystem.order)
    referral.requisition = body.text("requisition", "value")
    if let test = Self.testCode(body) {
      referral.test.code = test.code
      referral.test.directoryVersion = test.version
    }
    referral.test.package = FHIRResource.code(body["reasonCode"], system: FHIRSystem.testDirectory)
    referral.indication =
      (body["reasonCode"]?.elements ?? []).flatMap { $0["coding"]?.elements ?? [] }.compactMap { $0.text("display") }
      .first
      ?? (body["code"]?["coding"]?.elements ?? []).compactMap { $0.text("display") }.first
    referral.urgency = body.text("priority").flatMap { Referral.Urgency(rawValue: $0) }
    referral.requester.clinician = body.text("requester", "display")
    referral.orderingTrust = Self.organisation(body["requisition"]?["assigner"]) ?? Self.identifierAssigner(body)
    referral.testingLaboratory = (body["performer"]?.elements ?? []).lazy.compactMap { Self.organisation($0) }.first
    addDay(of: body, to: &referral)
    addPeople(of: requests, lead: lead, to: &referral)
    return referral
  }

  /// A moment is an event; of a day alone no moment is made up.
  private func addDay(of body: JSONTree, to referral: inout Referral) {
    guard let text = body.text("authoredOn"), let date = FHIRDate(text) else { return }
    if date.instant != nil {
      referral.events.append(PathwayEvent(.referralMade, at: text))
    } else {
      referral.referredOn = date.day?.description
    }
  }

  private static func identifierAssigner(_ body: JSONTree) -> Referral.Organisation? {
    (body["identifier"]?.elements ?? []).lazy.compactMap { organisation($0["assigner"]) }.first
  }

  /// An organisation of a `Reference(Organization)` by its ODS code.
  static func organisation(_ reference: JSONTree?) -> Referral.Organisation? {
    guard let reference else { return nil }
    let system = reference.text("identifier", "system") ?? ""
    let ods = FHIRSystem.organisation.contains(system) ? reference.text("identifier", "value") : nil
    guard ods != nil || reference.text("display") != nil else { return nil }
    return Referral.Organisation(ods: ods, name: reference.text("display"))
  }

  /// The patient role of an order: `proband`, `consultand`; nil where not told.
  static func role(_ resource: FHIRResource) -> String? {
    resource.extensions(FHIRSystem.patientRole).first.flatMap {
      FHIRResource.codes($0["valueCodeableConcept"]).first?.code
    }
  }

  private func addPeople(of requests: [Int], lead: Int, to referral: inout Referral) {
    var seen: Set<Int> = []
    for request in requests {
      guard let identity = FHIRPeople.subject(of: resources[request]), let index = people.index(of: identity),
        seen.insert(index).inserted
      else { continue }
      var person = self.person(index, identity)
      if request == lead {
        // An order alone is the proband's own unless it says otherwise.
        person.role = Self.role(resources[request]) == "consultand" ? .consultand : .proband
      } else {
        person.role = relation(of: index, request) ?? .consultand
      }
      referral.family.members.append(person)
    }
    if let at = referral.family.members.firstIndex(where: { $0.role == .proband }) {
      referral.family.members[at].mother = referral.family.members.first { $0.role == .mother }?.id
      referral.family.members[at].father = referral.family.members.first { $0.role == .father }?.id
    }
    guard case .number(let text)? = resources[lead].extensions(FHIRSystem.participantCount).first?["valueInteger"]
    else {
      return
    }
    switch Int(text) {
    case 1: referral.family.structure = .singleton
    case 2: referral.family.structure = .duo
    case 3: referral.family.structure = .trio
    case 4: referral.family.structure = .quad
    default: referral.family.structure = .other
    }
  }

  /// A person as Patient and NHS number tell them.
  private func person(_ index: Int, _ identity: FHIRIdentity) -> ReferralPerson {
    let known = people.persons[index]
    var person = ReferralPerson(id: known.participant)
    // As written, also where it is not valid: a quarantined number is judged by the check, with its reason.
    person.nhsNumber = ReferralPerson.Number(identity.nhsNumber ?? known.nhsNumbers.first)
    person.recordOfDiscussion = readings[index]?.record
    guard let patient = known.patient else { return person }
    let body = patient.body
    if let id = (body["identifier"]?.elements ?? []).compactMap({ $0.text("value") }).first(where: {
      ReferralIdentifier.patient.matches($0)
    }) {
      person.patientIdentifier = id
    }
    let names = body["name"]?.elements ?? []
    if let name = names.first(where: { $0.text("use") == "official" }) ?? names.first {
      let words = (name["given"]?.elements ?? []).compactMap(\.text) + [name.text("family")].compactMap { $0 }
      person.name = name.text("text") ?? (words.isEmpty ? nil : words.joined(separator: " "))
    }
    person.birthDate = body.text("birthDate")
    person.sex = body.text("gender").flatMap { Sex(rawValue: $0) } ?? .unknown
    person.isDeceased = body["deceasedBoolean"]?.bool ?? (body["deceasedDateTime"] == nil ? nil : true)
    return person
  }

  /// What a relative is to the proband, where a RelatedPerson of the order or a Task's input says it (HL7 v3 RoleCode).
  private func relation(of person: Int, _ request: Int) -> ReferralPerson.Role? {
    let body = resources[request].body
    let related = (body["supportingInfo"]?.elements ?? []).compactMap { $0.text("reference") }
      .compactMap { references.resolve($0, from: resources[request]) }.filter { $0.type == "RelatedPerson" }
    for one in related {
      if let code = FHIRResource.code(one.body["relationship"], system: FHIRSystem.roleCode),
        let role = Self.roles[code]
      {
        return role
      }
    }
    for task in resources where task.type == "Task" {
      for input in task.body["input"]?.elements ?? [] {
        guard let code = FHIRResource.code(input["type"], system: FHIRSystem.roleCode), let role = Self.roles[code],
          let identity = FHIRIdentity(reference: input["valueReference"]), people.index(of: identity) == person
        else { continue }
        return role
      }
    }
    return nil
  }

  private static let roles: [String: ReferralPerson.Role] = [
    "NMTH": .mother, "MTH": .mother, "NFTH": .father, "FTH": .father, "NSIB": .sibling, "SIB": .sibling,
    "BRO": .sibling,
    "SIS": .sibling, "NBRO": .sibling, "NSIS": .sibling, "CHILD": .child, "SON": .child, "DAU": .child,
    "GRPRN": .grandparent,
    "SPS": .partner, "DOMPART": .partner,
  ]
}
