public import GenomicFiles
import Genomics
import Synchronization

/// Counts batches on as many threads as call it. No count depends on which thread counted what, or in which order.
final class VariantStatsCollector: Sendable {
  private let plan: StatsPlan
  /// Parts that nobody counts with now; there are as many as threads ever counted at once.
  private let parts = Mutex<[PartBox]>([])

  /// A part in a box, so that it is changed in place.
  private final class PartBox: @unchecked Sendable {
    // Out of the collector's list while a thread counts with it, so one at a time.
    var part: StatsPart
    init(_ plan: StatsPlan) { part = StatsPart(plan: plan) }
  }

  /// - Throws: `InputError` of kind `mismatch` where the file lacks a sample or tag that is asked for.
  init(_ options: VariantStatsOptions, header: VCFHeader, hasReference: Bool, path: String) throws(InputError) {
    plan = try StatsPlan(options, header: header, hasReference: hasReference, path: path)
  }

  /// Counts a batch.
  func add(_ work: VariantWork) throws {
    let box = parts.withLock { $0.popLast() } ?? PartBox(plan)
    defer { parts.withLock { $0.append(box) } }
    try box.part.add(work.batch, work.views)
  }

  /// What was counted of all batches, when no thread counts any more.
  func finish() -> VariantStats {
    var sum = StatsPart(plan: plan)
    for box in parts.withLock({ $0 }) { sum.merge(box.part) }
    return VariantStats(sum)
  }
}

/// What `bcftools stats` and the GA4GH's metrics tell of a VCF: as text, and as a report for JSON.
public struct VariantStats: Sendable {
  let part: StatsPart
  /// The header of the file.
  public var header: VCFHeader { part.plan.header }

  init(_ part: StatsPart) { self.part = part }
}
