import Genomics

/// One FHIR R4 resource as it stands in a file.
struct FHIRResource: Sendable {
  /// The file.
  var file: String
  /// Its place in the file: the entry of a Bundle or the line of NDJSON, counted from 1; nil for a file of one resource.
  var ordinal: Int?
  /// The name that a Bundle's other entries may use for it.
  var fullURL: String?
  /// The resource.
  var body: JSONTree

  /// `resourceType`.
  var type: String { body.text("resourceType") ?? "" }
  /// The logical id.
  var id: String? { body.text("id") }

  /// Whether it holds what FHIR forbids to ignore (R4, 2.1.0.5 "implicitRules" and 2.4 "modifierExtension") anywhere.
  var hasModifiers: Bool { Self.hasModifiers(body) }

  private static func hasModifiers(_ tree: JSONTree) -> Bool {
    switch tree {
    case .object(let members):
      members.contains { $0.name == "modifierExtension" || $0.name == "implicitRules" || hasModifiers($0.value) }
    case .array(let elements): elements.contains(where: hasModifiers)
    default: false
    }
  }

  /// A code of a CodeableConcept (or of the first of an array of them) in a code system.
  static func code(_ concept: JSONTree?, system: String) -> String? {
    guard let concept else { return nil }
    let concepts = concept.isObject ? [concept] : concept.elements
    for one in concepts {
      for coding in one["coding"]?.elements ?? [] where coding.text("system") == system {
        if let code = coding.text("code") { return code }
      }
    }
    return nil
  }

  /// Every code of a CodeableConcept or of an array of them, whatever the system.
  static func codes(_ concept: JSONTree?) -> [(system: String?, code: String)] {
    guard let concept else { return [] }
    return (concept.isObject ? [concept] : concept.elements).flatMap { one in
      (one["coding"]?.elements ?? []).compactMap { coding in coding.text("code").map { (coding.text("system"), $0) } }
    }
  }

  /// The extensions of that URL.
  func extensions(_ url: String) -> [JSONTree] {
    (body["extension"]?.elements ?? []).filter { $0.text("url") == url }
  }

  /// The value of the first of the resource's identifiers in a system.
  func identifier(system: String) -> String? {
    (body["identifier"]?.elements ?? []).first { $0.text("system") == system }?.text("value")
  }
}

/// Code systems and identifier systems of the NHS England guide (reference/service.md 6 and 7).
enum FHIRSystem {
  static let nhsNumber = "https://fhir.nhs.uk/Id/nhs-number"
  static let order = "https://fhir.nhs.uk/Id/GMSOrder"
  static let pedigree = "https://fhir.nhs.uk/Id/genomics-pedigree-number"
  static let organisation: Set<String> = [
    "https://fhir.nhs.uk/Id/ods-organization-code", "https://fhir.hl7.org.uk/Id/ODS-code",
    // The report's profile (NHSEngland-DiagnosticReport-GenomicReport 0.3.0) spells its performer's system so.
    "https://fhir.nhs.uk/Id/ods-organisation-code",
  ]
  static let testDirectory = "https://fhir.nhs.uk/CodeSystem/England-DigitalGenomicTestService"
  static let directoryPage = "https://www.england.nhs.uk/publication/national-genomic-test-directories"
  static let taskCode = "https://fhir.nhs.uk/CodeSystem/task-code-genomics"
  static let statusReason = "https://fhir.nhs.uk/CodeSystem/task-statusReason-genomics"
  static let purpose = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
  static let choiceCategory = "https://fhir.nhs.uk/CodeSystem/patient-choice-category-genomics"
  static let roleCode = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
  static let yesNo = "http://terminology.hl7.org/CodeSystem/v2-0136"
  static let snomed = "http://snomed.info/sct"
  static let testVersion = "https://fhir.nhs.uk/England/StructureDefinition/Extension-GenomicTestCode-Version"
  static let patientRole = "https://fhir.nhs.uk/England/StructureDefinition/Extension-Genomic-Patient-Role"
  static let participantCount = "https://fhir.nhs.uk/England/StructureDefinition/Extension-GenomicTest-ParticipantCount"
  static let sampleCategory = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-SampleCategory"
}
