import ArgumentParser
import Batching
import GenomicFiles
import Interpretation
import Logging
import Workflow

/// `apus reanalyse`.
struct ReanalyseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reanalyse", abstract: "Tier stored cases again, and tell only those whose tiers change, and why.",
    discussion: """
      Works from the folders that apus run made, without sheet and raw data. Each case keeps what it was tiered by, but for
      what is given: another cache, panels in place of those of the same numbers, a test directory, a profile. A case whose
      tiers change gets new tiers and a draft, which is an amended one where its report is authorised; the others are not
      touched. A line a case that changes: its name, then how many variants rose, fell, appeared, vanished, and changed
      their basis alone; -o has each of them with its reasons.

      Example:
        apus reanalyse results/CASE1 results/CASE2 -c NEW.cache --old-cache OLD.cache -o changes.json
        apus reanalyse results/CASE1 -c GRCh38.cache --panel R27.json --directory directory.json --json
      """)

  @Argument(help: "Folders of cases, as apus run wrote them.")
  var cases: [String]

  @Option(name: [.customShort("c"), .long], help: "The annotation cache to tier by.")
  var cache: String

  @Option(help: "The cache that the cases were tiered by: only what differs between the two is looked at.")
  var oldCache: String?

  @Option(
    parsing: .upToNextOption,
    help: "Panels as PanelApp's API gives them, in place of those of the same numbers that a case was tiered by.")
  var panel: [String] = []

  @Option(help: "The test directory that tells the panels of a referral's test.")
  var directory: String?

  @Option(
    help:
      "\(TieringProfile.names.joined(separator: ", ")), or a file; without it the profile that each case was tiered by."
  )
  var profile: String?

  @Option(name: [.customShort("o"), .long], help: "Every change with its reasons, as JSON.")
  var output: String?

  @Flag(help: "Print the same on standard output instead of lines.")
  var json = false

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if cases.isEmpty { throw ValidationError("name one case's folder at least") }
  }

  func run() async throws {
    let resources = shared.resources
    let command = self
    try await interruptible(resources) { try await command.work(resources) }
  }

  private func work(_ resources: RunResources) async throws {
    try Outputs.refuse(
      [output].compactMap { $0 }, inputs: [cache] + panel + [oldCache, directory].compactMap { $0 }, force: shared.force
    )
    var options = ReanalysisOptions(
      cases: cases, cache: cache, issued: try Contributing.now(), logger: shared.logger)
    options.oldCache = oldCache
    options.panels = panel
    options.directory = directory
    if let name = profile {
      options.profile = try await resources.blocking.run {
        TieringProfile.names.contains(name) ? try TieringProfile.named(name) : try TieringProfile(file: name)
      }
    }
    let summary = try await reanalyse(options, resources: resources)
    for one in summary.cases {
      for warning in one.warnings { shared.logger.warning("\(warning)", metadata: ["case": "\(one.name)"]) }
      if let failure = one.failure { shared.logger.error("\(failure)", metadata: ["case": "\(one.name)"]) }
    }
    try await Outputs.write(output, try summary.json(), shared.force, resources)
    if json {
      print(String(decoding: try summary.json(), as: UTF8.self), terminator: "")
    } else {
      for one in summary.cases where one.state == .changed {
        let counts = TierChange.Direction.printed.map { "\($0.rawValue) \(one.count($0))" }
        print(([one.name] + counts).joined(separator: "\t"))
      }
    }
    // Told after everything that could be done.
    if let first = summary.cases.lazy.compactMap(\.error).first { throw first }
  }
}

extension TierChange.Direction {
  /// In the order of a line.
  fileprivate static let printed: [Self] = [.rose, .fell, .appeared, .vanished, .basis]
}
