import Annotation
import Crypto
public import Genomics

extension SomaticProfile {
  /// The schema of profiles that this version reads.
  public static let schema = "apus-somatic-profile/1"

  /// The name of the profile that the program has in it.
  public static let defaultName = "somatic-default"

  /// The profile that the program has in it.
  public static func shipped() throws(InputError) -> SomaticProfile {
    try SomaticProfile(json: PackageResources.somatic_default_json, path: defaultName)
  }

  /// Terms that the burden or the list can ask for: what lies within eight bases of an exon, and is told by a change of
  /// a transcript's bases.
  public static let knownTerms: Set<String> = Set(
    [
      Consequence.stopGained, .stopLost, .startLost, .missense, .frameshift, .inframeInsertion, .inframeDeletion,
      .proteinAltering, .spliceAcceptor, .spliceDonor, .spliceRegion, .spliceDonor5thBase, .spliceDonorRegion,
      .startRetained, .stopRetained, .synonymous, .incompleteTerminalCodon, .codingSequence,
    ].map(\.term))

  /// Reads a profile of the user's.
  /// - Throws: `InputError` for a file that is missing, or no profile: keys that are not known, and keys given twice,
  ///   are refused by name.
  public init(file path: String) throws(InputError) {
    self = try SomaticProfile(json: try wholeFile(path), path: path)
  }

  /// Reads a profile.
  /// - Parameter path: names the text in errors.
  public init(json bytes: [UInt8], path: String) throws(InputError) {
    let root = try StrictJSON(bytes, path: path)
    var keys = try ProfileKeys(root, "the profile", path)
    let schema = try keys.text("schema")
    guard schema == Self.schema else {
      throw keys.fault("has schema \(schema), and this version reads \(Self.schema)")
    }
    id = try keys.text("id")
    title = try keys.text("title")
    release = try keys.text("release")
    var origins: [String: Origin] = [:]
    var section = try keys.object("somatic", "somatic")
    somatic = try Somatic(&section)
    origins["somatic"] = try section.finish()
    section = try keys.object("burden", "burden")
    burden = try Burden(&section)
    origins["burden"] = try section.finish()
    section = try keys.object("signatures", "signatures")
    signatures = try Signatures(&section)
    origins["signatures"] = try section.finish()
    section = try keys.object("purity", "purity")
    purity = try Purity(&section)
    origins["purity"] = try section.finish()
    section = try keys.object("warnings", "warnings")
    warnings = try Warnings(&section)
    origins["warnings"] = try section.finish()
    section = try keys.object("swap", "swap")
    swap = Swap(leastVariants: try section.count("leastVariants"), share: try section.share("share"))
    origins["swap"] = try section.finish()
    try keys.end()
    self.origins = origins
    digest = SHA256.hash(data: bytes).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}

extension ProfileKeys {
  /// A number from 0 to 1.
  fileprivate mutating func share(_ key: String) throws(InputError) -> Double {
    let number = try number(key)
    guard number <= 1 else { throw fault("\(key) is no fraction from 0 to 1") }
    return number
  }

  fileprivate mutating func optionalShare(_ key: String) throws(InputError) -> Double? {
    guard let number = try optionalNumber(key) else { return nil }
    guard number <= 1 else { throw fault("\(key) is no fraction from 0 to 1") }
    return number
  }

  fileprivate mutating func optionalCount(_ key: String) throws(InputError) -> Int? {
    guard let number = try optionalNumber(key) else { return nil }
    guard let count = Int(exactly: number) else { throw fault("\(key) is no whole number") }
    return count
  }

  fileprivate mutating func positive(_ key: String) throws(InputError) -> Int {
    let count = try count(key)
    guard count > 0 else { throw fault("\(key) is not above 0") }
    return count
  }

  /// Reads where the section is from, and refuses keys that are left.
  fileprivate mutating func finish() throws(InputError) -> SomaticProfile.Origin {
    let rule = try rule()
    try end()
    return SomaticProfile.Origin(source: rule.source, mark: rule.mark.rawValue)
  }

