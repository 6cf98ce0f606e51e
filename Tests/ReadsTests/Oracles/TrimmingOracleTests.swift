import EngineTestSupport
import Testing

@testable import Reads

/// Each step of trimming against the slow and obvious way.
@Suite struct TrimmingOracleTests {
  @Test(arguments: seeds(3))
  func `the overlap of mates is the one that base by base comparison finds`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var (found, leftwards, long) = (0, 0, 0)
    for _ in 0..<4000 {
      var limits = ReadOptions.Overlap()
      if random.oneIn(2) {
        limits.shortest = random.int(1...40)
        limits.differences = random.int(0...12)
        limits.differencePercent = random.int(0...60)
      }
      let (read1, read2) = mates(&random)
      let expected = NaiveTrimming.overlap(read1, read2, limits)
      let (fast, slow) = overlaps(read1, read2, limits)
      #expect(fast?.offset == expected?.offset && fast?.length == expected?.length, "\(read1) \(read2) \(limits)")
      #expect(slow == fast, "\(read1) \(read2) \(limits)")
      found += expected == nil ? 0 : 1
      leftwards += (expected?.offset ?? 0) < 0 ? 1 : 0
      long += expected != nil && max(read1.count, read2.count) > BasePlanes.capacity ? 1 : 0
    }
    #expect(found > 400 && leftwards > 100 && long > 10, "the reads are worth looking at")
  }

  /// Two mates of a fragment, or two reads that have nothing in common.
  private func mates(_ random: inout SeededGenerator) -> ([UInt8], [UInt8]) {
    if random.oneIn(4) { return (random.bases(0...130), random.bases(0...130)) }
    let longest = random.oneIn(10) ? 1200 : 200
    let letters = Array(random.pick(["ACGT", "ACGT", "ACGTN", "ACGTacgt"]).utf8)
    let fragment = random.bases(letters, random.int(0...longest))
    let other = NaiveTrimming.reverseComplement(fragment)
    func read(_ strand: [UInt8]) -> [UInt8] {
      random.damaged(strand + random.bases(letters, random.int(0...60)), oneIn: random.pick([10, 30, 1000]))
    }
    let read1 = read(fragment)
    let read2 = read(other)
    return (Array(read1.prefix(random.int(0...longest))), Array(read2.prefix(random.int(0...longest))))
  }

  private func overlaps(
    _ read1: [UInt8], _ read2: [UInt8], _ limits: ReadOptions.Overlap
  ) -> (MateOverlap?, MateOverlap?) {
    var finder = OverlapFinder(limits)
    return withWorkingRead(read1) { first in
      withWorkingRead(read2) { second in (finder.overlap(first, second), finder.slowOverlap(first, second)) }
    }
  }

  @Test(arguments: seeds(3))
  func `an adapter is found where base by base comparison finds it`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var scratch = BasePlanes()
    var (found, before) = (0, 0)
    for _ in 0..<6000 {
      let letters = Array(random.pick(["ACGT", "ACGT", "ACGTN", "ACGTR"]).utf8)
      let adapter = random.bases(letters, random.pick([0, 3, 4, 7, 8, 11, 12, 15, 16, 33, 57, 58, 70]))
      let lead = random.bases(0...random.pick([0, 20, 150, 600]))
      let tail = random.damaged(Array(adapter.dropFirst(random.int(0...6))), oneIn: random.pick([5, 12, 1000]))
      let read = Array((lead + tail + random.bases(0...40)).prefix(random.int(0...700)))
      let expected = NaiveTrimming.adapter(adapter, in: read)
      let finder = AdapterFinder(adapter)
      let position = withWorkingRead(read) { finder.position(in: $0, scratch: &scratch) }
      #expect(position == expected, "\(adapter) in \(read)")
      found += expected == nil ? 0 : 1
      before += (expected ?? 0) < 0 ? 1 : 0
    }
    #expect(found > 1000 && before > 50, "the reads are worth looking at")
  }

  @Test(arguments: seeds(3))
  func `tails of one base are what counting from the end finds`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var (cutG, cutX) = (0, 0)
    for _ in 0..<6000 {
      let read = random.bases(0...60) + random.bases(0...30)
      let shortest = random.pick([1, 2, 3, 7, 8, 9, 10, 10, 10, 20])
      let left = withWorkingRead(read) { read -> Int in
        read.cutPolyG(shortest: shortest)
        return read.length
      }
      #expect(left == NaiveTrimming.polyG(read, shortest: shortest), "G, \(shortest), \(read)")
      let (tail, rest) = withWorkingRead(read) { read in (read.cutPolyX(shortest: shortest), read.length) }
      let expected = NaiveTrimming.polyX(read, shortest: shortest)
      #expect(
        tail.map { Character(UnicodeScalar(BaseClass.letters[$0.base])) } == expected?.base, "\(shortest), \(read)")
      #expect(tail?.length == expected?.length && rest == read.count - (expected?.length ?? 0), "\(shortest), \(read)")
      cutG += left < read.count ? 1 : 0
      cutX += expected == nil ? 0 : 1
    }
    #expect(cutG > 200 && cutX > 200, "the reads are worth looking at")
  }

  @Test(arguments: seeds(3))
  func `windows are judged by their sums`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var (cut, gone) = (0, 0)
    for _ in 0..<8000 {
      let bases = random.damaged(random.bases(Array("ACGTN".utf8), random.int(0...40)), oneIn: 10)
      let scores = random.scores(bases.count, random.pick([2...40, 15...25, 0...93, 30...40]))
      var options = ReadOptions()
      func window() -> ReadOptions.QualityWindow? {
        random.oneIn(2) ? .init(size: random.pick([1, 2, 4, 4, 9, 50]), meanQuality: random.int(1...36)) : nil
      }
      (options.cutFront, options.cutTail, options.cutRight) = (window(), window(), random.oneIn(2) ? window() : nil)
      var fixed = ReadOptions.FixedCut()
      if random.oneIn(2) { (fixed.front, fixed.tail) = (random.int(0...12), random.int(0...12)) }
      let kept = withWorkingRead(bases, scores) { read -> Range<Int>? in
        read.cut(fixed, options)
        return read.isGone ? nil : read.start..<(read.start + read.length)
      }
      let naive = NaiveWindows(bases: bases, scores: scores.map(Int.init), fixed: fixed, options: options)
      #expect(kept == naive.kept(), "\(bases) \(scores) \(fixed) \(options)")
      cut += kept.map { $0.count < bases.count } == true ? 1 : 0
      gone += kept == nil ? 1 : 0
    }
    #expect(cut > 1000 && gone > 200, "the reads are worth looking at")
  }

  @Test(arguments: seeds(2))
  func `a read is complex where enough of its bases differ from the next`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var options = ReadOptions()
    (options.quality, options.length) = (nil, nil)
    var dropped = 0
    for _ in 0..<4000 {
      let percent = random.int(0...100)
      options.complexityPercent = percent
      let read = random.bases(1...60)
      let outcome = withWorkingRead(read) { $0.outcome(options) }
      #expect((outcome == .passed) == NaiveTrimming.isComplex(read, percent: percent), "\(percent), \(read)")
      #expect(outcome == .passed || outcome == .lowComplexity)
      dropped += outcome == .passed ? 0 : 1
    }
    #expect((100...3900).contains(dropped))
  }
}
