extension ReferralGate {
  /// Whether each sample is the order's, and its label the person's (reference/service.md 5).
  mutating func checkSamples() {
    var seen: Set<String> = []
    for (index, sample) in referral.samples.enumerated() {
      if !seen.insert(sample.id).inserted {
        refuse(
          .sample, .sampleTwice, sample: index, "The sample's identifier stands twice.",
          reversedBy: "one identifier for each sample")
      }
      let person = sample.person.flatMap { id in referral.family.members.firstIndex { $0.id == id } }
      if person == nil {
        refuse(
          .sample, .samplePersonUnknown, sample: index, "The sample is of nobody in the family.",
          reversedBy: "whose sample it is")
      }
      if let order = sample.order, let own = referral.order, order != own {
        refuse(
          .sample, .sampleOtherOrder, person: person, sample: index, "The sample came with another order.",
          reversedBy: "the sample of this order, or the order that the sample came with")
      }
      if let origin = sample.origin, origin == .solidTumour || origin == .liquidTumour,
        referral.test.code?.hasPrefix("R") ?? false
      {
        refuse(
          .sample, .sampleOriginWrong, person: person, sample: index,
          "The sample is of a tumour, and the test is one of inherited disease.",
          reversedBy: "a germline sample, or the test that is meant")
      }
      checkLabel(sample, index, person)
    }
    let sampled = Set(referral.samples.compactMap(\.person))
    for (index, person) in referral.family.members.enumerated()
    where person.role == .proband && !sampled.contains(person.id) {
      warn(
        .sample, .sampleAwaited, person: index, "There is no sample of the proband yet.",
        reversedBy: "the sample, with its label")
    }
  }

  private mutating func checkLabel(_ sample: ReferralSample, _ index: Int, _ person: Int?) {
    guard let label = sample.label else {
      refuse(
        .sample, .labelMissing, person: person, sample: index, "What the sample's label says is not told.",
        reversedBy: "the label's name, birth date and NHS or hospital number; a new sample where it has none")
      return
    }
    let rejected = "a new sample whose label has it: a label is not completed afterwards"
    let isUnborn = sample.origin == .foetal
    if !label.name.isFilled {
      refuse(
        .sample, .labelNameMissing, person: person, sample: index, "The label has no name.", reversedBy: rejected)
    }
    if !label.birthDate.isFilled, !isUnborn {
      refuse(
        .sample, .labelBirthDateMissing, person: person, sample: index, "The label has no birth date.",
        reversedBy: rejected)
    }
    if !label.nhsNumber.isFilled, !label.hospitalNumber.isFilled {
      refuse(
        .sample, .labelNumberMissing, person: person, sample: index,
        "The label has neither an NHS number nor a hospital number.", reversedBy: rejected)
    }
    if label.nhsNumber.isFilled, let number = label.nhsNumber, NHSNumber.verdict(number) != .valid {
      refuse(
        .sample, .labelNumberInvalid, person: person, sample: index, "The NHS number on the label is not valid.",
        reversedBy: rejected)
    }
    guard let person else { return }
    compare(label, with: referral.family.members[person], index, person)
  }

  /// What stands on both the label and the form must be the same.
  private mutating func compare(_ label: ReferralSample.Label, with form: ReferralPerson, _ index: Int, _ person: Int) {
    func words(_ text: String) -> [String] {
      text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init).sorted()
    }
    func differ(_ a: String?, _ b: String?, by same: (String, String) -> Bool) -> Bool {
      guard a.isFilled, b.isFilled, let a, let b else { return false }
      return !same(a, b)
    }
    let evidence = "a sample whose label is the form's, or a form whose error the requester corrects"
    let fields: [(ReferralReason.Code, String, Bool)] = [
      // Order and commas of a name differ from system to system; its words may not.
      (.labelNameDiffers, "name", differ(label.name, form.name) { words($0) == words($1) }),
      (.labelBirthDateDiffers, "birth date", differ(label.birthDate, form.birthDate) { $0.trimmed == $1.trimmed }),
      (
        .labelNumberDiffers, "NHS number",
        differ(label.nhsNumber, form.nhsNumber.value) { NHSNumber.compact($0) == NHSNumber.compact($1) }
      ),
      (
        .labelHospitalNumberDiffers, "hospital number",
        differ(label.hospitalNumber, form.hospitalNumber) { $0.trimmed.lowercased() == $1.trimmed.lowercased() }
      ), (.labelTestDiffers, "test code", differ(label.testCode, referral.test.code) { $0.trimmed == $1.trimmed }),
    ]
    for (code, what, differs) in fields where differs {
      refuse(
        .sample, code, person: person, sample: index, "The \(what) on the label is not the form's.",
        reversedBy: evidence)
    }
  }
}