  fileprivate mutating func terms(_ key: String) throws(InputError) -> [String] {
    let terms = try texts(key)
    if let other = terms.first(where: { !SomaticProfile.knownTerms.contains($0) }) {
      throw fault("\(key) has \(other), which is no term that can be asked for")
    }
    return terms
  }
}

extension SomaticProfile.Somatic {
  fileprivate init(_ keys: inout ProfileKeys) throws(InputError) {
    requirePass = try keys.flag("requirePass")
    var types: [SomaticType] = []
    for word in try keys.texts("types") {
      guard let type = SomaticType(rawValue: word) else { throw keys.fault("the type \(word) is not known") }
      types.append(type)
    }
    self.types = types
    longest = try keys.positive("longest")
    guard longest <= 50 else { throw keys.fault("longest is above 50: longer alleles are not small variants") }
    minimumFraction = try keys.optionalShare("minimumFraction")
    minimumDepth = try keys.optionalCount("minimumDepth")
    minimumAlternateReads = try keys.optionalCount("minimumAlternateReads")
    maximumNormalFraction = try keys.optionalShare("maximumNormalFraction")
    minimumSomaticQuality = try keys.optionalNumber("minimumSomaticQuality")
  }
}

extension SomaticProfile.Burden {
  fileprivate init(_ keys: inout ProfileKeys) throws(InputError) {
    terms = try keys.terms("terms")
    reported = try keys.terms("reported")
    chromosomes = Set(try keys.texts("chromosomes"))
    for name in chromosomes.sorted() where ContigName.canonical(name) != name {
      throw keys.fault("\(name) is no plain name of a chromosome")
    }
    let word = try keys.text("assay")
    guard let assay = SomaticProfile.Assay(rawValue: word) else { throw keys.fault("the assay \(word) is not known") }
    self.assay = assay
    codingMegabases = try keys.number("codingMegabases")
    guard codingMegabases > 0 else { throw keys.fault("codingMegabases is not above 0") }
    callableSize = keys.rest.contains("callableSize") ? try keys.optionalCount("callableSize") : nil
    if callableSize == 0 { throw keys.fault("callableSize is not above 0") }
  }
}

extension SomaticProfile.Signatures {
  fileprivate init(_ keys: inout ProfileKeys) throws(InputError) {
    leastVariants = try keys.count("leastVariants")
    leastCosine = try keys.share("leastCosine")
    sparseCosineDrop = try keys.share("sparseCosineDrop")
    replicates = try keys.positive("replicates")
    seed = try keys.count("seed")
    coverage = try keys.share("coverage")
  }
}

extension SomaticProfile.Purity {
  fileprivate init(_ keys: inout ProfileKeys) throws(InputError) {
    leastVariants = try keys.positive("leastVariants")
    leastDepth = try keys.count("leastDepth")
    bandwidth = try keys.share("bandwidth")
    guard bandwidth > 0 else { throw keys.fault("bandwidth is not above 0") }
    prominence = try keys.share("prominence")
    highestPeak = try keys.share("highestPeak")
    lowestPeak = try keys.share("lowestPeak")
    widestInterval = try keys.share("widestInterval")
    replicates = try keys.positive("replicates")
    seed = try keys.count("seed")
    coverage = try keys.share("coverage")
  }
}

extension SomaticProfile.Warnings {
  fileprivate init(_ keys: inout ProfileKeys) throws(InputError) {
    contaminationLow = try keys.share("contaminationLow")
    contaminationHigh = try keys.share("contaminationHigh")
    tumourContent = try keys.share("tumourContent")
    lowFraction = try keys.share("lowFraction")
    lowFractionShare = try keys.share("lowFractionShare")
    normalMeanDepth = try keys.number("normalMeanDepth")
    normalShareAt15 = try keys.share("normalShareAt15")
  }
}
