import GenomicFiles

/// Depth of a contig's targets, and their rows of `regions.bed.gz` and `thresholds.bed.gz`, from runs of equal depth.
struct TargetRows {
  private struct Open {
    var index: Int
    var mean = 0.0
    var counts: [Int]
  }

  private let thresholds: [Int]
  private var contig: [UInt8] = []
  private var targets: [TargetRegions.Target] = []
  /// The first target that no run has reached yet.
  private var next = 0
  /// Targets that runs have reached and not left.
  private var open: [Open] = []
  /// Targets that are counted and wait for rows before theirs.
  private var done: [Int: Open] = [:]
  private var written = 0
  /// Every base of every target; bases of several targets count for each.
  private(set) var sums = MosdepthSums()
  private(set) var regions = DepthText()
  private(set) var coverage = DepthText()

  /// - Parameter thresholds: any order.
  init(thresholds: [Int]) { self.thresholds = thresholds.sorted() }

  /// The first line of `thresholds.bed.gz`.
  mutating func appendHeader() {
    let columns = thresholds.map { "\t\($0)X" }.joined()
    coverage.append(Array("#chrom\tstart\tend\tregion\(columns)\n".utf8))
  }

  /// Begins a contig with its targets by start.
  mutating func begin(_ contig: [UInt8], _ targets: [TargetRegions.Target]) {
    self.contig = contig
    self.targets = targets
    next = 0
    written = 0
    open = []
    done = [:]
    sums = MosdepthSums()
  }

  /// Takes the next run.
  @inline(__always)
  mutating func add(_ run: Range<Int>, _ depth: Int) {
    guard !open.isEmpty || next < targets.count && targets[next].places.lowerBound < run.upperBound else { return }
    count(run, depth)
  }

  private mutating func count(_ run: Range<Int>, _ depth: Int) {
    while next < targets.count, targets[next].places.lowerBound < run.upperBound {
      open.append(Open(index: next, counts: [Int](repeating: 0, count: thresholds.count)))
      next += 1
    }
    var kept = 0
    for slot in open.indices {
      let places = targets[open[slot].index].places
      let covered = places.clamped(to: run).count
      if covered > 0 {
        sums.add(covered, depth: depth)
        for (number, threshold) in thresholds.enumerated() where depth >= threshold {
          open[slot].counts[number] += covered
        }
        // Base by base, as mosdepth adds: a product rounds otherwise.
        let share = Double(depth) / Double(places.count)
        if depth > 0 { for _ in 0..<covered { open[slot].mean += share } }
      }
      if places.upperBound <= run.upperBound {
        done[open[slot].index] = open[slot]
      } else {
        open.swapAt(kept, slot)
        kept += 1
      }
    }
    open.removeSubrange(kept...)
    write()
  }

  /// Ends the contig: targets of no bases at its very end are left.
  mutating func end() {
    while next < targets.count {
      done[next] = Open(index: next, counts: [Int](repeating: 0, count: thresholds.count))
      next += 1
    }
    write()
  }

  private mutating func write() {
    while let row = done.removeValue(forKey: written) {
      let target = targets[written]
      written += 1
      regions.append(contig)
      regions.appendColumn(target.places.lowerBound)
      regions.appendColumn(target.places.upperBound)
      if let name = target.name { regions.appendColumn(name) }
      regions.appendColumn(fixedPoint(row.mean, places: 2))
      regions.endRow()
      coverage.append(contig)
      coverage.appendColumn(target.places.lowerBound)
      coverage.appendColumn(target.places.upperBound)
      coverage.appendColumn(target.name ?? "unknown")
      for count in row.counts { coverage.appendColumn(count) }
      coverage.endRow()
    }
  }

  mutating func take() -> (regions: [UInt8], thresholds: [UInt8]) { (regions.take(), coverage.take()) }
}
