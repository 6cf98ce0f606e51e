import GenomicFiles

/// Puts normalised lines back into order of position: left-aligning moves a record at most
/// `ReferenceBlocks.reachBack` bases, so lines wait until nothing that is still to come can stand before them.
struct VariantOrder {
  private struct Waiting {
    var position: Int
    var span: Int
    var bytes: [UInt8]
  }

  private var contig = ""
  private var waiting: [Waiting] = []
  private var ready: [UInt8] = []
  private var entries: [(end: Int, entry: IndexEntry)] = []

  /// Takes the lines of the next batch and writes those whose place is certain.
  mutating func add(_ outcome: VariantOutcome, to stream: OutputStream) async throws {
    for run in outcome.runs {
      if run.contig != contig {
        flush(upTo: Int.max)
        contig = run.contig
      }
      merge(run, outcome)
    }
    try await write(to: stream)
  }

  /// Writes the rest.
  mutating func finish(to stream: OutputStream) async throws {
    flush(upTo: Int.max)
    try await write(to: stream)
  }

  private mutating func merge(_ run: VariantOutcome.Run, _ outcome: VariantOutcome) {
    let limit = run.lastInputPosition - ReferenceBlocks.reachBack
    var order = Array(run.lines)
    // Stable: equal positions keep the input's order.
    if !run.isSorted {
      order.sort { (outcome.lines[$0].position, $0) < (outcome.lines[$1].position, $1) }
    }
    for index in order {
      let line = outcome.lines[index]
      let range = (index == 0 ? 0 : outcome.lines[index - 1].end)..<line.end
      // What waits was read earlier, so it goes first at the same position.
      flush(upTo: min(line.position, limit))
      if waiting.isEmpty, line.position <= limit {
        ready.append(contentsOf: outcome.bytes[range])
        mark(line.position, line.span)
      } else {
        let place = waiting.lastIndex { $0.position <= line.position }.map { $0 + 1 } ?? 0
        waiting.insert(Waiting(position: line.position, span: line.span, bytes: Array(outcome.bytes[range])), at: place)
      }
    }
    flush(upTo: limit)
  }

  private mutating func flush(upTo limit: Int) {
    var count = 0
    while count < waiting.count, waiting[count].position <= limit {
      ready += waiting[count].bytes
      mark(waiting[count].position, waiting[count].span)
      count += 1
    }
    waiting.removeFirst(count)
  }

  private mutating func mark(_ position: Int, _ span: Int) {
    entries.append(
      (ready.count, IndexEntry(contig: contig, start: max(0, position - 1), end: max(0, position - 1) + span)))
  }

  private mutating func write(to stream: OutputStream) async throws {
    try await stream.append(ready, entries: entries)
    ready.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
  }
}
