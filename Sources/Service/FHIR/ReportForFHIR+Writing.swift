extension ReportForFHIR {
  static let profiles = "http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/"
  static let loinc = "http://loinc.org"

  /// The DiagnosticReport as JSON, its Observations, Task and Procedure contained in it. Equal reports give equal bytes.
  /// - Throws: `ReportForFHIRError` where the report lacks what its status or the profiles need.
  public func file() throws(ReportForFHIRError) -> [UInt8] {
    try check()
    return json.written()
  }

  var json: JSONTree {
    let observations = variants.enumerated().map { observation($1, number: $0 + 1) }
    let tasks = recommendedActions.enumerated().map { task($1, number: $0 + 1) }
    let contained = observations + tasks + (study.map { [procedure($0)] } ?? [])
    let extensions = self.extensions
    return .ordered([
      "resourceType": .string("DiagnosticReport"), "id": .string(id),
      "meta": .ordered([
        "versionId": version.map(JSONTree.string),
        "profile": .array([
          .string(Self.profiles + "genomic-report"),
          .string("https://fhir.nhs.uk/StructureDefinition/NHSEngland-DiagnosticReport-GenomicReport"),
        ]),
      ]), "contained": contained.isEmpty ? nil : .array(contained),
      "extension": extensions.isEmpty ? nil : .array(extensions),
      "identifier": .array([
        .ordered([
          "system": .string(identifier.system), "value": .string(identifier.value),
          "assigner": assignerODS.map { .ordered(["identifier": Self.organisation($0)]) },
        ])
      ]),
      "basedOn": order.map {
        .array([
          .ordered([
            "type": .string("ServiceRequest"),
            "identifier": .ordered(["system": .string(FHIRSystem.order), "value": .string($0)]),
          ])
        ])
      }, "status": .string(status.rawValue),
      "category": .array([Self.genetics, Self.concept(FHIRSystem.snomed, "1236877003", "Genetic pathology")]),
      "code": .ordered([
        "coding": .array([
          Self.coding(Self.loinc, "51969-4", "Genetic analysis report"),
          Self.coding(FHIRSystem.snomed, "1054161000000101", "Genetic report"),
        ])
      ]), "subject": subjectReference, "issued": .string(issued),
      "performer": .array([.ordered(["identifier": Self.organisation(performerODS)])]),
      "resultsInterpreter": authoriser.map { .array([.ordered(["display": .string($0)])]) },
      "specimen": .array(specimens.map(Self.reference)),
      "result": variants.isEmpty
        ? nil : .array(variants.indices.map { .ordered(["reference": .string("#variant-\($0 + 1)")]) }),
      "conclusion": .string(conclusion.trimmed.isEmpty ? Self.caveat : "\(conclusion.trimmed) \(Self.caveat)"),
    ])
  }

  private var extensions: [JSONTree] {
    var extensions: [JSONTree] = recommendedActions.enumerated().map { index, action in
      .ordered([
        "url": .string(Self.profiles + "recommended-action"),
        "valueReference": .ordered(["reference": .string("#action-\(index + 1)"), "display": .string(action)]),
      ])
    }
    if study != nil {
      extensions.append(
        .ordered([
          "url": .string(Self.profiles + "genomic-study-reference"),
          "valueReference": .ordered(["reference": .string("#study")]),
        ]))
    }
    if let replaces {
      extensions.append(
        .ordered([
          "url": .string("http://hl7.org/fhir/StructureDefinition/diagnosticReport-replaces"),
          "valueReference": .ordered([
            "type": .string("DiagnosticReport"),
            "identifier": .ordered(["system": .string(replaces.system), "value": .string(replaces.value)]),
          ]),
        ]))
    }
    let amended = amendmentReason.map { ["Amended: \($0)"] } ?? []
    for note in amended + notes + [Self.caveat] {
      extensions.append(
        .ordered([
          "url": .string(Self.profiles + "genomic-report-note"), "valueAnnotation": .ordered(["text": .string(note)]),
        ]))
    }
    return extensions
  }

  var subjectReference: JSONTree { Self.reference(subject[0]) }

  /// A recommended action, as its profile has it: a proposal, not an order.
  private func task(_ action: String, number: Int) -> JSONTree {
    .ordered([
      "resourceType": .string("Task"), "id": .string("action-\(number)"),
      "meta": .ordered(["profile": .array([.string(Self.profiles + "followup-recommendation")])]),
      "status": .string("requested"), "intent": .string("proposal"),
      "code": .ordered(["text": .string("Recommended follow-up")]), "description": .string(action),
      "for": subjectReference,
    ])
  }

  private func procedure(_ study: String) -> JSONTree {
    .ordered([
      "resourceType": .string("Procedure"), "id": .string("study"),
      "meta": .ordered(["profile": .array([.string(Self.profiles + "genomic-study")])]),
      "status": .string("completed"), "code": .ordered(["text": .string(study)]), "subject": subjectReference,
    ])
  }

  static var genetics: JSONTree { concept("http://terminology.hl7.org/CodeSystem/v2-0074", "GE", "Genetics") }

  static func coding(_ system: String, _ code: String, _ display: String?) -> JSONTree {
    .ordered(["system": .string(system), "code": .string(code), "display": display.map(JSONTree.string)])
  }

  static func concept(_ system: String, _ code: String, _ display: String?) -> JSONTree {
    .ordered(["coding": .array([coding(system, code, display)])])
  }

  static func reference(_ identifier: Identifier) -> JSONTree {
    .ordered(["identifier": .ordered(["system": .string(identifier.system), "value": .string(identifier.value)])])
  }

  private static func organisation(_ ods: String) -> JSONTree {
    .ordered(["system": .string("https://fhir.nhs.uk/Id/ods-organization-code"), "value": .string(ods)])
  }
}
