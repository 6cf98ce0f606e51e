import ArgumentParser
import Workloads

struct ReadsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reads", abstract: "Illumina-like paired FASTQ.",
    discussion: "Example: apus-workload reads --pairs 1000000 --out-1 r1.fastq.gz --out-2 r2.fastq.gz")

  @OptionGroup var output: OutputOptions
  @OptionGroup var genome: GenomeOptions
  @OptionGroup var sequencing: SequencingArguments

  @Option(help: "Pairs to make, exactly.")
  var pairs: Int

  @Option(
    name: [.customLong("out-1"), .customShort("1")], help: "First mates; .gz is BGZF unless --container says so.")
  var first: String

  @Option(
    name: [.customLong("out-2"), .customShort("2")], help: "Second mates; interleaved into the first without it.")
  var second: String?

  func run() throws {
    guard pairs > 0 else { throw ValidationError("--pairs is at least 1") }
    let sequencer = try sequencing.sequencer(genome, seed: output.seed)
    try sequencer.addFASTQ([(first, second)], try output.compression())
    try sequencer.run(pairs: pairs)
  }
}
