extension ReferralGate {
  /// Whether a Record of Discussion is there where one is mandatory. What it says of research is told elsewhere and blocks
  /// nothing: agreeing to the test and choosing about research are separate (reference/service.md 4.1).
  mutating func checkRecords() {
    let sampled = Set(referral.samples.compactMap(\.person))
    for (index, person) in referral.family.members.enumerated() {
      // Relatives who are not tested need none.
      let isTested = sampled.isEmpty || sampled.contains(person.id) || person.role == .proband
      if let record = person.recordOfDiscussion {
        check(record, of: person, index)
      } else if isTested {
        askForRecord(index)
      }
    }
  }

  private mutating func askForRecord(_ index: Int) {
    let evidence = "the person's own Record of Discussion"
    if let entry {
      guard entry.isWholeGenome else { return }
      refuse(
        .recordOfDiscussion, .recordMissing, person: index,
        "Whole genome sequencing needs a Record of Discussion of each person tested.", reversedBy: evidence)
    } else {
      refuse(
        .recordOfDiscussion, .recordNeedUnknown, person: index,
        "There is no Record of Discussion, and whether the test needs one is not known without its entry in the directory.",
        reversedBy: "\(evidence), or the directory's version that has the test")
    }
  }

  private mutating func check(_ record: ConsentRecord, of person: ReferralPerson, _ index: Int) {
    let needs = entry?.isWholeGenome ?? true
    func say(
      _ code: ReferralReason.Code, _ message: String, _ evidence: String, always: Bool = false
    ) -> ReferralReason {
      ReferralReason(
        gate: .recordOfDiscussion, code: code, isRefusal: always || needs, person: names.person(index), sample: nil,
        message: message, evidence: evidence)
    }
    if record.participant != person.id {
      reasons.append(
        say(
          .recordOfAnother, "The Record of Discussion is of another person.",
          "the person's own Record of Discussion", always: true))
    }
    if record.agreed == "assent" {
      reasons.append(
        say(
          .recordIsAssent, "A young person's assent is no Record of Discussion.",
          "the Record of Discussion that a parent or guardian completed"))
      return
    }
    if let day = record.date.flatMap({ CalendarDate($0) }) {
      if day > asOf.day {
        reasons.append(
          say(.recordInFuture, "The Record of Discussion has a day in the future.", "the day on the form", always: true)
        )
      }
    } else {
      reasons.append(
        say(.recordUndated, "The Record of Discussion has no day that can be read.", "the day on the form"))
    }
    if record.signed != true, !record.remoteClinician.isFilled {
      reasons.append(
        say(
          .recordUnsigned, "The Record of Discussion is neither signed nor recorded by a named clinician.",
          "a signed form, or the clinician who recorded it remotely"))
    }
  }
}
