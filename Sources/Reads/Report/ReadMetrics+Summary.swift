extension ReadMetrics {
  /// The version of fastp whose rules the engine follows.
  public static let fastpVersion = "0.23.2"

  /// Metrics of what was counted.
  /// - Parameters:
  ///   - summary: what was counted.
  ///   - command: the command without what cannot change a result.
  ///   - sample: the sample's name, for MultiQC.
  public init(_ summary: ReadSummary, command: String, sample: String? = nil) {
    let isPaired = summary.plan.isPaired
    let options = summary.plan.options
    let before = [summary.before1] + (isPaired ? [summary.before2] : [])
    let after = [summary.after1] + (isPaired ? [summary.after2] : [])
    self.init(
      summary: Summary(
        fastp_version: Self.fastpVersion, sequencing: Self.sequencing(before), before_filtering: Stage(before),
        after_filtering: Stage(after)),
      filtering_result: FilteringResult(summary.filter, options),
      duplication: Duplication(rate: summary.duplicates.rate, sampled: 1 << summary.duplicates.level),
      insert_size: isPaired ? InsertSize(summary.filter.insertSizes) : nil,
      adapter_cutting: options.adapters.isEnabled && (isPaired || summary.plan.adapter1 != nil)
        ? AdapterCutting(summary) : nil,
      polyx_trimming: options.polyX == nil ? nil : PolyXTrimming(summary.filter),
      read1_before_filtering: File(before[0]), read1_after_filtering: File(after[0]),
      read2_before_filtering: isPaired ? File(before[1]) : nil, read2_after_filtering: isPaired ? File(after[1]) : nil,
      custody: summary.custody, warnings: summary.warnings,
      command: Self.command(command, sample: sample))
  }

  /// MultiQC's fastp module takes the sample's name from the command: all that follows fastp's `--report_title`, to the end
  /// or to a blank and a hyphen. Without it, the name is that of the JSON file.
  private static func command(_ command: String, sample: String?) -> String {
    command + (sample.map { " --report_title \($0)" } ?? "")
  }

  private static func sequencing(_ files: [ReadStatistics]) -> String {
    files.count == 2
      ? "paired end (\(files[0].longest) cycles + \(files[1].longest) cycles)"
      : "single end (\(files[0].longest) cycles)"
  }

  static func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
}

extension ReadMetrics.Stage {
  init(_ files: [ReadStatistics]) {
    let bases = files.reduce(0) { $0 + $1.bases }
    let q20 = files.reduce(0) { $0 + $1.bases(atLeast: 20) }
    let q30 = files.reduce(0) { $0 + $1.bases(atLeast: 30) }
    let strong = files.reduce(0) { $0 + $1.strongTotal }
    let means = files.map { $0.reads == 0 ? 0 : $0.bases / $0.reads }
    self.init(
      total_reads: files.reduce(0) { $0 + $1.reads }, total_bases: bases, q20_bases: q20, q30_bases: q30,
      q20_rate: ReadMetrics.ratio(q20, bases), q30_rate: ReadMetrics.ratio(q30, bases), read1_mean_length: means[0],
      read2_mean_length: means.count > 1 ? means[1] : nil, gc_content: ReadMetrics.ratio(strong, bases))
  }
}

extension ReadMetrics.FilteringResult {
  init(_ filter: FilterStatistics, _ options: ReadOptions) {
    self.init(
      passed_filter_reads: filter.reads(.passed), corrected_reads: options.correctsBases ? filter.correctedReads : nil,
      corrected_bases: options.correctsBases ? filter.correctedBases : nil,
      low_quality_reads: filter.reads(.lowQuality), too_many_N_reads: filter.reads(.tooManyN),
      low_complexity_reads: options.complexityPercent == nil ? nil : filter.reads(.lowComplexity),
      too_short_reads: filter.reads(.tooShort), too_long_reads: filter.reads(.tooLong),
      duplicate_reads: options.dropsDuplicates ? filter.reads(.duplicate) : nil)
  }
}

