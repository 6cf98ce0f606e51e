import Annotation
import Batching
public import GenomicFiles
import Genomics
import Interpretation
import Logging
import Service

/// Tiers cases again from their folders alone, with another cache, panels or profile. Folders of cases whose tiers are
/// the same are not touched; a case that fails does not stop the others.
///
/// - Returns: what became of each case, in the order given.
/// - Throws: `CacheError`, `InputError` for panels or a directory that cannot be read, `RunError` for a case named
///   twice, `CancellationError`.
public func reanalyse(_ options: ReanalysisOptions, resources: RunResources) async throws -> ReanalysisSummary {
  var seen: Set<String> = []
  let folders = options.cases.map { $0.count > 1 && $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
  for folder in folders where !seen.insert(folder).inserted {
    throw RunError(.usage, "\(folder) is named twice; name each case once")
  }
  let reanalyser = try await Reanalyser(options, resources)
  var summary = ReanalysisSummary(cache: reanalyser.annotator.digest)
  guard let first = folders.first else { return summary }
  // What all share is made by the first.
  summary.cases = [try await reanalyser.outcome(first)]
  let rest = Array(folders.dropFirst())
  let outcomes = try await withThrowingTaskGroup(of: (Int, ReanalysisSummary.Case).self) { group in
    var outcomes = [ReanalysisSummary.Case?](repeating: nil, count: rest.count)
    var started = 0
    func start() {
      guard started < rest.count else { return }
      let place = started
      group.addTask { (place, try await reanalyser.outcome(rest[place])) }
      started += 1
    }
    for _ in 0..<min(resources.budget.threads, Reanalyser.atOnce) { start() }
    while let (place, outcome) = try await group.next() {
      outcomes[place] = outcome
      start()
    }
    return outcomes
  }
  summary.cases += outcomes.compactMap { $0 }
  return summary
}

/// Tiers cases; what all share is read once.
struct Reanalyser: Sendable {
  let options: ReanalysisOptions
  let resources: RunResources
  let annotator: ConsequenceAnnotator
  /// By the caches that the cases were tiered by.
  let oldCaches: OldCaches
  let deltas = SourceDeltas()
  let panels: PanelSet
  let directory: TestDirectory?

  init(_ options: ReanalysisOptions, _ resources: RunResources) async throws {
    self.options = options
    self.resources = resources
    annotator = try await resources.blocking.run {
      try ConsequenceAnnotator(
        try AnnotationCache(path: options.cache), input: options.cases.first ?? "", options: tieringOptions)
    }
    oldCaches = try await resources.blocking.run {
      OldCaches(
        given: try options.oldCache.map {
          try ConsequenceAnnotator(
            try AnnotationCache(path: $0), input: options.cases.first ?? "", options: tieringOptions)
        })
    }
    panels = try await resources.blocking.run {
      options.panels.isEmpty ? .none : try PanelSet.read(options.panels)
    }
    directory = try await resources.blocking.run {
      try options.directory.map { try TestDirectory(json: try readWhole($0), file: $0) }
    }
  }

  /// Cases tiered side by side at most: each holds some hundred megabytes for a genome.
  static let atOnce = 4

  /// What becomes of a case; a failure is told in it.
  /// - Throws: `CancellationError`.
  func outcome(_ folder: String) async throws -> ReanalysisSummary.Case {
    do {
      return try await run(folder)
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      try Task.checkCancellation()
      options.logger.notice("case failed", metadata: ["folder": "\(folder)"])
      var failed = ReanalysisSummary.Case(
        name: String(folder[(folder.lastIndex(of: "/").map(folder.index(after:)) ?? folder.startIndex)...]),
        folder: folder, state: .failed)
      failed.failure = String(describing: error)
      failed.error = error
      return failed
    }
  }

  private func run(_ folder: String) async throws -> ReanalysisSummary.Case {
    let stored = try await resources.blocking.run { try StoredCase(folder) }
    try require(stored)
    let profile = try profile(stored)
    let panels = try panels(stored)
    var outcome = ReanalysisSummary.Case(name: stored.interpretation.caseName, folder: folder, state: .unchanged)
    outcome.before = ReanalysisSummary.Basis(
      cache: stored.interpretation.cache,
      profile: "\(stored.interpretation.profile) \(stored.interpretation.profileDigest)",
      panels: stored.interpretation.panels.panels.map(\.identity.told))
    outcome.now = ReanalysisSummary.Basis(
      cache: annotator.digest, profile: "\(profile.id) \(profile.digest)",
      panels: panels.panels.panels.map(\.identity.told))
    if stored.interpretation.cache == annotator.digest, stored.interpretation.profileDigest == profile.digest,
      stored.interpretation.panels == panels.panels
    {
      return outcome
    }
    let evidence = try await evidence(stored, panels.panels, profile, &outcome.warnings)
    if case .same(let path) = evidence {
      outcome.path = path
      return outcome
    }
    var tiering: CaseTiering
    switch evidence {
    case .family(let reading, let input):
      outcome.path = .candidates
      tiering = try await CaseTiering(
        reading, input, panels.panels, profile: profile, source: annotator.source, provisional: nil,
        resources: resources)
    case .same, .unknown:
      outcome.path = .calls
      let warnings: [String]
      (tiering, warnings) = try await tier(stored, panels.panels, profile)
      outcome.warnings += warnings
    }
    let now = TierDocument(tiering.report)
    let before = try await resources.blocking.run { try stored.tiers(against: now) }
    outcome.changes =
      TierComparison(old: before, new: now, oldPanels: stored.interpretation.panels, newPanels: panels.panels).changes
    guard !outcome.changes.isEmpty else { return outcome }
    outcome.state = .changed
    // A case on hold stays so.
    tiering.report.provisional = before.provisional
    let update = CaseUpdate(
      stored: stored, tiering: tiering, tiers: try tiering.report.json(), panels: panels, cachePath: options.cache,
      issued: options.issued)
    let registry = resources.outputs
    return try await resources.blocking.run { [outcome] in try update.write(outcome, registry: registry) }
  }

  /// Reads the case's own calls and tiers them.
  private func tier(
    _ stored: StoredCase, _ panels: PanelSet, _ profile: TieringProfile
  ) async throws -> (tiering: CaseTiering, warnings: [String]) {
    let one = stored.interpretation
    let calls = try await StoredCalls(one.calls, of: stored, reference: annotator.source, resources: resources)
    defer { calls.remove() }
    let tiering = try await CaseTiering(
      try stored.input(files: calls.paths), panels, profile: profile, annotator: annotator, reference: nil,
      provisional: nil, resources: resources)
    var warnings: [String] = []
    if calls.partsNotJoined > 0 {
      warnings.append(
        "\(calls.partsNotJoined) records are parts of others that could not be put together again: alleles beside theirs count as unknown"
      )
    }
    return (tiering, warnings)
  }
}
