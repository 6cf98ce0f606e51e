import Batching
public import GenomicFiles

/// Opens a cache, checks it whole and holds it against a FASTA.
///
/// - Parameters:
///   - reference: the FASTA that the records are normalised with.
///   - input: the path of the file annotated, for errors.
/// - Throws: `CacheError`; `InputError` and `OutputError` about the FASTA.
public func consequenceAnnotator(
  cache: String, reference: String, input: String, options: ConsequenceOptions = ConsequenceOptions(),
  resources: RunResources
) async throws -> ConsequenceAnnotator {
  let registry = resources.outputs
  return try await resources.blocking.run {
    let annotator = try ConsequenceAnnotator(try AnnotationCache(path: cache), input: input, options: options)
    let fasta = try FASTAReference(path: reference, registry: registry)
    try annotator.require(try referenceIdentity(of: fasta, registry: registry), path: reference)
    return annotator
  }
}
