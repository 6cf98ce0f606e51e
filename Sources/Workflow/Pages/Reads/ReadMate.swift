import Reads

/// The counts of first mates, second mates or single reads, before and after trimming and filtering.
struct ReadMate {
  /// One of the two.
  struct Stage {
    /// `before` or `after`; empty where both are the same.
    var name: String
    /// The counts.
    var file: ReadMetrics.File
  }

  /// `R1`, `R2` or `Reads`.
  var name: String
  /// Both stages, or one where all that is counted of them is the same.
  var stages: [Stage]

  /// A name for a stage's curve or table.
  func label(_ stage: Stage) -> String { stage.name.isEmpty ? name : "\(name) \(stage.name)" }

  /// The mates of a run. Where nothing that is counted changed, as in a run that passes reads on, each has one stage.
  static func mates(of metrics: ReadMetrics) -> [ReadMate] {
    let isPaired = metrics.read2_before_filtering != nil
    let isChanged = metrics.changesReads
    func mate(_ name: String, _ before: ReadMetrics.File, _ after: ReadMetrics.File) -> ReadMate {
      ReadMate(
        name: name,
        stages: isChanged
          ? [Stage(name: "before", file: before), Stage(name: "after", file: after)] : [Stage(name: "", file: before)])
    }
    var mates = [mate(isPaired ? "R1" : "Reads", metrics.read1_before_filtering, metrics.read1_after_filtering)]
    if let before = metrics.read2_before_filtering, let after = metrics.read2_after_filtering {
      mates.append(mate("R2", before, after))
    }
    return mates
  }
}

extension ReadMetrics {
  /// Whether what went out counts otherwise than what came in.
  var changesReads: Bool {
    read1_before_filtering != read1_after_filtering || read2_before_filtering != read2_after_filtering
  }

  /// What a run deals in.
  var unit: String { read2_before_filtering == nil ? "reads" : "pairs" }
}

extension ReadMetrics.File {
  /// Reads that reach each of the cycles that have curves: the bases at that cycle.
  var depths: [Int] {
    let cycles = quality_curves["mean"]?.count ?? 0
    var ending = [Int](repeating: 0, count: cycles + 1)
    for entry in length_histogram { ending[min(entry[0], cycles)] += entry[1] }
    var depth = 0
    var depths = [Int](repeating: 0, count: cycles)
    for cycle in (0..<cycles).reversed() {
      depth += ending[cycle + 1]
      depths[cycle] = depth
    }
    return depths
  }
}
