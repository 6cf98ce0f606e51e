import ArgumentParser
import Batching
import GenomicFiles
import KnowledgeBase
import Service
import Workflow

extension CaseCommand {
  /// `apus case report`.
  struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Authorise a case's report, or begin an amended one.",
      discussion: """
        apus run drafts report.html, report.json and, where the referral has what it needs, report.fhir.json. --final
        authorises the draft in somebody's name: the version stays as report.vN.html and report.vN.json. --amend begins a new
        draft in its place, for a reason. A case on HOLD has to be released first.

        Example:
          apus case report results/CASE1 --final --by 'A. Scientist'
          apus case report results/CASE1 --amend --reason 'a relative was tested'
        """)

    @Argument(help: "The case's folder.")
    var caseFolder: String

    @Flag(help: "Authorise the draft.")
    var final = false

    @Flag(help: "Begin an amended draft.")
    var amend = false

    @Option(help: "Who authorises it.")
    var by: String?

    @Option(help: "Why it is amended.")
    var reason: String?

    @OptionGroup var shared: SharedOptions

    func validate() throws {
      guard final != amend else { throw ValidationError("give --final or --amend") }
      if final, by == nil || reason != nil { throw ValidationError("--final needs --by, and takes no --reason") }
      if amend, reason == nil || by != nil { throw ValidationError("--amend needs --reason, and takes no --by") }
      for (name, value) in [("--by", by), ("--reason", reason)] {
        guard let value else { continue }
        guard value.contains(where: { !$0.isWhitespace }) else { throw ValidationError("\(name) is empty") }
        guard !NHSNumber.mayStand(in: value) else { throw ValidationError("\(name) could hold an NHS number") }
      }
    }

    func run() async throws {
      let resources = shared.resources
      let folder = caseFolder.count > 1 && caseFolder.hasSuffix("/") ? String(caseFolder.dropLast()) : caseFolder
      let step: ClinicalReport.Step = final ? .authorise(by: by ?? "") : .amend(reason: reason ?? "")
      let (day, now) = (try Contributing.today(), try Contributing.now())
      try await interruptible(resources) {
        let registry = resources.outputs
        let report = try await resources.blocking.run {
          let isReleased = try CaseRelease.holds(for: try readWhole(folder + "/manifest.json"), in: folder)
          return try ClinicalReport.take(
            step, in: folder, issued: now, day: day, isReleased: isReleased, registry: registry)
        }
        print("\(report.status.rawValue)\tversion \(report.version)\t\(folder)/report.html")
      }
    }
  }
}
