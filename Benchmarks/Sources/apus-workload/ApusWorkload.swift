import ArgumentParser

/// The command that makes seeded test and benchmark inputs.
@main
struct ApusWorkload: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apus-workload",
    abstract: "Makes seeded synthetic sequencing data: the same seed gives the same bytes on every machine.",
    subcommands: [
      GenomeCommand.self, VariantsCommand.self, SomaticCommand.self, KnownCommand.self, ReadsCommand.self,
      AlignmentsCommand.self, CaseCommand.self, TrioCommand.self,
    ]
  )
}
