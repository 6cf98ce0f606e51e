import ArgumentParser
import Batching
import GenomicFiles
import KnowledgeBase
import Service
import Workflow

extension KbCommand {
  struct Release: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a release: rounded figures that nothing small follows from.",
      discussion: """
        Writes frequencies.vcf.gz with its index, frequencies.json.gz, release.sqlite (for apus-beacon) and release.json. The
        base's ledger is asked first: where since any earlier release fewer people came or left than the policy's minimum,
        nothing is written, and the command ends with 77. Options only tighten the policy. Docs/release.md has the argument.

        Example:
          apus kb release lab.kb -o release-2026-11 --policy nhs-central
        """)

    @Argument(help: "The base, for research.")
    var kb: String

    @Option(name: .shortAndLong, help: "The release's folder; it appears when it is whole.")
    var output: String

    @Option(help: "nhs-central, gel-airlock, or the file of a policy that tightens one of them.")
    var policy: String = "nhs-central"

    @Option(help: "A larger least number of people than the policy's.")
    var minimum: Int?

    @Option(help: "A coarser rounding than the policy's: a multiple of it.")
    var rounding: Int?

    @Option(help: "The dimension whose strata are published: one for all releases of the base, settled by the first.")
    var by: String?

    @Option(help: "The day that the release names, YYYY-MM-DD; today's by default.")
    var date: String?

    @Flag(help: "Write frequencies.parquet too, by the duckdb command line.")
    var parquet = false

    @OptionGroup var shared: SharedOptions

    func run() async throws {
      let resources = shared.resources
      let command = self
      let path = try baseName(kb)
      let today = try Contributing.today()
      guard let created = date.map({ CalendarDate($0) }) ?? today else {
        throw RunError(.usage, "--date takes a day that exists as YYYY-MM-DD; correct it")
      }
      try await interruptible(resources) {
        let options = ReleaseOptions(
          policy: try await resources.blocking.run { try ReleasePolicy(command.policy) }, minimum: command.minimum,
          rounding: command.rounding, dimension: command.by)
        let summary = try await KnowledgeBase.release(
          path, to: command.output, options: options, created: created, today: today, parquet: command.parquet,
          force: command.shared.force, resources: resources)
        print("release\t\(summary.release)")
        print("variants\t\(summary.variants)")
        if summary.isRepeated { print("note\tan earlier release again: the same people and the same options") }
        if summary.hasWaiting { print("note\tpeople who came since wait until there are enough of them") }
      }
    }
  }

  struct Ledger: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The releases that were made of a base, and which are superseded.",
      discussion: """
        A line a release: its name, day, policy, minimum, rounding, dimension and number of alleles; then "current", or
        "superseded", and "holds-withdrawn" where people of it have withdrawn since: who has a copy should take the newer.

        Example:
          apus kb ledger lab.kb
        """)

    @Argument(help: "The base.")
    var kb: String

    @OptionGroup var shared: SharedOptions

    func run() async throws {
      let resources = shared.resources
      let path = try baseName(kb)
      try await interruptible(resources) {
        let entries = try await resources.blocking.run { try KnowledgeBase(path: path).releases() }
        for entry in entries {
          let state = (entry.isSuperseded ? "superseded" : "current") + (entry.holdsWithdrawn ? ",holds-withdrawn" : "")
          print(
            [
              entry.release, entry.created, entry.policy, "\(entry.minimum)", "\(entry.rounding)", entry.partition,
              "\(entry.variants)", state,
            ].joined(separator: "\t"))
        }
      }
    }
  }
}
