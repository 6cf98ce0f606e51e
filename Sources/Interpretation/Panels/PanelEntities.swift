public import Genomics

/// One gene of a panel.
public struct PanelGene: Sendable, Hashable, Codable {
  /// The symbol that the panel lists it by.
  public var symbol: String
  /// HGNC's symbol at the panel's release.
  public var hgncSymbol: String?
  /// `HGNC:…`.
  public var hgnc: String?
  /// Ensembl's identifiers by assembly, without versions, sorted.
  public var ensembl: [Assembly: [String]]
  /// Earlier and other symbols.
  public var aliases: [String]
  /// The gene's biotype (`protein_coding` …); nil where the file has none.
  public var biotype: String?
  /// Its rating.
  public var rating: PanelRating
  /// The mode of inheritance.
  public var mode: PanelMode
  /// The mode as the file writes it.
  public var modeText: String
  /// The penetrance as the file writes it; nil where it does not.
  public var penetrance: String?
  /// The panel of a super-panel that the entry is from; nil in other panels.
  public var component: Panel.Identity?
}

/// One region of a panel.
public struct PanelRegion: Sendable, Hashable, Codable {
  /// What changes in a region are meant.
  public enum Change: String, Sendable, Hashable, Codable, CaseIterable {
    case gain = "cnv_gain"
    case loss = "cnv_loss"
    case both = "cnv_both"
    case small
  }

  /// PanelApp's name (`ISCA-37404-Loss`).
  public var name: String
  /// The name in words.
  public var title: String?
  /// The chromosome, without `chr`.
  public var chromosome: String
  /// Coordinates by assembly, 0-based half-open. PanelApp writes the first and the last base, counted from 1.
  public var ranges: [Assembly: Range<Int>]
  /// What changes are meant; nil where the file's word is none that is known.
  public var change: Change?
  /// The percentage of the region that a change must overlap; nil where the file has none.
  public var requiredOverlap: Int?
  /// Its rating.
  public var rating: PanelRating
  /// The mode of inheritance; not used for copy numbers.
  public var mode: PanelMode
  /// The panel of a super-panel that the entry is from; nil in other panels.
  public var component: Panel.Identity?
}

/// One short tandem repeat of a panel.
public struct PanelRepeat: Sendable, Hashable, Codable {
  /// PanelApp's name (`FXN_GAA`).
  public var name: String
  /// The gene.
  public var gene: PanelGene
  /// The repeated unit; nil where the file has none.
  public var unit: String?
  /// From how many repeats an allele is no longer in the usual range; nil where the file has none.
  public var normal: Int?
  /// From how many repeats an allele is pathogenic; nil where the file has none.
  public var pathogenic: Int?
}
