import Annotation
import ArgumentParser
import GenomicFiles
import Variants

/// `apus vcf process`.
struct ProcessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "process", abstract: "Check, select, normalise, split, annotate and count in one pass.",
    discussion: #"""
      Every record as read is held to the version of VCF that the file declares, as by apus vcf check. Errors end the run
      with 65; the first of each kind are listed on standard error. Warnings are counted.

      The bytes are those of apus vcf filter, apus vcf norm --split and, with a cache, apus vcf annotate one after the
      other, and --stats those of apus vcf stats of the input. Expressions see the records as they were read, before they are split.

      Example:
        apus vcf process S1.vcf.gz -f GRCh38.fa.gz -c GRCh38.cache --pass -i 'FMT/GQ>=20' -o S1.processed.vcf.gz \
          --json S1.json --stats S1.stats.txt
      """#)

  @Argument(help: "VCF, plain or compressed; - is standard input.")
  var input: String

  @Option(name: [.customShort("f"), .long], help: "Reference FASTA, plain or bgzipped.")
  var fasta: String

  @Option(
    name: [.customShort("c"), .long],
    help: "Annotation cache, made by apus cache build of the same FASTA; nothing is annotated without one.")
  var cache: String?

  @Option(help: "Statistics of the records as read: bcftools stats' text, as by apus vcf stats.")
  var stats: String?

  @Flag(help: "Warnings that Docs/vcf-check.md lists, such as keys that no header line declares, are errors.")
  var strict = false

  @Flag(help: "Leave out the check of the records against the version of VCF that the file declares.")
  var noCheck = false

  @OptionGroup(title: "Selection") var chosen: VariantSelectionOptions
  @OptionGroup(title: "Entries of CSQ") var entries: ConsequenceArguments
  @OptionGroup var out: VariantOutputOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if strict, noCheck { throw ValidationError("--strict needs the check that --no-check leaves out") }
  }

  func run() async throws {
    let (input, fasta, cache, chosen, stats) = (input, fasta, cache, chosen, stats)
    let (entries, shared) = (entries, shared)
    let check = noCheck ? nil : VariantCheckOptions(isStrict: strict)
    try await out.run(input, fasta: fasta, stats: stats, shared: shared) { job, resources in
      job.check = check
      job.normalises = true
      job.splits = true
      job.passOnly = chosen.pass
      job.selection = try await chosen.selection(input: input, resources)
      if stats != nil { job.stats = VariantStatsOptions() }
      if let cache {
        let annotator = try await consequenceAnnotator(
          cache: cache, reference: fasta, input: input, options: try await entries.options(resources),
          resources: resources)
        entries.warn(annotator, shared)
        job.annotator = annotator
      }
    }
  }
}
