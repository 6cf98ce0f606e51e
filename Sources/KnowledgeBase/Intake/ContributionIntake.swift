import Batching
import GenomicFiles
import Genomics

/// What came of a sample's variant records: each is taken in, or dropped for one reason.
public struct IntakeCounts: Sendable, Hashable {
  /// Records of the file.
  public var records = 0
  /// Records whose allele the person carries and that entered.
  public var taken = 0
  /// Records that did not, by reason.
  public var dropped: [String: Int] = [:]
  /// Alleles of records taken in that stood more than once, beyond the first of each.
  public var repeatedAlleles = 0

  /// Whether every record is accounted for.
  public var balances: Bool { records == taken + dropped.values.reduce(0, +) }
}

/// Makes one sample's contribution from a VCF that `apus run` normalised and split, and from where an absent record means
/// the reference: by a gVCF's own word where the sheet gave one, else by depth and the VCF's reference calls.
///
/// Depth is no evidence where the caller said that it could not call; see `CallerCallability`.
struct ContributionIntake {
  /// What is taken from a file.
  enum Part: Sendable {
    /// A VCF's alleles; its reference calls stand beside depth.
    case alleles
    /// A gVCF's alleles and its word on callability.
    case allelesAndBlocks
    /// A gVCF's word on callability alone: the alleles come from a VCF.
    case blocks
  }

  let reference: ReferenceContigs
  let part: Part
  /// Whether phase is left out: it may come from relatives who are not permitted.
  let dropsPhase: Bool
  /// The digest of the cache that the file was annotated from; nil where it was not.
  let annotation: String?
  private var annotated: CSQGenes?
  private let tiers: CaseTiers

  /// A record of an allele, before the halves of a split record are put together.
  private struct Pending {
    var observation: Contribution.Observation
    /// The original record's name and the raw alleles; nil for a record that was not split.
    var original: String?
    var raw: Genotype
    /// The allele's number in `raw`.
    var number: Int
    /// Whether depth and quality suffice for a reference call.
    var suffices: Bool
  }

  private(set) var counts = IntakeCounts()
  /// Of the contig that is being read; memory holds those of one contig unpacked.
  private var pending: [Pending] = []
  /// All halves of each split record of the contig.
  private var halves: [String: [Genotype]] = [:]
  private var packed = ObservationList()
  /// Where alleles are carried by genotypes that would tell of callability.
  private var carried: [RefgetDigest: [Range<Int>]] = [:]
  private(set) var callability = CallerCallability()
  private var window: ReferenceWindow
  private var fields = SampleFields()

  init(
    _ part: Part, header: VCFHeader, reference: ReferenceContigs, fasta: FASTAReference, dropsPhase: Bool,
    annotation: String?, tiers: CaseTiers
  ) {
    self.part = part
    self.reference = reference
    self.dropsPhase = dropsPhase
    // An annotation that did not come from a cache of Apus's own is nobody's that could be named.
    annotated = annotation == nil ? nil : CSQGenes(header)
    self.annotation = annotated == nil ? nil : annotation
    self.tiers = tiers
    window = ReferenceWindow(fasta)
  }

  /// Takes a batch's records. Blocks, for the reference's bases.
  mutating func add(_ batch: VariantBatch, column: Int) throws {
    try batch.withRecords { view in
      for run in batch.runs {
        guard let contig = reference.contig(named: run.contig) else {
          throw InputError(
            .mismatch, at: batch.location(of: run.records.lowerBound), "contig \(run.contig) is not in the reference",
            remedy: "give the FASTA that the case was run with")
        }
        if let last = pending.last, last.observation.contig != contig.digest { pack() }
        for record in run.records {
          counts.records += 1
          if let reason = try add(view, record, contig, column, at: batch.location(of: record)) {
            counts.dropped[reason, default: 0] += 1
          } else {
            counts.taken += 1
          }
        }
      }
    }
  }

