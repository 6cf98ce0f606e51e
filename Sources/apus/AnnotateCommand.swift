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
      Everything else of a record stays as it is. Symbolic alleles, breakends, * and reference blocks get no entry and
      are counted. --json holds the counts: what was eligible, annotated, and why not.

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

/// `apus vcf process`.
struct ProcessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "process", abstract: "Filter, normalise, split and annotate in one pass.",
    discussion: """
      The same as apus vcf filter --pass (with --pass), apus vcf norm --split and apus vcf annotate one after the other.

      Example:
        apus vcf process S1.vcf.gz -f GRCh38.fa.gz -c GRCh38.cache --pass -o S1.processed.vcf.gz --json S1.json
      """)

  @Argument(help: "VCF, plain or compressed; - is standard input.")
  var input: String

  @Option(name: [.customShort("f"), .long], help: "Reference FASTA, plain or bgzipped.")
  var fasta: String

  @Option(name: [.customShort("c"), .long], help: "Annotation cache, made by apus cache build of the same FASTA.")
  var cache: String

  @Flag(help: "Keep only records whose FILTER is PASS.")
  var pass = false

  @Option(help: "Statistics of the records as read: bcftools stats' text, as by apus vcf stats.")
  var stats: String?

  @OptionGroup var out: VariantOutputOptions
  @OptionGroup var shared: SharedOptions

  func run() async throws {
    let (input, fasta, cache, pass, stats) = (input, fasta, cache, pass, stats)
    try await out.run(input, fasta: fasta, stats: stats, shared: shared) { job, resources in
      job.normalises = true
      job.splits = true
      job.passOnly = pass
      if stats != nil { job.stats = VariantStatsOptions() }
      job.annotator = try await consequenceAnnotator(
        cache: cache, reference: fasta, input: input, resources: resources)
    }
  }
}
