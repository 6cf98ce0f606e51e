import Annotation
import ArgumentParser
import GenomicFiles
import Variants

/// `apus vcf process`.
struct ProcessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "process", abstract: "Select, normalise, split, annotate and count in one pass.",
    discussion: #"""
      The bytes are those of apus vcf filter, apus vcf norm --split and apus vcf annotate one after the other, and
      --stats those of apus vcf stats of the input. Expressions see the records as they were read, before they are split.

      Example:
        apus vcf process S1.vcf.gz -f GRCh38.fa.gz -c GRCh38.cache --pass -i 'FMT/GQ>=20' -o S1.processed.vcf.gz \
          --json S1.json --stats S1.stats.txt
      """#)

  @Argument(help: "VCF, plain or compressed; - is standard input.")
  var input: String

  @Option(name: [.customShort("f"), .long], help: "Reference FASTA, plain or bgzipped.")
  var fasta: String

  @Option(name: [.customShort("c"), .long], help: "Annotation cache, made by apus cache build of the same FASTA.")
  var cache: String

  @Option(help: "Statistics of the records as read: bcftools stats' text, as by apus vcf stats.")
  var stats: String?

  @OptionGroup(title: "Selection") var chosen: VariantSelectionOptions
  @OptionGroup var out: VariantOutputOptions
  @OptionGroup var shared: SharedOptions

  func run() async throws {
    let (input, fasta, cache, chosen, stats) = (input, fasta, cache, chosen, stats)
    try await out.run(input, fasta: fasta, stats: stats, shared: shared) { job, resources in
      job.normalises = true
      job.splits = true
      job.passOnly = chosen.pass
      job.selection = try await chosen.selection(input: input, resources)
      if stats != nil { job.stats = VariantStatsOptions() }
      job.annotator = try await consequenceAnnotator(
        cache: cache, reference: fasta, input: input, resources: resources)
    }
  }
}
