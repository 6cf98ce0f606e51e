import Annotation
import Genomics

/// Which alleles may matter to tiering, by a profile and panels, so that the rest of a genome is counted and not kept.
public struct CandidateCriteria: Sendable {
  let profile: TieringProfile
  let panels: PanelIndex

  /// Criteria.
  public init(profile: TieringProfile, panels: PanelIndex) {
    self.profile = profile
    self.panels = panels
  }

  /// The annotator's marks that a candidate has one of.
  var marks: UInt64 {
    let listed = profile.listedTerms
    return Consequence.allCases.filter { listed.contains($0.term) }
      .reduce(ConsequenceAnnotator.classifiedMark) { $0 | 1 << UInt64($1.rawValue) }
  }

  /// Whether an entry with those terms may make its allele a candidate.
  func mayWant(terms: [String]) -> Bool { profile.mayMatter(terms: terms, hasKnown: false, inPanelGene: true) }

  /// Whether an entry makes its allele a candidate.
  func wants(_ entry: TranscriptConsequence) -> Bool {
    if profile.mayMatter(terms: entry.terms, hasKnown: false, inPanelGene: false) { return true }
    return profile.mayMatter(terms: entry.terms, hasKnown: false, inPanelGene: true)
      && panels.contains(symbol: entry.symbol, gene: entry.gene, hgnc: entry.hgnc)
  }
}
