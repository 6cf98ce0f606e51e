import ArgumentParser
import Batching
import GenomicFiles
import Genomics
import KnowledgeBase
import Workflow

extension KbCommand {
  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Read everything, and compare it with what was added.",
      discussion: """
        Checks the pages of the file, the tables, the seals of rows, and makes every contribution again: it must have its
        digest, and give exactly the rows that are there. Ends with 65 where anything is wrong, and says what. In PostgreSQL
        pages are checked as they are read, where the cluster has data checksums.

        Example:
          apus kb verify lab.kb
        """)

    @Argument(help: "The base.")
    var kb: String

    @OptionGroup var shared: SharedOptions

    func run() async throws {
      let resources = shared.resources
      let path = try baseName(kb)
      try await interruptible(resources) {
        let found = try await resources.blocking.run { try KnowledgeBase(path: path).verify() }
        print("contributions\t\(found.contributions)")
        print("rows\t\(found.rows)")
        print("classifications\t\(found.classifications)")
        for problem in found.problems { print("problem\t\(problem)") }
        guard let digest = found.digest else {
          throw InputError(
            .checksum, at: InputLocation(file: KnowledgeBase.name(of: path)),
            "the base is damaged; \(found.problems.count) problems are listed",
            remedy: "restore it from a backup")
        }
        print("digest\t\(digest)")
      }
    }
  }

  struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Copy a base as it is now, also while it is in use.",
      discussion: """
        The copy is a base like the other, with its key: keep it as the other is kept. A withdrawal does not reach it. From
        and to PostgreSQL it is the way to move a base.

        Example:
          apus kb backup lab.kb -o lab-2026-11-22.kb
          apus kb backup postgresql://apus@db.example.org/lab -o lab-2026-11-22.kb
        """)

    @Argument(help: "The base.")
    var kb: String

    @Option(
      name: .shortAndLong, help: "The copy: a new file, or the address of a database without a base.")
    var output: String

    @OptionGroup var shared: SharedOptions

    func run() async throws {
      let resources = shared.resources
      let (path, output) = (try baseName(kb), output)
      try await interruptible(resources) {
        try await resources.blocking.run { try KnowledgeBase(path: path).backUp(to: output) }
      }
    }
  }
}
