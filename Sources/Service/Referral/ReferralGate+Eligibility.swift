import Genomics

extension ReferralGate {
  /// Whether what the test asks for is there.
  mutating func checkEligibility() {
    if !referral.indication.isFilled {
      refuse(
        .eligibility, .indicationMissing, "The clinical indication is not told.",
        reversedBy: "the clinical indication, against the eligibility text")
    }
    for phenotype in referral.phenotypes where !Self.isPhenotype(phenotype.id) {
      refuse(
        .eligibility, .phenotypeMalformed, "A phenotype is not a term of the Human Phenotype Ontology.",
        reversedBy: "HP: and seven digits")
    }
    if let urgency = referral.urgency, urgency != .routine, !referral.urgencyReason.isFilled {
      warn(
        .eligibility, .urgencyReasonMissing, "The order is urgent and does not say why.",
        reversedBy: "the reason of urgency, which the minimum data set asks for")
    }
    guard isDPYD else { return }
    if !referral.cancerType.isFilled {
      refuse(
        .eligibility, .cancerTypeMissing, "A test of DPYD needs the type of cancer.",
        reversedBy: "the type of cancer on the form")
    }
    if !referral.requester.clinician.isFilled {
      refuse(
        .eligibility, .clinicianMissing, "A test of DPYD needs the referring clinician.",
        reversedBy: "the referring clinician on the form")
    }
    if !referral.requester.hospital.isFilled {
      refuse(
        .eligibility, .hospitalMissing, "A test of DPYD needs the referring hospital.",
        reversedBy: "the hospital on the form")
    }
  }

  /// `HP:0000365`.
  private static func isPhenotype(_ text: String) -> Bool {
    text.hasPrefix("HP:") && text.utf8.count == 10 && text.utf8.dropFirst(3).allSatisfy { (0x30...0x39).contains($0) }
  }

  /// Whether the test is of DPYD: by the directory's name of it, by the indication, or by the code that NHS England's order
  /// examples have for it (M219.3, "DPYD hotspot").
  private var isDPYD: Bool {
    [entry?.name, entry?.method, referral.indication].contains { $0?.uppercased().contains("DPYD") ?? false }
      || referral.test.code == "M219.3"
  }

  /// Whether the family is one, and the one that the test takes.
  mutating func checkFamily() {
    let members = referral.family.members
    let probands = members.indices.filter { members[$0].role == .proband }
    if probands.isEmpty {
      refuse(
        .eligibility, .probandMissing, "Nobody in the family is the proband.", reversedBy: "who the proband is")
    }
    for index in probands.dropFirst() {
      refuse(
        .eligibility, .probandTwice, person: index, "The family has a second proband.",
        reversedBy: "one proband; a referral for each")
    }
    for role in [ReferralPerson.Role.mother, .father] {
      for index in members.indices.filter({ members[$0].role == role }).dropFirst() {
        refuse(
          .eligibility, .parentTwice, person: index, "The proband has a second \(role.rawValue).",
          reversedBy: "one \(role.rawValue)")
      }
    }
    for index in members.indices {
      if members[index].role == nil {
        refuse(
          .eligibility, .roleMissing, person: index, "What the person is to the proband is not told.",
          reversedBy: "the person's role")
      }
      checkParents(of: index)
    }
    checkStructure()
  }

  private mutating func checkParents(of index: Int) {
    let members = referral.family.members
    let person = members[index]
    for (word, id, wrongSex, role) in [
      ("mother", person.mother, "male", ReferralPerson.Role.mother), ("father", person.father, "female", .father),
    ] {
      if let id {
        if id == person.id {
          refuse(
            .eligibility, .ownParent, person: index, "The person is their own \(word).",
            reversedBy: "who the \(word) is")
        } else if let parent = members.firstIndex(where: { $0.id == id }) {
          if members[parent].sex.rawValue == wrongSex {
            refuse(
              .eligibility, .parentSex, person: parent, "The person is somebody's \(word) and stands as \(wrongSex).",
              reversedBy: "the sex, or who the \(word) is")
          }
        } else {
          refuse(
            .eligibility, .parentUnknown, person: index, "The person's \(word) is not in the family.",
            reversedBy: "an entry for the \(word), also where they are not tested")
        }
      }
      // The proband's parents stand as such, also where no relation names them.
      if person.role == role, person.sex.rawValue == wrongSex,
        !members.contains(where: { $0.mother == person.id || $0.father == person.id })
      {
        refuse(
          .eligibility, .parentSex, person: index, "The person is the \(word) and stands as \(wrongSex).",
          reversedBy: "the sex, or who the \(word) is")
      }
    }
    if isOwnAncestor(index) {
      refuse(
        .eligibility, .familyCycle, person: index, "The person is their own ancestor.",
        reversedBy: "who the parents are")
    }
  }

  /// Whether a way upwards of two steps or more leads back to the person; a step of one is `ownParent`.
  private func isOwnAncestor(_ index: Int) -> Bool {
    let members = referral.family.members
    func parents(_ one: Int) -> [Int] {
      [members[one].mother, members[one].father].compactMap { id in
        id.flatMap { id in members.firstIndex { $0.id == id } }
      }.filter { $0 != one }
    }
    var (open, seen) = (parents(index), Set<Int>())
    while let next = open.popLast() {
      if next == index { return true }
      if seen.insert(next).inserted { open += parents(next) }
    }
    return false
  }

  /// Who is tested together: the people with a sample where there are samples, else all.
  private var tested: [ReferralPerson] {
    let sampled = Set(referral.samples.compactMap(\.person))
    return referral.family.members.filter { sampled.isEmpty || sampled.contains($0.id) || $0.role == .proband }
  }

  private var parentsPresent: (mother: Bool, father: Bool) {
    let members = referral.family.members
    let proband = referral.proband
    return (
      members.contains { $0.role == .mother || ($0.id == proband?.mother && $0.id != proband?.id) },
      members.contains { $0.role == .father || ($0.id == proband?.father && $0.id != proband?.id) }
    )
  }

  private mutating func checkStructure() {
    let parents = parentsPresent
    let isTrio = parents.mother && parents.father
    if let structure = referral.family.structure {
      let count = referral.family.members.count
      let fits =
        switch structure {
        case .singleton: tested.count == 1
        case .duo: tested.count == 2
        case .trio: isTrio && count >= 3
        case .quad: isTrio && count >= 4
        case .other: true
        }
      if !fits {
        refuse(
          .eligibility, .structureDiffers, "The order is of a \(structure.rawValue), and the family is not one.",
          reversedBy: "the people that are missing, or the structure that is meant")
      }
    }
    guard let entry else { return }
    let found: ReferralFamily.Structure =
      referral.family.structure ?? (isTrio ? .trio : tested.count == 1 ? .singleton : tested.count == 2 ? .duo : .other)
    if !entry.structures.isEmpty, !entry.structures.contains(found) {
      refuse(
        .eligibility, .structureNotTaken, "The test is not done for a \(found.rawValue).",
        reversedBy: "a family of: \(entry.structures.map(\.rawValue).joined(separator: ", "))")
    } else if entry.isWholeGenome, !isTrio, !entry.structures.contains(.singleton), referral.proband != nil {
      warn(
        .eligibility, .parentsAbsent,
        "Whole genome sequencing without both parents: what is new in the proband cannot be told from what is inherited.",
        reversedBy: "both parents' samples, or the reason why they cannot be had")
    }
  }
}
