import Annotation
import Genomics
import Variants

extension NormalisedAllele {
  /// What the annotation says of the allele on transcripts: `c.` and `p.` names among the rest. Blocks.
  /// - Throws: `CacheError` where the cache is damaged.
  func consequences(_ annotator: ConsequenceAnnotator) throws -> [TranscriptConsequence] {
    guard let entries = ConsequenceEntries(annotator.entryFields) else { return [] }
    // Checks the contig's bases, as it is done for those of a file.
    try annotator.require(contig: contig, declaredLength: nil, at: InputLocation(file: annotator.source.path))
    var run = annotator.begin(contig: contig)
    var output: [UInt8] = []
    let (ref, alt) = (Array(reference.utf8), Array(alternate.utf8))
    try ref.withUnsafeBytes { ref in
      try alt.withUnsafeBytes { alt in
        try run.annotate(
          position: position, reference: ref, alternates: alt, info: UnsafeRawBufferPointer(start: nil, count: 0),
          into: &output)
      }
    }
    let found = output.withUnsafeBytes { bytes -> [TranscriptConsequence] in
      var annotation = AnnotationEntries(bytes)
      return annotation.value(of: AlleleReading.consequences).map { entries.entries($0, allele: 1) } ?? []
    }
    func rank(_ one: TranscriptConsequence) -> (Int, String) {
      (one.isMANESelect ? 0 : one.isCanonical ? 1 : 2, one.transcript)
    }
    return found.sorted { rank($0) < rank($1) }
  }
}
