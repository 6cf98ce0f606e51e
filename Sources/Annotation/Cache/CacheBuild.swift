#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a cache was made of, and what was counted on the way. No times and no folders, so that the same inputs give
/// the same bytes.
public struct CacheBuild: Sendable, Hashable, Codable {
  /// A file that the cache was made of.
  public struct Source: Sendable, Hashable, Codable {
    /// The file's name without its folder.
    public var name: String
    /// SHA-256 of the file as stored, as 64 hexadecimal digits.
    public var sha256: String
  }

  /// `apus-cache/4`.
  public var schema = "apus-cache/4"
  /// The annotation.
  public var annotation: Source
  /// `gff3` or `gtf`.
  public var annotationFormat = "gff3"
  /// The reference.
  public var fasta: Source
  /// GRCh37 or GRCh38 where the lengths tell it.
  public var assembly: String?
  /// The digest of the whole reference: the GA4GH digest of its sequence collection, 32 letters.
  public var assemblyDigest = ""
  /// Genes.
  public var genes = 0
  /// Transcripts.
  public var transcripts = 0
  /// Transcripts with a CDS.
  public var codingTranscripts = 0
  /// Contigs of the reference.
  public var contigs = 0
  /// Contigs of the reference that carry transcripts.
  public var contigsWithGenes = 0
  /// Coding transcripts that translate: start, stop, whole codons, no stop inside, as far as they are complete.
  public var translates = 0
  /// Transcripts kept though something is odd, by what.
  public var flagged: [String: Int] = [:]
  /// Lines of the annotation that made no transcript, by why.
  public var skipped: [String: Int] = [:]
  /// Regulatory features.
  public var regulatoryFeatures = 0
  /// The files that they are of, in the order given.
  public var regulatory: [Source] = []
  /// Sources of known variants, in the order given.
  public var sources: [KnownSourceBuild] = []

  init(annotation: Source, fasta: Source) {
    self.annotation = annotation
    self.fasta = fasta
  }

  init?(json: [UInt8]) {
    guard let build = try? JSONDecoder().decode(CacheBuild.self, from: Data(json)), build.schema == "apus-cache/4"
    else { return nil }
    self = build
  }

  func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self))
  }

  mutating func count(_ models: [TranscriptModel]) {
    genes = Set(models.map(\.gene.id)).count
    transcripts = models.count
    contigsWithGenes = Set(models.map(\.contig)).count
    let names: [(TranscriptFlags, String)] = [
      (.startIncomplete, "cds-start-incomplete"), (.endIncomplete, "cds-end-incomplete"),
      (.noStart, "cds-without-start-codon"), (.noStop, "cds-without-stop-codon"), (.internalStop, "cds-internal-stop"),
      (.partialCodon, "cds-partial-codon"), (.irregular, "cds-not-exonic"),
    ]
    let differing = models.count { $0.flags.contains(.unlikeReference) }
    if differing > 0 { flagged["transcript-unlike-reference"] = differing }
    for model in models where !model.coding.isEmpty {
      codingTranscripts += 1
      if model.flags.isDisjoint(with: .untranslatable) { translates += 1 }
      for (flag, name) in names where model.flags.contains(flag) { flagged[name, default: 0] += 1 }
    }
  }
}
