extension OriginEvidence {
  /// The evidence as it is kept with a case, with the digest of the rules that it rests on.
  public struct Kept: Sendable, Hashable, Codable {
    var rules: String
    var chromosomes: [Chromosome]
    var runs: [HomozygousRun]
    var autosomalLength: Int?
    var fraction: Double?
    var notMeasured: String?
    var warning: Double
    var isConsistentWithRelatedness: Bool?
    var segments: [DisomySegment]
    var hasFather: Bool
    var hasMother: Bool
    var scattered: [String]
  }

  var kept: Kept {
    Kept(
      rules: rules.digest, chromosomes: chromosomes, runs: runs, autosomalLength: autosomalLength, fraction: fraction,
      notMeasured: notMeasured, warning: warning, isConsistentWithRelatedness: isConsistentWithRelatedness,
      segments: segments, hasFather: hasFather, hasMother: hasMother, scattered: scattered)
  }

  /// - Returns: nil where the evidence rests on other rules.
  init?(_ kept: Kept, rules: ParentalOriginRules) {
    guard kept.rules == rules.digest else { return nil }
    self.init(
      rules: rules, chromosomes: kept.chromosomes, runs: kept.runs, autosomalLength: kept.autosomalLength,
      fraction: kept.fraction, notMeasured: kept.notMeasured, warning: kept.warning,
      isConsistentWithRelatedness: kept.isConsistentWithRelatedness, segments: kept.segments,
      hasFather: kept.hasFather, hasMother: kept.hasMother, scattered: kept.scattered)
  }
}
