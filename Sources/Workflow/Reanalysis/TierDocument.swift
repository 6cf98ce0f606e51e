import GenomicFiles
import Genomics
import Interpretation

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What `tiers.json` tells, as far as two of them are compared.
struct TierDocument: Sendable, Decodable {
  /// A small variant with what it does and what is known of it.
  struct Variant: Sendable, Decodable {
    var tiered: TieredVariant
    var consequences: [TranscriptConsequence]
    var known: [KnownEvidence]?

    private enum Key: String, CodingKey { case consequences, known }

    init(from decoder: any Decoder) throws {
      tiered = try TieredVariant(from: decoder)
      let container = try decoder.container(keyedBy: Key.self)
      consequences = try container.decode([TranscriptConsequence].self, forKey: .consequences)
      known = try container.decodeIfPresent([KnownEvidence].self, forKey: .known)
    }

    /// The allele in one word, as partners of a pair name it.
    var key: String { "\(tiered.contig)-\(tiered.position)-\(tiered.reference)-\(tiered.alternate)" }
  }

  var schema: String
  var cache: String
  var profile: TieringResult.Profile
  var panels: [TieringResult.AppliedPanel]
  var variants: [Variant]
  var structural: [TieredStructural]
  var repeats: [TieredRepeat]
  var provisional: String?

  /// Reads `tiers.json`.
  /// - Throws: `InputError` for anything else.
  init(_ bytes: [UInt8], path: String) throws(InputError) {
    guard let one = try? JSONDecoder().decode(Self.self, from: Data(bytes)), one.schema == TierReport.schema else {
      throw InputError(
        .malformed, at: InputLocation(file: path), "the file is not \(TierReport.schema)",
        remedy: "run the case again with this version")
    }
    self = one
  }
}
