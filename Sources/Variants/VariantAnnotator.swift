public import GenomicFiles
public import Genomics

/// Adds INFO fields to records on their way out. Annotation is given to a job as one of these, because this room
/// does not know genes.
public protocol VariantAnnotator: Sendable {
  /// The INFO fields' keys with the meta lines that declare them, in order; what an input holds under the keys is
  /// replaced.
  var fields: [(key: String, headerLine: String)] { get }
  /// Checks a contig that carries records; throws to refuse the file.
  /// - Parameter declaredLength: the length in bases that the file's header declares, if it does.
  func require(contig: String, declaredLength: Int?, at location: InputLocation) throws
  /// Work on one run of records on a contig.
  func begin(contig: String) -> any VariantRunAnnotator
  /// What looks at all records, in order, before they are annotated; nil where each record stands for itself.
  func scout(for header: VCFHeader) -> (any VariantScout)?
}

extension VariantAnnotator {
  /// Each record stands for itself.
  public func scout(for header: VCFHeader) -> (any VariantScout)? { nil }
}

/// Annotates records of one contig, one after the other.
public protocol VariantRunAnnotator {
  /// Appends the record's entries, `KEY=VALUE` with semicolons between them.
  /// - Parameters:
  ///   - position: POS, counted from 1.
  ///   - reference: REF as written.
  ///   - alternates: ALT as written.
  ///   - info: INFO as written.
  /// - Throws: where REF contradicts the annotation's reference.
  mutating func annotate(
    position: Int, reference: UnsafeRawBufferPointer, alternates: UnsafeRawBufferPointer, info: UnsafeRawBufferPointer,
    into output: inout [UInt8]
  ) throws
  /// What was counted so far.
  var counts: AnnotationCounts { get }
  /// What the last record is like, as bits that the annotator documents, so that a tap can leave out most records
  /// without reading text.
  var marks: UInt64 { get }
}

extension VariantRunAnnotator {
  /// Nothing is told.
  public var marks: UInt64 { 0 }
}

/// What annotating the records of one VCF counted. Parts merge in any order to the same totals.
///
/// `allelesIn == allelesAnnotated + notEligible`; a blank annotation is thus always told from one that was not tried.
public struct AnnotationCounts: Sendable, Equatable, Codable {
  /// Records written.
  public var recordsIn = 0
  /// Records with at least one allele that could be annotated.
  public var recordsEligible = 0
  /// Records that got consequences.
  public var recordsAnnotated = 0
  /// Alternate alleles of those records.
  public var allelesIn = 0
  /// Alleles of bases, which can be annotated.
  public var allelesEligible = 0
  /// Alleles that got an entry at least.
  public var allelesAnnotated = 0
  /// Alleles that cannot be annotated, by why.
  public var allelesNotEligible: [String: Int] = [:]
  /// Alleles by their most severe term over all transcripts.
  public var allelesByMostSevere: [String: Int] = [:]
  /// Entries (an allele on a transcript) by term; one with several terms counts under each.
  public var entriesByTerm: [String: Int] = [:]
  /// Alleles by the impact of their most severe term.
  public var allelesByImpact: [String: Int] = [:]
  /// Records by contig, where the contig carries genes.
  public var recordsOnContigsWithGenes: [String: Int] = [:]
  /// Records by contig, where the contig carries none.
  public var recordsOnContigsWithoutGenes: [String: Int] = [:]

  /// By source of known variants.
  public var sources: [String: KnownSourceCounts] = [:]

  /// Of variants told together, by haplotype; nil where none are.
  public var haplotypes: HaplotypeCounts?

  /// Nothing counted.
  public init() {}

  /// Adds a part.
  public mutating func merge(_ other: AnnotationCounts) {
    recordsIn += other.recordsIn
    recordsEligible += other.recordsEligible
    recordsAnnotated += other.recordsAnnotated
    allelesIn += other.allelesIn
    allelesEligible += other.allelesEligible
    allelesAnnotated += other.allelesAnnotated
    allelesNotEligible.merge(other.allelesNotEligible, uniquingKeysWith: +)
    allelesByMostSevere.merge(other.allelesByMostSevere, uniquingKeysWith: +)
    entriesByTerm.merge(other.entriesByTerm, uniquingKeysWith: +)
    allelesByImpact.merge(other.allelesByImpact, uniquingKeysWith: +)
    recordsOnContigsWithGenes.merge(other.recordsOnContigsWithGenes, uniquingKeysWith: +)
    recordsOnContigsWithoutGenes.merge(other.recordsOnContigsWithoutGenes, uniquingKeysWith: +)
    if let counts = other.haplotypes {
      var merged = haplotypes ?? HaplotypeCounts()
      merged.merge(counts)
      haplotypes = merged
    }
    for (name, counts) in other.sources { sources[name, default: KnownSourceCounts()].merge(counts) }
  }
}
