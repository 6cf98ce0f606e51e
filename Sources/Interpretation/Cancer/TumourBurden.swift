/// Non-synonymous small somatic variants by megabase of what could be called.
public struct TumourBurden: Sendable, Hashable, Codable {
  /// Why there is no burden.
  public enum Refusal: String, Sendable, Hashable, Codable, CaseIterable {
    case noNormal = "germline-not-subtracted"
    case noCallableSize = "callable-size-not-supplied"
  }

  /// Variants by megabase; nil where it is refused.
  public var perMegabase: Double?
  /// Variants that were counted, each once whatever the number of its transcripts; nil without a normal.
  public var variants: Int?
  /// The same by type.
  public var byType: [String: Int]?
  /// What the count was divided by; nil where it was not.
  public var megabases: Double?
  /// What that is, in words.
  public var denominator: String
  /// The terms that count, on any transcript of the cache.
  public var terms: [String]
  /// Chromosomes of which variants count, by their plain names.
  public var chromosomes: [String]
  /// What was sequenced, as the user or the profile says.
  public var assay: SomaticProfile.Assay
  /// Why there is none.
  public var refused: Refusal?

  /// - Parameter byType: variants with one of the profile's terms.
  init(_ byType: [SomaticType: Int], hasNormal: Bool, _ rules: SomaticProfile.Burden) {
    terms = rules.terms
    chromosomes = rules.chromosomes.sorted {
      // 1 to 22, then letters.
      (Int($0) ?? 99, $0) < (Int($1) ?? 99, $1)
    }
    assay = rules.assay
    if let size = rules.callableSize {
      denominator = "callable bases as supplied: \(size)"
    } else if rules.assay == .genome {
      denominator = "coding length of the whole genome, \(rules.codingMegabases) Mb (Genomics England)"
    } else {
      denominator = "none: the callable size of the \(rules.assay.rawValue) was not supplied"
    }
    guard hasNormal else {
      refused = .noNormal
      return
    }
    let count = byType.values.reduce(0, +)
    variants = count
    self.byType = Dictionary(uniqueKeysWithValues: byType.map { ($0.key.rawValue, $0.value) })
    guard rules.assay == .genome || rules.callableSize != nil else {
      refused = .noCallableSize
      return
    }
    let size = rules.callableSize.map { Double($0) / 1_000_000 } ?? rules.codingMegabases
    megabases = size
    perMegabase = Double(count) / size
  }
}
