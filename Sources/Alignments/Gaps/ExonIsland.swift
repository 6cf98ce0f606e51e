/// A stretch of exons that overlap or touch, and what of it reads cover.
struct ExonIsland: Sendable {
  let places: Range<Int>
  /// Its exons, by their number on the contig.
  let exons: Range<Int>

  /// The islands of a contig's exons, which ascend by start.
  static func islands(_ exons: [ExonModels.Exon]) -> [ExonIsland] {
    var islands: [ExonIsland] = []
    for (number, exon) in exons.enumerated() {
      if let last = islands.last, exon.places.lowerBound <= last.places.upperBound {
        let end = max(last.places.upperBound, exon.places.upperBound)
        islands[islands.count - 1] = ExonIsland(
          places: last.places.lowerBound..<end, exons: last.exons.lowerBound..<(number + 1))
      } else {
        islands.append(ExonIsland(places: exon.places, exons: number..<(number + 1)))
      }
    }
    return islands
  }
}

/// Counters for every base of an island: depth, and what was not counted by filter.
struct IslandCounts {
  private let places: Range<Int>
  private var values: [UInt32]

  init(_ places: Range<Int>) {
    self.places = places
    values = [UInt32](repeating: 0, count: places.count * (1 + GapReason.filterCount))
  }

  /// Notes bases of a range under a filter.
  mutating func add(_ range: Range<Int>, _ filter: GapReason) {
    let covered = range.clamped(to: places)
    let row = (1 + filter.filter) * places.count - places.lowerBound
    for place in covered { values[row + place] &+= 1 }
  }

  /// Counts the bases of an aligned stretch of a read that passes every filter of reads.
  ///
  /// - Parameters:
  ///   - qualities: of the stretch's bases, in order; empty where the read has none.
  ///   - minimum: bases of less do not count.
  ///   - mate: what the mate had counted, ascending.
  ///   - counted: takes what counts of this read.
  mutating func count(
    _ range: Range<Int>, _ qualities: UnsafeRawBufferPointer, minimum: UInt8, mate: [Range<Int>],
    counted: inout [Range<Int>]
  ) {
    let covered = range.clamped(to: places)
    let width = places.count
    var next = 0
    var start: Int?
    for place in covered {
      let offset = place - places.lowerBound
      guard qualities.isEmpty || qualities[place - range.lowerBound] >= minimum else {
        values[(1 + GapReason.baseQuality.filter) * width + offset] &+= 1
        if let first = start { counted.append(first..<place) }
        start = nil
        continue
      }
      if start == nil { start = place }
      while next < mate.count, mate[next].upperBound <= place { next += 1 }
      if next < mate.count, mate[next].lowerBound <= place {
        values[(1 + GapReason.overlap.filter) * width + offset] &+= 1
      } else {
        values[offset] &+= 1
      }
    }
    if let first = start { counted.append(first..<covered.upperBound) }
  }

  /// The depth of a base.
  func depth(_ place: Int) -> Int { Int(values[place - places.lowerBound]) }

  /// What was not counted at a base, by filter.
  func filtered(_ place: Int) -> [Int] {
    (1...GapReason.filterCount).map { Int(values[$0 * places.count + place - places.lowerBound]) }
  }
}
