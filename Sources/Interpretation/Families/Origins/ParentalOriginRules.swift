import Crypto
public import Genomics

/// Thresholds of runs of homozygosity and of uniparental disomy, as data with their sources.
public struct ParentalOriginRules: Sendable, Hashable {
  /// Every threshold; one that is missing is refused.
  public enum ID: String, Sendable, Hashable, CaseIterable {
    case genotypeDepth = "genotype.depth"
    case genotypeQuality = "genotype.quality"
    case modelFrequency = "model.frequency"
    case modelError = "model.error"
    case modelToAutozygous = "model.to-autozygous"
    case modelFromAutozygous = "model.from-autozygous"
    case runLength = "run.length"
    case runSites = "run.sites"
    case runBasesPerSite = "run.bases-per-site"
    case runGap = "run.gap"
    case genomeSites = "genome.sites-per-megabase"
    case relatednessChromosomes = "relatedness.chromosomes"
    case isodisomyInterstitial = "isodisomy.interstitial"
    case isodisomyTerminal = "isodisomy.terminal"
    case isodisomyEnd = "isodisomy.end"
    case originSites = "origin.sites"
    case originLength = "origin.length"
    case originAgainst = "origin.against"
    case originEnd = "origin.end"
    case originShare = "origin.share"
    case duoAgainst = "duo.against"
    case duoEnd = "duo.end"
    case duoShare = "duo.share"
    case originHeterozygous = "origin.heterozygous"
    case originDepthLow = "origin.depth-low"
    case originDepthHigh = "origin.depth-high"
    case originChromosomes = "origin.chromosomes"
  }

  /// A number with its unit and its source.
  public struct Threshold: Sendable, Hashable, Encodable {
    /// The number.
    public var value: Double
    /// What it counts.
    public var unit: String
    /// Where it is from.
    public var source: String
    /// How well that is established.
    public var mark: SourceMark
  }

  /// The schema of files that this version reads.
  public static let schema = "apus-parental-origin-rules/1"

  /// Its identifier.
  public var id: String
  /// The release.
  public var release: String
  /// SHA-256 of its text, in hexadecimal digits.
  public var digest: String
  /// By identifier.
  public var thresholds: [ID: Threshold]

  /// A threshold's number.
  public subscript(id: ID) -> Double {
    // Reading refuses a file that lacks one.
    thresholds[id]?.value ?? .nan
  }

  /// A threshold that counts bases, sites or reads.
  func count(_ id: ID) -> Int { Int(self[id]) }

  /// Thresholds that are not from a confirmed source, sorted.
  public var unsourced: [String] {
    thresholds.filter { $0.value.mark.isFlagged }.map { "\($0.key.rawValue) (\($0.value.mark.rawValue))" }.sorted()
  }

  /// The rules that the program has in it.
  /// - Throws: `InputError` where they are damaged.
  public static func standard() throws(InputError) -> ParentalOriginRules {
    try ParentalOriginRules(json: PackageResources.parental_origin_json, path: "apus-parental-origin")
  }

  /// Reads rules; keys that are not known, and keys given twice, are refused by name.
  /// - Parameter path: names the text in errors.
  public init(json bytes: [UInt8], path: String) throws(InputError) {
    var keys = try ProfileKeys(try StrictJSON(bytes, path: path), "the rules", path)
    let schema = try keys.text("schema")
    guard schema == Self.schema else {
      throw keys.fault("has schema \(schema), and this version reads \(Self.schema)")
    }
    id = try keys.text("id")
    release = try keys.text("release")
    var object = try keys.object("thresholds", "thresholds")
    var thresholds: [ID: Threshold] = [:]
    for id in ID.allCases {
      var entry = try object.object(id.rawValue, "threshold \(id.rawValue)")
      let value = try entry.number("value")
      let unit = try entry.text("unit")
      let rule = try entry.rule()
      try entry.end()
      // Counts are made whole numbers of; a genome has fewer than 2^53 of anything.
      guard value <= 9_007_199_254_740_992 else { throw entry.fault("value is too large") }
      thresholds[id] = Threshold(value: value, unit: unit, source: rule.source, mark: rule.mark)
    }
    try object.end()
    try keys.end()
    self.thresholds = thresholds
    digest = SHA256.hash(data: bytes).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
