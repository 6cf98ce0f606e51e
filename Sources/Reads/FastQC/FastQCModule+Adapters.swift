extension FastQCModule {
  /// Percent of reads in which an adapter has begun, by place.
  static func adapterContent(_ counts: FastQCAdapterCounts, reads: Int) -> FastQCModule {
    var module = FastQCModule(name: "Adapter Content", verdict: .warn)
    // Reads of an adapter's length or less do not make a table.
    guard counts.longest > FastQCAdapters.length else { return module }
    let groups = FastQCBaseGroups.groups(length: counts.longest - FastQCAdapters.length + 1)
    let columns = FastQCAdapters.all.indices.map { percents(counts, adapter: $0, groups, reads: reads) }
    module.table = FastQCTable((["Position"] + FastQCAdapters.all.map(\.name)).joined(separator: "\t"))
    for (index, group) in groups.enumerated() {
      module.table.addRow([FastQCBaseGroups.label(group)], columns.map { $0[index] })
    }
    let most = columns.joined().max() ?? 0
    module.verdict = Verdict(fail: most > 10, warn: most > 5)
    return module
  }

  private static func percents(_ counts: FastQCAdapterCounts, adapter: Int, _ groups: [Range<Int>], reads: Int)
    -> [Double]
  {
    var begun: UInt64 = 0
    return groups.map { group in
      var sum = 0.0
      for place in group {
        begun += counts.starts(of: adapter, at: place)
        sum += Double(begun) * 100 / Double(reads)
      }
      return sum / Double(group.count)
    }
  }
}
