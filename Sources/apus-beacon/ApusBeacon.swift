import ApusVersion
import ArgumentParser
import BeaconService

/// The root of the command.
struct ApusBeacon: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apus-beacon",
    abstract: "Beacon v2 and web pages over a release of the knowledge base.",
    discussion: """
      Examples:
        apus-beacon token new --tokens tokens.json --role record --expires 2027-03-31
        apus-beacon --release release-2026-11 --tokens tokens.json --audit audit.jsonl

      It listens on 127.0.0.1 and speaks plain HTTP: put a proxy with TLS before it, and see Docs/beacon.md for one. Without
      --tokens nobody is answered but for what describes the service.

      Exit codes: 0 ended by a signal, every request answered; 64 usage; 65 no release, or a damaged one; 66 missing;
      69 the address is taken; 74 I/O error; 77 the release is not for research; 78 the file of tokens; 130 and 143
      ended by a signal, requests cut off.
      """,
    version: "apus-beacon \(apusVersion)",
    subcommands: [ServeCommand.self, TokenCommand.self], defaultSubcommand: ServeCommand.self)
}
