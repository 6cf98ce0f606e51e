import Genomics

extension Referral {
  /// A referral to fill in: the test with its directory's version, the indication, and the people that the test asks for.
  /// It is not acceptable as it is.
  /// - Parameter structure: who is to be tested; nil for what the test takes first, or a trio for whole genome sequencing
  ///   of which the directory does not tell.
  public static func skeleton(
    _ entry: DirectoryEntry, directoryVersion: String, structure: ReferralFamily.Structure? = nil
  ) -> Referral {
    var referral = Referral()
    referral.test = Test(code: entry.testCode, directoryVersion: directoryVersion)
    referral.indication = entry.name
    referral.eligibility = entry.eligibility
    referral.urgency = .routine
    let structure = structure ?? entry.structures.first ?? (entry.isWholeGenome ? .trio : .singleton)
    referral.family.structure = structure
    var proband = ReferralPerson(id: "proband", role: .proband)
    var relatives: [ReferralPerson] = []
    func parent(_ role: ReferralPerson.Role) {
      var person = ReferralPerson(id: role.rawValue, role: role)
      person.sex = role == .mother ? .female : .male
      relatives.append(person)
    }
    switch structure {
    case .singleton, .other: break
    case .duo:
      parent(.mother)
      proband.mother = "mother"
    case .trio, .quad:
      parent(.mother)
      parent(.father)
      (proband.mother, proband.father) = ("mother", "father")
      if structure == .quad {
        var sibling = ReferralPerson(id: "sibling", role: .sibling)
        (sibling.mother, sibling.father) = ("mother", "father")
        relatives.append(sibling)
      }
    }
    referral.family.members = [proband] + relatives
    if entry.isWholeGenome {
      for index in referral.family.members.indices {
        var record = ConsentRecord(participant: referral.family.members[index].id)
        record.discussed = "missing"
        record.agreed = "missing"
        referral.family.members[index].recordOfDiscussion = record
      }
    }
    referral.samples = referral.family.members.map { person in
      var sample = ReferralSample(id: "\(person.id)-sample", person: person.id)
      sample.origin = .germline
      sample.label = ReferralSample.Label()
      return sample
    }
    return referral
  }
}
