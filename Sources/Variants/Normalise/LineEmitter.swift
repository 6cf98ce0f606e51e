import GenomicFiles
import Genomics

/// Collects lines in their final order for the output, and drops exact duplicates.
///
/// Lines come in order of position, and all of one position between two calls of `write`.
struct LineEmitter {
  private let isIndexed: Bool
  /// Whether lines are records of BCF.
  private let isBinary: Bool
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
  private var knownAlleles: Set<Int> = []

  init(isIndexed: Bool, isBinary: Bool) {
    self.isIndexed = isIndexed
    self.isBinary = isBinary
  }

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
      knownAlleles.removeAll(keepingCapacity: true)
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
        (Self.hash([ready.slice(range)]), Self.hash(alleles(of: ready.slice(range))))
      }
      lines[hash] = range
      knownAlleles.insert(key)
    }
    let texts = alleles(of: line)
    let hash = Self.hash([line])
    if let other = lines[hash], ready.withUnsafeBytes({ $0.slice(other).isSame(as: line) }) {
      counts.dropped["duplicate", default: 0] += 1
      counts.recordsOut -= 1
      uncount(texts)
      return true
    }
    if !knownAlleles.insert(Self.hash(texts)).inserted { counts.duplicateAlleles += 1 }
    lines[hash] = ready.count..<(ready.count + line.count)
    return false
  }

  private static func hash(_ texts: [UnsafeRawBufferPointer]) -> Int {
    var hasher = Hasher()
    for text in texts {
      hasher.combine(text.count)
      hasher.combine(bytes: text)
    }
    return hasher.finalize()
  }

  /// REF and the alternates of a line.
  private func alleles(of line: UnsafeRawBufferPointer) -> [UnsafeRawBufferPointer] {
    if isBinary { return Self.binaryAlleles(of: line) }
    guard let columns = LineColumns(line) else { return [] }
    let alternates = columns[.alt].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    return [columns[.ref]] + alternates.map { UnsafeRawBufferPointer(rebasing: $0) }
  }

  /// The alleles of a record of BCF (VCF 4.5, section 6.3.1): typed strings behind the ID.
  private static func binaryAlleles(of record: UnsafeRawBufferPointer) -> [UnsafeRawBufferPointer] {
    var alleles: [UnsafeRawBufferPointer] = []
    guard record.count > 32 else { return alleles }
    let count = Int(UInt32(littleEndian: record.loadUnaligned(fromByteOffset: 24, as: UInt32.self)) >> 16)
    var offset = 32
    for place in 0...count {
      guard offset < record.count else { return alleles }
      var length = Int(record[offset] >> 4)
      offset += 1
      if length == 15, offset < record.count {
        // A longer length is a typed integer of its own, of 1, 2 or 4 bytes.
        let width = [1: 1, 2: 2, 3: 4][record[offset] & 15] ?? 0
        offset += 1
        guard offset + width <= record.count else { return alleles }
        length = 0
        for byte in 0..<width { length |= Int(record[offset + byte]) << (8 * byte) }
        offset += width
      }
      guard offset + length <= record.count else { return alleles }
      // The first is the ID.
      if place > 0 { alleles.append(record.slice(offset..<(offset + length))) }
      offset += length
    }
    return alleles
  }

  /// Takes the alleles of a dropped line off what its batch counted.
  private mutating func uncount(_ alleles: [UnsafeRawBufferPointer]) {
    guard let ref = alleles.first else { return }
    var tally = VariantTally(sampleCount: 0)
    // BCF writes no alternate where there is none.
    if alleles.count == 1 { tally.count(class: .noAlternate) }
    for allele in alleles.dropFirst() {
      if let special = AlternateAlleleKind(allele).flatMap(AlleleClass.init) {
        tally.count(class: special)
      } else {
        tally.count(ref, allele)
      }
    }
    let named = tally.named()
    counts.transitions -= named.transitions
    counts.transversions -= named.transversions
    for (name, count) in named.allelesByClass { counts.allelesByClass[name, default: 0] -= count }
  }
}
