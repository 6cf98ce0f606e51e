import Alignments
import Reads
import Variants

/// What the units of a sample found; nil where the sheet gives no such file.
struct SampleResults: Sendable {
  var reads: ReadMetrics?
  var alignments: AlignmentMetrics?
  var variants: VariantMetrics?
  /// Of a gVCF beside the VCF.
  var referenceBlocks: VariantMetrics?
}
