import ApusVersion
import ArgumentParser
import Workflow

/// The root of the command.
struct Apus: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apus",
    abstract: "From raw reads to a national knowledge base: quality, alignments and variants of whole genomes.",
    discussion: """
      Example:
        apus run --samplesheet samples.csv -f GRCh38.fa.gz --out results

      Exit codes: 0 done; 3 verdict with --fail-on; 64 usage; 65 input data; 66 input missing; 70 a bug in Apus;
      73 output exists or cannot be created; 74 I/O error; 75 temporary; 77 not permitted; 78 configuration;
      130 and 143 interrupted.
      """,
    version: "apus \(apusVersion)",
    subcommands: [
      RunCommand.self, FastqCommand.self, BamCommand.self, VcfCommand.self, CacheCommand.self, CaseCommand.self,
      KbCommand.self, DirectoryCommand.self, TierCommand.self, CascadeCommand.self, ReferralCommand.self,
      PgxCommand.self, CancerCommand.self, ReanalyseCommand.self, SelftestCommand.self,
    ])
}
