import ArgumentParser
import Workloads

struct SomaticCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "somatic", abstract: "Calls of a tumour and its normal, as Mutect2 writes them.",
    discussion: """
      REF is the genome's. Samples are TUMOUR and NORMAL.
      Example: apus-workload somatic --fasta genome.fa --records 5000000 --out somatic.vcf.gz
      """)

  @OptionGroup var output: OutputOptions

  @Option(help: "The FASTA that REF is of.")
  var fasta: String

  @Option(help: "Records to make; a little fewer where the genome has N.")
  var records = 100_000

  @Option(name: .shortAndLong, help: "VCF; .gz is BGZF with .tbi.")
  var out: String

  func run() throws {
    guard records > 0 else { throw ValidationError("--records is at least 1") }
    try SomaticStream(genome: try Genome.readFASTA(fasta), records: records, seed: output.seed).write(
      to: out, try output.compression())
  }
}
