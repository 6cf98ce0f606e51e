public import Annotation
import Genomics

/// Which alleles may matter to tiering, so that the rest of a genome is counted and not kept.
public struct CandidateCriteria: Sendable {
  /// Where a frequency stands in the cache.
  public struct FrequencyField: Sendable, Hashable {
    /// The source's name in the cache.
    public var source: String
    /// Its field with the frequency.
    public var field: String
    /// Its field with the number of alleles called; nil for none.
    public var alleleNumber: String?

    /// A field.
    public init(source: String, field: String, alleleNumber: String? = nil) {
      self.source = source
      self.field = field
      self.alleleNumber = alleleNumber
    }
  }

  /// Terms that make an allele a candidate on any transcript.
  public var terms: Set<String>
  /// Names of the genes on the applied panels: symbols, `HGNC:…`, identifiers without version, in capitals. What an
  /// allele does to their exons or splice sites makes it a candidate, whatever it is, so that it is told why it has no tier.
  public var panelGenes: Set<String>
  /// Where each population's frequency stands. A pair whose source the cache lacks is left out of candidates.
  public var frequencies: [FrequencyKey: FrequencyField]

  /// Criteria.
  public init(terms: Set<String>, panelGenes: Set<String>, frequencies: [FrequencyKey: FrequencyField]) {
    self.terms = terms
    self.panelGenes = Set(panelGenes.map { $0.uppercased() })
    self.frequencies = frequencies
  }

  /// Terms that tell of no exon or splice site.
  static let outside: Set<String> = [
    "intron_variant", "upstream_gene_variant", "downstream_gene_variant", "intergenic_variant",
    "non_coding_transcript_variant", "coding_transcript_variant", "NMD_transcript_variant",
  ]

  /// The annotator's marks that a candidate has one of.
  var marks: UInt64 {
    var marks = ConsequenceAnnotator.classifiedMark
    for term in Consequence.allCases where terms.contains(term.term) || !Self.outside.contains(term.term) {
      marks |= 1 << UInt64(term.rawValue)
    }
    return marks
  }

  /// Whether an entry makes its allele a candidate.
  func wants(_ entry: TranscriptConsequence) -> Bool {
    if entry.terms.contains(where: terms.contains) { return true }
    return isOnPanel(entry) && entry.terms.contains { !Self.outside.contains($0) }
  }

  func isOnPanel(_ entry: TranscriptConsequence) -> Bool {
    if let symbol = entry.symbol, panelGenes.contains(symbol.uppercased()) { return true }
    if let hgnc = entry.hgnc, panelGenes.contains(hgnc.uppercased()) { return true }
    return panelGenes.contains(entry.gene.uppercased())
  }
}
