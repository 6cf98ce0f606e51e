import Annotation

extension FamilyReading {
  /// What reading a family's files told beside the candidates, as it is kept with a case: counts and names of samples,
  /// no genotype.
  public struct Record: Sendable, Hashable, Codable {
    /// Records of the proband's file.
    var recordsIn: Int
    /// Alleles of those records.
    var allelesIn: Int
    /// Alleles that are no candidates, by why.
    var dropped: [String: Int]
    /// What calls from files of one's own rest on, by name.
    var evidence: [String: [String: Int]]
    /// People of the family without data.
    var withoutData: [String]
    /// Samples of the files that are nobody of the family.
    var otherSamples: Int
    /// Whether all members are in the proband's file.
    var isJoint: Bool
    /// What was odd but legal in the files, with its count.
    var warnings: [String: Int]
    /// What genotypes tell of runs of homozygosity and of disomy.
    var origin: OriginEvidence.Kept?
  }

  /// What is kept.
  public var record: Record {
    Record(
      recordsIn: recordsIn, allelesIn: allelesIn,
      dropped: Dictionary(uniqueKeysWithValues: dropped.map { ($0.key.rawValue, $0.value) }), evidence: evidence,
      withoutData: withoutData, otherSamples: otherSamples, isJoint: isJoint, warnings: warnings,
      origin: family.origin?.kept)
  }

  /// A reading without candidates, as it was kept.
  /// - Returns: nil where the record has a reason that this version does not know, or rests on other rules of runs and
  ///   disomy.
  init?(_ record: Record, family: Family, rules: ParentalOriginRules) {
    self.init(family: family, candidates: [])
    recordsIn = record.recordsIn
    allelesIn = record.allelesIn
    for (name, count) in record.dropped {
      guard let reason = CandidateDrop(rawValue: name) else { return nil }
      dropped[reason] = count
    }
    evidence = record.evidence
    withoutData = record.withoutData
    otherSamples = record.otherSamples
    isJoint = record.isJoint
    warnings = record.warnings
    if let kept = record.origin {
      guard let origin = OriginEvidence(kept, rules: rules) else { return nil }
      self.family.origin = origin
    }
  }
}
