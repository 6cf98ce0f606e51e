public import ArgumentParser
import GenomicFiles
import Variants

/// `apus vcf norm`.
struct NormCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "norm", abstract: "Left-align, trim, split or join, deduplicate; check REF.",
    discussion: """
      Splitting never invents a reference allele: in 1/2, the other allele becomes missing, and INFO/APUS_ORIG names the
      original record; --join makes it again, byte for byte. Symbolic alleles, breakends and reference blocks pass as they
      are, counted. Lines that are the same in every column are written once.

      Example:
        apus vcf norm S1.vcf.gz -f GRCh38.fa.gz --split -o S1.norm.vcf.gz --json S1.norm.json
      """)

  @Argument(help: "VCF or BCF, plain or compressed; - is standard input.")
  var input: String

  @Option(name: [.customShort("f"), .long], help: "Reference FASTA, plain or bgzipped.")
  var fasta: String

  @Flag(help: "Split multi-allelic records.")
  var split = false

  @Flag(help: "Make the records again that --split took apart; parts that changed since stay as they are, counted.")
  var join = false

  @Flag(help: "Take alleles of several changes apart, each with INFO/APUS_ATOM; splits multi-allelic records too.")
  var atomize = false

  @Option(
    help:
      "What a REF that differs from the FASTA does: error (refuse the file), warn (keep, count), exclude (drop, count)."
  )
  var checkRef: ReferenceCheck = .error

  @OptionGroup var out: VariantOutputOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if join, split || atomize { throw ValidationError("--join does not go with --split or --atomize") }
    if join, out.output.hasSuffix(".bcf") {
      throw ValidationError("--join does not write .bcf in this version; write .vcf.gz and convert it")
    }
  }

  func run() async throws {
    let (split, join, atomize, checkRef) = (split, join, atomize, checkRef)
    try await out.run(input, fasta: fasta, shared: shared) { job, _ in
      job.normalises = true
      job.splits = split
      job.joins = join
      job.atomizes = atomize
      job.referenceCheck = checkRef
    }
  }
}
