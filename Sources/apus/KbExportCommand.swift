import ArgumentParser
import Batching
import GenomicFiles
import KnowledgeBase
import Workflow

extension KbCommand {
  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a base as a lake of Parquet files, or prove that one is the base's.",
      discussion: """
        Needs the duckdb command line. Observations and callable regions are partitioned by contig (contig=20/data.parquet)
        and sorted by place; people are numbers of the lake's own. The rows are read back, and must come to the base's digest.
        After a withdrawal export again: the next generation replaces the one before, and an older copy is refused (77).

        Example:
          apus kb export lab.kb --lake lake
          apus kb export lab.kb --lake lake --verify
        """)

    @Argument(help: "The base.")
    var kb: String

    @Option(help: "The lake's folder.")
    var lake: String

    @Flag(help: "Write nothing; prove that the lake holds what the base holds.")
    var verify = false

    @OptionGroup var shared: SharedOptions

    func run() async throws {
      let resources = shared.resources
      let (path, lake, isVerifying) = (try baseName(kb), lake, verify)
      try await interruptible(resources) {
        let summary = try await resources.blocking.run {
          let base = try KnowledgeBase(path: path)
          return isVerifying ? try base.verifyLake(lake) : try base.exportLake(to: lake)
        }
        print("generation\t\(summary.generation)")
        print("digest\t\(summary.digest)")
      }
    }
  }
}
