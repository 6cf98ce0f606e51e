import GenomicFiles
import Genomics

/// Goes from a sample's records to the result. Blocks where it reads the reference.
struct PharmacogenomicsCaller: Sendable {
  let request: PharmacogenomicsRequest
  let reference: PharmacogenomicReference
  var rules = PharmacogenomicsRules.builtIn
  var dpyd = DPYDTable.builtIn

  /// Where the file is looked at.
  struct Plan: Sendable {
    /// Stretches by the reference's contig names: positions, and how far indels may be shifted to them.
    var windows: [String: [Range<Int>]] = [:]
    /// The positions' own spans.
    var spans: [String: Set<Range<Int>>] = [:]
  }

  /// The genes that are matched, without what exemptions ignore.
  private var genes: [GeneDefinition] {
    request.definitions.genes.filter { gene in
      !rules.outsideCallOnly.contains(gene.gene) && request.asked?.contains(gene.gene) ?? true
    }.map { gene in
      gene.applying(request.definitions.exemptions[gene.gene] ?? DefinitionExemption())
    }
  }

  private func exemption(_ gene: String) -> DefinitionExemption {
    request.definitions.exemptions[gene] ?? DefinitionExemption()
  }

  /// Looks where positions are and that REF is the reference's.
  /// - Throws: `PharmacogenomicsError` of kind `otherAssembly`.
  func plan() throws -> Plan {
    var plan = Plan()
    let all = genes.flatMap { $0.positions + exemption($0.gene).extraPositions } + dpyd.variants.map(\.position)
    for target in all {
      guard let contig = reference.name(of: target.contig) else { continue }
      try requireReference(target, contig)
      let reach = target.isSubstitution ? 1 : ParsimoniousAllele.reach
      plan.windows[contig, default: []].append(max(0, target.span.lowerBound - 1)..<(target.span.upperBound + reach))
      plan.spans[contig, default: []].insert(target.span)
    }
    plan.windows = plan.windows.mapValues { windows in
      var merged: [Range<Int>] = []
      for window in windows.sorted(by: { $0.lowerBound < $1.lowerBound }) {
        if let last = merged.last, window.lowerBound <= last.upperBound {
          merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, window.upperBound)
        } else {
          merged.append(window)
        }
      }
      return merged
    }
    return plan
  }

  private func region(_ contig: String, _ span: Range<Int>) -> Region {
    Region(
      contig: contig, start: ZeroBasedPosition(span.lowerBound), end: ZeroBasedPosition(span.upperBound))
  }

  /// A reference that has other bases at a defining position is another assembly, whatever its lengths.
  private func requireReference(_ target: DefiningPosition, _ contig: String) throws {
    let bases = try reference.bases(region(contig, target.span))
    guard bases.count == target.reference.utf8.count,
      zip(bases, target.reference.utf8).allSatisfy({ $0 == $1 || !"ACGT".utf8.contains($0) })
    else {
      throw PharmacogenomicsError(
        .otherAssembly,
        "\(reference.path): the definitions have \(target.reference) at \(contig):\(target.position) and the reference "
          + "\(String(decoding: bases, as: UTF8.self)); give the reference of the definitions' assembly")
    }
  }

  /// Judges every gene.
  /// - Throws: `InputError` where a record's REF is not the reference's; what reading the reference throws.
  func result(_ records: SampleRecords, depths: SpanDepths?) throws -> PharmacogenomicsResult {
    let panelCalls = try calls(dpyd.variants.map(\.position), records, depths)
    let panel = DPYDPanel(table: dpyd).result(panelCalls)
    let results = try genes.map { gene in
      let exemption = exemption(gene.gene)
      return GeneCaller(
        definition: gene, phenotypes: request.definitions.phenotypes[gene.gene], exemption: exemption,
        undocumentedIsReference: rules.undocumentedAsReference.contains(gene.gene), dpyd: dpyd
      ).result(
        try calls(gene.positions, records, depths), extra: try calls(exemption.extraPositions, records, depths),
        panel: gene.gene == GeneCaller.componentGene ? panel : nil)
    }
    return PharmacogenomicsResult(
      sample: records.sample,
      reference: .init(assembly: reference.assembly?.rawValue ?? "", digest: reference.assemblyDigest),
      rules: .init(namedAlleles: rules.id, dpyd: dpyd.id, referenceCalls: request.thresholds),
      definitions: request.definitions.sources, genes: results, dpyd: panel, outsideCalls: outside(results),
      notTestedGenes: notTested(results), limits: Self.limits, dosing: dosing(results))
  }

  private static let limits = [
    "Structural variants and copy number are not looked at, in any gene.",
    "Variants that are not among a gene's defining positions are not looked at.",
    "Alleles that the definitions' version does not hold are not told from those that it holds.",
    "A score is the number of called positions that define the alleles: a tie-break, no likelihood.",
  ]

  // MARK: Positions

  private func calls(
    _ targets: [DefiningPosition], _ records: SampleRecords, _ depths: SpanDepths?
  ) throws -> [PositionCall] {
    try targets.map { target in
      guard let contig = reference.name(of: target.contig) else {
        return PositionCall(
          state: .notInFile, note: "the reference lacks the contig, so that nothing can be held against it")
      }
      let near = records.near(target.span, on: contig)
      let stretch = try bases(near, around: target.span, contig)
      for record in near where record.span.overlaps(target.span) { try require(record, contig, stretch) }
      let caller = PositionCaller(
        thresholds: request.thresholds, depth: depths.map { depths in { _, span in depths.least(contig, span) } })
      let canonical = ContigName.canonical(contig)
      return caller.call(
        target, records: near, isDiploid: canonical != "X" && canonical != "Y" && canonical != "MT", base: stretch.base)
    }
  }

  /// Bases that are read at once.
  private struct Stretch {
    var start: Int
    var bases: [UInt8]

    func base(_ position: Int) -> UInt8? {
      position >= start && position - start < bases.count ? bases[position - start] : nil
    }
  }

  private func bases(_ near: [SampleRecord], around span: Range<Int>, _ contig: String) throws -> Stretch {
    let first = max(0, (near.map(\.start).min() ?? span.lowerBound) - ParsimoniousAllele.reach)
    let low = min(first, max(0, span.lowerBound - 1))
    let ends = near.filter { !$0.isReferenceBlock }.map { $0.start + $0.reference.utf8.count }
    let high = max(span.upperBound, ends.max() ?? 0)
    return Stretch(start: low, bases: try reference.bases(region(contig, low..<high)))
  }

  private func require(_ record: SampleRecord, _ contig: String, _ stretch: Stretch) throws(InputError) {
    for (offset, letter) in record.reference.utf8.enumerated() {
      guard let base = stretch.base(record.start + offset), "ACGT".utf8.contains(base), "ACGT".utf8.contains(letter),
        base != letter
      else { continue }
      throw InputError(
        .mismatch, at: record.location,
        "REF is not what the reference has at \(contig):\(record.start + 1)",
        remedy: "give the reference that the VCF was made with")
    }
  }

  // MARK: Beside the genes

  private func outside(_ results: [GeneResult]) -> [PharmacogenomicsResult.Outside] {
    request.outsideCalls.map { call in
      var warnings = ["comes from another program, without position-level detail"]
      let table = request.definitions.phenotypes[call.gene]
      let alleles = call.alleles
      let entry = alleles.flatMap { table?.entry(for: $0) }
      if alleles != nil, let table, entry == nil {
        warnings.append("the phenotype table of \(call.gene), \(table.version), does not hold the diplotype")
      }
      if let stated = call.phenotype, let found = entry?.phenotype, stated != found {
        warnings.append("the phenotype that the call states is not the one that the table gives its diplotype")
      }
      if let stated = call.activityScore, let found = entry?.activityScore, Double(stated) != Double(found) {
        warnings.append("the activity score that the call states is not the one that the table gives its diplotype")
      }
      if let gene = results.first(where: { $0.gene == call.gene }), gene.outcome == .called, let alleles,
        !gene.diplotypes.contains(where: { $0.alleles.map(\.name).sorted() == alleles.sorted() })
      {
        warnings.append("the diplotype is not among those that the sample's variants tell: both are reported")
      }
      return .init(
        call: call,
        phenotype: entry?.phenotype.map {
          .init(text: $0, quotedFrom: "phenotype table of \(call.gene), \(table?.version ?? "")")
        }, activityScore: entry?.activityScore, warnings: warnings)
    }
  }

  private func notTested(_ results: [GeneResult]) -> [PharmacogenomicsResult.NotTested] {
    let tested = Set(results.map(\.gene)).union(request.outsideCalls.map(\.gene))
    let defined = request.definitions.genes.map(\.gene)
    return (request.asked ?? Set(rules.published + defined)).subtracting(tested).sorted().map { gene in
      .init(
        gene: gene,
        reason: rules.outsideCallOnly.contains(gene)
          ? "needs a call of another program (--outside)" : "no definition was supplied")
    }
  }

  private func dosing(_ results: [GeneResult]) -> PharmacogenomicsResult.DosingSection {
    guard let table = request.dosing else {
      return .init(
        texts: [], withheld: [],
        note: "No dosing table was supplied: Apus states no dose. Consult the dosing document that is in force.")
    }
    var texts: [PharmacogenomicsResult.Dosing] = []
    var withheld: [PharmacogenomicsResult.NotTested] = []
    for gene in Set(table.rows.map(\.gene)).sorted() {
      guard let facts = DosingFacts(gene, results, outside(results)) else {
        withheld.append(.init(gene: gene, reason: "the gene has no single result"))
        continue
      }
      let rows = table.rows.filter { $0.gene == gene && facts[$0.match] == $0.value }
      if rows.isEmpty { withheld.append(.init(gene: gene, reason: "the table has no text for the result")) }
      texts += rows.map { .init(gene: gene, match: $0.match, value: $0.value, drug: $0.drug, text: $0.text) }
    }
    return .init(
      table: table.provenance, texts: texts, withheld: withheld,
      note: "Texts are quoted from the supplied table as they stand; the signatory answers for them.")
  }
}

