import ArgumentParser

/// The loops of `HotLoops`, each as a process of its own.
@main
struct ApusHotLoops: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apus-hotloops", abstract: "The loops whose instructions are held to the committed thresholds.",
    discussion: "Run by Scripts/bench --check; see Docs/benchmark.md.",
    subcommands: [ListCommand.self, PrepareCommand.self, CountCommand.self])
}
