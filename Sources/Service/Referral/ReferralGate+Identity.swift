extension ReferralGate {
  /// Who the people are.
  mutating func checkIdentity() {
    for (value, kind) in [(referral.referral, ReferralIdentifier.referral)] {
      if let value, !kind.matches(value) {
        refuse(
          .identity, .identifierMalformed, "The referral identifier does not have the form rYYNNNNNNNNC.",
          reversedBy: "the identifier as the order system gave it")
      }
    }
    var seen: Set<String> = []
    var numbers: [String: Int] = [:]
    for (index, person) in referral.family.members.enumerated() {
      if !seen.insert(person.id).inserted {
        refuse(
          .identity, .personTwice, person: index, "The person stands twice in the family.",
          reversedBy: "one entry for each person")
      }
      if NHSNumber.mayStand(in: person.id) {
        refuse(
          .identity, .personUnusable, person: index, "The person is named by what could be an NHS number.",
          reversedBy: "another name for the person, which the sample sheet uses too")
      }
      if let identifier = person.patientIdentifier, !ReferralIdentifier.patient.matches(identifier) {
        refuse(
          .identity, .identifierMalformed, person: index,
          "The patient identifier does not have the form pNNNNNNNNNNC.",
          reversedBy: "the identifier as the order system gave it")
      }
      checkNumber(person, index)
      if person.nhsNumber.standing == .valid, let value = person.nhsNumber.value {
        if numbers.updateValue(index, forKey: NHSNumber.compact(value)) != nil {
          refuse(
            .identity, .nhsNumberShared, person: index, "Two people of the family have one NHS number.",
            reversedBy: "each person's own number")
        }
      }
      checkNameAndBirth(person, index)
    }
  }

  private mutating func checkNumber(_ person: ReferralPerson, _ index: Int) {
    let evidence = "the NHS number as the Personal Demographics Service has it, or the reason why there is none"
    switch person.nhsNumber.standing {
    case .valid:
      if let value = person.nhsNumber.value, NHSNumber.isTestNumber(value), !options.allowsTestNumbers {
        refuse(
          .identity, .nhsNumberTestOnly, person: index, "The NHS number is of the range that is kept for tests.",
          reversedBy: evidence)
      }
    case .absentWithReason: break
    case .invalidCheck:
      refuse(
        .identity, .nhsNumberInvalidCheck, person: index, "The NHS number's check digit does not fit.",
        reversedBy: evidence)
    case .invalidLength:
      refuse(
        .identity, .nhsNumberInvalidLength, person: index, "The NHS number does not have ten digits.",
        reversedBy: evidence)
    case .denyList:
      refuse(
        .identity, .nhsNumberDenyList, person: index, "The NHS number is one digit ten times, which is nobody's.",
        reversedBy: evidence)
    case .missing:
      refuse(
        .identity, .nhsNumberMissing, person: index, "There is neither an NHS number nor a reason for its absence.",
        reversedBy: evidence)
    }
  }

  private mutating func checkNameAndBirth(_ person: ReferralPerson, _ index: Int) {
    if !person.name.isFilled {
      refuse(
        .identity, .nameMissing, person: index, "The form does not have the person's name.",
        reversedBy: "the name on the form")
    }
    guard person.birthDate.isFilled, let text = person.birthDate else {
      if !referral.isUnborn(person) {
        refuse(
          .identity, .birthDateMissing, person: index, "The form does not have the person's birth date.",
          reversedBy: "the birth date on the form")
      }
      return
    }
    guard let day = CalendarDate(text) else {
      refuse(
        .identity, .birthDateUnreadable, person: index, "The birth date is no day of the calendar.",
        reversedBy: "the birth date as YYYY-MM-DD")
      return
    }
    if day > asOf.day {
      refuse(
        .identity, .birthDateInFuture, person: index, "The birth date is in the future.",
        reversedBy: "the birth date on the form")
    }
  }
}

extension Referral {
  /// Whether a person is tested before birth: all their samples are foetal, and there is one.
  func isUnborn(_ person: ReferralPerson) -> Bool {
    let own = samples.filter { $0.person == person.id }
    return !own.isEmpty && own.allSatisfy { $0.origin == .foetal }
  }
}
