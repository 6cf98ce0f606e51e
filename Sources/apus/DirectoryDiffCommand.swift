import ArgumentParser
import Batching
import GenomicFiles
import Genomics
import Service

extension DirectoryCommand {
  struct Diff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compare two versions, and find the cases that are affected.",
      discussion: """
        Lists tests that were added or removed, and what has changed about the others: the name, the method, the targets,
        eligibility, commissioning; apart from these the same method or the same targets written in another way.

        With --cases, reads the test code and directory version from every referral.json in a folder and its subfolders, and
        tells those whose test vanished or changed, and those that name a test of neither version or none at all.

        Example:
          apus directory diff D5.json D5.1.json
          apus directory diff D5.json D5.1.json --cases results --json
        """)

    @Argument(help: "The old version.")
    var old: String

    @Argument(help: "The new version.")
    var new: String

    @Option(help: "A folder of case folders.")
    var cases: String?

    @Flag(help: "Answer in JSON.")
    var json = false

    @OptionGroup var shared: SharedOptions

    func run() async throws {
      let resources = shared.resources
      let command = self
      let answer = try await resources.blocking.run { try command.answer() }
      if answer.old.kind != answer.new.kind {
        shared.warn(["one version is of \(answer.old.kind.rawValue), the other of \(answer.new.kind.rawValue)"])
      }
      print(json ? answer.json : answer.table, terminator: "")
    }

    private func answer() throws -> DirectoryDifferenceAnswer {
      let (before, after) = (try DirectoryCommand.read(old), try DirectoryCommand.read(new))
      let difference = DirectoryDifference(from: before, to: after)
      var orders: [DirectoryDifferenceAnswer.Order]?
      if let cases {
        orders = try referrals(in: cases).map { path in
          let order = try OrderedTest(referral: try readWhole(path), file: path)
          return .init(order: order, effect: order.effect(of: difference, from: before, to: after))
        }
      }
      return DirectoryDifferenceAnswer(old: before, new: after, difference: difference, orders: orders)
    }
  }
}
