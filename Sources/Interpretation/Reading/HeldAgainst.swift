import Annotation
import Genomics
import Variants

/// Annotates nothing: holds a relative's file against the annotation's reference, so that one of another is refused as the
/// proband's is, naming both.
struct HeldAgainst: VariantAnnotator {
  let annotator: ConsequenceAnnotator

  var fields: [(key: String, headerLine: String)] { [] }

  func require(contig: String, declaredLength: Int?, at location: InputLocation) throws {
    try annotator.require(contig: contig, declaredLength: declaredLength, at: location)
  }

  func begin(contig: String) -> any VariantRunAnnotator { Run() }

  private struct Run: VariantRunAnnotator {
    var counts: AnnotationCounts { AnnotationCounts() }

    mutating func annotate(
      position: Int, reference: UnsafeRawBufferPointer, alternates: UnsafeRawBufferPointer,
      info: UnsafeRawBufferPointer, into output: inout [UInt8]
    ) {}
  }
}
