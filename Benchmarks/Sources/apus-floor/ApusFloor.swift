import ArgumentParser

/// The command that measures floors: what decompressing and reading cost before anything is computed.
@main
struct ApusFloor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apus-floor",
    abstract: "Reads a file with Apus's readers and counts; time it from outside.",
    subcommands: [
      InflateCommand.self, ScanVCFCommand.self, ScanFASTQCommand.self, ScanBAMCommand.self,
      RecompressCommand.self,
    ]
  )
}
