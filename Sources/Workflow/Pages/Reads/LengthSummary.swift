import Reports

/// What a histogram of read lengths tells.
struct LengthSummary {
  /// Most bars of a histogram.
  static let barLimit = 300

  /// Lengths in bases with their reads, ascending, without empty ones.
  let counts: [(length: Int, reads: Int)]

  /// - Parameter histogram: `[length, reads]`, ascending.
  init(_ histogram: [[Int]]) { counts = histogram.map { ($0[0], $0[1]) } }

  var shortest: Int? { counts.first?.length }
  var longest: Int? { counts.last?.length }

  /// The least length that half of the reads do not exceed.
  var median: Int? {
    let reads = counts.reduce(0) { $0 + $1.reads }
    var seen = 0
    return counts.first {
      seen += $0.reads
      return 2 * seen >= reads
    }?.length
  }

  /// The greatest length such that reads of it or longer hold half of the bases; nil without bases.
  var n50: Int? {
    let bases = counts.reduce(0) { $0 + $1.length * $1.reads }
    guard bases > 0 else { return nil }
    var seen = 0
    return counts.last {
      seen += $0.length * $0.reads
      return 2 * seen >= bases
    }?.length
  }

  /// The histogram; nil where all reads are of one length, or there are none.
  func histogram(_ name: String) -> Histogram? {
    guard let shortest, let longest, shortest < longest else { return nil }
    let width = CycleBins.width(for: longest - shortest + 1, limit: Self.barLimit)
    let start = shortest / width * width
    var bars = [Double](repeating: 0, count: (longest - start) / width + 1)
    for count in counts { bars[(count.length - start) / width] += Double(count.reads) }
    let labels = PlotLabels(
      title: "Read lengths, \(name)",
      description: width == 1 ? "Reads by length." : "Reads by length, \(NumberFormat.grouped(width)) bases a bar.",
      x: Axis("Length", unit: "bases", format: .integer), y: Axis("Reads", format: .integer))
    guard width > 1 else { return Histogram(labels, counts: bars, firstValue: start) }
    return Histogram(
      labels,
      bins: bars.enumerated().map { index, count in
        let lower = Double(start + index * width)
        return Histogram.Bin(lower, lower + Double(width), count: count)
      })
  }
}
