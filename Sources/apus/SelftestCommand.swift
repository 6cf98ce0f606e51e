import ArgumentParser
import Batching
import GenomicFiles
import KnowledgeBase
import Reports
import Workflow

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `apus selftest`.
struct SelftestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "selftest",
    abstract: "Check this installation: the whole way on a made-up family, held against what is known.",
    discussion: """
      Needs no file: the family, its genome and its reads are made up. The program is run command by command, and its exit
      codes, figures, names, tiers and the digests of its outputs are held against what was planted, and against what was
      accepted for this version. It shows that the installation does what the version did when it was tested, and nothing
      about a laboratory's own samples.

      Prints a table of parts and checks with what was expected and found. 0 where all pass; 70 where one fails, which is a
      damaged installation or a bug.

      Example:
        apus selftest
        apus selftest --json selftest.json --stamp
        apus selftest --data TestData
        apus selftest --digests accepted.tsv
        apus selftest --expected accepted.tsv
      """)

  @Option(help: "The record as JSON (apus-selftest/1).")
  var json: String?

  @Flag(help: "Put the time into the record; without it the same installation gives the same record.")
  var stamp = false

  @Option(help: "Keep the files of the check in this folder, which has to be new or empty.")
  var out: String?

  @Option(help: "TestData of this version's source tree: its trio is run too, and held against its list.")
  var data: String?

  @Option(
    help:
      "Hold digests against this list, such as your laboratory's own of its verification, instead of the built-in one.")
  var expected: String?

  @Option(help: "Write the list of digests that were found.")
  var digests: String?

  @OptionGroup var shared: SharedOptions

  func run() async throws {
    let resources = shared.resources
    let job = self
    try await interruptible(resources) { try await job.work(resources) }
  }

  private func work(_ resources: RunResources) async throws {
    try Outputs.refuse([json, digests].compactMap { $0 }, inputs: [expected].compactMap { $0 }, force: shared.force)
    let job = self
    let moment = stamp ? try Contributing.now() : nil
    let registry = resources.outputs
    let threads = resources.budget.threads
    let report = try await resources.blocking.run {
      let accepted = try job.expected.map { path in
        (
          name: String(path.split(separator: "/").last ?? "-"),
          digests: try Selftest.digests(try readWhole(path), path: path)
        )
      }
      let folder = try job.preparedFolder()
      defer { if job.out == nil { try? FileManager.default.removeItem(atPath: folder) } }
      return try Selftest.run(
        in: folder, threads: threads, expected: accepted, data: job.data, parts: LibraryVersions.parts + [storage],
        moment: moment,
        registry: registry)
    }
    print(report.table, terminator: "")
    try await Outputs.write(json, try report.json().bytes, shared.force, resources)
    try await Outputs.write(digests, Array(report.digestList.utf8), shared.force, resources)
    guard report.passed else {
      let failed = report.failures.map(\.id).joined(separator: ", ")
      throw RunError(
        .internalFault,
        "\(report.failures.count) of \(report.checks.count) checks failed: \(failed); install the version again, and report it where they fail still"
      )
    }
  }

  /// The folder of the check, which has nothing in it.
  private func preparedFolder() throws -> String {
    guard let out else {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("apus-selftest-\(UUID().uuidString)")
        .path
      try makeFolder(folder)
      return folder
    }
    switch content(at: out) {
    case .absent, .emptyFolder: break
    case .folder, .file:
      throw OutputError(.exists, path: out, reason: "exists and is not an empty folder", remedy: "name a new folder")
    }
    try makeFolder(out)
    return out
  }
}

/// The store of knowledge bases.
private var storage: SelftestReport.Part { SelftestReport.Part(name: "SQLite", version: sqliteVersion) }
