import GenomicFiles
import Genomics

/// Collects lines in their final order for the output, and drops exact duplicates.
///
/// Lines come in order of position, and all of one position between two calls of `write`.
struct LineEmitter {
  private let isIndexed: Bool
  private var contig = ""
  private var ready: [UInt8] = []
  private var entries: [(end: Int, entry: IndexEntry)] = []
  /// What dropping changed about the counts.
  var counts = VariantCounts()
  private var position = -1
  /// Where the lines of `position` begin in `ready`.
  private var groupStart = 0
  /// Where several lines stand at `position`: each line's range in `ready` by its hash, and the hashes of their alleles.
  private var lines: [Int: Range<Int>] = [:]
  private var alleles: Set<Int> = []

  init(isIndexed: Bool) { self.isIndexed = isIndexed }

  mutating func begin(contig: String) {
    self.contig = contig
    position = -1
  }

  /// Appends a line, with its line feed.
  mutating func append(_ line: UnsafeRawBufferPointer, position: Int, span: Int) {
    if position == self.position {
      if isDuplicate(line) { return }
    } else {
      begin(position, at: ready.count)
    }
    ready.append(bytes: line)
    mark(position, span, end: ready.count)
  }

  /// Appends lines of a batch, copying as many at once as it can.
  mutating func append(_ bytes: UnsafeRawBufferPointer, _ all: [VariantOutcome.Line], _ range: Range<Int>) {
    // Where what is not copied yet starts, and where the line at hand does.
    var start = range.lowerBound == 0 ? 0 : all[range.lowerBound - 1].end
    var lineStart = start
    for index in range {
      let line = all[index]
      if line.position == position {
        ready.append(bytes: bytes.slice(start..<lineStart))
        start = lineStart
        if isDuplicate(bytes.slice(lineStart..<line.end)) {
          start = line.end
          lineStart = line.end
          continue
        }
      } else {
        begin(line.position, at: ready.count + lineStart - start)
      }
      lineStart = line.end
      mark(line.position, line.span, end: ready.count + lineStart - start)
    }
    ready.append(bytes: bytes.slice(start..<lineStart))
  }

  /// Gives the lines to the output.
  mutating func write(to stream: OutputStream?) async throws {
    try await stream?.append(ready, entries: entries)
    ready.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
    position = -1
  }

  @inline(__always)
  private mutating func begin(_ position: Int, at start: Int) {
    self.position = position
    groupStart = start
    if !lines.isEmpty {
      lines.removeAll(keepingCapacity: true)
      alleles.removeAll(keepingCapacity: true)
    }
  }

  @inline(__always)
  private mutating func mark(_ position: Int, _ span: Int, end: Int) {
    guard isIndexed else { return }
    let start = max(0, position - 1)
    entries.append((end, IndexEntry(contig: contig, start: start, end: start + span)))
  }

  /// Whether a line stands at its position already; notes it where not. All lines before it are in `ready`.
  private mutating func isDuplicate(_ line: UnsafeRawBufferPointer) -> Bool {
    if lines.isEmpty {
      // The first line of the position is noted only now that there is a second.
      let range = groupStart..<ready.count
      let (hash, key) = ready.withUnsafeBytes { ready in
        (Self.hash(ready.slice(range)), Self.hash(Self.alleles(of: ready.slice(range)).both))
      }
      lines[hash] = range
      alleles.insert(key)
    }
    let (ref, alt, both) = Self.alleles(of: line)
    let hash = Self.hash(line)
    if let other = lines[hash], ready.withUnsafeBytes({ $0.slice(other).isSame(as: line) }) {
      counts.dropped["duplicate", default: 0] += 1
      counts.recordsOut -= 1
      uncount(ref, alt)
      return true
    }
    if !alleles.insert(Self.hash(both)).inserted { counts.duplicateAlleles += 1 }
    lines[hash] = ready.count..<(ready.count + line.count)
    return false
  }

  private static func hash(_ text: UnsafeRawBufferPointer) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: text)
    return hasher.finalize()
  }

  /// REF and ALT of a line, apart and with the tab between them.
  private static func alleles(
    of line: UnsafeRawBufferPointer
  ) -> (ref: UnsafeRawBufferPointer, alt: UnsafeRawBufferPointer, both: UnsafeRawBufferPointer) {
    let tab = UInt8(ascii: "\t")
    var start = 0
    for _ in 0..<3 { start = min(line.count, line.end(from: start, before: tab) + 1) }
    let refEnd = line.end(from: start, before: tab)
    let altStart = min(line.count, refEnd + 1)
    let altEnd = line.end(from: altStart, before: tab)
    return (line.slice(start..<refEnd), line.slice(altStart..<altEnd), line.slice(start..<altEnd))
  }

  /// Takes the alleles of a dropped line off what its batch counted.
  private mutating func uncount(_ ref: UnsafeRawBufferPointer, _ alt: UnsafeRawBufferPointer) {
    var tally = VariantTally(sampleCount: 0)
    var start = 0
    while start <= alt.count {
      let end = alt.end(from: start, before: UInt8(ascii: ","))
      let allele = alt.slice(start..<end)
      if let special = AlternateAlleleKind(allele).flatMap(AlleleClass.init) {
        tally.count(class: special)
      } else {
        tally.count(ref, allele)
      }
      start = end + 1
    }
    let named = tally.named()
    counts.transitions -= named.transitions
    counts.transversions -= named.transversions
    for (name, count) in named.allelesByClass { counts.allelesByClass[name, default: 0] -= count }
  }
}
