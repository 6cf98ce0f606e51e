import ArgumentParser
import Workloads

struct AlignmentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alignments", abstract: "A coordinate-sorted BAM with the true alignment of the same reads.",
    discussion: "Example: apus-workload alignments --reads 2000000 --out sample.bam --genome-out genome.fa.gz")

  @OptionGroup var output: OutputOptions
  @OptionGroup var genome: GenomeOptions
  @OptionGroup var sequencing: SequencingArguments

  @Option(help: "Primary reads, an even number.")
  var reads: Int

  @Option(name: .shortAndLong, help: "BAM with .bai, or .sam.")
  var out: String

  @Option(help: "Also write the genome here.")
  var genomeOut: String?

  func run() throws {
    guard reads > 1, reads % 2 == 0 else { throw ValidationError("--reads is an even number") }
    let sequencer = try sequencing.sequencer(genome, seed: output.seed)
    if let genomeOut { try sequencer.writeGenome(genomeOut, try output.compression()) }
    try sequencer.addAlignments(out, try output.compression())
    try sequencer.run(pairs: reads / 2)
  }
}
