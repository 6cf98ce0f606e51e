import ArgumentParser
import Batching
import GenomicFiles
import Genomics
import KnowledgeBase
import Reports
import Service
import Workflow

extension KbCommand {
  struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Yield, rejections and turnaround by indication and laboratory, region or Trust, on one page.",
      discussion: """
        Findings are counted among the probands of the base; rejections and turnaround among referrals, which are in no base:
        those of the cases (--cases, folders of apus run or of single cases) and of folders of referrals (--referrals). Each
        referral counts once, by its identifier; that of --referrals before that of a case. Categories of turnaround need the
        test directory (-d); what is not established or not known is unknown, and never in time.

        Every number is rounded, and none follows below the policy's minimum: see Docs/variation.md, also for what pages by
        two dimensions, or of two dates, would tell together. The page, --json and --tsv hold the same figures.

        Example:
          apus kb report lab.kb --cases results --referrals referrals -d directory.json --by trust -o report.html
        """)

    @Argument(help: "The base.")
    var kb: String

    @Option(parsing: .upToNextOption, help: "Case folders, or folders that hold them.")
    var cases: [String] = []

    @Option(parsing: .upToNextOption, help: "Folders of referrals (apus-referral/1), or single ones.")
    var referrals: [String] = []

    @Option(help: "What is compared: laboratory, region or trust.")
    var by: String = "laboratory"

    @Option(help: "nhs-central, gel-airlock, or the file of a policy that tightens one of them.")
    var policy: String = "nhs-central"

    @Option(help: "A larger least number of people than the policy's.")
    var minimum: Int?

    @Option(name: .shortAndLong, help: "The page.")
    var output: String

    @Option(name: .customLong("json"), help: "The figures as JSON.")
    var jsonFile: String?

    @Option(help: "The figures as a table.")
    var tsv: String?

    @OptionGroup var options: ReferralOptions

    @OptionGroup var shared: SharedOptions

    func validate() throws {
      guard VariationReport.Dimension(rawValue: by) != nil else {
        throw ValidationError("--by takes laboratory, region or trust")
      }
    }

    func run() async throws {
      let resources = shared.resources
      let command = self
      let path = try baseName(kb)
      let moment = try options.moment()
      let outputs = [output, jsonFile, tsv].compactMap { $0 }
      try Outputs.refuse(
        outputs, inputs: [kb] + cases + referrals + [options.directory].compactMap { $0 }, force: shared.force)
      try await interruptible(resources) {
        let answer = try await resources.blocking.run {
          let base = try KnowledgeBase(path: path)
          let report = try VariationReport(
            yield: try base.yield(by: command.by),
            referrals: command.cases.isEmpty && command.referrals.isEmpty
              ? nil : try VariationSources(command, moment).outcomes(),
            by: VariationReport.Dimension(rawValue: command.by) ?? .laboratory,
            policy: try ReleasePolicy(command.policy), minimum: command.minimum)
          return VariationAnswer(report: report, day: moment.day.description)
        }
        let page = try VariationPage(answer: answer).html()
        try await Outputs.write(command.output, Array(page.utf8), command.shared.force, resources)
        try await Outputs.write(command.jsonFile, answer.json.bytes, command.shared.force, resources)
        try await Outputs.write(command.tsv, Array(answer.table.utf8), command.shared.force, resources)
      }
    }
  }
}

/// The referrals of a report, each once.
struct VariationSources {
  private let cases: [String]
  private let folders: [String]
  private let directory: TestDirectory?
  private let laboratories: Laboratories
  private let moment: AsOf
  private let now: ZonedTime
  private let gate: ReferralCheck.Options

  init(_ command: KbCommand.Report, _ moment: AsOf) throws {
    cases = command.cases
    folders = command.referrals
    directory = try command.options.directory.map { try TestDirectory(json: try readWhole($0), file: $0) }
    laboratories = try command.options.table()
    gate = command.options.gate
    self.moment = moment
    let second = ((moment.secondsSince1970 % 86_400) + 86_400) % 86_400
    let digits = [second / 3600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    guard let day = CalendarDate(secondsSince1970: moment.secondsSince1970),
      let now = ZonedTime("\(day)T\(digits.joined(separator: ":"))Z")
    else { throw RunError(.usage, "--as-of lies beyond the calendar; correct it") }
    self.now = now
  }

  private func judged(_ referral: Referral) -> ReferralOutcome {
    ReferralOutcome(
      referral, directory: directory, laboratories: laboratories, asOf: moment, now: now, options: gate)
  }

  /// Reads and judges them. Blocks.
  /// - Throws: `InputError` for files that are none, and for one referral in two files that differ.
  func outcomes() throws -> [ReferralOutcome] {
    var seen: [String: (file: String, digest: String)] = [:]
    var outcomes: [ReferralOutcome] = []
    for file in try folders.flatMap(Self.files) {
      let bytes = try readWhole(file)
      let referral = try Referral(parsing: bytes, path: file)
      let digest = try fileDigest(file).sha256
      let key = Self.key(referral, digest)
      if let other = seen[key] {
        guard other.digest == digest else {
          throw InputError(
            .mismatch, at: InputLocation(file: file), "it is the referral of \(other.file), with other content",
            remedy: "give one of them")
        }
        continue
      }
      seen[key] = (file, digest)
      outcomes.append(judged(referral))
    }
    for folder in try cases.flatMap(Self.caseFolders) {
      let one = try CaseReferralFile(path: folder)
      if let referral = one.referral {
        let key = Self.key(referral.content, referral.sha256)
        guard seen[key] == nil else { continue }
        seen[key] = (referral.file, referral.sha256)
      }
      outcomes.append(one.outcome(judged))
    }
    return outcomes
  }

  private static func key(_ referral: Referral, _ digest: String) -> String {
    referral.referral.map { "referral \($0)" } ?? referral.order.map { "order \($0)" } ?? "file \(digest)"
  }

  private static func files(_ path: String) throws -> [String] {
    if case .file = content(at: path) { return [path] }
    return try jsonFiles(in: path).map { path + (path.hasSuffix("/") ? "" : "/") + $0 }
  }

  /// The folder itself, where it is a case's; else those in it that are.
  private static func caseFolders(_ path: String) throws -> [String] {
    let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    if case .file = content(at: path + "/case.json") { return [path] }
    let found = try folderNames(in: path).map { "\(path)/\($0)" }.filter {
      if case .file = content(at: $0 + "/case.json") { true } else { false }
    }
    guard !found.isEmpty else {
      throw InputError(
        .unreadable, at: InputLocation(file: path), "there is no case in the folder",
        remedy: "give a folder that apus run wrote")
    }
    return found
  }
}
