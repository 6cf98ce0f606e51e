import Batching
import Genomics
import GenomicFiles
import Logging

/// Runs cases side by side, as many as memory and threads allow, the urgent first.
struct BatchRunner: Sendable {
  let cases: [SampleSheet.Case]
  let runner: CaseRunner
  let folder: BatchFolder

  /// Two overlap at least, so that the end of one, when few threads are busy, is filled by the next.
  private var casesAtOnce: Int { max(2, runner.resources.budget.threads / 4) }

  /// - Returns: how each case ended, in the order of `cases`.
  /// - Throws: `CancellationError`, or `OutputError` where an outcome cannot be recorded.
  func run() async throws -> [CaseOutcome] {
    let blocking = runner.resources.blocking
    let order = try await blocking.run { try startingOrder() }
    let budget = runner.options.memory ?? MemoryBudget.available()
    var schedule = CaseSchedule(
      order, memory: budget, casesAtOnce: casesAtOnce)
    let bytes = Dictionary(uniqueKeysWithValues: order.map { ($0.index, $0.bytes) })
    return try await withThrowingTaskGroup(of: (Int, CaseOutcome).self) { group in
      var outcomes: [Int: CaseOutcome] = [:]
      while !schedule.isDone {
        while let index = schedule.start() {
          let need = bytes[index] ?? 0
          group.addTask { (index, try await run(cases[index], need: need)) }
        }
        guard let (index, outcome) = try await group.next() else { break }
        schedule.end(index)
        outcomes[index] = outcome
      }
      return outcomes.sorted { $0.key < $1.key }.map(\.value)
    }
  }

  /// The cases with the memory that each needs: the most urgent first, and within an urgency in the sheet's order. Blocks.
  private func startingOrder() throws -> [(index: Int, bytes: Int)] {
    let (threads, batchBytes) = (runner.resources.budget.threads, runner.resources.batchBytes)
    let estimator = try CaseEstimator(runner.options, threads: threads, batchBytes: batchBytes)
    let found = cases.enumerated().map { index, one in
      // A file that is missing fails its own case, when that is run.
      let bytes = (try? estimator.estimate(one, threads: threads))?.memoryBytes ?? 0
      return (index: index, bytes: bytes, rank: one.resolvedUrgency().rank)
    }
    return found.sorted { ($1.rank, $0.index) < ($0.rank, $1.index) }.map { ($0.index, $0.bytes) }
  }

  private func run(_ one: SampleSheet.Case, need: Int) async throws -> CaseOutcome {
    let blocking = runner.resources.blocking
    try Task.checkCancellation()
    // An interrupted case is not to be told by how an earlier run of it ended.
    let isRecorded = await isRecorded(BatchEntry(pending: one.name))
    let summary: CaseSummary
    if let memory = runner.options.memory, need > memory {
      let error = RunError(
        .memory,
        "a case needs \(need >> 20) MB by its estimate and --memory gives \(memory >> 20); give more, or fewer threads")
      summary = CaseSummary(name: one.name, state: .failed, error: error)
    } else {
      summary = try await runner.run(one)
    }
    // A folder that cannot be written to has failed the case; the report then has only its earlier word.
    let entry = BatchEntry(summary)
    if isRecorded || summary.state != .failed { try await blocking.run { try folder.record(entry) } }
    return summary.outcome
  }

  private func isRecorded(_ entry: BatchEntry) async -> Bool {
    let logger = runner.options.logger
    return await runner.resources.blocking.run {
      do {
        try folder.record(entry)
        return true
      } catch {
        logger.error("a case's folder cannot be written to", metadata: ["case": "\(entry.name)", "reason": "\(error)"])
        return false
      }
    }
  }
}
