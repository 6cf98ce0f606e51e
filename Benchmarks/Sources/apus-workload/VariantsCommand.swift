import ArgumentParser
import Workloads

struct VariantsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "variants", abstract: "WGS-like VCF records, GATK-style.",
    discussion: """
      Without --fasta any number of records on GRCh38's chromosome lengths, REF synthetic. With --fasta the variants of
      one synthetic person on that genome; REF matches, and the genome's size decides how many there are.
      Example: apus-workload variants --records 1000000 --out wgs.vcf.gz
      """)

  @OptionGroup var output: OutputOptions

  @Option(name: .shortAndLong, help: "VCF; .gz is BGZF with .tbi.")
  var out: String

  @Option(help: "Records to make.")
  var records = 100_000

  @Option(help: "A FASTA that REF must match.")
  var fasta: String?

  @Option(help: "Samples; with --fasta and more than one, --records records whose alleles are drawn on its bases.")
  var samples = 1

  @Option(help: "Mean distance between sites in bases (with --fasta, one sample); a person carries about 0.3 of them.")
  var spacing = 217.0

  @Flag(help: "A trio (with --fasta).")
  var trio = false

  @Flag(help: "Phased genotypes (with --fasta).")
  var phased = false

  func run() throws {
    guard records > 0, samples > 0 else { throw ValidationError("--records and --samples are at least 1") }
    guard spacing >= 10 else { throw ValidationError("--spacing is at least 10") }
    let genome = try fasta.map { try Genome.readFASTA($0) }
    if let genome, samples == 1 {
      var options = VariationOptions()
      options.spacing = spacing
      let family = try Family.synthesise(
        name: "SYN-001", genome: genome, genes: [], childSex: .male, seed: output.seed, options: options)
      try family.writeVCF(
        trio ? [.child, .mother, .father] : [.child], genome: genome, to: out, phased: phased, seed: output.seed,
        try output.compression())
    } else {
      let names = samples == 1 ? ["SYN-001-P"] : (1...samples).map { "SYN-\($0)-P" }
      try VariantStream(records: records, samples: names, seed: output.seed, genome: genome).write(
        to: out, try output.compression())
    }
  }
}
