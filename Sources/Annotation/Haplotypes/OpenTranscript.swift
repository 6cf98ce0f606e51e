import Variants

/// A transcript with the alleles of the records behind the reader that may still change a codon or a frame together with
/// one that comes.
struct OpenTranscript {
  let map: CodingMap
  private var alleles: [HaplotypeAllele] = []
  private var records: [(record: ScoutedRecord, alleles: [Int?])] = []
  private var shifts = false
  /// The contig's last position, from 0, at which a record may still belong to these.
  private(set) var horizon = -1
  /// The first record's number in the file.
  private(set) var firstOrdinal = Int.max

  init(_ map: CodingMap) { self.map = map }

  /// Takes a record's alleles.
  /// - Parameter placements: by allele number less one; nil for those that do not touch the CDS.
  mutating func add(_ record: ScoutedRecord, _ placements: [CodingMap.Placement?]) {
    firstOrdinal = min(firstOrdinal, record.ordinal)
    var indices: [Int?] = []
    let shiftedBefore = shifts
    let known = alleles.count
    for (number, placement) in placements.enumerated() {
      guard let placement, let variant = record.alternates[number].variant else {
        indices.append(nil)
        continue
      }
      let span: Range<Int>
      var isOverEnd = false
      switch placement {
      case .outside:
        indices.append(nil)
        continue
      case .inside(let place): span = place
      case .overEnd(let place):
        span = place
        isOverEnd = true
      }
      indices.append(alleles.count)
      alleles.append(
        HaplotypeAllele(
          span: span, alternate: map.transcript.isReverse ? variant.alternate.reverseComplement : variant.alternate,
          isOverEnd: isOverEnd, record: record, number: number + 1))
      if alleles[alleles.count - 1].shifts { shifts = true }
    }
    records.append((record, indices))
    // The first that shifts the frame makes all reach further that stand behind it.
    let isNew = shifts && !shiftedBefore
    for allele in alleles[(isNew ? 0 : known)...] { horizon = max(horizon, reach(allele.span)) }
  }

  /// How far an allele's codon, and a shifted frame that it lies in, go in the direction of the file.
  private func reach(_ span: Range<Int>) -> Int {
    if map.transcript.isReverse {
      // Records that come stand before these on the transcript, and any may shift the frame.
      let place = min(CodingMap.codonStart(span.lowerBound), map.shiftedStart(before: span.lowerBound))
      return map.position(of: place) + 1
    }
    let end = shifts ? map.shiftedEnd(from: span.upperBound) : span.upperBound
    return map.position(of: max(CodingMap.codonEnd(end), span.upperBound) - 1) + 1
  }

  // MARK: What the haplotypes come to

  /// A group of alleles and who has it.
  struct Group {
    /// In the order of the transcript.
    var alleles: [HaplotypeAllele]
    var haplotypes = 0
    var samples = 0
  }

  /// What all samples' haplotypes come to.
  struct Outcome {
    /// In a fixed order.
    var groups: [Group] = []
    /// Records that may stand together with others, ascending.
    var possiblyCompound: [Int] = []
  }

  /// Groups the alleles of each haplotype.
  func outcome(_ counts: inout HaplotypeCounts) -> Outcome {
    let order = alleles.indices.sorted { HaplotypeAllele.isBefore(alleles[$0], alleles[$1]) }
    var rank = [Int](repeating: 0, count: alleles.count)
    for (place, index) in order.enumerated() { rank[index] = place }
    let grouping = HaplotypeGrouping(map: map, alleles: order.map { alleles[$0] })
    var calls: [SampleCalls.Call] = []
    for (record, indices) in records {
      for call in record.calls {
        guard let index = indices[call.allele - 1] else { continue }
        calls.append(
          SampleCalls.Call(
            sample: call.sample, allele: rank[index], set: call.set, slot: call.slot, ploidy: call.ploidy))
      }
    }
    calls.sort { ($0.sample, $0.allele, $0.slot) < ($1.sample, $1.allele, $1.slot) }
    var found = FoundGroups(grouping)
    var first = 0
    while first < calls.count {
      var end = first + 1
      while end < calls.count, calls[end].sample == calls[first].sample { end += 1 }
      found.add(SampleCalls(Array(calls[first..<end])), &counts)
      first = end
    }
    var outcome = Outcome()
    for members in found.groups.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      guard let tally = found.groups[members] else { continue }
      outcome.groups.append(
        Group(
          alleles: members.map { grouping.alleles[$0] }, haplotypes: tally.haplotypes, samples: tally.samples))
      counts.groups += 1
      counts.haplotypesGrouped += tally.haplotypes
    }
    outcome.possiblyCompound = Set(found.possible.map { grouping.alleles[$0].record.ordinal }).sorted()
    return outcome
  }
}
