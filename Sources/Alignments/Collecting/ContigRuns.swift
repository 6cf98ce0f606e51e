import GenomicFiles

/// The stretches of a batch whose records stand at one contig, and whether they are in coordinate order.
struct ContigRuns: Sendable {
  struct Run: Sendable {
    var contig: Int
    var records: Range<Int>
    var firstPosition: Int
    var lastPosition: Int
  }

  private(set) var runs: [Run] = []
  /// Whether positions ascend within every run and contigs from run to run.
  private(set) var isSorted = true

  /// Records without a contig are in no run.
  init(_ batch: AlignmentBatch) {
    var run: Run?
    batch.forEachRecord { index, record in
      let contig = record.contig
      let position = record.position
      if let current = run, current.contig == contig, current.records.upperBound == index {
        if position < current.lastPosition { isSorted = false }
        run = Run(
          contig: contig, records: current.records.lowerBound..<(index + 1), firstPosition: current.firstPosition,
          lastPosition: position)
        return
      }
      if let current = run { runs.append(current) }
      run = nil
      guard contig >= 0 else { return }
      if let last = runs.last {
        if contig < last.contig || contig == last.contig && position < last.lastPosition { isSorted = false }
      }
      run = Run(contig: contig, records: index..<(index + 1), firstPosition: position, lastPosition: position)
    }
    if let run { runs.append(run) }
  }
}
