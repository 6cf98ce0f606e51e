#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension FastQCModule {
  /// Reads by percent of G+C, judged by the distance from a normal curve about their mode.
  static func sequenceGC(_ counts: FastQCGCCounts) -> FastQCModule {
    let reads = counts.distribution()
    let deviation = deviationFromNormal(reads)
    var module = FastQCModule(
      name: "Per sequence GC content", verdict: Verdict(fail: deviation > 30, warn: deviation > 15))
    module.table = FastQCTable("GC Content", "Count")
    for (percent, count) in reads.enumerated() { module.table.addRow(["\(percent)"], [count]) }
    return module
  }

  /// The sum of distances from the normal curve, in percent of the reads.
  private static func deviationFromNormal(_ reads: [Double]) -> Double {
    let total = reads.reduce(0, +)
    let mode = mode(reads)
    let squares = reads.enumerated().reduce(0) { $0 + pow(Double($1.offset) - mode, 2) * $1.element }
    let variance = pow((squares / (total - 1)).squareRoot(), 2)
    let height = 1 / (2 * Double.pi * variance).squareRoot()
    let deviation = reads.enumerated().reduce(0) { sum, bin in
      let expected = height * exp(-pow(Double(bin.offset) - mode, 2) / (2 * variance)) * total
      return sum + abs(expected - bin.element)
    }
    return deviation / total * 100
  }

  /// The middle of the bins about the highest that stay above nine tenths of it; the highest itself where these reach an
  /// end of the scale.
  private static func mode(_ reads: [Double]) -> Double {
    let most = reads.max() ?? 0
    let highest = reads.firstIndex(of: most) ?? 0
    func isHigh(_ bin: Int) -> Bool { reads[bin] > most - most / 10 }
    guard let end = (highest..<reads.count).first(where: { !isHigh($0) }),
      let start = (0..<highest).last(where: { !isHigh($0) }), end > start + 1
    else { return Double(highest) }
    let bins = start + 1..<end
    return Double(bins.reduce(0, +)) / Double(bins.count)
  }
}
