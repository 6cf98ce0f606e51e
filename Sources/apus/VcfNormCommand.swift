public import ArgumentParser
import GenomicFiles
import Variants

/// `apus vcf norm`.
struct NormCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "norm", abstract: "Left-align, trim, split; check REF.",
    discussion: """
      Splitting never invents a reference allele: in 1/2, the other allele becomes missing, and INFO/APUS_ORIG names the
      original record. Symbolic alleles, breakends and reference blocks pass as they are, counted.

      Example:
        apus vcf norm S1.vcf.gz -f GRCh38.fa.gz --split -o S1.norm.vcf.gz --json S1.norm.json
      """)

  @Argument(help: "VCF, plain or compressed; - is standard input.")
  var input: String

  @Option(name: [.customShort("f"), .long], help: "Reference FASTA, plain or bgzipped.")
  var fasta: String

  @Flag(help: "Split multi-allelic records.")
  var split = false

  @Option(
    help:
      "What a REF that differs from the FASTA does: error (refuse the file), warn (keep, count), exclude (drop, count)."
  )
  var checkRef: ReferenceCheck = .error

  @OptionGroup var out: VariantOutputOptions
  @OptionGroup var shared: SharedOptions

  func run() async throws {
    let (split, checkRef) = (split, checkRef)
    try await out.run(input, fasta: fasta, shared: shared) { job, _ in
      job.normalises = true
      job.splits = split
      job.referenceCheck = checkRef
    }
  }
}
