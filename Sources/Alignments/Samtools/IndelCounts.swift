import GenomicFiles

/// Insertions and deletions by length and by cycle.
struct IndelCounts: Sendable, Equatable {
  /// The longest that is told.
  static let longest = 300

  /// By length less one.
  private(set) var insertions = [Int](repeating: 0, count: IndelCounts.longest)
  /// By length less one.
  private(set) var deletions = [Int](repeating: 0, count: IndelCounts.longest)
  /// By cycle from 0: insertions of first and last fragments, deletions of first and last fragments.
  private(set) var cycles: [SIMD4<Int>] = []

  /// Counts the indels of a mapped read. An insertion's cycle is that of its first base in the machine's order, a
  /// deletion's that of the base before it; a deletion before the first cycle is not counted.
  ///
  /// - Parameter fragment: 0 for a first fragment, 1 for a last one; nil for another, whose cycles are not told.
  mutating func add(_ cigar: Cigar, sequenceLength: Int, isReverse: Bool, fragment: Int?) {
    var consumed = 0
    for operation in cigar where operation.length > 0 {
      let length = operation.length
      switch operation.code {
      case 1:
        let cycle = isReverse ? sequenceLength - consumed - length : consumed
        // A CIGAR longer than SEQ is only possible where the aligner's output is damaged; the reader refuses it.
        if cycle >= 0 { add(cycle, fragment) }
        consumed += length
        if length <= Self.longest { insertions[length - 1] += 1 }
      case 2:
        let cycle = isReverse ? sequenceLength - consumed - 1 : consumed - 1
        guard cycle >= 0 else { continue }
        add(cycle, fragment.map { $0 + 2 })
        if length <= Self.longest { deletions[length - 1] += 1 }
      case 3, 5, 6: break
      default: consumed += length
      }
    }
  }

  private mutating func add(_ cycle: Int, _ column: Int?) {
    guard let column, cycle < CycleTable.mostCycles else { return }
    if cycle >= cycles.count {
      cycles += repeatElement(.zero, count: max(cycle + 1, cycles.count + cycles.count / 2) - cycles.count)
    }
    cycles[cycle][column] += 1
  }

  /// Adds another's counts.
  mutating func merge(_ other: IndelCounts) {
    for index in insertions.indices {
      insertions[index] += other.insertions[index]
      deletions[index] += other.deletions[index]
    }
    if cycles.count < other.cycles.count {
      cycles += repeatElement(.zero, count: other.cycles.count - cycles.count)
    }
    for cycle in other.cycles.indices { cycles[cycle] &+= other.cycles[cycle] }
  }

  /// The same counts, however far the cycles have grown.
  static func == (a: IndelCounts, b: IndelCounts) -> Bool {
    func trimmed(_ cycles: [SIMD4<Int>]) -> ArraySlice<SIMD4<Int>> {
      cycles[..<((cycles.lastIndex { $0 != .zero } ?? -1) + 1)]
    }
    return a.insertions == b.insertions && a.deletions == b.deletions && trimmed(a.cycles) == trimmed(b.cycles)
  }
}
