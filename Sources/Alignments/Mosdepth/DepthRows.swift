/// Rows of `per-base.bed.gz`: a run of bases of one depth each.
struct PerBaseRows {
  private(set) var text = DepthText()

  mutating func add(_ contig: [UInt8], _ run: Range<Int>, _ depth: Int) {
    text.appendRow(contig, run.lowerBound, run.upperBound, depth)
  }

  mutating func take() -> [UInt8] { text.take() }
}

/// Rows of `quantized.bed.gz`: a run of bases of one bin of depth each.
struct QuantizedRows {
  private(set) var text = DepthText()
  private let bins: DepthBins
  private let labels: [String]
  private var bin: Int?
  private var start = 0

  init(_ bins: DepthBins) {
    self.bins = bins
    labels = (0..<(bins.bounds.count - 1)).map(bins.label)
  }

  /// Takes the next run of a contig of `length` bases.
  mutating func add(_ contig: [UInt8], _ run: Range<Int>, _ depth: Int, length: Int) {
    if run.lowerBound == 0 {
      bin = bins.bin(depth)
      start = 0
    } else if run.lowerBound < length - 1 {
      // mosdepth does not look at a contig's last base: it goes with the one before it.
      let next = bins.bin(depth)
      if next != bin {
        endRun(contig, at: run.lowerBound)
        bin = next
        start = run.lowerBound
      }
    }
    if run.upperBound == length { endRun(contig, at: length) }
  }

  private mutating func endRun(_ contig: [UInt8], at end: Int) {
    guard let bin else { return }
    text.append(contig)
    text.appendColumn(start)
    text.appendColumn(end)
    text.appendColumn(labels[bin])
    text.endRow()
  }

  mutating func take() -> [UInt8] { text.take() }
}
