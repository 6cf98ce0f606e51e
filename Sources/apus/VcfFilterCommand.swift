import ArgumentParser
import GenomicFiles
import Variants

/// `apus vcf filter`.
struct FilterCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "filter", abstract: "Keep records by an expression, by FILTER, by regions; keep samples.",
    discussion: """
      EXPR is bcftools' filter language (1.16); Docs/vcf-filter.md has it whole. A comparison with a missing value is
      false, but != is true: -i 'AF<0.01' drops a record without AF, and -e 'AF>=0.01' keeps it.

      Example:
        apus vcf filter S1.vcf.gz -i 'QUAL>30 && INFO/DP>10' -o S1.kept.vcf.gz
        apus vcf filter family.vcf.gz -e 'FMT/GQ<20 | FMT/DP<10' -s LOW -m + --samples child,mother -o out.vcf.gz
      """)

  @Argument(help: "VCF, plain or compressed; - is standard input.")
  var input: String

  @OptionGroup(title: "Selection") var chosen: VariantSelectionOptions
  @OptionGroup var out: VariantOutputOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if !chosen.asks { throw ValidationError("give -i, -e, --pass, -R, -T or --samples") }
  }

  func run() async throws {
    let (chosen, input) = (chosen, input)
    try await out.run(input, shared: shared) { job, resources in
      job.passOnly = chosen.pass
      job.selection = try await chosen.selection(input: input, resources)
    }
  }
}
