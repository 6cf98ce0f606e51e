public import Annotation

/// What a relative's data say of one familial variant: evidence, never a verdict on a person.
public struct CascadeFinding: Sendable, Hashable, Codable {
  /// Whether the variant is there.
  public enum Status: String, Sendable, Hashable, Codable, CaseIterable {
    case present
    /// The reference was called, or covered without a read of the allele.
    case absent
    /// The data do not tell.
    case notCallable = "not-callable"
  }

  /// How many copies have it, where it is present.
  public enum Zygosity: String, Sendable, Hashable, Codable, CaseIterable {
    case heterozygous
    case homozygous
    case hemizygous
    /// A copy was not called.
    case notKnown = "not-known"
  }

  /// What the status rests on.
  public enum Basis: String, Sendable, Hashable, Codable, CaseIterable {
    case record
    case referenceBlock = "reference-block"
    /// Reads of the alignments, none of which has the allele.
    case reads
    case nothing
  }

  /// The variant as it was asked for.
  public var asked: String
  /// The contig, as in the cache.
  public var contig: String
  /// POS, counted from 1, normalised.
  public var position: Int
  /// REF.
  public var reference: String
  /// ALT.
  public var alternate: String
  /// What it is called on transcripts and proteins, and what it does there: MANE Select first, then the canonical
  /// transcript, then by name. Empty where the annotation has no transcript there.
  public var consequences: [TranscriptConsequence] = []
  /// Whether it is there.
  public var status: Status
  /// nil unless present.
  public var zygosity: Zygosity?
  /// What the status rests on.
  public var basis: Basis
  /// The genotype as seen from the allele (`0/1`, `2` another allele); nil where there is none.
  public var genotype: String?
  /// Reads: of the record, the least of the blocks, or of the alignments.
  public var depth: Int?
  /// Reads with the allele; nil where not told.
  public var alternateDepth: Int?
  /// GQ, phred.
  public var quality: Int?
  /// The finding in words.
  public var words: String
}

/// Bases of a person's alignments at one place: primary, not duplicate, mapping and base quality 20 or more, a fragment once.
public struct ReadBases: Sendable, Hashable {
  /// A, C, G, T and other bases.
  public var counts: [Int]

  /// Counts of five.
  public init(_ counts: [Int]) {
    precondition(counts.count == 5, "A, C, G, T and other")
    self.counts = counts
  }

  var depth: Int { counts.reduce(0, +) }
}

/// What `apus cascade` writes.
public struct CascadeReport: Sendable, Codable {
  /// `apus-cascade/1`.
  public var schema = "apus-cascade/1"
  /// The reference that everything is told on.
  public var assembly: TierReport.Assembly
  /// The digest of the cache that proves it.
  public var cache: String
  /// The relative's sample.
  public var sample: String
  /// One a variant asked for, in that order.
  public var findings: [CascadeFinding]
  /// What the findings cannot tell.
  public var limits: [String]

  /// A report.
  public init(cache: AnnotationCache, sample: String, findings: [CascadeFinding], usedReads: Bool) {
    assembly = TierReport.Assembly(name: cache.build.assembly, digest: cache.build.assemblyDigest)
    self.cache = cache.digest
    self.sample = sample
    self.findings = findings
    limits = [
      "Only the variants asked for were looked at; this is no search for others.",
      "Absent means that the reference was called, at the depth told; levels of mosaicism below the caller's limit are not told.",
    ]
    if usedReads {
      limits.append(
        "Reads tell of single-base changes alone: insertions, deletions and changes of several bases need a record or a reference block."
      )
    }
  }

  /// The document's bytes: keys in order, the same for the same report.
  public func json() throws -> [UInt8] {
    try SortedJSON.document(self)
  }
}
