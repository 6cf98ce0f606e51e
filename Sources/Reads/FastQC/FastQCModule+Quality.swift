extension FastQCModule {
  /// Mean and percentiles of quality by cycle.
  static func baseQuality(_ cycles: FastQCCycleCounts, _ groups: [Range<Int>], _ encoding: FastQCEncoding)
    -> FastQCModule
  {
    let columns = cycles.qualityColumns(encoding)
    var module = FastQCModule(name: "Per base sequence quality", verdict: .pass)
    module.table = FastQCTable(
      "Base", "Mean", "Median", "Lower Quartile", "Upper Quartile", "10th Percentile", "90th Percentile")
    var isBad = false
    var isPoor = false
    for group in groups {
      let mean = columns.means[group].average { !$0.isNaN } ?? 0
      let marks = columns.percentiles.map { $0[group].average { !$0.isNaN } ?? .nan }
      module.table.addRow([FastQCBaseGroups.label(group)], [mean, marks[2], marks[1], marks[3], marks[0], marks[4]])
      let (lowerQuartile, median) = (marks[1], marks[2])
      isBad = isBad || lowerQuartile < 5 || median < 20
      isPoor = isPoor || lowerQuartile < 10 || median < 25
    }
    module.verdict = Verdict(fail: isBad, warn: isPoor)
    return module
  }

  /// Reads by mean quality.
  /// - Parameter reads: reads by mean quality character.
  static func sequenceQuality(_ reads: [UInt64], _ encoding: FastQCEncoding) -> FastQCModule? {
    guard let lowest = reads.firstIndex(where: { $0 > 0 }), let highest = reads.lastIndex(where: { $0 > 0 }) else {
      return nil
    }
    var module = FastQCModule(name: "Per sequence quality scores", verdict: .pass)
    module.table = FastQCTable("Quality", "Count")
    for character in lowest...highest {
      module.table.addRow(["\(character - encoding.offset)"], [Double(reads[character])])
    }
    let most = reads.max() ?? 0
    let mode = (reads.firstIndex(of: most) ?? 0) - encoding.offset
    module.verdict = Verdict(fail: mode <= 20, warn: mode <= 27)
    return module
  }
}

extension FastQCCycleCounts {
  /// Quality by cycle: means (NaN without bases), and the 10th, 25th, 50th, 75th and 90th percentile (NaN with a hundred
  /// bases or fewer).
  fileprivate func qualityColumns(_ encoding: FastQCEncoding) -> (means: [Double], percentiles: [[Double]]) {
    let percents = [10, 25, 50, 75, 90]
    var means: [Double] = []
    var percentiles = [[Double]](repeating: [], count: percents.count)
    for cycle in 0..<self.cycles {
      // Nothing lies under the offset, or it would be another.
      let counts = qualities[row(cycle)].dropFirst(encoding.offset - 33)
      let total = counts.reduce(0, +)
      let sum = counts.enumerated().reduce(0) { $0 + $1.offset * $1.element }
      means.append(total == 0 ? .nan : Double(sum) / Double(total))
      for (index, percent) in percents.enumerated() {
        percentiles[index].append(total > 100 ? Double(Self.score(reaching: total * percent / 100, counts)) : .nan)
      }
    }
    return (means, percentiles)
  }

  /// The lowest score that, with those below it, has `rank` bases.
  private static func score(reaching rank: Int, _ counts: ArraySlice<Int>) -> Int {
    var below = 0
    for (score, count) in counts.enumerated() {
      below += count
      if below >= rank { return score }
    }
    return -1
  }
}

extension ArraySlice<Double> {
  /// The mean of the values that pass, summed in order; nil without any.
  func average(where isCounted: (Double) -> Bool) -> Double? {
    var sum = 0.0
    var count = 0
    for value in self where isCounted(value) {
      sum += value
      count += 1
    }
    return count == 0 ? nil : sum / Double(count)
  }
}
