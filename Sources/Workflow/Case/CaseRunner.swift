import Alignments
import Batching
import GenomicFiles
import Genomics
import Logging
import Reports

/// Runs one case: its units side by side as child tasks under the run's thread budget, then verdict and reports.
struct CaseRunner: Sendable {
  let options: RunOptions
  let resources: RunResources
  let reference: Manifest.Reference?
  let versions: [String: String]
  let progress: ProgressCounter

  /// One sample's branches run side by side; more at once would only finish everything late, and hold more memory.
  static func unitsAtOnce(threads: Int) -> Int { max(3, threads) }

  /// - Throws: `CancellationError` alone; a case's own failure is its outcome.
  func run(_ one: SampleSheet.Case) async throws -> CaseSummary {
    let layout = CaseLayout(out: options.out, case: one.name)
    do {
      return try await run(one, layout)
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      try Task.checkCancellation()
      options.logger.notice("case failed", metadata: ["case": "\(one.name)"])
      return CaseSummary(name: one.name, state: .failed, error: error)
    }
  }

  private func run(_ one: SampleSheet.Case, _ layout: CaseLayout) async throws -> CaseSummary {
    let blocking = resources.blocking
    try await blocking.run { try makeFolder(layout.folder) }
    let units = try await blocking.run { try UnitPlan.plan(one, options) }
    let earlier = options.resume ? await blocking.run { EarlierRun(layout: layout) } : nil
    var results: [Int: UnitResult] = [:]
    var failures: [Int: any Error] = [:]
    let interpreter = CaseInterpreter(
      options: options, resources: resources, layout: layout, reference: reference, versions: versions)
    // What is wrong with a referral is told once the case's files have their results.
    let basis: Result<CaseBasis, any Error>
    do { basis = .success(try await interpreter.basis(one)) } catch { basis = .failure(error) }
    let runner = UnitRunner(
      options: options, resources: resources, layout: layout, progress: progress,
      proband: interpreter.probandPlan(one, try? basis.get()))
    try await withThrowingTaskGroup(of: (Int, Result<UnitResult, any Error>).self) { group in
      var next = 0
      func startNext() {
        guard next < units.count else { return }
        let (index, unit) = (next, units[next])
        group.addTask { (index, await result(of: unit, earlier, runner)) }
        next += 1
      }
      for _ in 0..<Self.unitsAtOnce(threads: resources.budget.threads) { startNext() }
      while let (index, result) = try await group.next() {
        startNext()
        switch result {
        case .success(let done):
          results[index] = done
          // Written after each unit, so that an interrupted run can be resumed from what is done.
          try await write(manifest(one, results, isComplete: false), layout)
        case .failure(let error): failures[index] = error
        }
      }
    }
    try Task.checkCancellation()
    // The first in the sheet's order, whatever failed first in time: the same message at any thread count.
    if let first = failures.min(by: { $0.key < $1.key }) { throw first.value }
    let samples = try one.samples.map { sample in try gather(sample, results.values) }
    let proband = results.values.lazy.compactMap(\.proband).first
    let interpreted = try await interpreter.run(one, basis.get(), samples: samples, proband: proband)
    let reports = try await write(interpreted.summary, one, layout, files: interpreted.files)
    var complete = manifest(one, results, isComplete: true)
    complete.units += interpreted.units
    complete.units.append(Manifest.Unit(name: "reports", options: [:], inputs: [], outputs: reports))
    try await write(complete, layout)
    return interpreted.summary
  }

  private func result(of unit: UnitPlan, _ earlier: EarlierRun?, _ runner: UnitRunner) async -> Result<
    UnitResult, any Error
  > {
    do {
      if let earlier {
        let proven = await resources.blocking.run {
          earlier.proven(unit, versions: versions, reference: reference, progress: progress)
        }
        if let proven {
          options.logger.info("kept, proven by its manifest", metadata: ["unit": "\(unit.name)"])
          return .success(proven)
        }
      }
      try Task.checkCancellation()
      options.logger.info("started", metadata: ["unit": "\(unit.name)"])
      let result = try await runner.run(unit)
      options.logger.info("finished", metadata: ["unit": "\(unit.name)"])
      return .success(result)
    } catch {
      return .failure(error)
    }
  }

  private func gather(_ sample: SampleSheet.Sample, _ results: some Sequence<UnitResult>) throws -> SampleSummary {
    var found = SampleResults()
    for result in results {
      switch result.metrics {
      case .reads(sample.name, let metrics): found.reads = metrics
      case .alignments(sample.name, let metrics): found.alignments = metrics
      case .variants(let source, let metrics) where source == sample.variantSource: found.variants = metrics
      case .referenceBlocks(sample.name, let metrics): found.referenceBlocks = metrics
      default: break
      }
    }
    let rules = try Agreement.rules(sample, found) + qualityRules(sample, found)
    return SampleSummary(sample: sample, results: found, verdict: Verdict(sample: sample.name, rules: rules))
  }

  /// The policy's rules; a sample without alignments leaves them UNKNOWN.
  private func qualityRules(_ sample: SampleSheet.Sample, _ found: SampleResults) throws -> [RuleResult] {
    guard let policy = options.policy else {
      return [
        RuleResult(
          id: "quality.policy", rule: "Alignment quality meets a policy's limits", outcome: .notAssessed,
          isRequired: false, evidence: "no policy was given")
      ]
    }
    return try policy.results(
      on: Policy.Evidence(
        metrics: found.alignments?.metrics ?? [], material: sample.extra["x_material"],
        assembly: reference?.assembly?.rawValue))
  }

  private func manifest(_ one: SampleSheet.Case, _ results: [Int: UnitResult], isComplete: Bool) -> Manifest {
    Manifest(
      caseName: one.name, isComplete: isComplete, versions: versions, reference: reference,
      policy: options.policy.map { Manifest.PolicyVersion(id: $0.id, sha256: $0.digest) },
      units: results.sorted { $0.key < $1.key }.map(\.value.record))
  }

  private func write(_ manifest: Manifest, _ layout: CaseLayout) async throws {
    _ = try await write([("manifest.json", try JSONValue(encoding: manifest).bytes)], layout)
  }

  private func write(
    _ summary: CaseSummary, _ one: SampleSheet.Case, _ layout: CaseLayout, files given: [(name: String, bytes: [UInt8])]
  ) async throws -> [Manifest.File] {
    var files: [(String, [UInt8])] = given
    for sample in summary.samples {
      if let reads = sample.results.reads {
        files.append(
          ("\(sample.sample.name)/reads.html", Array(try ReadPages.page(reads, sample: sample.sample.name).utf8)))
      }
      files.append(("\(sample.sample.name)/verdict.json", try JSONValue(encoding: sample.verdict).bytes))
    }
    files.append(("case.json", try summary.json(reference: reference).bytes))
    files.append(("case.html", Array(try CasePage.page(summary, reference: reference, versions: versions).utf8)))
    return try await write(files, layout)
  }

  private func write(_ files: [(name: String, bytes: [UInt8])], _ layout: CaseLayout) async throws -> [Manifest.File] {
    let registry = resources.outputs
    return try await resources.blocking.run {
      try files.map { file in
        if let slash = file.name.lastIndex(of: "/") { try makeFolder(layout.path(String(file.name[..<slash]))) }
        let output = try writeAtomically(file.bytes, to: layout.path(file.name), force: true, registry: registry)
        return Manifest.File(path: file.name, bytes: output.bytes, sha256: output.sha256)
      }
    }
  }
}
