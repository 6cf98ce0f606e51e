import ArgumentParser
import Batching
import GenomicFiles
import Service
import Workflow

extension CaseCommand {
  /// `apus case crate`.
  struct Crate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Describe a case's folder as a Workflow Run RO-Crate.",
      discussion: """
        Writes ro-crate-metadata.json beside the case's results, from manifest.json: what was made, from what, by which
        versions and options, each file with its SHA-256 (RO-Crate 1.1, Process Run Crate 0.5). Every output is hashed first;
        one that is not the file that the manifest names ends with 65, and so does a run that did not end.

        Example:
          apus case crate results/CASE1
          apus case crate results/CASE1 --laboratory 'Example Genomic Laboratory Hub' --date 2026-03-10
        """)

    @Argument(help: "The case's folder.")
    var caseFolder: String

    @Option(help: "The day that the crate gives as its own, YYYY-MM-DD; today without it.")
    var date: String?

    @Option(help: "The organisation that ran the case; the crate names none without it.")
    var laboratory: String?

    @OptionGroup var shared: SharedOptions

    func validate() throws {
      if let date, CalendarDate(date) == nil { throw ValidationError("--date takes a day, YYYY-MM-DD") }
      if let laboratory {
        guard laboratory.contains(where: { !$0.isWhitespace }) else { throw ValidationError("--laboratory is empty") }
        guard !NHSNumber.mayStand(in: laboratory) else {
          throw ValidationError("--laboratory could hold an NHS number")
        }
      }
    }

    func run() async throws {
      let resources = shared.resources
      let command = self
      let today = try Contributing.today()
      let day = date.flatMap { CalendarDate($0) } ?? today
      try await interruptible(resources) {
        let registry = resources.outputs
        let crate = try await resources.blocking.run {
          try CaseCrate.write(
            folder: command.caseFolder, date: day, laboratory: command.laboratory, force: command.shared.force,
            registry: registry)
        }
        print("crate\t\(crate.caseName)\t\(crate.files) files\t\(crate.actions) actions\t\(crate.path)")
      }
    }
  }
}
