import GenomicFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The scan of one line's sample columns: the narrow place where genotypes are parsed.
///
/// A line ends in a control character that its batch holds, so a scan that stops at one never leaves the batch.
struct SampleLoop {
  let base: UnsafePointer<UInt8>
  let places: FormatPlaces
  let alleleCount: Int
  let cells: SampleCells
  let block: UnsafeMutablePointer<UInt32>
  /// Only where the record has several alternates.
  let multiallelic: UnsafeMutablePointer<UInt32>?
  let depthBins: DepthBins
  /// How many columns count in the distribution of depths: as many as samples are counted, and the first ones whatever
  /// samples they are, as in bcftools 1.16.
  let depthColumns: Int
  let wantsShares: Bool
  let keepsCalls: Bool

  /// - Parameter slots: by column, its place among the samples counted, -1 for none; nil where all are counted in order.
  @inline(__always)
  func run(
    _ range: Range<Int>, slots: UnsafeBufferPointer<Int>?, _ scratch: inout StatsScratch, _ sums: inout RecordGenotypes
  ) throws(StatsGenotype.Fault) {
    let end = range.upperBound
    let columns = cells.columns
    var start = range.lowerBound
    // Of records with one alternate: how many alleles were called, and how many of them are the alternate.
    var (called, alternates) = (0, 0)
    for column in 0..<columns {
      if wantsShares { scratch.columnStarts[column] = start }
      var place = start
      if places.genotype == 0 {
        var call = StatsGenotype()
        var isShort = false
        if start + 3 <= end {
          let first = base[start] &- UInt8(ascii: "0")
          let second = base[start + 2] &- UInt8(ascii: "0")
          let mark = base[start + 1]
          if first < 10, second < 10, mark == UInt8(ascii: "/") || mark == UInt8(ascii: "|"),
            start + 3 == end || base[start + 3] == UInt8(ascii: ":") || base[start + 3] == UInt8(ascii: "\t")
          {
            let (a, b) = (Int(first), Int(second))
            guard max(a, b) < alleleCount else { throw .alleleOutOfRange(max(a, b)) }
            isShort = true
            place = start + 3
            if multiallelic == nil {
              call.code = a + b
              called += 2
              alternates += a + b
            } else {
              Self.setShort(&call, a, b, &scratch.alleles.calls)
            }
            if keepsCalls { scratch.calls[column] = TrioCall(first: Int32(a), second: Int32(b), ploidy: 2) }
          }
        }
        if !isShort {
          call = try StatsGenotype(
            base, from: start, limit: end, calls: &scratch.alleles.calls, alleleCount: alleleCount)
          place = call.end
          if keepsCalls { scratch.calls[column] = TrioCall(call) }
        }
        count(call, slots?[column] ?? column, &scratch, &sums)
      } else if places.genotype > 0 {
        let call = try laterGenotype(start, end, &scratch)
        if keepsCalls { scratch.calls[column] = TrioCall(call) }
        count(call, slots?[column] ?? column, &scratch, &sums)
      }
      if places.depth >= 0 { countDepth(column, &place, end) }
      // Short columns end at once; a call of memchr for them would cost more than they do.
      if place < end, base[place] != UInt8(ascii: "\t") {
        place = memchr(base + place, 9, end - place).map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? end
      }
      start = min(place + 1, end)
    }
    if multiallelic == nil {
      scratch.alleles.calls[0] += called - alternates
      if alleleCount > 1 { scratch.alleles.calls[1] += alternates }
    }
  }

  /// Sets a genotype of two alleles called.
  @inline(__always)
  private static func setShort(_ call: inout StatsGenotype, _ a: Int, _ b: Int, _ calls: inout [Int]) {
    calls[a] += 1
    calls[b] += 1
    if a == b {
      call.code = a == 0 ? StatsCall.homozygousReference : StatsCall.homozygousAlternate
      call.first = a
    } else if a == 0 || b == 0 {
      call.code = StatsCall.heterozygous
      call.first = max(a, b)
    } else {
      call.code = StatsCall.twoAlternates
      (call.first, call.second) = (min(a, b), max(a, b))
    }
  }

  /// A genotype that is not the first field, against the specification; missing where the column ends before it.
  private func laterGenotype(_ start: Int, _ end: Int, _ scratch: inout StatsScratch) throws(StatsGenotype.Fault)
    -> StatsGenotype
  {
    var place = start
    for _ in 0..<places.genotype {
      while place < end, base[place] != UInt8(ascii: ":"), base[place] != UInt8(ascii: "\t") { place += 1 }
      guard place < end, base[place] == UInt8(ascii: ":") else { return StatsGenotype() }
      place += 1
    }
    return try StatsGenotype(base, from: place, limit: end, calls: &scratch.alleles.calls, alleleCount: alleleCount)
  }

  @inline(__always)
  private func count(
    _ call: StatsGenotype, _ slot: Int, _ scratch: inout StatsScratch, _ sums: inout RecordGenotypes
  ) {
    guard slot >= 0 else { return }
    block[slot * StatsCall.count + call.code] += 1
    sums.add(call.code, slot)
    if let multiallelic {
      countMultiallelic(call, multiallelic + slot * MultiallelicCount.count, slot, &scratch)
    } else if wantsShares, call.code == StatsCall.heterozygous {
      scratch.shares.append((slot, 1, 0))
    }
  }

  /// Moves to the depth's field and counts it.
  @inline(__always)
  private func countDepth(_ column: Int, _ place: inout Int, _ end: Int) {
    for _ in 0..<places.depth {
      while place < end, base[place] != UInt8(ascii: ":"), base[place] != UInt8(ascii: "\t") { place += 1 }
      guard place < end, base[place] == UInt8(ascii: ":") else { return }
      place += 1
    }
    guard let depth = places.isDepthOfAlleles ? alleleDepth(&place, end) : depth(&place, end) else { return }
    cells.depthCounts[column] += 1
    cells.depthSums[column] &+= UInt64(bitPattern: Int64(depth))
    if column < depthColumns { cells.depths[depthBins.index(of: depth)] += 1 }
  }

  /// The number at `place`; nil where it is missing. Moves behind its digits.
  @inline(__always)
  private func depth(_ place: inout Int, _ end: Int) -> Int? {
    var value = 0
    let start = place
    while place < end {
      let digit = base[place] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      value = min(value, 1 << 40) * 10 + Int(digit)
      place += 1
    }
    if place > start { return value > Int(Int32.max) ? nil : value }
    guard place < end, base[place] == UInt8(ascii: "-") || base[place] == UInt8(ascii: "+") else { return nil }
    while place < end, base[place] > 32, base[place] != UInt8(ascii: ":"), base[place] != UInt8(ascii: ",") {
      place += 1
    }
    return StatsNumber.integer(UnsafeRawBufferPointer(start: base, count: place), start..<place)
  }

  /// The sum of the values of AD that are not missing; nil where all are.
  private func alleleDepth(_ place: inout Int, _ end: Int) -> Int? {
    var sum: Int?
    while true {
      if let value = depth(&place, end) { sum = (sum ?? 0) + value }
      while place < end, base[place] != UInt8(ascii: ","), base[place] != UInt8(ascii: ":"),
        base[place] != UInt8(ascii: "\t")
      {
        place += 1
      }
      guard place < end, base[place] == UInt8(ascii: ",") else { return sum }
      place += 1
    }
  }
}

extension TrioCall {
  init(_ call: StatsGenotype) {
    self.init(first: Int32(call.alleles.0), second: Int32(call.alleles.1), ploidy: Int32(call.ploidy))
  }
}
