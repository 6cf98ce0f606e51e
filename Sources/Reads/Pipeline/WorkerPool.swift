import GenomicFiles
import Synchronization

/// Workers that threads borrow, each with counts of its own; sums do not depend on who counted what.
final class WorkerPool: Sendable {
  /// A worker is referred to by the pool alone or by its one borrower, and the pool's lock orders the two.
  private final class Held: @unchecked Sendable {
    var worker: ReadWorker

    init(_ worker: consuming ReadWorker) { self.worker = worker }
  }

  private let plan: ReadPlan
  private let layout: ReadOutputLayout
  private let encoder: QualityEncoder
  private let fastqc: [FastQCPublished]
  private let adapters = AdapterCounter()
  /// Where the texts that workers render come from, and go back to when they are written.
  let texts = RenderedTexts()
  private let idle = Mutex<[Held]>([])

  init(_ plan: ReadPlan, _ layout: ReadOutputLayout, _ encoder: QualityEncoder, _ fastqc: [FastQCPublished]) {
    self.plan = plan
    self.encoder = encoder
    self.fastqc = fastqc
    self.layout = layout
  }

  /// Lends a worker.
  func with<R>(_ body: (inout ReadWorker) -> R) -> R {
    let held = idle.withLock { $0.popLast() } ?? Held(ReadWorker(plan, layout, encoder, fastqc, adapters, texts))
    let result = body(&held.worker)
    idle.withLock { $0.append(held) }
    return result
  }

  /// What all workers counted, when none is lent.
  func total() -> ReadSummary {
    idle.withLock { idle in
      var summary = ReadSummary(plan: plan)
      for held in idle { held.worker.empty(into: &summary) }
      adapters.empty(into: &summary.filter)
      return summary
    }
  }

  /// What all workers counted for FastQC's reports, when none is lent.
  func fastqcWorkers() -> [[FastQCWorker]] { idle.withLock { $0.map { $0.worker.fastqc } } }
}
