/// Depth by definition, one array a contig: the independent truth of these tests.
enum NaiveDepth {
  /// What is taken off where mates overlap.
  enum Overlap {
    /// Bases that both mates are aligned to, once. The definition.
    case once
    /// What mosdepth 0.3.3 does: the same, but where both mates have a single CIGAR operation it takes one off from the
    /// start of the later mate to the end of the earlier one, even where the later one ends before that.
    case mosdepth
  }

  static func depth(_ file: SAMFile, _ overlap: Overlap = .once) -> [[Int]] {
    file.contigs.map { contig in
      var depth = [Int](repeating: 0, count: contig.length)
      func add(_ range: Range<Int>, _ amount: Int) {
        for place in range.clamped(to: 0..<contig.length) { depth[place] += amount }
      }
      let lines = file.lines.filter { $0.contig == contig.name && !$0.isExcludedFromDepth }
      for line in lines { for range in line.aligned { add(range, 1) } }
      let candidates = lines.filter { $0.flag & 3 == 3 && $0.flag & 0x800 == 0 && $0.mateContig == contig.name }
      for (_, mates) in Dictionary(grouping: candidates, by: \.name) where mates.count == 2 {
        // In the file's order.
        let (first, second) = (mates[0], mates[1])
        guard first.matePosition == second.position, second.matePosition == first.position else { continue }
        if overlap == .mosdepth, first.operations.count == 1, second.operations.count == 1 {
          guard first.end > second.position - 1 else { continue }
          add((second.position - 1)..<first.end, -1)
          continue
        }
        for a in first.aligned { for b in second.aligned where a.overlaps(b) { add(a.clamped(to: b), -1) } }
      }
      return depth
    }
  }

  static func histogram(_ depth: [Int]) -> [Int] {
    var histogram = [Int](repeating: 0, count: (depth.max() ?? 0) + 1)
    for value in depth { histogram[value] += 1 }
    return histogram
  }
}
