extension FastQCModule {
  /// What the file is.
  static func basicStatistics(fileName: String, cycles: FastQCCycleCounts, encoding: FastQCEncoding) -> FastQCModule {
    let strong = cycles.g.reduce(0, +) + cycles.c.reduce(0, +)
    let called = strong + cycles.a.reduce(0, +) + cycles.t.reduce(0, +)
    let lengths = cycles.lengths.filter { $0.value > 0 }.keys
    let (shortest, longest) = (lengths.min() ?? 0, lengths.max() ?? 0)
    var module = FastQCModule(name: "Basic Statistics", verdict: .pass, table: FastQCTable("Measure", "Value"))
    module.table.addRow(["Filename", fileName])
    module.table.addRow(["File type", cycles.reads == 0 ? "null" : "Conventional base calls"])
    module.table.addRow(["Encoding", encoding.name])
    module.table.addRow(["Total Sequences", "\(cycles.reads)"])
    module.table.addRow(["Sequences flagged as poor quality", "0"])
    module.table.addRow(["Sequence length", shortest == longest ? "\(longest)" : "\(shortest)-\(longest)"])
    module.table.addRow(["%GC", "\(called == 0 ? 0 : strong * 100 / called)"])
    return module
  }

  /// Percent of each base by cycle, of the four alone.
  static func baseContent(_ cycles: FastQCCycleCounts, _ groups: [Range<Int>]) -> FastQCModule {
    var module = FastQCModule(name: "Per base sequence content", verdict: .pass)
    module.table = FastQCTable("Base", "G", "A", "T", "C")
    var worst = 0.0
    for group in groups {
      let counts = [cycles.g, cycles.a, cycles.t, cycles.c].map { $0[group].reduce(0, +) }
      let called = Double(counts.reduce(0, +))
      let percents = counts.map { Double($0) / called * 100 }
      module.table.addRow([FastQCBaseGroups.label(group)], percents)
      for difference in [abs(percents[3] - percents[0]), abs(percents[2] - percents[1])] where difference > worst {
        worst = difference
      }
    }
    module.verdict = Verdict(fail: worst > 20, warn: worst > 10)
    return module
  }

  /// Percent of `N` by cycle.
  static func nContent(_ cycles: FastQCCycleCounts, _ groups: [Range<Int>]) -> FastQCModule {
    var module = FastQCModule(name: "Per base N content", verdict: .pass, table: FastQCTable("Base", "N-Count"))
    var worst = 0.0
    for group in groups {
      let bases = group.reduce(0) { $0 + cycles.bases(at: $1) }
      let percent = 100 * (Double(cycles.n[group].reduce(0, +)) / Double(bases))
      module.table.addRow([FastQCBaseGroups.label(group)], [percent])
      if percent > worst { worst = percent }
    }
    module.verdict = Verdict(fail: worst > 20, warn: worst > 5)
    return module
  }
}
