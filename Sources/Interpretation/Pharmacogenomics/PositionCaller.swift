import Genomics

/// Tells what records near a defining position say of it.
///
/// Nothing is inferred from absence: a record of another allele that does not carry it says nothing of the position, a
/// deletion across it leaves it without a call, and `*` is no base.
struct PositionCaller {
  /// What a reference block must have to be a call.
  var thresholds: ReferenceThresholds
  /// Depth in reads over a span, where depth was given: the least of its bases.
  var depth: ((_ contig: String, _ span: Range<Int>) -> Int?)?

  /// One copy at the position, as one record tells it.
  private enum Copy: Hashable {
    case reference
    case bases(String)
    case undocumented(String)
    case missing(String)

    var isReference: Bool { self == .reference }
  }

  /// A record with what it says of the position, a copy each.
  private struct Statement {
    var record: SampleRecord
    var copies: [Copy]
    var phase: PositionCall.Phase
    /// Whether the record's reference copies are reference calls of the position.
    var speaks: Bool
  }

  /// The call at a position.
  /// - Parameters:
  ///   - records: the sample's records on its contig that share a base with it or may be shifted to it.
  ///   - isDiploid: whether people have two copies of the contig (autosomes).
  ///   - base: the reference's base at a position counted from 0; nil where it is not known.
  func call(
    _ target: DefiningPosition, records: [SampleRecord], isDiploid: Bool, base: (Int) -> UInt8?
  ) -> PositionCall {
    let alternates: [(bases: String, form: ParsimoniousAllele)] = target.alternates.compactMap { bases in
      ParsimoniousAllele(
        start: target.span.lowerBound, reference: target.reference, alternate: bases, base: base
      ).map { (bases, $0) }
    }
    let statements = records.filter { !$0.isReferenceBlock }.compactMap {
      statement(of: $0, target, alternates, base: base)
    }
    let direct = statements.filter { $0.speaks || $0.copies.contains { !$0.isReference } }
    guard !direct.isEmpty else { return reference(target, records, isDiploid: isDiploid) }
    let failed = direct.filter { !$0.record.filters.isEmpty }
    let passed = direct.filter { $0.record.filters.isEmpty }
    if passed.isEmpty || failed.contains(where: { $0.copies.contains { !$0.isReference } }) {
      let filters = Set(failed.flatMap(\.record.filters)).sorted()
      return PositionCall(state: .filtered, evidence: .record, filters: filters)
    }
    return finish(merge(passed), target, isDiploid: isDiploid)
  }

  // MARK: One record

  private func statement(
    of record: SampleRecord, _ target: DefiningPosition, _ documented: [(bases: String, form: ParsimoniousAllele)],
    base: (Int) -> UInt8?
  ) -> Statement? {
    var effects: [Copy] = [.reference]
    var speaks = record.comparesAll && covers(record, target)
    for alternate in record.alternates {
      let form = ParsimoniousAllele(
        start: record.start, reference: record.reference, alternate: alternate, base: base)
      if let form, let match = documented.first(where: { $0.form == form }) {
        effects.append(.bases(match.bases))
        speaks = true
        continue
      }
      // REF as the definition writes it, at its place: the caller looked at the same bases.
      if form != nil, record.start == target.span.lowerBound, record.reference == target.reference,
        !target.isSubstitution || alternate.utf8.count == 1
      {
        speaks = true
      }
      if form != nil, target.isSubstitution, alternate.utf8.count == record.reference.utf8.count,
        covers(record, target)
      {
        speaks = true
      }
      effects.append(effect(of: alternate, form, record, target))
    }
    let isNear = speaks || record.span.overlaps(target.span)
    guard isNear else { return nil }
    guard let genotype = record.genotype else {
      return speaks
        ? Statement(record: record, copies: [.missing("the record has no GT")], phase: .unphased, speaks: true) : nil
    }
    var copies: [Copy] = []
    let carries = genotype.alleles.contains { allele in
      allele.map { $0 >= effects.count || !effects[$0].isReference } ?? false
    }
    for allele in genotype.alleles {
      guard let allele else {
        // A missing call of something else tells nothing of the position.
        copies.append(speaks || carries ? .missing("not called") : .reference)
        continue
      }
      copies.append(
        allele < effects.count ? effects[allele] : .missing("GT names an allele that the record does not have"))
    }
    let isPhased = genotype.ploidy > 1 && genotype.phased.allSatisfy { $0 }
    return Statement(
      record: record, copies: copies, phase: isPhased ? .phased(set: record.phaseSet) : .unphased, speaks: speaks)
  }