extension ReadMetrics.InsertSize {
  init(_ sizes: [Int]) {
    let known = Array(sizes.dropLast())
    var peak = 0
    for size in known.indices where known[size] > known[peak] { peak = size }
    self.init(peak: peak, unknown: sizes.last ?? 0, histogram: known)
  }
}

extension ReadMetrics.AdapterCutting {
  init(_ summary: ReadSummary) {
    func name(_ adapter: [UInt8]?) -> String { adapter.map { String(decoding: $0, as: UTF8.self) } ?? "unspecified" }
    let isPaired = summary.plan.isPaired
    self.init(
      adapter_trimmed_reads: summary.filter.adapterReads, adapter_trimmed_bases: summary.filter.adapterBases,
      read1_adapter_sequence: name(summary.plan.adapter1),
      read2_adapter_sequence: isPaired ? name(summary.plan.adapter2) : nil,
      read1_adapter_counts: Self.frequent(summary.filter.adapters1),
      read2_adapter_counts: isPaired ? Self.frequent(summary.filter.adapters2) : nil)
  }

  /// Sequences of at least 1 %, and the sum of the others.
  private static func frequent(_ counts: SequenceCounts) -> [String: Int] {
    let total = counts.total
    var shown: [String: Int] = [:]
    var rest = total
    for (sequence, count) in counts.counts(where: { Double($0) / Double(total) >= 0.01 }) {
      shown[String(decoding: sequence, as: UTF8.self)] = count
      rest -= count
    }
    if rest > 0 { shown["others"] = rest }
    return shown
  }
}

extension ReadMetrics.PolyXTrimming {
  init(_ filter: FilterStatistics) {
    func byBase(_ counts: [Int]) -> [String: Int] {
      Dictionary(uniqueKeysWithValues: zip(["A", "T", "C", "G"], counts))
    }
    self.init(
      total_polyx_trimmed_reads: filter.polyXReads.reduce(0, +), polyx_trimmed_reads: byBase(filter.polyXReads),
      total_polyx_trimmed_bases: filter.polyXBases.reduce(0, +), polyx_trimmed_bases: byBase(filter.polyXBases))
  }
}

extension ReadMetrics.File {
  init(_ statistics: ReadStatistics) {
    let cycles = 0..<statistics.cycles
    let depths = cycles.map { statistics.depth(cycle: $0) }
    let means = cycles.map { statistics.meanQuality(cycle: $0) ?? 0 }
    var qualities = ["mean": means]
    var contents: [String: [Double]] = [:]
    for (base, letter) in ReadStatistics.baseClasses.enumerated() {
      let counts = cycles.map { statistics.baseCount(base, cycle: $0) }
      contents[String(letter)] = cycles.map { ReadMetrics.ratio(counts[$0], depths[$0]) }
      guard base < BaseClass.n else { continue }
      qualities[String(letter)] = cycles.map { cycle in
        counts[cycle] == 0 ? means[cycle] : Double(statistics.qualitySum(base, cycle: cycle)) / Double(counts[cycle])
      }
    }
    contents["GC"] = cycles.map { cycle in
      ReadMetrics.ratio(
        statistics.baseCount(2, cycle: cycle) + statistics.baseCount(3, cycle: cycle), depths[cycle])
    }
    self.init(
      total_reads: statistics.reads, total_bases: statistics.bases, q20_bases: statistics.bases(atLeast: 20),
      q30_bases: statistics.bases(atLeast: 30), total_cycles: statistics.longest, quality_curves: qualities,
      content_curves: contents, kmer_count: Self.fiveMers(statistics.fiveMers),
      length_histogram: statistics.lengths.enumerated().filter { $0.element > 0 }.map { [$0.offset, $0.element] }
        + statistics.longLengths.sorted { $0.key < $1.key }.map { [$0.key, $0.value] },
      gc_histogram: statistics.gcPercents)
  }

  private static func fiveMers(_ counts: [Int]) -> [String: Int] {
    var named: [String: Int] = [:]
    for (number, count) in counts.enumerated() {
      let letters = (0..<5).map { BaseClass.letters[number >> (2 * (4 - $0)) & 3] }
      named[String(decoding: letters, as: UTF8.self)] = count
    }
    return named
  }
}
