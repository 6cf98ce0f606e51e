import Genomics

/// Judges one gene: its diplotypes, and what the phenotype table says of them.
struct GeneCaller {
  let definition: GeneDefinition
  let phenotypes: PhenotypeTable?
  let exemption: DefinitionExemption
  let undocumentedIsReference: Bool
  let dpyd: DPYDTable

  /// The gene whose variants count one by one.
  static let componentGene = "DPYD"

  /// - Parameters:
  ///   - calls: one a position of the definition.
  ///   - extra: one an extra position of the exemption.
  ///   - panel: the judgement of the DPYD table, for DPYD.
  func result(_ calls: [PositionCall], extra: [PositionCall], panel: DPYDResult?) -> GeneResult {
    let called = Set(calls.indices.filter { calls[$0].isCalled })
    let matcher = NamedAlleleMatcher(
      definition: definition, undocumentedIsReference: undocumentedIsReference, required: exemption.requiredPositions)
    let candidates = matcher.candidates(called: called)
    var result = GeneResult(
      gene: definition.gene, definitionSource: definition.source, definitionVersion: definition.version,
      phenotypeVersion: phenotypes?.version, outcome: .indeterminate, reasons: [],
      undocumentedMatchedAsReference: undocumentedIsReference && calls.contains { $0.state == .calledUndocumented },
      diplotypes: [], otherDiplotypes: [],
      positionCounts: Dictionary(grouping: calls, by: \.state.rawValue).mapValues(\.count),
      positions: positions(calls),
      extraPositions: zip(exemption.extraPositions, extra).map { .init($0, $1, defines: []) },
      allelesNotTested: candidates.lost.map(\.name).sorted(by: precedesNaturally),
      allelesPartlyTested: candidates.defined.filter { !$0.missing.isEmpty && !$0.allele.isReference }
        .map(\.allele.name).sorted(by: precedesNaturally),
      warnings: warnings(calls))
    if definition.gene == Self.componentGene {
      DPYDGene(caller: self, matcher: matcher).judge(calls, panel: panel, into: &result)
    } else {
      do throws(NamedAlleleMatcher.Obstacle) {
        fill(&result, try matcher.match(calls))
      } catch {
        result.reasons.append(error.text)
      }
    }
    return result
  }

  /// Enters what matching found.
  func fill(_ result: inout GeneResult, _ outcome: NamedAlleleMatcher.Outcome) {
    result.outcome = .called
    result.ploidy = outcome.strands.ploidy
    result.isEffectivelyPhased = outcome.strands.isEffectivelyPhased
    result.phaseAssignments = outcome.strands.assignments
    let best = outcome.matches.first?.score
    result.diplotypes = named(outcome.matches.filter { $0.score == best })
    result.otherDiplotypes = named(outcome.matches.filter { $0.score != best })
    let all = Set((result.diplotypes + result.otherDiplotypes).map(\.name))
    if !outcome.strands.isEffectivelyPhased,
      let priority = exemption.priorities.first(where: { $0.diplotypes == all }), all.count > 1
    {
      result.priority = .init(pick: priority.pick, quotedFrom: "\(definition.source) exemptions, unphased priorities")
    }
  }

  private func named(_ matches: [NamedAlleleMatcher.Match]) -> [GeneResult.Diplotype] {
    let all = matches.map { match in
      diplotype(
        match.alleles.map { candidate in
          GeneResult.Allele(
            name: definition.coreNames[candidate.allele.name] ?? candidate.allele.name, matched: candidate.allele.name,
            score: candidate.score,
            positionsNotCalled: candidate.missing.map { definition.positions[$0].position.value })
        })
    }
    return all.sorted { a, b in a.score != b.score ? a.score > b.score : precedesNaturally(a.name, b.name) }
  }

  /// A diplotype of alleles, with the table's words.
  func diplotype(_ alleles: [GeneResult.Allele]) -> GeneResult.Diplotype {
    let ordered = alleles.sorted { precedesNaturally($0.name, $1.name) }.map { allele in
      var allele = allele
      allele.function = phenotypes?.functions[allele.name].map(quoted)
      allele.activityValue = phenotypes?.activityValues[allele.name]
      return allele
    }
    let entry = phenotypes?.entry(for: ordered.map(\.name))
    return GeneResult.Diplotype(
      name: ordered.map(\.name).joined(separator: "/"), alleles: ordered, score: ordered.reduce(0) { $0 + $1.score },
      // A table without the row says nothing of it: PharmCAT writes n/a.
      phenotype: phenotypes == nil ? nil : quoted(entry?.phenotype ?? "n/a"), activityScore: entry?.activityScore)
  }

  /// Words of the gene's table.
  func quoted(_ text: String) -> PharmacogenomicsResult.QuotedTerm {
    .init(
      text: text, quotedFrom: "\(definition.source) phenotype table of \(definition.gene), \(phenotypes?.version ?? "")"
    )
  }

  private func positions(_ calls: [PositionCall]) -> [GeneResult.Position] {
    zip(definition.positions.indices, calls).map { place, call in
      let defines = definition.alleles.filter { !$0.isReference && $0.bases[place] != nil }.map(\.name)
      return .init(definition.positions[place], call, defines: defines.sorted(by: precedesNaturally))
    }
  }

  private func warnings(_ calls: [PositionCall]) -> [String] {
    var warnings: [String] = []
    let missing = zip(definition.positions, calls).filter { !$1.isCalled }.map(\.0)
    if !missing.isEmpty {
      warnings.append(
        "\(missing.count) of \(calls.count) defining positions are not called; alleles that they define may be hidden")
    }
    let tierOne = missing.map(\.position.value).filter(exemption.tierOnePositions.contains)
    if !tierOne.isEmpty {
      warnings.append("positions of AMP's tier 1 are not called: \(tierOne.map(String.init).joined(separator: ", "))")
    }
    if undocumentedIsReference {
      let places = zip(definition.positions, calls).filter { $1.state == .calledUndocumented }
        .map { "\($0.0.position)" }
      if !places.isEmpty {
        warnings.append(
          "bases that no definition documents were matched as the reference at \(places.joined(separator: ", ")): "
            + "what they do is not known")
      }
    }
    if phenotypes == nil { warnings.append("no phenotype table of the gene was supplied") }
    return warnings
  }
}
