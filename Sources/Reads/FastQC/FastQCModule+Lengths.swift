extension FastQCModule {
  /// Reads by length, in at most some fifty spans of 1, 2, 5, 10 … bases.
  static func lengths(_ reads: [Int: Int]) -> FastQCModule {
    let reads = reads.filter { $0.value > 0 }
    // FastQC's range has one length more at either end, whose rows are left out where they are empty.
    let first = max(0, (reads.keys.min() ?? 0) - 1)
    let last = (reads.keys.max() ?? 0) + 1
    let width = width(of: last - first)
    let start = first / width * width
    var counts = [Int](repeating: 0, count: (last - start) / width + 1)
    for (length, count) in reads { counts[(length - start) / width] += count }
    var module = FastQCModule(name: "Sequence Length Distribution", verdict: .pass)
    module.table = FastQCTable("Length", "Count")
    for (span, count) in counts.enumerated() where count > 0 || (span > 0 && span < counts.count - 1) {
      let low = start + span * width
      let label = width == 1 ? "\(low)" : "\(low)-\(min(low + width - 1, last))"
      module.table.addRow([label], [Double(count)])
    }
    module.verdict = Verdict(fail: reads[0] != nil, warn: reads.count > 1)
    return module
  }

  /// The least of 1, 2, 5, 10, 20 … that goes into the range at most fifty times.
  private static func width(of range: Int) -> Int {
    var unit = 1
    while true {
      for width in [unit, 2 * unit, 5 * unit] where range / width <= 50 { return width }
      unit *= 10
    }
  }
}
