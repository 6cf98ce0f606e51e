import ArgumentParser
import Workloads

struct GenomeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "genome", abstract: "A reference genome, and genes planted into it.",
    discussion: "Example: apus-workload genome --contigs 20:5M,X:1M,MT:16569 --out genome.fa.gz --genes genes.gff3")

  @OptionGroup var output: OutputOptions
  @OptionGroup var genome: GenomeOptions

  @Option(name: .shortAndLong, help: "FASTA; .gz is BGZF. Its .fai (and .gzi) are written too.")
  var out: String

  @Option(help: "GFF3 of the planted genes; none are planted without it.")
  var genes: String?

  @Option(help: "Bases from one gene's slot to the next.")
  var geneSpacing = 40_000

  func run() throws {
    var sequence = Genome.synthesise(seed: output.seed, contigs: try genome.specifications())
    if let genes {
      let planted = Gene.plant(in: &sequence, seed: output.seed, spacing: geneSpacing)
      try Gene.writeGFF3(planted, genome: sequence, to: genes, try output.compression())
    }
    try sequence.writeFASTA(out, try output.compression())
  }
}
