/// What a source of classified variants (ClinVar) tells of an allele or of one with the same change of the protein.
public struct KnownEvidence: Sendable, Hashable, Codable {
  /// How the source's variant answers to the allele.
  public enum Match: Sendable, Hashable, Codable {
    /// It is the same allele.
    case allele
    /// Another allele with the same change of the protein in this transcript.
    case protein(transcript: String, hgvsp: String)
  }

  /// The source, by its name in the cache.
  public var source: String
  /// How it answers.
  public var match: Match
  /// The significance, as the source writes it (`Pathogenic/Likely_pathogenic`).
  public var significance: String
  /// The review status, as the source writes it; nil where it is not loaded.
  public var reviewStatus: String?
  /// Counts of single classifications behind a conflict (`CLNSIGCONF`); nil where not loaded or not given.
  public var conflicting: String?

  /// Evidence.
  public init(
    source: String, match: Match, significance: String, reviewStatus: String? = nil, conflicting: String? = nil
  ) {
    self.source = source
    self.match = match
    self.significance = significance
    self.reviewStatus = reviewStatus
    self.conflicting = conflicting
  }
}

extension KnownEvidence {
  /// Whether the significance has the word in it, of whatever weight, in capitals or not.
  var mentionsPathogenic: Bool {
    let word: StaticString = "pathogenic"
    let count = word.utf8CodeUnitCount
    var significance = significance
    return significance.withUTF8 { bytes in
      guard bytes.count >= count else { return false }
      for start in 0...(bytes.count - count) {
        var place = 0
        while place < count, bytes[start + place] | 32 == word.utf8Start[place] { place += 1 }
        if place == count { return true }
      }
      return false
    }
  }
}
