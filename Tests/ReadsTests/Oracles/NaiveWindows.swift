import Reads

/// Fixed cuts and sliding windows, with every window's sum made anew.
struct NaiveWindows {
  var bases: [UInt8]
  /// Phred scores.
  var scores: [Int]
  var fixed: ReadOptions.FixedCut
  var options: ReadOptions

  /// What is left; nil: the read is gone.
  func kept() -> Range<Int>? {
    var start = fixed.front
    var end = bases.count - fixed.tail
    guard end >= start else { return nil }
    if options.cutFront == nil, options.cutTail == nil, options.cutRight == nil { return start..<end }
    let fixedEnd = end
    if let window = options.cutFront {
      guard fixedEnd - start > window.size else { return nil }
      start = frontEnd(window, start, fixedEnd)
    }
    if let window = options.cutRight {
      guard fixedEnd - start > window.size else { return nil }
      end = rightEnd(window, start, fixedEnd)
    } else if let window = options.cutTail {
      guard fixedEnd - start > window.size else { return nil }
      end = tailEnd(window, start, fixedEnd)
    }
    return end > start && start < bases.count - 1 ? start..<end : nil
  }

  private func isGood(_ start: Int, _ window: ReadOptions.QualityWindow) -> Bool {
    scores[start..<(start + window.size)].reduce(0, +) >= window.size * window.meanQuality
  }

  /// Behind the windows that are low, the last of them with the first good one's bases but the last; and behind N.
  private func frontEnd(_ window: ReadOptions.QualityWindow, _ start: Int, _ end: Int) -> Int {
    let good = (start..<(end - window.size)).first { isGood($0, window) } ?? end - window.size
    let first = good > 0 ? good + window.size - 1 : 0
    return (first..<bases.count).first { bases[$0] != UInt8(ascii: "N") } ?? max(first, bases.count)
  }

  /// The first base below the mean from the first low window on.
  private func rightEnd(_ window: ReadOptions.QualityWindow, _ start: Int, _ end: Int) -> Int {
    guard let low = (start..<(end - window.size)).first(where: { !isGood($0, window) }) else { return end }
    return (low..<(bases.count - 1)).first { scores[$0] < window.meanQuality } ?? bases.count - 1
  }

  private func tailEnd(_ window: ReadOptions.QualityWindow, _ start: Int, _ end: Int) -> Int {
    let lasts = ((start + window.size)..<end).reversed()
    let good = lasts.first { isGood($0 - window.size + 1, window) } ?? start + window.size - 1
    let last = good < bases.count - 1 ? good - window.size + 1 : good
    return 1 + ((0..<(last + 1)).last { bases[$0] != UInt8(ascii: "N") } ?? -1)
  }
}
