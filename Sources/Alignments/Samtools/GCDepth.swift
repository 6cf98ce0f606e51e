import GenomicFiles

/// Depth by GC content, as samtools stats bins it: a bin begins with a read and spans about 20,000 bases.
struct GCDepth: Sendable, Equatable {
  private static let binSize = 20_000

  /// A bin: with a reference the GC content of its bases, without one the sum of its reads' GC contents.
  private struct Bin: Sendable, Equatable {
    var gc: Float
    var depth: UInt32 = 0
  }

  private struct Contig: Sendable, Equatable {
    var index: Int
    var bins: [Bin]
  }

  private let hasReference: Bool
  /// Contigs with bins.
  private var contigs: [Contig] = []
  private var contig = -1
  /// Where the last bin of the contig begins; nil before the first.
  private var binStart: Int?
  /// The stretch of the reference that samtools holds, which decides where bins begin.
  private var window = 0..<0
  /// What samtools has room for, in bases of the reference and in cycles. Grows with the longest read so far.
  private var windowSize = GCDepth.binSize
  private var cycleRoom = 300

  init(hasReference: Bool) { self.hasReference = hasReference }

  mutating func begin(_ contig: Int) {
    self.contig = contig
    binStart = nil
  }

  /// Notes a read's length with its hard-clipped bases: samtools' window on the reference grows with it.
  @inline(__always)
  mutating func noteLength(_ length: Int) {
    guard length >= cycleRoom else { return }
    cycleRoom = 2 * (1 + length - cycleRoom) + cycleRoom
    windowSize = max(windowSize, 10 * cycleRoom)
  }

  /// Counts a mapped read. With a reference that does not have the contig, nothing: its GC content is not known.
  mutating func add(_ record: AlignmentRecord, _ cigar: Cigar, _ reference: ContigBases?) {
    let position = record.position
    if hasReference {
      guard let reference else { return }
      let span = cigar.reduce(record.sequenceLength) { $1.code == 2 ? $0 + $1.length : $0 }
      let step = step(to: position, span: span)
      if step == .nextWindow {
        window = position..<max(position, min(position + windowSize, reference.bytes.count))
      }
      if step != .stay {
        open(position, gc: Self.gcContent(reference.bytes, window.clamped(to: position..<(position + Self.binSize))))
      }
      contigs[contigs.count - 1].bins[lastBin].depth += 1
      return
    }
    if binStart.map({ position - $0 > Self.binSize }) ?? true { open(position, gc: 0) }
    // samtools counts the bases of primary first and last fragments alone; the others' are none to it.
    let isCounted = !record.flags.contains(.supplementary) && SamtoolsStats.fragment(record.flags) != .other
    let gcBases = isCounted ? countGC(record.packedSequence, length: record.sequenceLength) : 0
    contigs[contigs.count - 1].bins[lastBin].depth += 1
    contigs[contigs.count - 1].bins[lastBin].gc += Float(gcBases) / Float(record.sequenceLength)
  }

  private var lastBin: Int { contigs[contigs.count - 1].bins.count - 1 }

  /// What a read asks for: the bin as it is, the next one, or the next one in a window of its own.
  private enum Step { case stay, nextBin, nextWindow }

  private func step(to position: Int, span: Int) -> Step {
    guard let binStart, window.upperBound >= position + span else { return .nextWindow }
    guard binStart + Self.binSize < position + span else { return .stay }
    return window.upperBound < position + Self.binSize ? .nextWindow : .nextBin
  }

  private mutating func open(_ position: Int, gc: Float) {
    if binStart == nil { contigs.append(Contig(index: contig, bins: [])) }
    binStart = position
    contigs[contigs.count - 1].bins.append(Bin(gc: gc))
  }

  private static func gcContent(_ bases: [UInt8], _ range: Range<Int>) -> Float {
    var gc = 0
    var at = 0
    bases.withUnsafeBufferPointer { bases in
      // Without branches, and in stretches that 32 bits count: so the compiler makes vectors of it.
      var rest = bases[range]
      while !rest.isEmpty {
        var (gcHere, atHere): (UInt32, UInt32) = (0, 0)
        for base in UnsafeBufferPointer(rebasing: rest.prefix(1 << 16)) {
          gcHere &+= (base == UInt8(ascii: "G") ? 1 : 0) | (base == UInt8(ascii: "C") ? 1 : 0)
          atHere &+= (base == UInt8(ascii: "A") ? 1 : 0) | (base == UInt8(ascii: "T") ? 1 : 0)
        }
        gc += Int(gcHere)
        at += Int(atHere)
        rest = rest.dropFirst(1 << 16)
      }
    }
    return gc + at == 0 ? 0 : Float(gc) / Float(gc + at)
  }

  /// Adds other contigs' bins.
  mutating func merge(_ other: GCDepth) {
    contigs = (contigs + other.contigs).sorted { $0.index < $1.index }
    cycleRoom = max(cycleRoom, other.cycleRoom)
    windowSize = max(windowSize, other.windowSize)
  }

  /// The lines of GCD: GC content in percent, percent of bins up to it, and the 10th, 25th, 50th, 75th and 90th
  /// percentile of depth.
  ///
  /// As samtools has it: there is an empty bin before the first, the last bin of the file is not rounded to whole
  /// percents, and the one with the largest content is left out.
  func rows(averageLength: Float) -> [[Double]] {
    var bins = [Bin(gc: 0)] + contigs.flatMap(\.bins)
    let last = bins.count - 1
    for index in 0..<last {
      if hasReference {
        bins[index].gc = Float((100 * Double(bins[index].gc)).rounded(.toNearestOrEven))
      } else if bins[index].depth > 0 {
        let mean = 100 * Double(bins[index].gc) / Double(bins[index].depth)
        bins[index].gc = Float(mean.rounded(.toNearestOrEven))
      }
    }
    bins.sort { ($0.gc, $0.depth) < ($1.gc, $1.depth) }
    var rows: [[Double]] = []
    var start = 0
    while start < last {
      let gc = bins[start].gc
      var end = start
      while end < last, abs(Double(bins[end].gc - gc)) < 0.1 { end += 1 }
      let depths = bins[start..<end].map(\.depth)
      rows.append(
        [Double(gc), Double(end + 1) * 100 / Double(last + 1)]
          + [10, 25, 50, 75, 90].map {
            Double(Self.percentile(depths, $0) * averageLength / Float(Self.binSize))
          })
      start = end
    }
    return rows
  }

  /// Between two bins in proportion, in single precision.
  private static func percentile(_ depths: [UInt32], _ percent: Int) -> Float {
    let rank = Float(Double(percent * (depths.count + 1)) / 100)
    let below = Int(rank)
    guard below > 0 else { return Float(depths[0]) }
    guard below < depths.count else { return Float(depths[depths.count - 1]) }
    let step = Float(depths[below] - depths[below - 1])
    return Float(depths[below - 1]) + (rank - Float(below)) * step
  }
}
