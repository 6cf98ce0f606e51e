import Interpretation

extension ClinicalReport.Finding {
  /// A small variant.
  init(_ one: TieredVariant, _ candidate: CandidateVariant?, members: [String], proband: Int) {
    let event = one.tiers.first { $0.penetrance == .complete } ?? one.tiers.first
    let transcript = event?.transcripts.first ?? candidate?.transcripts.first?.transcript
    let told = candidate?.transcripts.first { $0.transcript == transcript }
    let miss = one.nearMisses.first { $0.wouldBe != nil } ?? one.nearMisses.first
    tier = one.highest?.rawValue ?? miss?.wouldBe?.rawValue
    gene = event?.gene ?? miss?.gene ?? told?.symbol ?? "–"
    variant = ClinicalReport.key(one.contig, one.position, one.reference, one.alternate)
    names = [told?.hgvsc, told?.hgvsp].compactMap { $0 }
    consequence = event?.term ?? told?.terms.first
    genotypes =
      candidate.map { candidate in
        zip(members, candidate.calls).map { ClinicalReport.Field($0, Self.text($1)) }
      } ?? []
    basis = []
    notes = []
    if one.highest != nil, let event {
      basis += [event.rule, event.filter?.rawValue, event.mode?.rawValue].compactMap { $0 }
      basis += event.panels.map { "\($0.panel.told), \($0.rating.rawValue), \($0.mode)" }
      if event.isPossible { notes.append("a pair whose phase is not shown: possible, no more") }
      if !event.partners.isEmpty { notes.append("with \(event.partners.joined(separator: ", "))") }
      if !event.provisional.isEmpty {
        notes.append("PROVISIONAL: could not be asked: \(event.provisional.joined(separator: ", "))")
      }
      notes += one.warnings.map { "\($0.label.rawValue): \($0.reason)" }
    } else {
      basis = one.nearMisses.map { "\($0.label.rawValue)\($0.gene.map { " (\($0))" } ?? ""): \($0.reason)" }
    }
    for known in candidate?.known ?? [] {
      notes.append("\(known.source): \(known.significance)\(known.reviewStatus.map { ", \($0)" } ?? "")")
    }
    evidence = (one.trace + (event?.trace ?? [])).map(Self.text)
    let call = candidate.map { $0.calls[proband] }
    let copies = call?.copies.contains(.missing) ?? true ? nil : call?.copies
    allele = ClinicalReport.Allele(
      contig: one.contig, position: one.position, reference: one.reference, alternate: one.alternate, hgnc: told?.hgnc,
      transcript: told?.transcript, hgvsc: told?.hgvsc, hgvsp: told?.hgvsp,
      copies: copies.flatMap { $0.isEmpty ? nil : [$0.count { $0 == .alternate }, $0.count] }, depth: call?.depth)
  }

  /// A copy number.
  init(_ one: TieredStructural) {
    self.init(
      tier: one.highest?.rawValue, gene: one.tiers.map(\.gene).first ?? "–",
      variant: "\(one.kind.rawValue) \(one.region)",
      names: [one.id], consequence: nil, genotypes: [],
      basis: one.tiers.prefix(3).map { [$0.rule, $0.gene].joined(separator: ", ") }
        + one.nearMisses.map { "\($0.label.rawValue): \($0.reason)" }, notes: one.flags,
      evidence: one.trace.map(Self.text), allele: nil)
  }

  /// A short tandem repeat.
  init(_ one: TieredRepeat) {
    let sizes = one.alleles.map { "\($0.repeats) (\($0.lower)–\($0.upper))" }.joined(separator: " / ")
    self.init(
      tier: one.highest?.rawValue, gene: one.locus, variant: "repeat of \(one.locus): \(sizes)", names: [],
      consequence: nil, genotypes: [], basis: one.tiers.prefix(3).map(\.rule), notes: [],
      evidence: one.trace.map(Self.text), allele: nil)
  }

  private static func text(_ line: TraceLine) -> String {
    let data = line.data.map { "; data: \($0)" } ?? ""
    let person = line.person.map { "; by \($0)" } ?? ""
    return
      "\(line.rule): \(line.outcome.rawValue); found \(line.value); asked \(line.threshold)\(person); source \(line.source) (\(line.mark.rawValue))\(data)"
  }

  private static func text(_ call: PersonCall) -> String {
    var text = call.text
    if let depth = call.depth {
      // What depth alone tells is the least over the place.
      let least = call.evidence == .depth ? " or more" : ""
      text += " (\(call.alternateDepth.map { "\($0) of " } ?? "")\(depth)\(least) reads)"
    }
    switch call.evidence {
    case .record, .jointRecord: break
    case .referenceBlock: text += ", by reference block"
    case .depth: text += ", by depth"
    case .none: text = "unknown"
    }
    return text
  }
}
