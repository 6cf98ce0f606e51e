import GenomicFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

// The sections by sample: PSC, PSI, HWE, and the depths of genotypes. One scan of a line's sample columns.
extension StatsPart {
  /// Counts the genotypes and depths of a record.
  @inline(__always)
  mutating func countSamples(
    _ view: VariantRecords, _ record: Int, _ set: Int, _ context: StatsContext, _ run: StatsRun
  ) throws -> RecordGenotypes {
    scratch.readFormat(view, record)
    let places = scratch.places
    var sums = RecordGenotypes()
    guard let base = view.bytes.baseAddress?.assumingMemoryBound(to: UInt8.self),
      places.genotype >= 0 || places.depth >= 0
    else { return sums }
    sums.hasGenotypes = places.genotype >= 0
    let siteClass = SiteClass.of(scratch.alleles)
    let loop = SampleLoop(
      base: base, places: places, alleleCount: scratch.alleles.count, cells: sets[set].samples,
      block: sets[set].samples.block(context, siteClass),
      multiallelic: siteClass == SiteClass.multiallelic ? sets[set].samples.multiallelicBlock(context) : nil,
      depthBins: plan.options.depthBins, depthColumns: plan.selected.count,
      wantsShares: places.alleleDepths >= 0 && scratch.alleles.classes & StatsAlleleClass.indel != 0,
      keepsCalls: !trios.isEmpty && places.genotype >= 0)
    let range = view.samples(of: record)
    let isOfAll = plan.selected.count == plan.slots.count && plan.isInOrder
    do {
      if isOfAll {
        try loop.run(range, slots: nil, &scratch, &sums)
      } else {
        try plan.slots.withUnsafeBufferPointer { try loop.run(range, slots: $0, &scratch, &sums) }
      }
    } catch let fault as StatsGenotype.Fault {
      switch fault {
      case .malformed: throw run.malformed(record, "a GT is no genotype")
      case .alleleOutOfRange(let allele):
        throw run.malformed(
          record, "a GT names allele \(allele), and the record's last is \(scratch.alleles.count - 1)")
      }
    }
    return sums
  }

  /// Counts what all genotypes of a record say together, once its alleles' frequencies are known.
  @inline(__always)
  mutating func finishSamples(_ sums: RecordGenotypes, _ set: Int, _ view: VariantRecords) {
    guard sums.hasGenotypes else { return }
    let notReference = sums.heterozygous + sums.alternate
    if notReference == 1 { sets[set].samples.singletons[sums.lastNotReference] += 1 }
    let total = notReference + sums.reference
    if total > 0 {
      sets[set].sites.addHeterozygosity(
        Float(sums.heterozygous) / Float(total),
        frequencyBin: scratch.alleles.count > 1 ? scratch.alleles.bins[1] : 0)
    }
    if !scratch.shares.isEmpty { countShares(set, view) }
  }

  /// Counts the shares of reads that heterozygous indels have: of the allele's and the other's together.
  ///
  /// With some samples of many, bcftools 1.16 takes the depths of the file's first columns instead of theirs.
  private mutating func countShares(_ set: Int, _ view: VariantRecords) {
    for share in scratch.shares {
      var place = scratch.places.alleleDepths
      var start = scratch.columnStarts[share.slot]
      while place > 0, Self.fieldEnd(view.bytes, &start) == UInt8(ascii: ":") {
        start += 1
        place -= 1
      }
      guard place == 0 else { continue }
      var (index, own, other) = (0, -1, -1)
      while true {
        let valueStart = start
        while view.bytes[start] != UInt8(ascii: ","), !Self.isFieldEnd(view.bytes[start]) { start += 1 }
        let value = StatsNumber.integer(view.bytes, valueStart..<start)
        if index == share.allele { own = value ?? -1 } else if index == share.other { other = value ?? -1 }
        index += 1
        guard view.bytes[start] == UInt8(ascii: ",") else { break }
        start += 1
      }
      guard own >= 0, other >= 0, own + other > 0 else { continue }
      sets[set].sites.addShare(
        Float(own) / Float(own + other), length: scratch.alleles.lengths[share.allele])
    }
    scratch.shares.removeAll(keepingCapacity: true)
  }

  private static func isFieldEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ":") || byte < 32 }

  /// Moves to the end of a field and gives the byte there.
  private static func fieldEnd(_ bytes: UnsafeRawBufferPointer, _ place: inout Int) -> UInt8 {
    while !isFieldEnd(bytes[place]) { place += 1 }
    return bytes[place]
  }
}
