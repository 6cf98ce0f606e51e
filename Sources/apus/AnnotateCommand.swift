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

      With --haplotypes, variants that share a codon, or lie in a frame that one of them shifts, are told together per
      transcript in HCSQ where they are known to be on one haplotype: phased in the same PS (or without PS), homozygous,
      haploid. Where phase does not tell, POSSIBLE_COMPOUND names the transcripts. CSQ stays as it is. The input has to
      be sorted.

      --pick and its kin choose by: --pick-list, MANE Plus Clinical where the consequence is more severe than on MANE
      Select, MANE Select, RefSeq Select or Ensembl canonical, protein coding, the most severe consequence, the longest
      CDS, the identifier. PICK_REASON names the step that decided.

      Example:
        apus vcf annotate S1.vcf.gz -c GRCh38.cache -o S1.annotated.vcf.gz --json S1.annotated.json
        apus vcf annotate S1.vcf.gz -c GRCh38.cache --flag-pick --pick-list ours.txt -o S1.picked.vcf.gz
      """)

  @Argument(help: "VCF, plain or compressed; - is standard input.")
  var input: String

  @Option(name: [.customShort("c"), .long], help: "Annotation cache, made by apus cache build.")
  var cache: String

  @Flag(help: "Tell together, in HCSQ, what variants of one haplotype do to a transcript.")
  var haplotypes = false

  @OptionGroup(title: "Entries") var entries: ConsequenceArguments
  @OptionGroup var out: VariantOutputOptions
  @OptionGroup var shared: SharedOptions

  func run() async throws {
    let (input, cache, entries, haplotypes, shared) = (input, cache, entries, haplotypes, shared)
    try await out.run(input, shared: shared) { job, resources in
      let options = try await entries.options(resources)
      let annotator = try await resources.blocking.run {
        try ConsequenceAnnotator(try AnnotationCache(path: cache), input: input, options: options)
      }
      entries.warn(annotator, shared)
      job.annotator = haplotypes ? HaplotypeAnnotator(annotator) : annotator
    }
  }
}
