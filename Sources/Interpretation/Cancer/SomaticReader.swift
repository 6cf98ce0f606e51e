import Annotation
import GenomicFiles
import Genomics
import Variants

/// Takes the somatic variants from the records of a batch.
///
/// Nothing is allocated for a record: FORMAT is read once for all records that have the same one, of the samples' columns
/// only the two that are asked for are split, and their values only as far as somebody asks.
struct SomaticReader {
  let rules: SomaticRules
  private let batch: VariantBatch
  private let view: VariantRecords
  private let limits: Limits
  var part = SomaticPart()
  private var formats = KnownFormats()
  /// What the annotator writes of the allele at hand.
  var output: [UInt8] = []

  /// The profile's rules that every record is asked, as plain values: reading them out of the profile would count its
  /// references up and down.
  private struct Limits {
    let somatic: SomaticProfile.Somatic
    let requirePass: Bool
    let asksStatus: Bool
    let types: UInt8
    let longest: Int
    let hasFloors: Bool
    let deep: Int
    /// Columns among the samples, counted from 0; -1 for no normal.
    let tumour: Int
    let normal: Int
    let samples: Int

    init(_ rules: SomaticRules, _ header: VCFHeader) {
      somatic = rules.profile.somatic
      requirePass = somatic.requirePass
      asksStatus = rules.asksStatus
      types = somatic.types.reduce(0) { $0 | $1.bit }
      longest = somatic.longest
      hasFloors = somatic.hasFloors
      deep = rules.profile.purity.leastDepth
      tumour = rules.tumour
      normal = rules.normal ?? -1
      samples = header.samples.count
    }
  }

  /// What a record says of its samples.
  private struct Calls {
    var places = FormatPlaces()
    var tumour = SampleValues()
    var normal = SampleValues()
    var genotype: SomaticGenotype?
  }

  init(_ rules: SomaticRules, _ batch: VariantBatch, _ view: VariantRecords) {
    self.rules = rules
    self.batch = batch
    self.view = view
    limits = Limits(rules, batch.header)
    part.sites.reserveCapacity(batch.count)
  }

  /// Reads a run of records on one contig.
  mutating func read(_ run: VariantBatch.Run, _ contig: SomaticContig, _ reference: ReferenceView) throws {
    let first = part.sites.count
    var consequences: ListedConsequences?
    var exons = ExonNeighbourhood.Walk(contig.exons)
    for record in run.records {
      part.records += 1
      let alternates = view[view.column(.alt, of: record)]
      var commas = 0
      if alternates.count > 1 {
        for place in 0..<alternates.count where alternates[place] == UInt8(ascii: ",") { commas += 1 }
      }
      part.alleles += commas + 1
      if let reason = recordDrop(record) {
        part.drop(reason, commas + 1)
        continue
      }
      let calls = calls(of: record)
      var number = 0
      var start = 0
      while start <= alternates.count {
        var end = alternates.count
        if commas > 0 {
          end = start
          while end < alternates.count, alternates[end] != UInt8(ascii: ",") { end += 1 }
        }
        number += 1
        let alternate = UnsafeRawBufferPointer(rebasing: alternates[start..<end])
        try read(record, alternate, number, commas == 0, calls, contig, reference, &exons, &consequences)
        start = end + 1
      }
    }
    part.runs.append(SomaticPart.Run(contig: contig, sites: first..<part.sites.count))
  }

  /// Why no allele of a record counts, by FILTER and what VarScan says of it.
  @inline(__always)
  private func recordDrop(_ record: Int) -> SomaticDrop? {
    if limits.requirePass {
      let filter = view[view.column(.filter, of: record)]
      guard Self.isPass(filter) else {
        return filter.count == 1 && filter[0] == UInt8(ascii: ".") ? .filterMissing : .filtered
      }
    }
    return limits.asksStatus ? statusDrop(record) : nil
  }

