/// Judges DPYD by all of its defined alleles: HapB3 by its own rule, several variants on one copy, and the two lowest
/// activities (reference/interpretation.md 10.2).
struct DPYDGene {
  let caller: GeneCaller
  let matcher: NamedAlleleMatcher

  private var definition: GeneDefinition { caller.definition }

  /// HapB3 in the definition: its two positions and its two alleles.
  private struct HapB3 {
    var causal: Int
    var tag: Int
    var both: String
    var intronic: String?
  }

  private var hapB3: HapB3? {
    func place(_ role: DPYDTable.Role) -> Int? {
      caller.dpyd.variants.first { $0.role == role }.flatMap { variant in
        definition.positions.firstIndex {
          $0.position == variant.position.position && $0.alternates.contains(variant.position.alternates[0])
        }
      }
    }
    guard let causal = place(.hapB3Causal), let tag = place(.hapB3Tag) else { return nil }
    func allele(_ places: Set<Int>) -> String? {
      definition.alleles.first { allele in
        !allele.isReference && Set(allele.bases.indices.filter { allele.bases[$0] != nil }) == places
      }?.name
    }
    return allele([causal, tag]).map { HapB3(causal: causal, tag: tag, both: $0, intronic: allele([causal])) }
  }

  /// Enters what DPYD's calls tell.
  func judge(_ calls: [PositionCall], panel: DPYDResult?, into result: inout GeneResult) {
    do throws(NamedAlleleMatcher.Obstacle) {
      _ = try matcher.strands(calls)
    } catch {
      result.reasons.append(error.text)
      result.reasons += panelReasons(panel)
      return
    }
    var sites: [DPYDStrands.Site] = []
    var resolved = calls
    var reduced = definition
    let special = hapB3
    if let special {
      let call = resolve(special, &resolved, &result.warnings)
      sites.append(
        DPYDStrands.Site(
          copies: call.copies.map { copy in
            switch copy {
            case .none: nil
            case .hapB3: special.both
            case .intronicOnly: special.intronic ?? special.both
            }
          }, phase: call.phase))
      if calls[special.causal].isCalled, !calls[special.tag].isCalled, special.intronic != nil {
        // The intronic variant alone has a name of its own.
        reduced.alleles.removeAll { $0.name == special.both }
      }
    }
    for (place, call) in calls.enumerated() where call.isCalled && place != special?.causal && place != special?.tag {
      sites.append(
        DPYDStrands.Site(copies: call.copies.map { name(of: $0, at: place, &result.warnings) }, phase: call.phase))
    }
    let strands = DPYDStrands(sites)
    match(resolved, reduced, strands, into: &result)
    result.components = components(strands, panel)
    let reasons = panelReasons(panel)
    if !reasons.isEmpty {
      // Found alleles stay listed; what they would mean together with what was not seen is not known.
      result.outcome = .indeterminate
      result.reasons += reasons
      for index in result.diplotypes.indices {
        result.diplotypes[index].phenotype = nil
        result.diplotypes[index].activityScore = nil
      }
      for index in result.otherDiplotypes.indices {
        result.otherDiplotypes[index].phenotype = nil
        result.otherDiplotypes[index].activityScore = nil
      }
    }
  }

  private func panelReasons(_ panel: DPYDResult?) -> [String] {
    panel.map { $0.notCallable.isEmpty ? [] : ["not callable: \($0.notCallable.joined(separator: ", "))"] } ?? []
  }

