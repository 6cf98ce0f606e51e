extension ReadWorker {
  /// Trims a single read, in fastp's order.
  mutating func trim(_ read: inout WorkingRead) {
    read.cut(plan.options.cut1, plan.options)
    guard !read.isGone else { return }
    if plan.cutsPolyG { read.cutPolyG(shortest: plan.options.polyGLength) }
    if plan.options.adapters.isEnabled {
      cutAdapter(&read, adapter1.position(in: read, scratch: &scratch), adapter1.sequence, isSecond: false)
    }
    if let shortest = plan.options.polyX { cutPolyX(&read, shortest) }
    if plan.options.cut1.longest > 0 { read.truncate(to: plan.options.cut1.longest) }
  }

  /// Trims a pair, in fastp's order. Where one mate is gone after the cuts, nothing more is done to the other.
  /// - Parameter original: the pair as it came in, with its molecular identifiers.
  /// - Returns: whether bases may have been corrected in place; the reads were then counted as they came in.
  mutating func trim(_ pair: inout ReadPair, original: ReadPair) -> Bool {
    pair.read1.cut(plan.options.cut1, plan.options)
    pair.read2.cut(plan.options.cut2, plan.options)
    guard !pair.read1.isGone, !pair.read2.isGone else { return false }
    if plan.cutsPolyG {
      pair.read1.cutPolyG(shortest: plan.options.polyGLength)
      pair.read2.cutPolyG(shortest: plan.options.polyGLength)
    }
    let overlap = overlaps.overlap(pair.read1, pair.read2)
    countInsert(pair, overlap)
    var corrects = false
    if plan.options.correctsBases, let overlap { corrects = correct(&pair, overlap, original) }
    if plan.options.adapters.isEnabled { cutAdapters(&pair, overlap) }
    if let shortest = plan.options.polyX {
      cutPolyX(&pair.read1, shortest)
      cutPolyX(&pair.read2, shortest)
    }
    if plan.options.cut1.longest > 0 { pair.read1.truncate(to: plan.options.cut1.longest) }
    if plan.options.cut2.longest > 0 { pair.read2.truncate(to: plan.options.cut2.longest) }
    return corrects
  }

  private mutating func countInsert(_ pair: ReadPair, _ overlap: MateOverlap?) {
    var size = FilterStatistics.insertSizeLimit
    if let overlap {
      size = overlap.length + pair.read1.frontCut + pair.read2.frontCut
      if overlap.offset > 0 { size += pair.read1.length + pair.read2.length - 2 * overlap.length }
    }
    filter.insertSizes[min(size, FilterStatistics.insertSizeLimit)] += 1
  }

  private mutating func correct(_ pair: inout ReadPair, _ overlap: MateOverlap, _ original: ReadPair) -> Bool {
    let differences = BaseCorrection.differences(pair.read1, pair.read2, overlap)
    guard differences > 0 else { return false }
    // Bases are about to change in place: the reads are counted first as they came in.
    countBefore(original)
    let result = BaseCorrection.correct(&pair.read1, &pair.read2, overlap)
    filter.correctedBases += result.bases
    filter.correctedReads += result.reads
    if result.bases > 0 {
      pair.read1.lookAtLetters()
      pair.read2.lookAtLetters()
    }
    return true
  }

  private mutating func cutAdapters(_ pair: inout ReadPair, _ overlap: MateOverlap?) {
    if let overlap, overlap.offset < 0 {
      let kept1 = min(pair.read1.length, overlap.length + pair.read2.frontCut)
      let kept2 = min(pair.read2.length, overlap.length + pair.read1.frontCut)
      filter.adapterReads += 2
      countAdapter(pair.read1.cutBehind(kept1), isSecond: false)
      countAdapter(pair.read2.cutBehind(kept2), isSecond: true)
      return
    }
    cutAdapter(&pair.read1, adapter1.position(in: pair.read1, scratch: &scratch), adapter1.sequence, isSecond: false)
    cutAdapter(&pair.read2, adapter2.position(in: pair.read2, scratch: &scratch), adapter2.sequence, isSecond: true)
  }

  private mutating func countAdapter(_ tail: UnsafeBufferPointer<UInt8>, isSecond: Bool) {
    filter.adapterBases += tail.count
    guard !tail.isEmpty else { return }
    if isSecond { tails2.append(tail) } else { tails1.append(tail) }
  }

  /// Cuts an adapter found by its sequence. One that begins before the read leaves nothing of it.
  private mutating func cutAdapter(_ read: inout WorkingRead, _ position: Int?, _ adapter: [UInt8], isSecond: Bool) {
    guard let position else { return }
    let tail = read.cutBehind(max(0, position))
    filter.adapterReads += 1
    guard position < 0 else { return countAdapter(tail, isSecond: isSecond) }
    adapter.withUnsafeBufferPointer {
      countAdapter(UnsafeBufferPointer(rebasing: $0.prefix($0.count + position)), isSecond: isSecond)
    }
  }

  private mutating func cutPolyX(_ read: inout WorkingRead, _ shortest: Int) {
    guard let tail = read.cutPolyX(shortest: shortest) else { return }
    filter.polyXReads[tail.base] += 1
    filter.polyXBases[tail.base] += tail.length
  }
}
