import ArgumentParser
import Batching
import GenomicFiles
import KnowledgeBase
import Service
import Workflow

/// `apus case`.
struct CaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "case", abstract: "What people decide about a case, and what they pass on of it.",
    discussion: """
      Example:
        apus case release results/CASE1 --by 'A. Scientist' --reason 'relabelled tube, see incident 12'
        apus case report results/CASE1 --final --by 'A. Scientist'
        apus case crate results/CASE1
      """,
    subcommands: [Release.self, Report.self, Crate.self])
}

extension CaseCommand {
  struct Release: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Let a case on HOLD go on, in somebody's name and for a reason.",
      discussion: """
        Writes release.json beside the case's results, which stay as they are. It holds for these results alone: a case that
        is run again with others is held again.

        Example:
          apus case release results/CASE1 --by 'A. Scientist' --reason 'relabelled tube, see incident 12'
        """)

    @Argument(help: "The case's folder.")
    var caseFolder: String

    @Option(help: "Who releases it.")
    var by: String

    @Option(help: "Why.")
    var reason: String

    @OptionGroup var shared: SharedOptions

    func validate() throws {
      for (name, value) in [("--by", by), ("--reason", reason)] {
        guard value.contains(where: { !$0.isWhitespace }) else { throw ValidationError("\(name) is empty") }
        guard !NHSNumber.mayStand(in: value) else { throw ValidationError("\(name) could hold an NHS number") }
      }
    }

    func run() async throws {
      let resources = shared.resources
      let command = self
      let today = try Contributing.today()
      try await interruptible(resources) {
        let registry = resources.outputs
        let release = try await resources.blocking.run {
          try CaseRelease.record(
            folder: command.caseFolder, by: command.by, reason: command.reason, date: today, registry: registry)
        }
        print("released\t\(release.caseName)\t\(command.caseFolder)/release.json")
      }
    }
  }
}
