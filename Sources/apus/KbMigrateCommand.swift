import ApusVersion
import ArgumentParser
import Batching
import GenomicFiles
import KnowledgeBase
import Workflow

extension KbCommand {
  struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Bring a base of an older format to this one.",
      discussion: """
        No other command changes a base's format: they refuse one of another format (78). All steps are one transaction, and
        everything is verified in it: the digest is what it was, or the base stays as it was. One that has this format already
        is not changed. A base of a newer format than this version of Apus knows is refused.

        --backup keeps a copy of the base as it was, with its key: keep it as the base is kept, and destroy it when people
        withdraw. In PostgreSQL use the server's own tools before (pg_dump --schema=apus).

        Example:
          apus kb migrate lab.kb --backup lab-format-3.kb
        """)

    @Argument(help: "The base.")
    var kb: String

    @Option(help: "Keep a copy of the base as it was: a new file.")
    var backup: String?

    @OptionGroup var shared: SharedOptions

    func run() async throws {
      let resources = shared.resources
      let (path, backup) = (try baseName(kb), backup)
      try await interruptible(resources) {
        let today = try Contributing.today()
        let found = try await resources.blocking.run {
          try KnowledgeBase.migrate(path: path, backup: backup, today: today, program: apusVersion)
        }
        print("format\t\(found.to)")
        if found.steps.isEmpty { print("changed\tnothing: the base has this format already") }
        for step in found.steps { print("step\t\(step)") }
        print("digest\t\(found.digest)")
        if !found.steps.isEmpty { print("backup\t\(found.isBackedUp ? backup ?? "" : "none was asked for")") }
      }
    }
  }
}
