import ArgumentParser

/// `apus fastq`.
struct FastqCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fastq", abstract: "Check, trim, filter and count reads.",
    discussion: """
      Examples:
        apus fastq -i S1_R1.fastq.gz -I S1_R2.fastq.gz --json S1.reads.json --html S1.reads.html
        apus fastq -i S1_R1.fastq.gz -I S1_R2.fastq.gz -o S1.R1.fastq.gz -O S1.R2.fastq.gz --cut-right
      `apus fastq process --help` lists all options.
      """, subcommands: [FastqProcessCommand.self, FastqMergeCommand.self], defaultSubcommand: FastqProcessCommand.self)
}
