import GenomicFiles
import Genomics
import Service

/// The referral of a case, checked against the test directory for the moment that the run is told for.
struct CaseReferral: Sendable {
  /// The file with its digest.
  let file: Manifest.File
  let referral: Referral
  let check: ReferralCheck
  /// The directory's version; nil where none was given.
  let directoryVersion: String?
  /// Which directory that is.
  let directoryKind: TestDirectory.Kind?
  /// The test in the directory; nil where none was given, or it has no such test.
  let test: DirectoryTest?
  let clocks: [CaseClock]
  let asOf: String

  /// Reads and checks a referral. Blocks.
  /// - Throws: `InputError` for a file that is none.
  /// - Parameter directories: the first that has the referral's test counts, or the first of all.
  init(path: String, directories: [TestDirectory], asOf text: String, allowsTestNumbers: Bool) throws {
    guard let asOf = AsOf(text), let now = ZonedTime(text) else {
      throw RunError(.usage, "--as-of takes a moment with its zone, such as 2026-11-22T09:30:00+00:00")
    }
    let bytes = try readWhole(path)
    let (size, sha256) = try fileDigest(path)
    file = Manifest.File(path: path, bytes: size, sha256: sha256)
    referral = try Referral(parsing: bytes, path: path)
    let code = referral.test.code
    let directory =
      directories.first { one in code.flatMap { one.test(code: $0) } != nil } ?? directories.first
    check = ReferralCheck(
      referral, directory: directory.map { ReferralDirectory($0) }, asOf: asOf,
      options: .init(allowsTestNumbers: allowsTestNumbers))
    directoryVersion = directory?.version
    directoryKind = directory?.kind
    test = referral.test.code.flatMap { directory?.test(code: $0) }
    clocks = Self.clocks(referral, test, now)
    self.asOf = text
  }

  /// Every table's standards of the test, side by side: two hubs may quote different ones on one day.
  private static func clocks(_ referral: Referral, _ test: DirectoryTest?, _ now: ZonedTime) -> [CaseClock] {
    let standards = TurnaroundStandards.builtIn
    let urgency = referral.urgency.map { $0 == .routine ? "routine" : "urgent" }
    return standards.tables.flatMap { table -> [CaseClock] in
      guard let day = now.dayInEngland, let test, let urgency,
        let categories = TurnaroundCategories.builtIn.categories(table: table, method: test.method, urgency: urgency)
      else { return [CaseClock(table: table)] }
      return categories.map { category in
        let standard = standards.standard(table: table, category: category, on: day)
        return CaseClock(
          table: table, category: category, standard: standard?.days,
          state: standard?.state(of: referral.events, at: now))
      }
    }
  }

  /// The rules that a referral adds to its case.
  func rules(samples: [SampleSheet.Sample]) -> [RuleResult] {
    let refusals = check.refusals.map { one in
      ([one.code.rawValue] + [one.person, one.sample].compactMap { $0 }).joined(separator: " ")
    }
    var rules = [
      RuleResult(
        id: "referral.acceptable", rule: "The referral is acceptable",
        outcome: check.isAcceptable ? .pass : .fail, isRequired: true,
        evidence: check.isAcceptable ? "nothing stands against it" : refusals.joined(separator: "; "))
    ]
    if !check.warnings.isEmpty {
      rules.append(
        RuleResult(
          id: "referral.warnings", rule: "The referral is free of oddities", outcome: .warn, isRequired: false,
          evidence: check.warnings.map(\.code.rawValue).joined(separator: "; ")))
    }
    let people = Set(referral.family.members.map(\.id))
    let samplesOf = Set(referral.samples.map(\.id))
    let strangers = samples.filter { !people.contains($0.name) && !samplesOf.contains($0.name) }
    rules.append(
      RuleResult(
        id: "referral.samples", rule: "The sheet's samples are of the referral's people",
        outcome: strangers.isEmpty ? .pass : .fail, isRequired: true,
        evidence: strangers.isEmpty
          ? "\(samples.count) of \(samples.count)"
          : "not in the referral, as a person or a sample: \(strangers.map(\.name).joined(separator: ", "))"))
    return rules
  }
}

/// A standard of turnaround, and where the case's clock stands against it.
struct CaseClock: Sendable, Equatable {
  /// The table of standards.
  var table: String
  /// nil where the table establishes none for the test and its urgency.
  var category: String?
  /// The standard in calendar days; nil where none holds.
  var standard: Int?
  /// nil without a standard.
  var state: TurnaroundState?

  /// As the report tells it.
  var told: ClinicalReport.Turnaround {
    ClinicalReport.Turnaround(
      table: table, category: category, standard: standard, state: state?.word ?? "unknown",
      detail: state?.detail
        ?? (category == nil
          ? "the category of this test and urgency is not established" : "no standard holds on this day"))
  }
}

extension TurnaroundState {
  /// The state in words.
  var detail: String {
    switch self {
    case .unknown(let why): why.rawValue.replacing("-", with: " ")
    case .cancelled: "cancelled before the clock stopped"
    case .running(let elapsed, let left): "day \(elapsed), \(left) left"
    case .overdue(let elapsed, let over): "day \(elapsed), \(over) over the standard"
    case .met(let elapsed): "stopped after \(elapsed) days"
    case .missed(let elapsed, let over): "stopped after \(elapsed) days, \(over) over the standard"
    }
  }
}