  private func covers(_ record: SampleRecord, _ target: DefiningPosition) -> Bool {
    record.start <= target.span.lowerBound && record.start + record.reference.utf8.count >= target.span.upperBound
  }

  /// What a copy with an allele that is not one of the position's documented ones has there.
  private func effect(
    of alternate: String, _ form: ParsimoniousAllele?, _ record: SampleRecord, _ target: DefiningPosition
  ) -> Copy {
    let span = target.span
    guard let form else {
      if alternate == "*" { return .missing("deleted by another record") }
      if SampleRecord.isAnyOther(alternate) { return .missing("called as an allele that is not named") }
      if alternate == record.reference { return .reference }
      return record.span.overlaps(span) ? .missing("called as \(alternate), which is no bases") : .reference
    }
    guard form.span.overlaps(span) else { return .reference }
    if form.isSubstitution {
      var bases = Array(target.reference.utf8)
      var isChanged = false
      for place in form.span.clamped(to: span) {
        let letter = form.alternate[place - form.start]
        if letter != form.reference[place - form.start] { isChanged = true }
        bases[place - span.lowerBound] = letter
      }
      guard isChanged else { return .reference }
      let text = String(decoding: bases, as: UTF8.self)
      return target.alternates.contains(text) ? .bases(text) : .undocumented(text)
    }
    // A deletion that begins before the position takes its base away; that is no base at all.
    let isDeletion = form.alternate.count == 1 && form.reference[0] == form.alternate[0]
    if isDeletion, form.start < span.lowerBound { return .missing("deleted by \(form.text)") }
    return .undocumented(form.text)
  }

  // MARK: Several records

  /// One statement of several that speak of the position, or why there is none.
  private func merge(_ statements: [Statement]) -> Statement {
    guard var first = statements.first else { preconditionFailure("merged without a statement") }
    func refuse(_ why: String) -> Statement {
      first.copies = [.missing(why)]
      first.phase = .unphased
      return first
    }
    if statements.contains(where: { $0.copies.count > 2 }) { return refuse("more than two alleles are called") }
    guard Set(statements.map(\.copies.count)).count == 1 else { return refuse("records differ in ploidy") }
    let carriers = statements.filter { $0.copies.contains { !$0.isReference } }
    guard let carrier = carriers.first else { return first }
    if carriers.allSatisfy({ $0.copies == carrier.copies && $0.phase == carrier.phase }) {
      // The same call written twice; or each record names the same allele.
      return carrier
    }
    if let missing = carriers.flatMap(\.copies).first(where: { if case .missing = $0 { true } else { false } }) {
      if case .missing(let why) = missing { return refuse(why) }
    }
    let found = carriers.flatMap { $0.copies.filter { !$0.isReference } }
    guard Set(found).count == found.count else { return refuse("records contradict one another") }
    guard found.count <= first.copies.count else { return refuse("more alleles are called than there are copies") }
    var merged = carrier
    if case .phased = carrier.phase, carriers.allSatisfy({ $0.phase == carrier.phase }) {
      for other in carriers.dropFirst() {
        for index in merged.copies.indices where !other.copies[index].isReference {
          guard merged.copies[index].isReference else { return refuse("two alleles are called on one copy") }
          merged.copies[index] = other.copies[index]
        }
      }
    } else {
      merged.copies = found + Array(repeating: .reference, count: first.copies.count - found.count)
      merged.phase = .unphased
    }
    return merged
  }