  /// SS of VarScan: 0 reference, 1 germline, 2 somatic, 3 loss of heterozygosity, 5 unknown.
  private func statusDrop(_ record: Int) -> SomaticDrop? {
    let status = Self.statusKey.withUnsafeBytes { key in
      view.info(key, of: record)?.value.flatMap { VCFNumber.integer(view[$0]) }
    }
    guard let status else { return .statusMissing }
    return status == 2 ? nil : .notSomatic
  }

  /// Compared as a number: a comparison of sequences is slow for every record.
  @inline(__always)
  private static func isPass(_ filter: UnsafeRawBufferPointer) -> Bool {
    filter.count == 4 && UInt32(littleEndian: filter.loadUnaligned(as: UInt32.self)) == 0x5353_4150
  }

  private static let statusKey = Array("SS".utf8)

  /// Finds the columns of tumour and normal, and of those behind the last of the two nothing.
  @inline(__always)
  private mutating func calls(of record: Int) -> Calls {
    var calls = Calls()
    calls.places = formats.places(view, record)
    let samples = view.samples(of: record)
    var start = samples.lowerBound
    for column in 0...max(limits.tumour, limits.normal) {
      let end =
        column + 1 == limits.samples
        ? samples.upperBound
        : view.firstIndex(of: UInt8(ascii: "\t"), in: start..<samples.upperBound) ?? samples.upperBound
      if column == limits.tumour { calls.tumour = SampleValues(view[start..<end]) }
      if column == limits.normal { calls.normal = SampleValues(view[start..<end]) }
      start = min(end + 1, samples.upperBound)
    }
    calls.genotype = calls.tumour.bytes(calls.places.genotype).map(SomaticGenotype.init)
    return calls
  }

  @inline(__always)
  private mutating func read(
    _ record: Int, _ alternate: UnsafeRawBufferPointer, _ number: Int, _ isBiallelic: Bool, _ calls: Calls,
    _ contig: SomaticContig, _ reference: ReferenceView, _ exons: inout ExonNeighbourhood.Walk,
    _ consequences: inout ListedConsequences?
  ) throws {
    let isBase = alternate.count == 1 && SubstitutionClass.code(alternate[0]) != nil
    if !isBase, let reason = SomaticDrop(AlternateAlleleKind(alternate)) { return part.drop(reason) }
    let start = view.position(of: record) - 1
    let ref = view[view.column(.ref, of: record)]
    let triplet = reference.triplet(at: start)
    try requireReference(record, start, ref, triplet, reference)
    guard var site = site(start, ref, alternate, triplet, reference) else { return }
    site.isBiallelic = isBiallelic
    let allele = SomaticLayout.Allele(
      number: number,
      substitution: site.type == .snv && ref.count == 1 && alternate.count == 1 ? (site.bases.r1, site.bases.a1) : nil)
    let support = rules.layout.support(allele, calls.tumour, calls.places)
    var other: AlleleSupport?
    if limits.normal >= 0 {
      let normal = rules.layout.support(allele, calls.normal, calls.places)
      other = normal
      if let one = support.fraction, let two = normal.fraction {
        part.paired += 1
        if two > one { part.moreInNormal += 1 }
      }
    }
    if let genotype = calls.genotype, genotype.isComplete, genotype.copies(of: number) == 0 {
      return part.drop(.notInTumour)
    }
    guard limits.types & site.type.bit != 0 else { return part.drop(.typeNotListed) }
    if limits.hasFloors,
      let reason = limits.somatic.drop(
        tumour: support, normal: other, quality: { calls.tumour.float(calls.places.somaticQuality) },
        hasQuality: rules.layout == .dragen)
    {
      return part.drop(reason)
    }
    site.phase = HaplotypePhase(number, calls.genotype, calls.tumour, calls.places)
    site.bin = support.bin(of: FractionHistogram.fine).map { Int16($0) } ?? -1
    site.isFallback = support.isFallback && support.fraction != nil
    site.isDeep = (support.depth ?? -1) >= limits.deep
    if exons.touches(site.allele.range) {
      site.coding = try coding(site, contig, reference, support, other, &consequences)
    }
    part.sites.append(site)
  }

