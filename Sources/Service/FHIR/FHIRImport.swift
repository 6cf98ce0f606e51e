public import Genomics

/// What FHIR files say: referrals, choices about research, and what became of every resource.
public struct FHIRImport: Sendable {
  /// How files are read.
  public struct Options: Sendable {
    /// Names of the case's files by NHS number, `Patient/id` or `system|value`.
    public var participants: [String: String] = [:]
    /// Whether NHS numbers of the test range (999…) may be people.
    public var allowsTestNumbers = false
    /// Nobody is named, and the gate is strict.
    public init(participants: [String: String] = [:], allowsTestNumbers: Bool = false) {
      self.participants = participants
      self.allowsTestNumbers = allowsTestNumbers
    }
  }

  /// What became of each resource, in the files' order.
  public let outcomes: [FHIROutcome]
  /// The referrals.
  public let referrals: [Referral]
  /// Each person's choice, in the order in which the people appear.
  public let readings: [FHIRConsentReading]

  /// The records that can be written: of people whose denial, if any, a record can hold.
  public var records: [ConsentRecord] { readings.compactMap(\.record) }

  /// Reads files of one server's resources: FHIR R4 as JSON, one resource, a Bundle or NDJSON each.
  /// - Throws: `InputError` where a file is not FHIR, or two people have one participant's name.
  public init(files: [(path: String, bytes: [UInt8])], asOf: AsOf, options: Options = Options()) throws(InputError) {
    var resources: [FHIRResource] = []
    for file in files { resources += try FHIRResource.read(file.bytes, file: file.path) }
    let people = FHIRPeople(resources, participants: options.participants)
    let references = FHIRReferences(resources)
    let names = people.persons.map(\.participant)
    if Set(names).count < names.count {
      throw InputError(
        .mismatch, at: InputLocation(file: files.first?.path ?? "-"), "two people have one participant's name",
        remedy: "give each person a name of their own in the table of participants")
    }
    let choices = FHIRConsentReader(
      resources: resources, people: people, references: references, asOf: asOf,
      allowsTestNumbers: options.allowsTestNumbers)
    let (found, documents) = choices.read()
    readings = found.map(\.reading)
    let byPerson = Dictionary(found.map { ($0.person, $0.reading) }, uniquingKeysWith: { first, _ in first })
    var orders = FHIRReferralReader(
      resources: resources, people: people, references: references, readings: byPerson, asOf: asOf)
    referrals = orders.read()
    for document in documents {
      let reasons = choices.denials(document, person: document.person)
      let codes = DenialReason.allCases.filter { reasons.contains($0) }.map(\.rawValue)
      // Read means that what it says was believed, also where it says no.
      let isRefused = !reasons.isDisjoint(with: Self.unbelieved)
      for index in [document.resource, document.form].compactMap({ $0 }) {
        orders.note(index, isRefused ? .refused : .read, codes, notes: document.notes)
      }
    }
    for index in resources.indices where orders.outcomes[index] == nil {
      switch resources[index].type {
      case "RelatedPerson", "Practitioner", "PractitionerRole", "Organization":
        orders.note(index, .read, ["of-use-by-reference-alone"])
      case "QuestionnaireResponse": orders.note(index, .refused, ["no-choice-in-it"])
      case "DiagnosticReport": orders.note(index, .refused, ["a-result-not-a-referral"])
      default: orders.note(index, .refused, ["resource-type-not-taken"])
      }
    }
    outcomes = resources.indices.compactMap { orders.outcomes[$0] }
  }

  /// Reasons for which a document is not believed, apart from what it says.
  private static let unbelieved: Set<DenialReason> = [
    .otherParticipant, .participantNotUsable, .formUnknown, .unread, .formNotCompleted, .notUnderstood,
    .assentIsNotConsent, .contradictionQuarantine, .dateUnreadable, .dateInFuture,
  ]

  /// Reads a table of participants: a line a person, an NHS number, `Patient/id` or `system|value`, a tab, and the name in
  /// the case's files. Empty lines and lines that begin with `#` are left out.
  /// - Throws: `InputError` with the line; it holds no value of the file.
  public static func participants(_ bytes: [UInt8], path: String) throws(InputError) -> [String: String] {
    var table: [String: String] = [:]
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      let text = String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
      guard !text.isEmpty, !text.hasPrefix("#") else { continue }
      let fields = text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let location = InputLocation(file: path, record: index + 1)
      guard fields.count == 2, !fields[0].isEmpty, !fields[1].isEmpty else {
        throw InputError(
          .malformed, at: location, "the line is not an identifier, a tab and a name", remedy: "correct the line")
      }
      guard !NHSNumber.mayStand(in: fields[1]) else {
        throw InputError(
          .malformed, at: location, "the name could be an NHS number", remedy: "name the person as the case's files do")
      }
      let key = fields[0].contains("/") || fields[0].contains("|") ? fields[0] : NHSNumber.compact(fields[0])
      guard table.updateValue(fields[1], forKey: key) == nil else {
        throw InputError(.malformed, at: location, "the identifier stands twice", remedy: "keep one line of it")
      }
    }
    return table
  }
}