  /// - Returns: why the record did not enter; nil where it did.
  private mutating func add(
    _ view: VariantRecords, _ record: Int, _ contig: ReferenceContigs.Entry, _ column: Int, at location: InputLocation
  ) throws -> String? {
    let reference = view[view.column(.ref, of: record)]
    let start = view.position(of: record) - 1
    guard start >= 0, start + reference.count <= contig.length else { return "outside-contig" }
    let info = IntakeInfo(view, record)
    fields.read(view, record, column: column)
    let original = info.original.flatMap { OriginalRecord(view[$0]) }
    let end =
      info.end.flatMap { VCFNumber.integer(view[$0]) } ?? fields.blockLength.map { start + min($0, contig.length) }
    let span = original?.span(in: contig) ?? start..<max(start + reference.count, min(end ?? 0, contig.length))
    let filter = view[view.column(.filter, of: record)]
    guard filter.elementsEqual("PASS".utf8) || filter.elementsEqual(".".utf8) else {
      callability.cut(contig.digest, span)
      return "filter"
    }
    guard let genotype = fields.genotype else { return "no-genotype" }
    if let original { halves[original.name, default: []].append(genotype) }
    let isComplete = !genotype.alleles.contains(nil)
    guard genotype.alleles.contains(where: { $0 != nil }) else {
      // Half of a split record says nothing; the halves together may.
      if original == nil { callability.cut(contig.digest, span) }
      return "no-call"
    }
    guard genotype.alleles.contains(where: { ($0 ?? 0) > 0 }) else {
      if isComplete, fields.suffice { callability.call(contig.digest, span) }
      return "not-carried"
    }
    if part == .blocks {
      if isComplete, fields.suffice { callability.call(contig.digest, start..<start + 1) }
      return "alleles-of-the-vcf"
    }
    guard reference.allSatisfy({ Base.isVCFBase(Base.uppercased($0)) }) else { return "not-bases" }
    let alternates = view.column(.alt, of: record)
    var number = 0
    var isTaken = false
    // Records of bases beside <NON_REF> and the like are not split, so a record may hold several.
    try view.forEachPart(of: alternates, separator: UInt8(ascii: ",")) { text in
      number += 1
      guard genotype.alleles.contains(number), AlternateAlleleKind(view[text]) == .bases else { return true }
      var observation = try observation(
        start, reference, view[text], isAlone: text == alternates, on: contig)
      observation.genes = info.consequences.flatMap { annotated?.genes(of: number, view, $0) }
      observation.tier = tiers.tier(of: observation)
      pending.append(
        Pending(
          observation: observation, original: original?.name, raw: genotype, number: number, suffices: fields.suffice))
      isTaken = true
      return true
    }
    return isTaken ? nil : "not-bases"
  }

  private mutating func normalise(_ change: inout AlleleChange, on contig: ReferenceContigs.Entry) throws {
    var window = self.window
    defer { self.window = window }
    try change.normalise { try window.base(contig.name, $0) }
  }

  /// The observation, its genotype still to come.
  /// - Parameter isAlone: whether the record holds no other alternate: it was normalised then.
  private mutating func observation(
    _ start: Int, _ reference: UnsafeRawBufferPointer, _ alternate: UnsafeRawBufferPointer, isAlone: Bool,
    on contig: ReferenceContigs.Entry
  ) throws -> Contribution.Observation {
    if reference.count == 1, alternate.count == 1, Base.uppercased(reference[0]) != Base.uppercased(alternate[0]) {
      // Nothing to trim, nothing that could roll.
      return Contribution.Observation(
        contig: contig.digest, start: start, reference: Self.letter(reference[0]), alternate: Self.letter(alternate[0]),
        form: .literal, genotype: Self.unsettled)
    }
    var change = AlleleChange(
      start: start, reference: reference.map(Base.uppercased), alternate: alternate.map(Base.uppercased))
    if !isAlone { try normalise(&change, on: contig) }
    return try observation(of: change, on: contig)
  }

  /// What stands for a genotype until all halves of its record are known.
  private static let unsettled = AlleleGenotype([.missing])

  private static func letter(_ base: UInt8) -> String { String(Character(Unicode.Scalar(Base.uppercased(base)))) }

