import Genomics

extension Referral {
  /// The file of `apus-referral/1`: every field in the schema's order, null where nothing is known. Equal referrals give
  /// equal bytes.
  public func file() -> [UInt8] { json.written() }

  var json: JSONTree {
    .ordered([
      "schema": .string(Self.schema), "referral": .optional(referral), "order": .optional(order),
      "requisition": .optional(requisition),
      "test": .ordered([
        "code": .optional(test.code), "directoryVersion": .optional(test.directoryVersion),
        "package": .optional(test.package),
      ]), "indication": .optional(indication), "eligibility": .optional(eligibility),
      "phenotypes": .array(phenotypes.map { .ordered(["id": .string($0.id), "name": .optional($0.name)]) }),
      "urgency": .optional(urgency?.rawValue), "urgencyReason": .optional(urgencyReason),
      "requester": .ordered([
        "clinician": .optional(requester.clinician), "specialty": .optional(requester.specialty),
        "hospital": .optional(requester.hospital),
      ]), "orderingTrust": Self.json(orderingTrust), "orderingSite": Self.json(orderingSite),
      "homeHub": Self.json(homeHub), "testingLaboratory": Self.json(testingLaboratory),
      "reportingLaboratory": Self.json(reportingLaboratory), "referredOn": .optional(referredOn),
      "cancerType": .optional(cancerType),
      "family": .ordered([
        "structure": .optional(family.structure?.rawValue),
        "consanguineous": family.isConsanguineous.map(JSONTree.bool) ?? .null,
        "members": .array(family.members.map(\.json)),
      ]), "samples": .array(samples.map(\.json)),
      "events": .array(
        events.map {
          .ordered([
            "kind": .string($0.kind.rawValue), "at": .string($0.at), "sample": .optional($0.sample),
            "laboratory": .optional($0.laboratory),
          ])
        }),
      "tasks": .array(
        tasks.map {
          .ordered([
            "code": .optional($0.code), "status": .optional($0.status), "statusReason": .optional($0.reason?.rawValue),
            "person": .optional($0.person),
          ])
        }),
    ])
  }

  private static func json(_ organisation: Organisation?) -> JSONTree {
    organisation.map { .ordered(["ods": .optional($0.ods), "name": .optional($0.name)]) } ?? .null
  }
}

extension ReferralPerson {
  var json: JSONTree {
    .ordered([
      "id": .string(id), "patientIdentifier": .optional(patientIdentifier), "role": .optional(role?.rawValue),
      "sex": .string(sex.rawValue), "affection": .string(affection.rawValue), "mother": .optional(mother),
      "father": .optional(father), "deceased": isDeceased.map(JSONTree.bool) ?? .null,
      "nhsNumber": .ordered([
        "value": .optional(nhsNumber.value), "absentReason": .optional(nhsNumber.absentReason),
      ]), "hospitalNumber": .optional(hospitalNumber), "name": .optional(name), "birthDate": .optional(birthDate),
      "recordOfDiscussion": recordOfDiscussion?.json ?? .null,
    ])
  }
}

extension ReferralSample {
  var json: JSONTree {
    .ordered([
      "id": .string(id), "person": .optional(person), "type": .optional(type), "origin": .optional(origin?.rawValue),
      "order": .optional(order), "stored": isStored.map(JSONTree.bool) ?? .null,
      "label": label.map {
        .ordered([
          "name": .optional($0.name), "birthDate": .optional($0.birthDate), "nhsNumber": .optional($0.nhsNumber),
          "hospitalNumber": .optional($0.hospitalNumber), "testCode": .optional($0.testCode),
        ])
      } ?? .null,
    ])
  }
}
