import ArgumentParser

/// `apus bam`.
struct BamCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bam", abstract: "Decode alignments once and count everything asked for.",
    discussion: """
      Examples:
        apus bam S1.bam --out-prefix S1
        apus bam S1.bam --out-prefix S1 -f GRCh38.fa --sites common.vcf.gz --genes genes.gff3 --policy gel-rare-disease
        apus bam compare S1.fingerprint S2.fingerprint
      `apus bam process --help` lists all options.
      """, subcommands: [BamProcessCommand.self, BamCompareCommand.self], defaultSubcommand: BamProcessCommand.self)
}
