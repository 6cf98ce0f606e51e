/// A population of a dataset of allele frequencies: `gnomad-exomes-2.1.1`, `NFE`.
public struct FrequencyKey: Sendable, Hashable, Codable {
  /// The dataset, by the name that the profile gives it.
  public var dataset: String
  /// The population, in capitals; `ALL` for the whole dataset.
  public var population: String

  /// A key.
  public init(_ dataset: String, _ population: String) {
    self.dataset = dataset
    self.population = population
  }
}

/// What a dataset that is loaded answers of an allele in one population.
public enum FrequencyAnswer: Sendable, Hashable, Codable {
  /// The frequency, with the number of alleles called there, where told. The highest where the source holds several.
  case value(Double, alleleNumber: Int?)
  /// Looked up and not there: counts as 0.
  case absent
  /// Could not be looked up, and why (`contig`, `symbolic` …): unknown, never 0.
  case notLookedUp(String)
}
