import Genomics

/// One allele of a release, with all that is told of it.
struct ReleaseRow: Sendable {
  /// The figures of one stratum of a dimension.
  struct Stratum: Sendable {
    var dimension: String
    var stratum: String
    var figures: GroupFigures
  }

  var contig: ReferenceContigs.Entry
  /// Interbase, from 0.
  var start: Int
  var reference: String
  var alternate: String
  var vrs: String
  var genes: GeneSet?
  /// Everybody first.
  var strata: [Stratum]
  /// The number of the earlier release that this one repeats; nil for a new one.
  var repeats: Int64?
  /// What is told of classifications.
  var classes: ReleasedClasses?
}
