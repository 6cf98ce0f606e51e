public import Batching

/// What the parts of one run share: threads, the place for blocking calls, the size of a batch, the unfinished outputs.
public struct RunResources: Sendable {
  /// The run's CPU threads.
  public let budget: ThreadBudget
  /// Where calls that may block (reading, writing, syncing) run.
  public let blocking: BlockingExecutor
  /// The decompressed bytes that a batch aims at; outputs never depend on it.
  public let batchBytes: Int
  /// Unfinished outputs, so that an interrupted run removes them.
  public let outputs: OutputRegistry

  /// The sizes of batch that are taken, in bytes.
  public static let batchByteLimits = 4096...(256 << 20)

  /// Resources for a run of `threads` CPU threads.
  /// - Precondition: `threads >= 1` and `batchBytes` within `batchByteLimits`.
  public init(threads: Int, batchBytes: Int = 1 << 20) {
    precondition(Self.batchByteLimits.contains(batchBytes), "batch size out of range")
    budget = ThreadBudget(threads: threads)
    blocking = BlockingExecutor(label: "apus-io")
    self.batchBytes = batchBytes
    outputs = OutputRegistry()
  }

  /// The batches that may be in flight between a reader and what consumes it in order.
  public var window: Int { budget.threads + 2 }
}
