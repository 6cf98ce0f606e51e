public import GenomicFiles

/// What is done about a REF that differs from the FASTA.
public enum ReferenceCheck: String, Sendable, CaseIterable {
  /// The file is refused.
  case error
  /// The record is kept as it is, and counted.
  case warn
  /// The record is dropped, and counted.
  case exclude
}

/// How records are held to the version of VCF that their file declares, while something else is done with them.
public struct VariantCheckOptions: Sendable {
  /// Whether warnings of the kinds that `CheckCode.isStrict` names are errors.
  public var isStrict: Bool
  /// How many problems of a kind are kept; the rest is counted.
  public var limit: Int

  /// Options.
  public init(isStrict: Bool = false, limit: Int = 20) {
    self.isStrict = isStrict
    self.limit = limit
  }
}

/// What is done to the records of a VCF, in this order: check, select, normalise, annotate.
public struct VariantJob: Sendable {
  /// The VCF.
  public var input: InputFile
  /// Where the records go; nil for counting only.
  public var output: OutputPlan?
  /// Whether the output is BCF, by its name.
  public var writesBCF: Bool { output?.path.hasSuffix(".bcf") ?? false }
  /// How annotated records are written where the output is neither VCF nor BCF, by its name; nil otherwise. Not with
  /// normalising, which tells whole duplicates by their lines, and text has not all columns.
  public var annotationText: AnnotationText? {
    annotator == nil ? nil : output.flatMap { AnnotationText(path: $0.path) }
  }
  /// Whether only records with FILTER `PASS` go on.
  public var passOnly = false
  /// Which records and samples go on; nil for all.
  public var selection: VariantSelection?
  /// Whether records are left-aligned and trimmed; needs a reference.
  public var normalises = false
  /// Whether multi-allelic records are split while normalising.
  public var splits = false
  /// Whether splitting leaves `<NON_REF>` and `<*>` of a gVCF behind, as it leaves `*`, so that the alleles beside them are
  /// normalised. For a tap alone: without it the written records would lose them.
  public var leavesUnspecified = false
  /// Whether, while normalising, records that were split come back as they were; not with splitting or annotating.
  public var joins = false
  /// Whether, while normalising, alleles of several changes are taken apart; multi-allelic records are then split.
  public var atomizes = false
  /// What is done about a REF that differs from the FASTA.
  public var referenceCheck = ReferenceCheck.error

  /// How the records as read are held to the version that the file declares; nil for not at all.
  public var check: VariantCheckOptions?

  /// What adds a field to the records written; the last step. Needs an output or a tap.
  public var annotator: (any VariantAnnotator)?

  /// What sees the records as they are written, or would be without an output; nil for nothing.
  public var tap: (any VariantTap)?

  /// What is counted of the records as read; nil for nothing. The repeats around indels where the job normalises.
  public var stats: VariantStatsOptions?

  /// A job that copies.
  public init(input: InputFile, output: OutputPlan?) {
    self.input = input
    self.output = output
  }
}
