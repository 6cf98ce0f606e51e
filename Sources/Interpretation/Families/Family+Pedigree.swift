public import Genomics

extension Family {
  /// The family of a proband as a pedigree tells it, of the people whose samples are at hand.
  ///
  /// A parent who is named and not at hand is absent: de novo is then not assessable.
  /// - Parameters:
  ///   - proband: the proband's name.
  ///   - samples: the people at hand, in the order of the calls; those of other families are refused.
  ///   - xCopies: copies of X by name; who is not in it was not measured.
  ///   - path: names the pedigree in errors.
  /// - Throws: `InputError` of kind `mismatch` where the proband or a sample is not in the pedigree, or is of another
  ///   family.
  public init(
    _ pedigree: Pedigree, proband: String, samples: [String], xCopies: [String: Int] = [:], path: String
  ) throws(InputError) {
    func refuse(_ reason: String) -> InputError {
      InputError(
        .mismatch, at: InputLocation(file: path), reason,
        remedy: "give the pedigree of this family, with the samples' names")
    }
    guard let index = samples.firstIndex(of: proband), let individual = pedigree[proband] else {
      throw refuse("the proband is not in the pedigree, or not among the samples")
    }
    var members: [Member] = []
    for (place, sample) in samples.enumerated() {
      guard samples.firstIndex(of: sample) == place else { throw refuse("a sample is given twice") }
      guard let person = pedigree[sample] else { throw refuse("sample \(place + 1) is not in the pedigree") }
      guard person.family == individual.family else { throw refuse("sample \(place + 1) is of another family") }
      members.append(
        Member(
          sample, sex: person.sex, affection: person.affection,
          father: person.father.flatMap { samples.firstIndex(of: $0) },
          mother: person.mother.flatMap { samples.firstIndex(of: $0) },
          xCopies: xCopies[sample].map { .measured($0) } ?? .unmeasured))
    }
    self.init(members, proband: index)
  }
}
