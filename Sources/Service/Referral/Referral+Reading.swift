public import Genomics

extension Referral {
  private static let remedy = "correct it (apus referral schema prints the JSON Schema of \(schema))"

  /// Reads a file of `apus-referral/1`.
  ///
  /// Strict: fields that are not known or stand twice, wrong types and words outside their lists are refused by the way to
  /// the field. No error holds a value of the file.
  /// - Throws: `InputError` of kind `empty`, `truncated`, `malformed` or `unsupported`.
  public init(parsing bytes: [UInt8], path: String) throws(InputError) {
    try self.init(try JSONTree(parsing: bytes, path: path), path: path)
  }

  init(_ tree: JSONTree, path: String) throws(InputError) {
    var fields = try FieldReader(tree, path: path, remedy: Self.remedy)
    guard let schema = try fields.text("schema") else { throw fields.refusal("schema", "is missing") }
    guard schema == Self.schema else {
      throw InputError(
        .unsupported, at: InputLocation(file: path), "schema is not \(Self.schema)",
        remedy: "give a referral of \(Self.schema)")
    }
    self.init()
    referral = try fields.text("referral")
    order = try fields.text("order")
    requisition = try fields.text("requisition")
    if var nested = try fields.object("test") {
      test.code = try nested.text("code")
      test.directoryVersion = try nested.text("directoryVersion")
      test.package = try nested.text("package")
      try nested.finish()
    }
    indication = try fields.text("indication")
    eligibility = try fields.text("eligibility")
    for (value, way) in try fields.array("phenotypes") {
      var nested = try FieldReader(value, path: path, way: way, remedy: Self.remedy)
      phenotypes.append(Phenotype(try nested.requiredText("id"), name: try nested.text("name")))
      try nested.finish()
    }
    urgency = try fields.word("urgency", as: Urgency.self)
    urgencyReason = try fields.text("urgencyReason")
    if var nested = try fields.object("requester") {
      requester.clinician = try nested.text("clinician")
      requester.specialty = try nested.text("specialty")
      requester.hospital = try nested.text("hospital")
      try nested.finish()
    }
    orderingTrust = try Self.organisation("orderingTrust", &fields)
    orderingSite = try Self.organisation("orderingSite", &fields)
    homeHub = try Self.organisation("homeHub", &fields)
    testingLaboratory = try Self.organisation("testingLaboratory", &fields)
    reportingLaboratory = try Self.organisation("reportingLaboratory", &fields)
    referredOn = try fields.text("referredOn")
    cancerType = try fields.text("cancerType")
    if var nested = try fields.object("family") {
      family.structure = try nested.word("structure", as: ReferralFamily.Structure.self)
      family.isConsanguineous = try nested.bool("consanguineous")
      for (value, way) in try nested.array("members") {
        family.members.append(try ReferralPerson(value, path: path, way: way, remedy: Self.remedy))
      }
      try nested.finish()
    }
    for (value, way) in try fields.array("samples") {
      samples.append(try ReferralSample(value, path: path, way: way, remedy: Self.remedy))
    }
    for (value, way) in try fields.array("events") {
      var nested = try FieldReader(value, path: path, way: way, remedy: Self.remedy)
      guard let kind = try nested.word("kind", as: PathwayEvent.Kind.self) else {
        throw nested.refusal("kind", "is missing")
      }
      events.append(
        PathwayEvent(
          kind, at: try nested.requiredText("at"), sample: try nested.text("sample"),
          laboratory: try nested.text("laboratory")))
      try nested.finish()
    }
    for (value, way) in try fields.array("tasks") {
      var nested = try FieldReader(value, path: path, way: way, remedy: Self.remedy)
      tasks.append(
        ReferralTask(
          code: try nested.text("code"), status: try nested.text("status"),
          reason: try nested.word("statusReason", as: TaskStatusReason.self), person: try nested.text("person")))
      try nested.finish()
    }
    try fields.finish()
  }

  private static func organisation(_ name: String, _ fields: inout FieldReader) throws(InputError) -> Organisation? {
    guard var nested = try fields.object(name) else { return nil }
    let organisation = Organisation(ods: try nested.text("ods"), name: try nested.text("name"))
    try nested.finish()
    return organisation
  }
}

extension ReferralPerson {
  init(_ tree: JSONTree, path: String, way: String, remedy: String) throws(InputError) {
    var fields = try FieldReader(tree, path: path, way: way, remedy: remedy)
    self.init(id: try fields.requiredText("id"), role: try fields.word("role", as: Role.self))
    patientIdentifier = try fields.text("patientIdentifier")
    sex = try fields.word("sex", as: Sex.self) ?? .unknown
    affection = try fields.word("affection", as: Affection.self) ?? .unknown
    mother = try fields.text("mother")
    father = try fields.text("father")
    isDeceased = try fields.bool("deceased")
    if var nested = try fields.object("nhsNumber") {
      nhsNumber = Number(try nested.text("value"), absentReason: try nested.text("absentReason"))
      try nested.finish()
    }
    hospitalNumber = try fields.text("hospitalNumber")
    name = try fields.text("name")
    birthDate = try fields.text("birthDate")
    if let value = fields.value("recordOfDiscussion") {
      do {
        recordOfDiscussion = try ConsentRecord(value, at: InputLocation(file: path), remedy: remedy)
      } catch {
        throw fields.refusal("recordOfDiscussion", "is refused: \(error.reason)")
      }
    }
    try fields.finish()
  }
}

extension ReferralSample {
  init(_ tree: JSONTree, path: String, way: String, remedy: String) throws(InputError) {
    var fields = try FieldReader(tree, path: path, way: way, remedy: remedy)
    self.init(id: try fields.requiredText("id"), person: try fields.text("person"))
    type = try fields.text("type")
    origin = try fields.word("origin", as: Origin.self)
    order = try fields.text("order")
    isStored = try fields.bool("stored")
    if var nested = try fields.object("label") {
      label = Label(
        name: try nested.text("name"), birthDate: try nested.text("birthDate"),
        nhsNumber: try nested.text("nhsNumber"), hospitalNumber: try nested.text("hospitalNumber"),
        testCode: try nested.text("testCode"))
      try nested.finish()
    }
    try fields.finish()
  }
}
