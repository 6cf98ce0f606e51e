import Annotation
import ArgumentParser
import Batching
import GenomicFiles
import Variants

/// `apus vcf annotate`.
struct AnnotateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "annotate", abstract: "Add consequences on transcripts as CSQ, in VEP's layout.",
    discussion: """
      Everything else of a record stays as it is. * and reference blocks, and structural alleles whose kind or end cannot
      be told, get no entry and are counted. Each allele is looked up in the cache's sources of known variants.
      --json holds the counts: what was eligible, annotated, found, and why not. An output named .tsv or .jsonl (or with
      .gz behind it) has a line an allele and transcript, or a JSON object a record, of the annotation alone.

      Example:
        apus vcf annotate S1.vcf.gz -c GRCh38.cache -o S1.annotated.vcf.gz --json S1.annotated.json
      """)

  @Argument(help: "VCF, plain or compressed; - is standard input.")
  var input: String

  @Option(name: [.customShort("c"), .long], help: "Annotation cache, made by apus cache build.")
  var cache: String

  @OptionGroup var out: VariantOutputOptions
  @OptionGroup var shared: SharedOptions

  func run() async throws {
    let (input, cache) = (input, cache)
    try await out.run(input, shared: shared) { job, resources in
      job.annotator = try await resources.blocking.run {
        try ConsequenceAnnotator(try AnnotationCache(path: cache), input: input)
      }
    }
  }
}
