/// What a QuestionnaireResponse transcribes of a form (NHS England Genomics FHIR guide, Record of Discussion).
struct TranscribedForm: Sendable {
  /// An answer to a yes-or-no statement.
  enum Answer: String, Sendable, Hashable {
    case yes
    case no
    case missing
  }

  /// What kind of form.
  var kind: RecordOfDiscussionForms.Kind
  /// Whether statements A and B were asked.
  var hasStatements: Bool
  /// The form with its version, where both are told and known.
  var form: String?
  /// Statement A.
  var discussed: Answer = .missing
  /// Statement B.
  var agreed: Answer = .missing
  /// The patient category of `ConsentRecord.Category`, or the code as it stands.
  var category: String?
  /// The dates on the form, in their order there.
  var dates: [FHIRDate] = []
  /// Whether the person, or who signed for them, signed.
  var isSigned = false
  /// Who recorded remote consent.
  var remoteClinician: String?
  /// The NHS number on the form itself.
  var numberOnForm: String?
  /// The birth date on the form itself.
  var birthDateOnForm: String?
  /// Whether it says that the person withdraws.
  var withdraws = false
  /// The day of withdrawal, where told.
  var withdrawnOn: String?
  /// Whether a young person said no.
  var dissents = false
  /// What keeps it from being read.
  var denials: Set<DenialReason> = []

  /// Reads a QuestionnaireResponse.
  init(_ resource: FHIRResource, forms: RecordOfDiscussionForms = .builtIn) {
    let answers = Answers(resource.body["item"])
    let canonical = resource.body.text("questionnaire") ?? ""
    hasStatements = answers.has("researchConfirmation1") || answers.has("researchConfirmation2")
    kind = forms.kind(name: canonical) ?? (hasStatements ? .discussion : .other)
    if answers.has("consentQuestion5"), !hasStatements { kind = .assent }
    if answers.has("choiceConfirmation1"), !hasStatements { kind = .consultee }
    if resource.hasModifiers || answers.isDamaged { denials.insert(.notUnderstood) }
    // Of the R4 states of a response only these two mean that it is whole.
    if !["completed", "amended"].contains(resource.body.text("status") ?? "") { denials.insert(.formNotCompleted) }
    readForm(canonical, answers, forms)
    readChoice(answers)
    readSignature(answers)
    if let code = answers.code("patientCategory", system: FHIRSystem.choiceCategory) {
      category = forms.categories[code] ?? code
    }
    numberOnForm = answers.word("nhs_Number")
    birthDateOnForm = answers.word("birthDate")
    readWithdrawal(resource, answers)
    if kind == .assent, answers.verdict("consentQuestion5") == .no { dissents = true }
  }

  private mutating func readForm(_ canonical: String, _ answers: Answers, _ forms: RecordOfDiscussionForms) {
    let named = forms.form(canonical: canonical)
    // The version is printed on the form; a sender may transcribe it as an answer.
    let printed = answers.has("formVersion") ? answers.word("formVersion") ?? "" : nil
    if let printed {
      form = ConsentRecord.knownForms.contains(printed) ? printed : nil
      if named == nil, canonical.contains("|") { form = nil }
    } else {
      form = named
    }
  }

  private mutating func readChoice(_ answers: Answers) {
    discussed = answers.verdict("researchConfirmation1") ?? .missing
    agreed = answers.verdict("researchConfirmation2") ?? .missing
    for statement in ["researchConfirmation1", "researchConfirmation2"] where answers.contradict(statement) {
      denials.insert(.contradictionQuarantine)
    }
  }

  private mutating func readSignature(_ answers: Answers) {
    let isForSomebody = answers.verdict("isRespondentAttorney")
    let own = Self.name(answers.word("patientSignature"))
    let others = Self.name(answers.word("attorneySignature"))
    switch isForSomebody {
    case .yes: isSigned = others != nil
    case .no: isSigned = own != nil
    default: isSigned = own != nil || others != nil
    }
    if answers.verdict("remoteConsent") == .yes {
      remoteClinician =
        Self.name(answers.word("healthcareProfessionalName")) ?? Self.name(answers.word("responsibleClinician"))
    }
    for name in ["datePatientCompletedForm", "dateAttorneyCompletedForm", "datehealthcareProfessionalCompletedForm"]
    where answers.has(name) {
      guard let text = answers.word(name), let date = FHIRDate(text) else {
        denials.insert(.dateUnreadable)
        continue
      }
      dates.append(date)
    }
  }

  private mutating func readWithdrawal(_ resource: FHIRResource, _ answers: Answers) {
    for name in answers.names where name.lowercased().contains("withdraw") {
      if answers.verdict(name) == .no { continue }
      withdraws = true
      if let day = answers.word(name).flatMap({ FHIRDate($0)?.day }) { withdrawnOn = day.description }
    }
    if kind == .withdrawal { withdraws = true }
    if withdraws, withdrawnOn == nil {
      // The form's own day; the day that the response was written only where the form has none.
      let day = dates.compactMap(\.day).min() ?? resource.body.text("authored").flatMap { FHIRDate($0)?.day }
      withdrawnOn = day?.description
    }
  }

  /// A name or signature; nil for what people write where there is none.
  private static func name(_ text: String?) -> String? {
    guard let text, text.contains(where: \.isLetter) else { return nil }
    let none: Set<String> = [
      "na", "n/a", "n.a.", "none", "nil", "no", "not signed", "unsigned", "unknown", "not applicable", "not known",
      "tbc",
    ]
    return none.contains(text.lowercased().trimmed) ? nil : text
  }
}

extension String {
  /// Without white space at its ends.
  var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