  /// Refuses a REF that is not the reference's.
  @inline(__always)
  private func requireReference(
    _ record: Int, _ start: Int, _ ref: UnsafeRawBufferPointer, _ triplet: UInt32, _ reference: ReferenceView
  ) throws {
    // One base that is the reference's, as nearly every time.
    if ref.count == 1, UInt8(truncatingIfNeeded: triplet >> 8) == ref[0], SubstitutionClass.code(ref[0]) != nil {
      return
    }
    for offset in 0..<ref.count {
      guard let base = reference.base(at: start + offset) else {
        throw InputError(
          .malformed, at: batch.location(of: record), "REF reaches beyond the ends of contig \(reference.contig)",
          remedy: "correct the line, or give the FASTA that the file was made with")
      }
      guard Base.concrete(base) == Base.uppercased(ref[offset]) else {
        throw InputError(
          .mismatch, at: batch.location(of: record),
          "REF is not what the FASTA has at \(reference.contig):\(start + 1)",
          remedy: "give the FASTA that the file was made with")
      }
    }
  }

  /// The allele with what the catalogue needs of it; nil where it was dropped.
  @inline(__always)
  private mutating func site(
    _ start: Int, _ ref: UnsafeRawBufferPointer, _ alternate: UnsafeRawBufferPointer, _ triplet: UInt32,
    _ reference: ReferenceView
  ) -> SomaticSite? {
    guard ref.count == 1, alternate.count == 1 else { return longSite(start, ref, alternate, reference) }
    guard let from = SubstitutionClass.code(ref[0]), let to = SubstitutionClass.code(alternate[0]) else {
      part.drop(.unknownBases)
      return nil
    }
    guard from != to else {
      part.drop(.equalToReference)
      return nil
    }
    return Self.substitution(start, from, to, triplet)
  }

  /// The same of an allele of several bases.
  private mutating func longSite(
    _ start: Int, _ ref: UnsafeRawBufferPointer, _ alternate: UnsafeRawBufferPointer, _ reference: ReferenceView
  ) -> SomaticSite? {
    var trimmed = TrimmedAllele(start: start, reference: ref, alternate: alternate)
    guard let type = SomaticType(trimmed) else {
      part.drop(.equalToReference)
      return nil
    }
    guard max(trimmed.replaced.count, trimmed.inserted.count) < limits.longest else {
      part.drop(.notSmall)
      return nil
    }
    trimmed.leftAlign(reference)
    func code(_ place: Int) -> UInt8? { reference.base(at: place).flatMap(SubstitutionClass.code) }
    guard let allele = SmallAllele(trimmed), trimmed.replaced.allSatisfy({ code($0) != nil }) else {
      part.drop(.unknownBases)
      return nil
    }
    let place = trimmed.replaced.lowerBound
    if type == .snv {
      var site = Self.substitution(place, code(place) ?? 0, allele.code(0), reference.triplet(at: place))
      site.isTrimmed = true
      return site
    }
    var site = SomaticSite(allele: allele, type: type)
    if type == .mnv, allele.inserted == 2 {
      site.bases = (code(place) ?? 0, code(place + 1) ?? 0, allele.code(0), allele.code(1))
    }
    return site
  }

  @inline(__always)
  private static func substitution(_ start: Int, _ from: UInt8, _ to: UInt8, _ triplet: UInt32) -> SomaticSite {
    var site = SomaticSite(allele: SmallAllele(position: start, alternate: to), type: .snv)
    site.bases = (from, 0, to, 0)
    if let before = SubstitutionClass.code(UInt8(truncatingIfNeeded: triplet)),
      let behind = SubstitutionClass.code(UInt8(truncatingIfNeeded: triplet >> 16)),
      // An ambiguity code stands for its first base in a VCF, and is none of the four in a context.
      SubstitutionClass.code(UInt8(truncatingIfNeeded: triplet >> 8)) != nil
    {
      site.index = Int16(
        SubstitutionClass.index(before: before, reference: from, alternate: to, behind: behind))
    }
    return site
  }
}
