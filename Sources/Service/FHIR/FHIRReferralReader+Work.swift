extension FHIRReferralReader {
  /// Samples with their events. A FHIR Specimen tells nothing of its label.
  mutating func addSpecimens(to referrals: inout [Referral], _ byRequest: [Int: Int]) {
    for index in resources.indices where resources[index].type == "Specimen" {
      let resource = resources[index]
      var codes = numberCodes(FHIRPeople.subject(of: resource))
      if resource.hasModifiers {
        note(index, .refused, ["not-understood"])
        continue
      }
      if ["entered-in-error", "unsatisfactory"].contains(resource.body.text("status") ?? "") {
        note(index, .refused, ["specimen-\(resource.body.text("status") ?? "")"])
        continue
      }
      // `unavailable` or "sample not received" (v2-0493 SNR): it is announced, not there.
      let isHere =
        resource.body.text("status") != "unavailable"
        && !FHIRResource.codes(resource.body["condition"]).contains { $0.code == "SNR" }
      if !isHere { codes.append("specimen-not-received") }
      guard !people.isTorn(resource) else {
        note(index, .refused, codes + ["identity-conflict"])
        continue
      }
      let subject = FHIRPeople.subject(of: resource)
      if subject == nil { codes.append("subject-missing") }
      let person = subject.flatMap { people.index(of: $0) }
      let target = request(of: index).flatMap { byRequest[$0] }
      if target == nil { codes.append("order-not-at-hand") }
      note(index, .read, codes)
      guard let target else { continue }
      add(index, person: person, isHere: isHere, to: &referrals[target])
    }
  }

  private func add(_ index: Int, person: Int?, isHere: Bool, to referral: inout Referral) {
    let body = resources[index].body
    var sample = ReferralSample(
      id: (body["identifier"]?.elements ?? []).compactMap { $0.text("value") }.first ?? resources[index].id
        ?? "specimen-\(index + 1)",
      person: person.map { people.persons[$0].participant })
    sample.type = FHIRResource.code(body["type"], system: FHIRSystem.snomed)
    switch resources[index].extensions(FHIRSystem.sampleCategory).first.flatMap({
      FHIRResource.codes($0["valueCodeableConcept"]).first?.code
    }) {
    case "germline": sample.origin = .germline
    case "solid-tumour": sample.origin = .solidTumour
    case "liquid-tumour": sample.origin = .liquidTumour
    case "foetal", "fetal": sample.origin = .foetal
    default: break
    }
    referral.samples.append(sample)
    guard isHere else { return }
    for (kind, text) in [
      (PathwayEvent.Kind.sampleCollected, body.text("collection", "collectedDateTime")),
      (.sampleReceived, body.text("receivedTime")),
    ] {
      guard let text, FHIRDate(text)?.instant != nil else { continue }
      referral.events.append(PathwayEvent(kind, at: text, sample: sample.id))
    }
  }

  /// The order that a specimen is of: it names the order, or the order names it.
  private func request(of specimen: Int) -> Int? {
    let resource = resources[specimen]
    for one in resource.body["request"]?.elements ?? [] {
      if let reference = one.text("reference"), let index = references.index(reference) { return index }
    }
    let identity = resource.id.map { "Specimen/\($0)" }
    return resources.indices.first { index in
      resources[index].type == "ServiceRequest"
        && ((resources[index].body["specimen"]?.elements ?? [])
          + (resources[index].body["supportingInfo"]?.elements ?? []))
          .contains { one in
            guard let reference = one.text("reference") else { return false }
            return FHIRIdentity.local(reference) == identity || reference == resource.fullURL
          }
    }
  }

  /// What the order's tasks say.
  mutating func addTasks(to referrals: inout [Referral], _ byRequest: [Int: Int]) {
    for index in resources.indices where resources[index].type == "Task" {
      let resource = resources[index]
      var codes = numberCodes(FHIRPeople.subject(of: resource))
      guard !resource.hasModifiers else {
        note(index, .refused, ["not-understood"])
        continue
      }
      guard let status = resource.body.text("status"), status != "entered-in-error" else {
        note(index, .refused, ["task-status-missing"])
        continue
      }
      let code = FHIRResource.code(resource.body["code"], system: FHIRSystem.taskCode)
      if code == nil { codes.append("task-code-not-of-the-pathway") }
      let given = FHIRResource.code(resource.body["statusReason"], system: FHIRSystem.statusReason)
      let reason = given.flatMap { TaskStatusReason(rawValue: $0) }
      if let reason {
        codes.append("status-reason:\(reason.rawValue)")
      } else if resource.body["statusReason"] != nil {
        codes.append("status-reason-not-known")
      }
      if status == "rejected" || status == "cancelled" { codes.append("task-\(status)") }
      let names =
        [resource.body.text("focus", "reference")]
        + (resource.body["basedOn"]?.elements ?? []).map { $0.text("reference") }
      let target = names.compactMap { $0 }.compactMap { references.index($0) }.compactMap { byRequest[$0] }.first
      if target == nil { codes.append("order-not-at-hand") }
      note(index, .read, codes)
      guard let target else { continue }
      let person = FHIRPeople.subject(of: resource).flatMap { people.index(of: $0) }
      referrals[target].tasks.append(
        ReferralTask(code: code, status: status, reason: reason, person: person.map { people.persons[$0].participant }))
    }
  }
}