  private mutating func observation(of change: AlleleChange, on contig: ReferenceContigs.Entry) throws
    -> Contribution.Observation
  {
    var window = self.window
    defer { self.window = window }
    let allele = try VRSAllele.justified(
      sequence: contig.digest, length: contig.length, start: change.start, reference: change.reference,
      alternate: change.alternate
    ) { try window.base(contig.name, $0) }
    let reference = String(decoding: change.reference, as: UTF8.self)
    let alternate = String(decoding: change.alternate, as: UTF8.self)
    return Contribution.Observation(
      contig: contig.digest, start: change.start, reference: reference, alternate: alternate,
      form: AlleleForm(allele, start: change.start, reference: reference, alternate: alternate),
      genotype: Self.unsettled)
  }

  /// The contribution of all that was added.
  /// - Parameters:
  ///   - depth: stretches of sufficient depth by contig name; nil where there is none, or a gVCF tells instead.
  ///   - blocks: what a gVCF of the same person tells beside this VCF.
  mutating func finish(
    _ pseudonym: Pseudonym, sex: Sex, depth: [BEDFeature]?, blocks: CallerCallability?, details: ContributionDetails
  ) -> Contribution {
    var basis: [String] = []
    var deep: [RefgetDigest: [Range<Int>]] = [:]
    for feature in depth ?? [] {
      guard let contig = reference.contigs.first(where: { $0.name == feature.region.contig }) else { continue }
      deep[contig.digest, default: []].append(feature.region.start.value..<feature.region.end.value)
    }
    if depth != nil { basis.append("depth>=\(ReferenceCallRule.depth)") }
    if let blocks { callability.replaceCalls(by: blocks) }
    let isToldByCalls = part == .allelesAndBlocks || blocks != nil || !callability.called.isEmpty
    if isToldByCalls { basis.append(CallerCallability.basis) }
    pack()
    if isToldByCalls {
      // Carriers are held to the same measure as the others, or no frequency would count them.
      for (contig, sites) in carried { for site in sites { callability.call(contig, site) } }
    }
    counts.repeatedAlleles = packed.repeated
    return Contribution(
      pseudonym: pseudonym, sex: sex, reference: reference, filters: .standard,
      callabilityBasis: basis.isEmpty ? nil : basis.joined(separator: ","),
      callable: callability.stretches(and: deep), annotation: annotation, details: details,
      list: packed)
  }

  /// Settles the genotypes of the contig that was read, now that all halves of its split records are known.
  private mutating func pack() {
    guard let contig = pending.last?.observation.contig else { return }
    var observations: [Contribution.Observation] = []
    observations.reserveCapacity(pending.count)
    // Few different ones: those of records that were not split are made once.
    var settled: [(raw: Genotype, number: Int, genotype: AlleleGenotype)] = []
    for one in pending {
      var observation = one.observation
      if one.original == nil, let known = settled.first(where: { $0.number == one.number && $0.raw == one.raw }) {
        observation.genotype = known.genotype
      } else {
        observation.genotype = genotype(one)
        if one.original == nil, settled.count < 16 { settled.append((one.raw, one.number, observation.genotype)) }
      }
      if one.suffices, observation.genotype.called == observation.genotype.ploidy {
        carried[contig, default: []].append(observation.start..<observation.start + 1)
      }
      observations.append(observation)
    }
    packed.add(observations, of: contig)
    pending.removeAll(keepingCapacity: true)
    halves.removeAll(keepingCapacity: true)
  }

  /// Puts the halves of a split record together: what this half calls missing and another half carries is another
  /// alternate; what another half calls reference is the reference.
  private func genotype(_ one: Pending) -> AlleleGenotype {
    let others = one.original.flatMap { halves[$0] } ?? []
    let alleles = one.raw.alleles.enumerated().map { index, allele -> AlleleGenotype.Allele in
      switch allele {
      case 0: .reference
      case one.number: .this
      case .some: .other
      case nil:
        if others.contains(where: { $0.alleles.indices.contains(index) && ($0.alleles[index] ?? 0) > 0 }) {
          .other
        } else if others.contains(where: { $0.alleles.indices.contains(index) && $0.alleles[index] == 0 }) {
          .reference
        } else {
          .missing
        }
      }
    }
    return AlleleGenotype(alleles, isPhased: !dropsPhase && one.raw.phased.dropFirst().allSatisfy { $0 })
  }
}