/// What a gene's dosing rows are looked up by; there is none where the result is indeterminate or several differ.
private struct DosingFacts {
  private var values: [DosingTable.Match: String] = [:]

  init?(
    _ gene: String, _ results: [GeneResult], _ outside: [PharmacogenomicsResult.Outside]
  ) {
    let calls = outside.filter { $0.call.gene == gene }
    if let call = calls.first {
      // A call that disagrees with the sample's own variants decides nothing.
      guard calls.count == 1, call.warnings.count == 1 else { return nil }
      values[.diplotype] = call.call.diplotype
      values[.phenotype] = call.call.phenotype ?? call.phenotype?.text
      values[.activityScore] = call.call.activityScore ?? call.activityScore
      return
    }
    guard let result = results.first(where: { $0.gene == gene }), result.outcome == .called else { return nil }
    if let components = result.components {
      guard components.phenotype != nil else { return nil }
      values[.activityScore] = components.activityScore
      values[.phenotype] = components.phenotype?.text
      if result.diplotypes.count == 1 { values[.diplotype] = result.diplotypes[0].name }
      return
    }
    let phenotypes = Set(result.diplotypes.map(\.phenotype?.text))
    let scores = Set(result.diplotypes.map(\.activityScore))
    guard phenotypes.count == 1 else { return nil }
    values[.phenotype] = phenotypes.first ?? nil
    if scores.count == 1 { values[.activityScore] = scores.first ?? nil }
    if result.diplotypes.count == 1 { values[.diplotype] = result.diplotypes[0].name }
  }

  subscript(match: DosingTable.Match) -> String? { values[match] }
}
