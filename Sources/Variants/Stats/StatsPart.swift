import GenomicFiles
import Genomics

/// What was counted of some batches. Parts merge in any order to the same sums.
struct StatsPart: Sendable {
  let plan: StatsPlan
  /// All records; or those with an ID, and those without.
  var sets: [StatsSet]
  var contigs: [ContigSums] = []
  private var contigPlaces: [String: Int] = [:]
  /// By place of the region in the list given; only those that hold records.
  var regions: [Int: PassSums] = [:]
  var trios: [MendelianCounts]
  var scratch = StatsScratch()

  init(plan: StatsPlan) {
    self.plan = plan
    sets = (0..<(plan.options.splitsByID ? 2 : 1)).map { _ in StatsSet(plan: plan) }
    trios = Array(repeating: MendelianCounts(), count: plan.trios.count)
    scratch.prepare(plan)
  }

  /// The number of the contig's sums.
  private mutating func contigIndex(_ name: String) -> Int {
    if let index = contigPlaces[name] { return index }
    contigPlaces[name] = contigs.count
    contigs.append(ContigSums(name: name))
    return contigs.count - 1
  }

  /// Adds another part's sums.
  mutating func merge(_ other: StatsPart) {
    for index in sets.indices { sets[index].merge(other.sets[index]) }
    for contig in other.contigs {
      let index = contigIndex(contig.name)
      contigs[index].sums.merge(contig.sums)
      contigs[index].read += contig.read
      contigs[index].withGenotypes += contig.withGenotypes
    }
    for (index, sums) in other.regions { regions[index, default: PassSums()].merge(sums) }
    for index in trios.indices { trios[index].merge(other.trios[index]) }
  }

  /// Counts a batch.
  /// - Parameter views: the reference around the records of each run; empty without a reference.
  /// - Throws: `InputError` with the record: a genotype that is none, AC beyond AN, REF that is not the reference's.
  mutating func add(_ batch: VariantBatch, _ views: [ReferenceView]) throws {
    try batch.withRecords { view in
      for (index, run) in batch.runs.enumerated() {
        let site = StatsRun(
          batch: batch, place: ContigPlace(run.contig, header: plan.header), contig: contigIndex(run.contig),
          regions: plan.regions?[run.contig], targets: plan.targets?[run.contig],
          reference: views.isEmpty ? nil : views[index])
        contigs[site.contig].read += run.records.count
        for record in run.records { try add(record, of: view, in: site) }
      }
    }
  }

  @inline(__always)
  private mutating func add(_ record: Int, of view: VariantRecords, in run: StatsRun) throws {
    let filter = view[view.column(.filter, of: record)]
    guard plan.accepts(filter: filter) else { return }
    let info = StatsInfo(view, record, tag: plan.frequencyTag)
    let start = view.position(of: record) - 1
    if run.regions != nil || run.targets != nil {
      guard run.isWanted(start, view.column(.ref, of: record).count, info, view) else { return }
    }
    let isPass = Self.isPass(filter)
    let id = view.column(.id, of: record)
    let set = sets.count == 2 && id.count == 1 && view.bytes[id.lowerBound] == UInt8(ascii: ".") ? 1 : 0

    scratch.alleles.read(view, record)
    var isKnown = true
    if plan.frequencyTag != nil {
      scratch.alleles.readFrequencies(info, view, plan.frequencies)
    } else if !plan.readsCounts {
      isKnown = false
    } else {
      switch scratch.alleles.readCounts(info, view, plan.frequencies) {
      case .known: break
      case .unknown: isKnown = false
      case .contradiction:
        throw run.malformed(record, "the counts in AC are more than AN", "correct AC and AN, or remove them")
      }
    }
    if plan.readsSamples {
      let context = StatsContext(isPass: isPass, place: run.place.place(at: start))
      let sums = try countSamples(view, record, set, context, run)
      if !isKnown, sums.hasGenotypes { scratch.alleles.assignBinsFromCalls(plan.frequencies) }
      if sums.hasGenotypes { contigs[run.contig].withGenotypes += 1 }
      finishSamples(sums, set, view)
      if !trios.isEmpty, sums.hasGenotypes { countTrios(run.place.inheritance(at: start)) }
    }
    try countSite(view, record, set, run)
    if plan.readsSiteDepth { countDepth(info, view, set) }
    contigs[run.contig].sums.add(scratch.alleles, isPass: isPass)
    if let intervals = run.regions ?? run.targets {
      let span = run.regions == nil ? 1 : run.span(start, view.column(.ref, of: record).count, info, view)
      StatsIntervals.forEach(intervals, meeting: start..<(start + span)) {
        regions[$0, default: PassSums()].add(scratch.alleles, isPass: isPass)
      }
    }
  }

  /// Compared as a number: a comparison of sequences is slow for every record.
  @inline(__always)
  private static func isPass(_ filter: UnsafeRawBufferPointer) -> Bool {
    filter.count == 4
      && UInt32(littleEndian: filter.loadUnaligned(as: UInt32.self))
        == UInt32(UInt8(ascii: "P")) | UInt32(UInt8(ascii: "A")) << 8 | UInt32(UInt8(ascii: "S")) << 16
        | UInt32(UInt8(ascii: "S")) << 24
  }

  /// Counts INFO's depth; a missing one counts as below all bins, as in bcftools.
  private mutating func countDepth(_ info: StatsInfo, _ view: VariantRecords, _ set: Int) {
    guard case .text(let text) = info.depth, view.firstIndex(of: UInt8(ascii: ","), in: text) == nil else { return }
    let depth = StatsNumber.integer(view.bytes, text) ?? Int(Int32.min)
    sets[set].sites.siteDepths[plan.options.depthBins.index(of: depth)] += 1
  }

  private mutating func countTrios(_ inheritance: Inheritance) {
    for (index, trio) in plan.trios.enumerated() {
      trios[index].add(
        inheritance, sex: trio.sex, child: scratch.calls[trio.child], father: scratch.calls[trio.father],
        mother: scratch.calls[trio.mother])
    }
  }
}

/// What the records of a run have in common.
struct StatsRun {
  let batch: VariantBatch
  let place: ContigPlace
  /// The number of the contig's sums.
  let contig: Int
  let regions: [StatsIntervals.Interval]?
  let targets: [StatsIntervals.Interval]?
  let reference: ReferenceView?

  func malformed(_ record: Int, _ reason: String, _ remedy: String = "correct the line, or make the file again")
    -> InputError
  {
    InputError(.malformed, at: batch.location(of: record), reason, remedy: remedy)
  }

  /// Whether a record lies where it is wanted: in a region with any base, in a target with its POS.
  func isWanted(_ start: Int, _ bases: Int, _ info: StatsInfo, _ view: VariantRecords) -> Bool {
    if let targets, !StatsIntervals.forEach(targets, meeting: start..<(start + 1), { _ in }) { return false }
    guard let regions else { return true }
    return StatsIntervals.forEach(regions, meeting: start..<(start + span(start, bases, info, view))) { _ in }
  }

  /// The number of bases that a record spans: to END where that lies behind POS, else REF's.
  func span(_ start: Int, _ bases: Int, _ info: StatsInfo, _ view: VariantRecords) -> Int {
    if case .text(let text) = info.end, let end = StatsNumber.integer(view.bytes, text), end > start {
      return end - start
    }
    return max(1, bases)
  }
}
