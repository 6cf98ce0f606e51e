import GenomicFiles

/// The content of `variants.json`: what one pass over a VCF found.
public struct VariantMetrics: Sendable, Codable, Equatable {
  /// `apus-variants/1`.
  public var schema = "apus-variants/1"
  /// The version that the file declares.
  public var version: String
  /// The sample columns.
  public var samples: [String]
  /// What was counted.
  public var counts: VariantCounts
  /// Transitions over transversions, of SNV alleles written; nil without transversions.
  public var transitionTransversionRatio: Double?
  /// What annotating counted; nil where nothing was annotated.
  public var annotation: AnnotationCounts?
  /// What checking found; nil where nothing was checked.
  public var check: CheckSummary?
  /// What was odd but legal, with its count.
  public var warnings: [String: Int]

  /// Metrics of one pass.
  public init(_ result: VariantResult) {
    version = result.header.version
    samples = result.header.samples
    counts = result.counts
    annotation = result.annotation
    transitionTransversionRatio =
      result.counts.transversions == 0
      ? nil : Double(result.counts.transitions) / Double(result.counts.transversions)
    warnings = result.input?.warnings ?? [:]
    check = result.check.map(CheckSummary.init)
    // Contigs are told of below, checked or not.
    for kind in result.check?.kinds ?? [] where kind.code != .contigUndeclared && kind.code != .contigsUndeclared {
      warnings[kind.code.name, default: 0] += kind.count
    }
    if !result.undeclaredContigs.isEmpty { warnings["contig-without-header-line"] = result.undeclaredContigs.count }
  }
}
