import GenomicFiles
import Genomics

/// What the options mean for one file: columns instead of names, made once before the first record.
struct StatsPlan: Sendable {
  let options: VariantStatsOptions
  let header: VCFHeader
  /// Whether a FASTA tells the repeats around indels.
  let hasReference: Bool
  /// The columns of the samples that are counted, in the order asked for.
  let selected: [Int]
  /// By column, its place in `selected`; -1 where it is not counted.
  let slots: [Int]
  /// Whether the samples counted stand in the file's order.
  let isInOrder: Bool
  /// Whether genotypes are looked at.
  let readsSamples: Bool
  let frequencies: FrequencyBins
  let frequencyTag: [UInt8]?
  let filters: [[UInt8]]
  /// Whether AC and AN are numbers; bcftools does without them, or fails, where the header does not say so.
  let readsCounts: Bool
  /// Whether INFO's DP is a number; bcftools passes over it where the header does not say so.
  let readsSiteDepth: Bool
  let regions: StatsIntervals?
  let targets: StatsIntervals?
  let trios: [StatsTrio]

  /// - Throws: `InputError` of kind `mismatch` where the file lacks a sample or tag that is asked for.
  init(_ options: VariantStatsOptions, header: VCFHeader, hasReference: Bool, path: String) throws(InputError) {
    self.hasReference = hasReference
    self.options = options
    self.header = header
    var selected: [Int] = []
    switch options.samples {
    case .all: selected = Array(header.samples.indices)
    case .none: break
    case .named(let names):
      for name in names {
        guard let column = header.samples.firstIndex(of: name) else {
          throw InputError(
            .mismatch, at: InputLocation(file: path), "there is no sample \(name)",
            remedy: "name samples of the file's #CHROM line")
        }
        if !selected.contains(column) { selected.append(column) }
      }
    }
    self.selected = selected
    isInOrder = selected == selected.sorted()
    var slots = [Int](repeating: -1, count: header.samples.count)
    for (slot, column) in selected.enumerated() { slots[column] = slot }
    self.slots = slots
    readsSamples = !selected.isEmpty
    frequencies = FrequencyBins(borders: options.frequencyBins, samples: header.samples.count)
    if let tag = options.frequencyTag, header.info[tag] == nil {
      throw InputError(
        .mismatch, at: InputLocation(file: path), "the header declares no INFO key \(tag)",
        remedy: "name an INFO key of the file that holds allele frequencies")
    }
    frequencyTag = options.frequencyTag.map { Array($0.utf8) }
    filters = options.filters.map { Array($0.utf8) }
    readsCounts = header.info["AC"]?.type == .integer && header.info["AN"]?.type == .integer
    readsSiteDepth = header.info["DP"]?.type == .integer
    regions = options.regions.map(StatsIntervals.init)
    targets = options.targets.map(StatsIntervals.init)
    trios = options.pedigree.map { StatsTrio.trios(of: $0, samples: header.samples) } ?? []
  }

  /// Whether a FILTER column has one of the names asked for.
  func accepts(filter: UnsafeRawBufferPointer) -> Bool {
    if filters.isEmpty { return true }
    return filter.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).contains { name in
      filters.contains { $0.elementsEqual(name) }
    }
  }
}

/// Regions by contig, ascending by start, to be asked which of them a record meets.
struct StatsIntervals: Sendable {
  /// A region and its place in the list given.
  struct Interval: Sendable {
    var range: Range<Int>
    var index: Int
    /// The furthest end of this one and those before it.
    var reach: Int
  }

  let regions: [Region]
  private let byContig: [String: [Interval]]

  init(_ regions: [Region]) {
    self.regions = regions
    var byContig: [String: [Interval]] = [:]
    for (index, region) in regions.enumerated() {
      byContig[region.contig, default: []].append(
        Interval(range: region.start.value..<region.end.value, index: index, reach: 0))
    }
    self.byContig = byContig.mapValues { intervals in
      var sorted = intervals.sorted {
        ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
      }
      var reach = 0
      for index in sorted.indices {
        reach = max(reach, sorted[index].range.upperBound)
        sorted[index].reach = reach
      }
      return sorted
    }
  }

  /// A contig's regions.
  subscript(contig: String) -> [Interval] { byContig[contig] ?? [] }

  /// Calls `body` with the number of each region that shares a base with a stretch.
  /// - Returns: whether there is one.
  @discardableResult
  static func forEach(_ intervals: [Interval], meeting stretch: Range<Int>, _ body: (Int) -> Void) -> Bool {
    var low = 0
    var high = intervals.count
    while low < high {
      let middle = (low + high) / 2
      if intervals[middle].reach > stretch.lowerBound { high = middle } else { low = middle + 1 }
    }
    var isMet = false
    while low < intervals.count, intervals[low].range.lowerBound < stretch.upperBound {
      if intervals[low].range.upperBound > stretch.lowerBound {
        isMet = true
        body(intervals[low].index)
      }
      low += 1
    }
    return isMet
  }
}
