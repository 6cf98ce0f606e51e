import GenomicFiles

/// Puts normalised lines back into order of position, drops exact duplicates, and joins what was split.
///
/// Left-aligning moves a record at most `ReferenceBlocks.reachBack` bases, so only lines that a later one could still
/// come before wait; what nothing moved is copied from batch to output as a whole. Equal positions keep the input's order.
struct VariantOrder {
  /// A line that waits. Places are bytes of all that was ever held.
  struct Waiting {
    var position: Int
    /// Its place in the input, which breaks ties; no two lines have the same.
    var sequence: Int
    var span: Int
    var bytes: Range<Int>
    /// Whether it is a part that may be joined; a part that was joined has no bytes.
    var isPart = false
  }

  /// How far behind the last position read lines may still move or be joined, in bases.
  private let delay: Int
  private var contig = ""
  /// In order of position and sequence; those before `head` are written.
  var waiting: [Waiting] = []
  var head = 0
  /// The bytes of those that wait, and where they begin in all that was ever held.
  var held: [UInt8] = []
  var heldStart = 0
  private var nextSequence = 0
  var emitter: LineEmitter
  /// nil where nothing is joined.
  var joining: PartJoining?

  /// What joining and dropping changed about the counts of the batches.
  var counts: VariantCounts { emitter.counts }

  /// - Parameters:
  ///   - isIndexed: whether the output has an index.
  ///   - isBinary: whether the lines are records of BCF.
  ///   - fields: where parts are joined, the lists of the header.
  init(isIndexed: Bool, isBinary: Bool, joining fields: ListFields? = nil) {
    emitter = LineEmitter(isIndexed: isIndexed, isBinary: isBinary)
    joining = fields.map(PartJoining.init)
    delay = (fields == nil ? 1 : 3) * ReferenceBlocks.reachBack
  }

  /// Takes the lines of the next batch and writes those whose place is certain.
  mutating func add(_ outcome: VariantOutcome, to stream: OutputStream?) async throws {
    take(outcome)
    try await emitter.write(to: stream, batch: outcome.bytes)
  }

  /// Writes the rest.
  mutating func finish(to stream: OutputStream?) async throws {
    flush(below: Int.max, UnsafeRawBufferPointer(start: nil, count: 0))
    try await emitter.write(to: stream, batch: [])
  }

  private mutating func take(_ outcome: VariantOutcome) {
    outcome.bytes.withUnsafeBytes { bytes in
      for run in outcome.runs {
        if run.contig != contig {
          flush(below: Int.max, bytes)
          joining?.forget()
          contig = run.contig
          emitter.begin(contig: contig)
        }
        merge(run, outcome, bytes)
      }
    }
    nextSequence += outcome.lines.count
    compact()
  }

  private mutating func merge(_ run: VariantOutcome.Run, _ outcome: VariantOutcome, _ bytes: UnsafeRawBufferPointer) {
    let limit = run.lastInputPosition - delay
    if run.isSorted, outcome.parts.isEmpty {
      emit(run.lines, below: limit, outcome, bytes)
    } else {
      // Lines that stand before one that came earlier, and parts, are held; between them the lines are in order.
      var segments: [Range<Int>] = []
      var start = run.lines.lowerBound
      var highest = Int.min
      var nextPart = outcome.parts.partitioningIndex { $0 >= start }
      for index in run.lines {
        let isPart = nextPart < outcome.parts.count && outcome.parts[nextPart] == index
        if isPart { nextPart += 1 }
        guard isPart || outcome.lines[index].position < highest else {
          highest = outcome.lines[index].position
          continue
        }
        if start < index { segments.append(start..<index) }
        start = index + 1
        hold(index, isPart: isPart, outcome, bytes)
      }
      if start < run.lines.upperBound { segments.append(start..<run.lines.upperBound) }
      for segment in segments { emit(segment, below: limit, outcome, bytes) }
    }
    flush(below: limit, bytes)
  }

  /// Writes lines that are in order, with those that wait between them; holds those whose place is not certain.
  private mutating func emit(
    _ lines: Range<Int>, below limit: Int, _ outcome: VariantOutcome, _ bytes: UnsafeRawBufferPointer
  ) {
    let all = outcome.lines
    let certain = lines.lowerBound + all[lines].partitioningIndex { $0.position >= limit }
    var next = lines.lowerBound
    while next < certain {
      var stop = certain
      if head < waiting.count {
        let first = waiting[head]
        stop = next
        // From the front: what waits stands near.
        while stop < certain,
          (all[stop].position, nextSequence + stop) < (first.position, first.sequence)
        {
          stop += 1
        }
        if stop == next {
          emitFirst(bytes)
          continue
        }
      }
      emitter.append(bytes, all, next..<stop)
      next = stop
    }
    for index in certain..<lines.upperBound { hold(index, isPart: false, outcome, bytes) }
  }

  private mutating func hold(
    _ index: Int, isPart: Bool, _ outcome: VariantOutcome, _ bytes: UnsafeRawBufferPointer
  ) {
    let line = outcome.lines[index]
    let start = heldStart + held.count
    held.append(bytes: bytes.slice((index == 0 ? 0 : outcome.lines[index - 1].end)..<line.end))
    let entry = Waiting(
      position: line.position, sequence: nextSequence + index, span: line.span, bytes: start..<(heldStart + held.count),
      isPart: isPart)
    insert(entry)
    if isPart { collect(entry) }
  }

  mutating func insert(_ entry: Waiting) {
    if let last = waiting.last, waiting.count > head, (entry.position, entry.sequence) < (last.position, last.sequence)
    {
      let place = waiting[head...].partitioningIndex {
        (entry.position, entry.sequence) < ($0.position, $0.sequence)
      }
      waiting.insert(entry, at: head + place)
    } else {
      waiting.append(entry)
    }
  }

  private mutating func flush(below limit: Int, _ bytes: UnsafeRawBufferPointer) {
    while head < waiting.count, waiting[head].position < limit { emitFirst(bytes) }
  }

  private mutating func emitFirst(_ bytes: UnsafeRawBufferPointer) {
    let entry = waiting[head]
    head += 1
    guard !entry.bytes.isEmpty else { return }
    if entry.isPart { giveUp(entry) }
    let range = (entry.bytes.lowerBound - heldStart)..<(entry.bytes.upperBound - heldStart)
    held.withUnsafeBytes {
      emitter.append(keeping: $0.slice(range), position: entry.position, span: entry.span, batch: bytes)
    }
  }

  /// Forgets what is written once it is half of what is held.
  private mutating func compact() {
    guard 2 * head >= waiting.count else { return }
    waiting.removeFirst(head)
    head = 0
    let first = waiting.reduce(heldStart + held.count) { $1.bytes.isEmpty ? $0 : min($0, $1.bytes.lowerBound) }
    held.removeFirst(first - heldStart)
    heldStart = first
  }
}

extension RandomAccessCollection {
  /// How many elements stand before the first of which `isBehind` is true; it is so of all after it.
  func partitioningIndex(_ isBehind: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[index(startIndex, offsetBy: middle)]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