  private func finish(_ statement: Statement, _ target: DefiningPosition, isDiploid: Bool) -> PositionCall {
    var note: String?
    var isUndocumented = false
    var copies: [String?] = statement.copies.map { copy in
      switch copy {
      case .reference: return target.reference
      case .bases(let bases): return bases
      case .undocumented(let text):
        isUndocumented = true
        return text
      case .missing(let why):
        note = why
        return nil
      }
    }
    if copies.count > 2 {
      return PositionCall(state: .noCall, evidence: .record, note: "more than two alleles are called")
    }
    if isDiploid, copies.count == 1, copies[0] != nil {
      copies.append(nil)
      note = "one allele is called where there are two copies"
    }
    let called = copies.compactMap { $0 }
    let isReference = called.allSatisfy { $0 == target.reference }
    // `0/.` is no call; `./1` is kept and blocks a diplotype (PharmCAT's VcfReader).
    if called.isEmpty || (called.count < copies.count && isReference) {
      return PositionCall(state: .noCall, evidence: .record, note: note)
    }
    let state: PositionCall.State =
      isUndocumented ? .calledUndocumented : isReference ? .calledReference : .calledVariant
    return PositionCall(state: state, copies: copies, phase: statement.phase, evidence: .record, note: note)
  }

  // MARK: Reference blocks and depth

  private func reference(_ target: DefiningPosition, _ records: [SampleRecord], isDiploid: Bool) -> PositionCall {
    let blocks = records.filter { $0.isReferenceBlock && $0.span.overlaps(target.span) }
    guard !blocks.isEmpty else {
      guard let reads = depth?(target.contig, target.span) else { return PositionCall(state: .notInFile) }
      guard reads >= thresholds.depth else {
        return PositionCall(
          state: .noCall, note: "no record, and \(reads) reads where \(thresholds.depth) are asked for")
      }
      guard isDiploid else {
        return PositionCall(state: .noCall, note: "no record; depth does not tell how many copies there are")
      }
      return PositionCall(state: .calledReference, copies: [target.reference, target.reference], evidence: .depth)
    }
    let filters = Set(blocks.flatMap(\.filters)).sorted()
    guard filters.isEmpty else {
      return PositionCall(state: .filtered, evidence: .referenceBlock, filters: filters)
    }
    func refuse(_ note: String) -> PositionCall {
      PositionCall(state: .noCall, evidence: .referenceBlock, note: note)
    }
    for block in blocks {
      guard let genotype = block.genotype, genotype.alleles.allSatisfy({ $0 == 0 }) else {
        return refuse("the reference block makes no call")
      }
      if let quality = block.quality, quality < thresholds.quality {
        return refuse("the reference block's GQ is \(quality), and \(thresholds.quality) is asked for")
      }
      if let reads = block.depth, reads < thresholds.depth {
        return refuse("the reference block's depth is \(reads), and \(thresholds.depth) is asked for")
      }
    }
    guard let ploidy = blocks.first?.genotype?.ploidy, (1...2).contains(ploidy),
      blocks.allSatisfy({ $0.genotype?.ploidy == ploidy })
    else { return refuse("the reference block's ploidy is not 1 or 2") }
    if isDiploid, ploidy == 1 { return refuse("one allele is called where there are two copies") }
    var covered = target.span.lowerBound
    for block in blocks.sorted(by: { $0.start < $1.start }) where block.span.lowerBound <= covered {
      covered = max(covered, block.span.upperBound)
    }
    guard covered >= target.span.upperBound else { return refuse("reference blocks cover a part of the position") }
    return PositionCall(
      state: .calledReference, copies: Array(repeating: target.reference, count: ploidy), evidence: .referenceBlock)
  }
}

/// What a reference call must have where no record of the position tells it.
public struct ReferenceThresholds: Sendable, Hashable, Encodable {
  /// Least MIN_DP (or DP) of a reference block, and least depth of the alignments, in reads.
  public var depth: Int
  /// Least GQ of a reference block, phred.
  public var quality: Int

  /// Thresholds. The defaults are Apus's own: 10 reads, and an error in a hundred.
  public init(depth: Int = 10, quality: Int = 20) {
    self.depth = depth
    self.quality = quality
  }
}
