import ArgumentParser
import Workloads

struct KnownCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "known", abstract: "A source of known variants on a genome, sites only.",
    discussion: """
      Knows most alleles of the person that `variants` writes for the same FASTA, spacing and seed, and others.
      Example: apus-workload known --fasta genome.fa.gz --alleles 20000000 --kind frequency --out frequency.vcf.gz
      """)

  @OptionGroup var output: OutputOptions

  @Option(name: .shortAndLong, help: "VCF; .gz is BGZF with .tbi.")
  var out: String

  @Option(help: "The FASTA that REF matches.")
  var fasta: String

  @Option(help: "Alleles beside the person's.")
  var alleles = 1_000_000

  @Option(help: "frequency or clinical.")
  var kind = "frequency"

  @Option(help: "The share of the person's alleles that are known.")
  var known = 0.95

  @Option(help: "Mean distance between the person's sites in bases, as given to `variants`.")
  var spacing = 217.0

  func run() throws {
    guard let kind = KnownStream.Kind(rawValue: kind) else { throw ValidationError("--kind is frequency or clinical") }
    guard alleles > 0, (0...1).contains(known) else { throw ValidationError("--alleles is at least 1, --known 0 to 1") }
    let genome = try Genome.readFASTA(fasta)
    var options = VariationOptions()
    options.spacing = spacing
    let family = try Family.synthesise(
      name: "SYN-001", genome: genome, genes: [], childSex: .male, seed: output.seed, options: options)
    try KnownStream(genome: genome, family: family, alleles: alleles, known: known, kind: kind, seed: output.seed)
      .write(to: out, try output.compression())
  }
}
