/// A mode of inheritance of PanelApp, by its short name (reference: PanelApp's source).
public enum PanelMode: Sendable, Hashable, Codable {
  case monoallelicNotImprinted
  /// The paternal allele is expressed.
  case monoallelicMaternallyImprinted
  /// The maternal allele is expressed.
  case monoallelicPaternallyImprinted
  /// Imprinted status unknown.
  case monoallelic
  case biallelic
  case monoallelicAndBiallelic
  case monoallelicAndMoreSevereBiallelic
  case xLinkedBiallelic
  case xLinkedMonoallelic
  case mitochondrial
  case unknown
  case other
  /// Empty or absent: matches every mode.
  case absent
  /// No string of PanelApp: an error, which is counted, and which matches nothing.
  case unmatched
}