  /// Puts HapB3's two positions into agreement.
  private func resolve(_ hapB3: HapB3, _ calls: inout [PositionCall], _ warnings: inout [String]) -> HapB3Call {
    func carries(_ place: Int) -> [Bool]? {
      guard calls[place].isComplete else { return nil }
      return calls[place].copies.map { $0 != nil && definition.positions[place].alternates.contains($0 ?? "") }
    }
    let call = HapB3Call(
      causal: carries(hapB3.causal), causalPhase: calls[hapB3.causal].phase, tag: carries(hapB3.tag),
      tagPhase: calls[hapB3.tag].phase)
    if let warning = call.warning { warnings.append(warning) }
    let (intron, exon) = (definition.positions[hapB3.causal], definition.positions[hapB3.tag])
    if calls[hapB3.causal].isCalled {
      calls[hapB3.causal].copies = call.copies.map { $0 == .none ? intron.reference : intron.alternates[0] }
      calls[hapB3.causal].phase = call.phase
    }
    if calls[hapB3.tag].isCalled {
      calls[hapB3.tag].copies = call.copies.map { $0 == .hapB3 ? exon.alternates[0] : exon.reference }
      calls[hapB3.tag].phase = call.phase
    }
    if calls[hapB3.causal].isCalled, calls[hapB3.tag].isCalled, call.phase == .unphased {
      // One haplotype of known variants: its two positions keep their order.
      calls[hapB3.causal].phase = .phased(set: "HapB3")
      calls[hapB3.tag].phase = .phased(set: "HapB3")
    }
    return call
  }

  /// The allele that bases at a position name by themselves; nil for the reference and for what is not documented.
  private func name(of bases: String?, at place: Int, _ warnings: inout [String]) -> String? {
    let position = definition.positions[place]
    guard let bases, position.alternates.contains(bases) else { return nil }
    let single = definition.alleles.first { allele in
      allele.bases[place] == bases && allele.bases.indices.allSatisfy { $0 == place || allele.bases[$0] == nil }
    }
    if single == nil {
      warnings.append(
        "\(bases) at \(position.position) is documented only with other positions and is not counted alone")
    }
    return single?.name
  }

  private func match(
    _ calls: [PositionCall], _ definition: GeneDefinition, _ strands: DPYDStrands, into result: inout GeneResult
  ) {
    let matcher = NamedAlleleMatcher(definition: definition, undocumentedIsReference: matcher.undocumentedIsReference)
    do throws(NamedAlleleMatcher.Obstacle) {
      caller.fill(&result, try matcher.match(calls))
    } catch {
      guard let known = try? matcher.strands(calls) else { return result.reasons.append(error.text) }
      result.ploidy = known.ploidy
      result.isEffectivelyPhased = strands.isEffectivelyPhased
      result.phaseAssignments = known.assignments
      result.outcome = .called
      guard let (first, second) = strands.strands else { return }
      // Several variants on one copy have no name of their own: they are listed, as PharmCAT does.
      let called = Set(calls.indices.filter { calls[$0].isCalled })
      let scores = Dictionary(
        matcher.candidates(called: called).defined.map { ($0.allele.name, $0.score) }
      ) { first, _ in first }
      var diplotype =
        caller.diplotype(
          [first, second].map { names in
            let all = names.isEmpty ? [definition.reference.name] : names
            let text = all.count == 1 ? all[0] : "[" + all.joined(separator: " + ") + "]"
            return GeneResult.Allele(
              name: text, matched: text, score: all.reduce(0) { $0 + (scores[$1] ?? 0) }, positionsNotCalled: [])
          })
      // The table has no rows of them; `components` has what it says of the two that decide.
      diplotype.phenotype = nil
      result.diplotypes = [diplotype]
    }
  }

  private func components(_ strands: DPYDStrands, _ panel: DPYDResult?) -> GeneResult.Components {
    let reference = definition.reference.name
    let table = caller.phenotypes
    // A variant without a value decides nothing, and makes the score indeterminate.
    let unknown = strands.components.filter { table?.activity(of: $0) == nil }
    let deciding = strands.deciding { table?.activity(of: $0 ?? reference) ?? 1 }.map { $0 ?? reference }
    let isKnown = unknown.isEmpty && (panel?.notCallable.isEmpty ?? true)
    let entry = isKnown ? table?.entry(for: deciding) : nil
    return GeneResult.Components(
      variants: strands.components, strands: strands.strands.map { [$0.first, $0.second] },
      deciding: deciding, presumedInTrans: !strands.isEffectivelyPhased,
      activityScore: entry?.activityScore, phenotype: entry?.phenotype.map(caller.quoted))
  }
}
