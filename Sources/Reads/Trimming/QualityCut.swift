extension WorkingRead {
  /// Cuts fixed numbers of bases, then sliding windows: front, then right or else tail.
  ///
  /// The arithmetic is fastp 0.23.2's to the base: a window is judged by the sum of its qualities; the window that stops
  /// the front cut loses all but its last base unless it was the first of the read; N at the new ends go too; and where
  /// bases were cut from the tail, the tail window takes `size - 1` more.
  mutating func cut(_ fixed: ReadOptions.FixedCut, _ options: ReadOptions) {
    let usesWindows = options.cutFront != nil || options.cutRight != nil || options.cutTail != nil
    guard fixed.front > 0 || fixed.tail > 0 || usesWindows else { return }
    guard length - fixed.front - fixed.tail >= 0 else {
      isGone = true
      return
    }
    guard usesWindows else {
      dropFirst(fixed.front)
      truncate(to: length - fixed.tail)
      return
    }
    guard let kept = windowedRange(fixed, options) else {
      isGone = true
      return
    }
    dropFirst(kept.lowerBound)
    truncate(to: kept.count)
  }

  private func windowedRange(_ fixed: ReadOptions.FixedCut, _ options: ReadOptions) -> Range<Int>? {
    var start = fixed.front
    let end = length - fixed.tail
    if let window = options.cutFront {
      guard end - start > window.size else { return nil }
      start = frontEnd(window, from: start, to: end)
    }
    var kept = end - start
    if let window = options.cutRight {
      guard end - start > window.size else { return nil }
      if let low = firstLow(window, from: start, to: end) { kept = low - start }
    } else if let window = options.cutTail {
      guard end - start > window.size else { return nil }
      kept = tailStart(window, from: start, to: end) - start
    }
    guard kept > 0, start < length - 1 else { return nil }
    return start..<(start + kept)
  }

  private func sum(_ start: Int, _ count: Int) -> Int {
    var sum = 0
    for index in start..<(start + count) { sum += Int(quality[index]) }
    return sum
  }

  /// Where the front cut ends.
  private func frontEnd(_ window: ReadOptions.QualityWindow, from start: Int, to end: Int) -> Int {
    let wanted = window.size * (33 + window.meanQuality)
    var position = start
    var total = sum(start, window.size - 1)
    while position + window.size < end {
      total += Int(quality[position + window.size - 1])
      if position > start { total -= Int(quality[position - 1]) }
      if total >= wanted { break }
      position += 1
    }
    if position > 0 { position += window.size - 1 }
    while position < length, sequence[position] == UInt8(ascii: "N") { position += 1 }
    return position
  }

  /// The end of the good bases of the first low window; nil where no window is low.
  private func firstLow(_ window: ReadOptions.QualityWindow, from start: Int, to end: Int) -> Int? {
    let wanted = window.size * (33 + window.meanQuality)
    var position = start
    var total = sum(start, window.size - 1)
    while position + window.size < end {
      total += Int(quality[position + window.size - 1])
      if position > start { total -= Int(quality[position - 1]) }
      if total < wanted {
        while position < length - 1, Int(quality[position]) >= 33 + window.meanQuality { position += 1 }
        return position
      }
      position += 1
    }
    return nil
  }

  /// The end of what the tail cut leaves.
  private func tailStart(_ window: ReadOptions.QualityWindow, from start: Int, to end: Int) -> Int {
    let wanted = window.size * (33 + window.meanQuality)
    var last = end - 1
    var total = sum(end - window.size + 1, window.size - 1)
    while last - window.size >= start {
      total += Int(quality[last - window.size + 1])
      if last < end - 1 { total -= Int(quality[last + 1]) }
      if total >= wanted { break }
      last -= 1
    }
    if last < length - 1 { last -= window.size - 1 }
    while last >= 0, sequence[last] == UInt8(ascii: "N") { last -= 1 }
    return last + 1
  }
}
