import GenomicFiles

/// What becomes of a contig's runs of equal depth.
struct MosdepthRuns: DepthRunTaker {
  private var contig: [UInt8] = []
  private var length = 0
  /// Every base of the contig.
  private(set) var sums = MosdepthSums()
  private var perBase: PerBaseRows?
  private var quantized: QuantizedRows?
  private var targets: TargetRows?
  private let regions: TargetRegions?

  init(_ options: AlignmentOptions) {
    perBase = options.perBase ? PerBaseRows() : nil
    quantized = options.quantize.map(QuantizedRows.init)
    regions = options.targets
    targets = options.targets.map { _ in TargetRows(thresholds: options.thresholds) }
  }

  /// Every base of every target of the contig.
  var targetSums: MosdepthSums? { targets?.sums }

  /// The first line of `thresholds.bed.gz`.
  mutating func appendHeader() { targets?.appendHeader() }

  mutating func begin(_ name: String, length: Int) {
    contig = Array(name.utf8)
    self.length = length
    sums = MosdepthSums()
    targets?.begin(contig, regions?.byContig[name] ?? [])
  }

  mutating func take(_ run: Range<Int>, _ depth: Int) {
    sums.add(run.count, depth: depth)
    perBase?.add(contig, run, depth)
    quantized?.add(contig, run, depth, length: length)
    targets?.add(run, depth)
  }

  mutating func end() { targets?.end() }

  /// Hands over the rows so far.
  mutating func drain(to streams: inout CollectorStreams) {
    if let rows = perBase?.take(), !rows.isEmpty { streams.append(rows, to: MosdepthCollector.perBaseSuffix) }
    if let rows = quantized?.take(), !rows.isEmpty { streams.append(rows, to: MosdepthCollector.quantizedSuffix) }
    guard let rows = targets?.take() else { return }
    if !rows.regions.isEmpty { streams.append(rows.regions, to: MosdepthCollector.regionsSuffix) }
    if !rows.thresholds.isEmpty { streams.append(rows.thresholds, to: MosdepthCollector.thresholdsSuffix) }
  }
}
