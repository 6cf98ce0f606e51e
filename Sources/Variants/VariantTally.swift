import GenomicFiles
import Genomics

/// Counting of one batch in arrays; named only when the batch is done, so that no record pays for a dictionary.
struct VariantTally {
  var counts = VariantCounts()
  private var classes = [Int](repeating: 0, count: AlleleClass.allCases.count)
  private var untouched = [Int](repeating: 0, count: AlleleClass.allCases.count)
  /// Seven a sample, in the order of `Genotype.Zygosity.allCases`.
  private var zygosity: [Int]
  private var filters: [(text: [UInt8], count: Int)] = []
  private let sampleCount: Int

  init(sampleCount: Int) {
    self.sampleCount = sampleCount
    zygosity = Array(repeating: 0, count: 7 * sampleCount)
  }

  mutating func count(class alleleClass: AlleleClass) { classes[alleleClass.rawValue] += 1 }

  mutating func count(untouched alleleClass: AlleleClass) { untouched[alleleClass.rawValue] += 1 }

  /// Counts an allele of bases.
  mutating func count(_ reference: UnsafeRawBufferPointer, _ alternate: UnsafeRawBufferPointer) {
    let (alleleClass, bases) = AlleleClass.of(reference: reference, alternate: alternate)
    if let (reference, alternate) = bases { countSNV(reference, alternate) } else { count(class: alleleClass) }
  }

  /// Counts an SNV of two different bases in upper case.
  mutating func countSNV(_ reference: UInt8, _ alternate: UInt8) {
    classes[AlleleClass.snv.rawValue] += 1
    // A transition swaps A with G or C with T.
    switch (reference, alternate) {
    case (UInt8(ascii: "A"), UInt8(ascii: "G")), (UInt8(ascii: "G"), UInt8(ascii: "A")),
      (UInt8(ascii: "C"), UInt8(ascii: "T")), (UInt8(ascii: "T"), UInt8(ascii: "C")):
      counts.transitions += 1
    default:
      if reference != UInt8(ascii: "N"), alternate != UInt8(ascii: "N") { counts.transversions += 1 }
    }
  }

  mutating func count(filter: UnsafeRawBufferPointer) {
    for index in filters.indices
    where filters[index].text.withUnsafeBytes({ $0.isSame(as: filter) }) {
      filters[index].count += 1
      return
    }
    filters.append((Array(filter), 1))
  }

  /// Counts each sample's zygosity; GT is the first FORMAT field where it is there (VCF 4.5, section 1.6.2).
  mutating func countGenotypes(_ view: VariantRecords, _ record: Int) {
    guard sampleCount > 0 else { return }
    let format = view[view.column(.format, of: record)]
    guard format.count >= 2, format[0] == UInt8(ascii: "G"), format[1] == UInt8(ascii: "T"),
      format.count == 2 || format[2] == UInt8(ascii: ":")
    else { return }
    let samples = view.samples(of: record)
    let sampleCount = sampleCount
    zygosity.withUnsafeMutableBufferPointer { zygosity in
      Self.count(view.bytes, samples.lowerBound, samples.upperBound, zygosity, 0)
      var sample = 1
      var block = samples.lowerBound
      // A block at a time: a call of memchr for every sample is as much work as the rest.
      while sample < sampleCount, block < samples.upperBound {
        var tabs = view.bytes.places(of: UInt8(ascii: "\t"), inBlockAt: block)
        if samples.upperBound - block < 64 { tabs &= 1 << UInt64(samples.upperBound - block) - 1 }
        while tabs != 0, sample < sampleCount {
          let start = block + tabs.trailingZeroBitCount + 1
          Self.count(view.bytes, start, samples.upperBound, zygosity, sample)
          tabs &= tabs &- 1
          sample += 1
        }
        block += 64
      }
    }
  }

  /// Counts the genotype of the sample that starts at `start`; the last sample ends at `end`.
  @inline(__always)
  private static func count(
    _ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int, _ zygosity: UnsafeMutableBufferPointer<Int>,
    _ sample: Int
  ) {
    let index = diploidZygosity(bytes, start, end) ?? Self.zygosity(bytes, start, end)
    zygosity[7 &* sample &+ index] &+= 1
  }

  /// The index in `Genotype.Zygosity.allCases` of two alleles of one letter each, as nearly all are; nil for anything else.
  @inline(__always)
  private static func diploidZygosity(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Int? {
    guard start + 3 <= end,
      start + 3 == end || bytes[start + 3] == UInt8(ascii: ":") || bytes[start + 3] == UInt8(ascii: "\t"),
      bytes[start + 1] == UInt8(ascii: "/") || bytes[start + 1] == UInt8(ascii: "|")
    else { return nil }
    let (a, b) = (bytes[start] &- UInt8(ascii: "0"), bytes[start + 2] &- UInt8(ascii: "0"))
    let missing = UInt8(ascii: ".") &- UInt8(ascii: "0")
    guard a < 10 || a == missing, b < 10 || b == missing else { return nil }
    if a == missing || b == missing { return a == b ? 6 : 5 }
    // 0, 1 and 2 are homozygous for the reference, heterozygous and homozygous for an alternate. Without a branch on
    // what differs from sample to sample.
    let differs = a == b ? 0 : 1
    let isAlternate = a == 0 ? 0 : 1
    return differs &+ 2 &* (isAlternate & (1 &- differs))
  }

  /// The index in `Genotype.Zygosity.allCases` of the genotype text that starts at `start`.
  @inline(never)
  private static func zygosity(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ limit: Int) -> Int {
    var position = start
    var first = -1
    var alleles = 0
    var called = 0
    var allSame = true
    var current = -1
    var isMissing = false
    func end() {
      guard current >= 0 || isMissing else { return }
      alleles += 1
      if current >= 0 {
        called += 1
        if first < 0 { first = current } else if current != first { allSame = false }
      }
      current = -1
      isMissing = false
    }
    scan: while position < limit {
      switch bytes[position] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        // No record has a million alleles; a longer number must not overflow.
        current = min(1_000_000, max(0, current) * 10 + Int(bytes[position] - UInt8(ascii: "0")))
      case UInt8(ascii: "."): isMissing = true
      case UInt8(ascii: "/"), UInt8(ascii: "|"): end()
      default: break scan
      }
      position += 1
    }
    end()
    if called == 0 { return 6 }
    if called < alleles { return 5 }
    if alleles == 1 { return first == 0 ? 3 : 4 }
    return allSame ? (first == 0 ? 0 : 2) : 1
  }

  /// The counts with names.
  func named() -> VariantCounts {
    var counts = counts
    for alleleClass in AlleleClass.allCases {
      if classes[alleleClass.rawValue] > 0 { counts.allelesByClass[alleleClass.name] = classes[alleleClass.rawValue] }
      if untouched[alleleClass.rawValue] > 0 { counts.untouched[alleleClass.name] = untouched[alleleClass.rawValue] }
    }
    for filter in filters {
      counts.recordsByFilter[String(decoding: filter.text, as: UTF8.self), default: 0] += filter.count
    }
    counts.zygosityBySample = (0..<sampleCount).map { sample in
      var named: [String: Int] = [:]
      for (index, zygosity) in Genotype.Zygosity.allCases.enumerated() where self.zygosity[7 * sample + index] > 0 {
        named[zygosity.rawValue] = self.zygosity[7 * sample + index]
      }
      return named
    }
    return counts
  }
}
