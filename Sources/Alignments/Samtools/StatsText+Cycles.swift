/// The sections that have a row a cycle.
extension StatsText {
  mutating func addRow(_ section: String, _ cycle: Int, _ counts: [Int]) {
    text.append(section)
    text.append(tab: cycle + 1)
    for column in 0...columns { text.append(tab: counts[column]) }
    text.endLine()
  }

  mutating func addQualities(_ section: String, _ title: String, _ qualities: QualityCycles, _ cycles: Int) {
    text.append(heading(section, title))
    text.append("# Columns correspond to qualities and rows to cycles. First column is the cycle number.\n")
    qualities.forEachRow(min(cycles, CycleTable.mostCycles)) { cycle, counts in addRow(section, cycle, counts) }
  }

  mutating func addMismatches(_ walk: SamtoolsStatsWalk) {
    guard let mismatches = walk.mismatches else { return }
    text.append(heading("MPC", "Mismatches per cycle and quality"))
    text.append("# Columns correspond to qualities, rows to cycles. First column is the cycle number, second\n")
    text.append("# is the number of N's and the rest is the number of mismatches\n")
    for cycle in 0...min(stats.counts.longest.max(), CycleTable.mostCycles) {
      addRow("MPC", cycle, (0...columns).map { mismatches[cycle, $0] })
    }
  }

  mutating func addGC(_ section: String, _ which: String, _ counts: [Int]) {
    text.append(heading(section, "GC Content of \(which) fragments"))
    var previous = 0
    for step in counts.indices where counts[step] != counts[previous] {
      text.append(section)
      text.append(tab: Double(step + previous) * 0.5 * 100 / Double(counts.count - 1), "%.2f")
      text.append(tab: counts[previous])
      text.endLine()
      previous = step
    }
  }

  mutating func addBases() {
    let cycles = min(stats.counts.longest.max(), CycleTable.mostCycles)
    let bases = stats.bases
    func first(_ cycle: Int) -> BaseCounts { bases[0][cycle] + bases[1][cycle] }
    func last(_ cycle: Int) -> BaseCounts { bases[2][cycle] + bases[3][cycle] }
    text.append(heading("GCC", "ACGT content per cycle"))
    for cycle in 0..<cycles { addBases("GCC", cycle, first(cycle) + last(cycle)) }
    text.append(heading("GCT", "ACGT content per cycle, read oriented"))
    for cycle in 0..<cycles {
      let oriented = bases[0][cycle] + bases[2][cycle] + (bases[1][cycle] + bases[3][cycle]).complement
      addBases("GCT", cycle, oriented, letters: 4)
    }
    for (section, total, which, counts) in [("FBC", "FTC", "first", first), ("LBC", "LTC", "last", last)] {
      text.append(heading(section, "ACGT content per cycle for \(which) fragments"))
      var sum = BaseCounts()
      for cycle in 0..<cycles {
        let bases = counts(cycle)
        sum = sum + bases
        addBases(section, cycle, bases)
      }
      text.append(heading(total, "ACGT raw counters for \(which) fragments"))
      text.append(total)
      for count in [sum.a, sum.c, sum.g, sum.t, sum.n] { text.append(tab: count) }
      text.endLine()
    }
  }

  private mutating func addBases(_ section: String, _ cycle: Int, _ bases: BaseCounts, letters: Int = 6) {
    guard bases.known > 0 else { return }
    text.append(section)
    text.append(tab: cycle + 1)
    for count in [bases.a, bases.c, bases.g, bases.t, bases.n, bases.other].prefix(letters) {
      text.append(tab: count, percentOf: bases.known)
    }
    text.endLine()
  }

  mutating func addBarcodes() {
    for (tags, counts) in zip(BarcodeCounts.tags, stats.barcodes) {
      guard let summary = counts.summary else { continue }
      /// Positions behind the separator are those of a second barcode.
      func place(_ index: Int) -> (part: Int, cycle: Int)? {
        guard let separator = summary.separator else { return (1, index + 1) }
        if index == separator { return nil }
        return index < separator ? (1, index + 1) : (2, index - separator)
      }
      text.append(heading(tags.0 + "C", "ACGT content per cycle for barcodes"))
      for (index, bases) in summary.bases.enumerated() {
        let known = bases[0..<4].reduce(0, +)
        guard known > 0, let place = place(index) else { continue }
        text.append("\(tags.0)C\(place.part)\t\(place.cycle)")
        for count in bases { text.append(tab: count, percentOf: known) }
        text.endLine()
      }
      text.append(heading(tags.1 + "Q", "Barcode Qualities"))
      for (index, qualities) in summary.qualities.enumerated() {
        guard let place = place(index) else { continue }
        text.append("\(tags.1)Q\(place.part)\t\(place.cycle)")
        for count in qualities.prefix(summary.largestQuality + 1) { text.append(tab: count) }
        text.endLine()
      }
    }
  }
}
