import GenomicFiles
import Genomics

/// Collects lines in their final order for the output, and drops exact duplicates.
///
/// Lines come in order of position, and all of one position between two calls of `write`.
struct LineEmitter {
  private let isIndexed: Bool
  /// Whether lines are records of BCF.
  private let isBinary: Bool
  /// A line, or lines next to each other: in the batch at hand, or copied to `kept`.
  private struct Stretch {
    var isKept: Bool
    var range: Range<Int>
  }

  /// What is written next, in order.
  private var stretches: [Stretch] = []
  /// How many bytes that is.
  private var count = 0
  private var kept: [UInt8] = []
  private var entries = IndexEntries()
  /// What dropping changed about the counts.
  var counts = VariantCounts()
  private var position = -1
  /// The first line of `position`.
  private var first = Stretch(isKept: true, range: 0..<0)
  /// Where several lines stand at `position`: each by its hash, and the hashes of their alleles.
  private var lines: [Int: Stretch] = [:]
  private var knownAlleles: Set<Int> = []

  init(isIndexed: Bool, isBinary: Bool) {
    self.isIndexed = isIndexed
    self.isBinary = isBinary
  }

  mutating func begin(contig: String) {
    entries.begin(contig: contig)
    position = -1
  }

  /// Appends a line, with its line feed, that does not stand in the batch at hand.
  /// - Parameter batch: the bytes of the batch at hand.
  mutating func append(keeping line: UnsafeRawBufferPointer, position: Int, span: Int, batch: UnsafeRawBufferPointer) {
    let stretch = Stretch(isKept: true, range: kept.count..<(kept.count + line.count))
    if position == self.position {
      if isDuplicate(line, stretch, batch) { return }
    } else {
      begin(position, stretch)
    }
    kept.append(bytes: line)
    append(stretch)
    mark(position, span, end: count)
  }

  /// Appends lines of the batch at hand, as long stretches as it can.
  mutating func append(_ batch: UnsafeRawBufferPointer, _ all: [VariantOutcome.Line], _ range: Range<Int>) {
    // Where the stretch starts, and where the line at hand does.
    var start = range.lowerBound == 0 ? 0 : all[range.lowerBound - 1].end
    var lineStart = start
    for index in range {
      let line = all[index]
      let stretch = Stretch(isKept: false, range: lineStart..<line.end)
      if line.position != position {
        begin(line.position, stretch)
      } else if isDuplicate(batch.slice(stretch.range), stretch, batch) {
        append(Stretch(isKept: false, range: start..<lineStart))
        start = line.end
        lineStart = line.end
        continue
      }
      lineStart = line.end
      mark(line.position, line.span, end: count + lineStart - start)
    }
    append(Stretch(isKept: false, range: start..<lineStart))
  }

  private mutating func append(_ stretch: Stretch) {
    guard !stretch.range.isEmpty else { return }
    count += stretch.range.count
    if let last = stretches.last, last.isKept == stretch.isKept, last.range.upperBound == stretch.range.lowerBound {
      stretches[stretches.count - 1].range = last.range.lowerBound..<stretch.range.upperBound
    } else {
      stretches.append(stretch)
    }
  }

  /// Gives the lines to the output.
  /// - Parameter batch: the bytes of the batch at hand.
  mutating func write(to stream: OutputStream?, batch: [UInt8]) async throws {
    try await stream?.append(
      stretches.map { (bytes: $0.isKept ? kept : batch, range: $0.range) }, entries: entries)
    stretches.removeAll(keepingCapacity: true)
    count = 0
    kept.removeAll(keepingCapacity: true)
    entries.removeAll()
    position = -1
  }

  @inline(__always)
  private mutating func begin(_ position: Int, _ line: Stretch) {
    self.position = position
    first = line
    if !lines.isEmpty {
      lines.removeAll(keepingCapacity: true)
      knownAlleles.removeAll(keepingCapacity: true)
    }
  }

  @inline(__always)
  private mutating func mark(_ position: Int, _ span: Int, end: Int) {
    guard isIndexed else { return }
    let start = max(0, position - 1)
    entries.append(start: start, end: start + span, endOfBytes: end)
  }

  /// Gives the text of a line.
  private func withText<R>(
    _ stretch: Stretch, _ batch: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> R
  ) -> R {
    stretch.isKept ? kept.withUnsafeBytes { body($0.slice(stretch.range)) } : body(batch.slice(stretch.range))
  }

  /// Whether a line stands at its position already; notes it where not.
  private mutating func isDuplicate(
    _ line: UnsafeRawBufferPointer, _ stretch: Stretch, _ batch: UnsafeRawBufferPointer
  ) -> Bool {
    if lines.isEmpty {
      // The first line of the position is noted only now that there is a second.
      let (hash, key) = withText(first, batch) { (Self.hash([$0]), Self.hash(alleles(of: $0))) }
      lines[hash] = first
      knownAlleles.insert(key)
    }
    let texts = alleles(of: line)
    let hash = Self.hash([line])
    if let other = lines[hash], withText(other, batch, { $0.isSame(as: line) }) {
      counts.dropped["duplicate", default: 0] += 1
      counts.recordsOut -= 1
      uncount(texts)
      return true
    }
    if !knownAlleles.insert(Self.hash(texts)).inserted { counts.duplicateAlleles += 1 }
    lines[hash] = stretch
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
