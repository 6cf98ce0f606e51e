import Annotation
import GenomicFiles
import Variants

extension HotLoopData {
  func buildCache() async throws {
    try await Annotation.buildCache(
      fasta: fasta, annotation: genes, output: cache, force: false, resources: HotLoop.resources)
  }
}

extension HotLoop {
  static let annotation = [
    HotLoop(name: "vcf-annotate", summary: "adds consequences and HGVS names, and writes text") { data in
      // Never committed: the output goes when it is let go.
      let output = OutputPlan(path: data.path("annotated.vcf"), container: .plain, force: true, hashes: false)
      var job = VariantJob(input: InputFile(path: data.person), output: output)
      job.annotator = try ConsequenceAnnotator(try AnnotationCache(path: data.cache), input: data.person)
      return try await processVariants(job, reference: nil, resources: resources).counts.recordsIn
    }
  ]
}
