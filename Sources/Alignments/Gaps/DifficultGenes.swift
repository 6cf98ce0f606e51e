/// Genes whose reads may come from elsewhere, or go elsewhere, so that depth alone does not prove that they were assessed.
public enum DifficultGenes {
  /// The list's name and version.
  public static let id = "difficult-genes/1"

  /// Where it is told of a gene.
  public enum Source: String, Sendable {
    /// Genes that standard next-generation sequencing cannot fully assess.
    case mandelker = "Mandelker et al. 2016, Genet Med 18:1282"
    /// Genes whose exons are dark or camouflaged.
    case ebbert = "Ebbert et al. 2019, Genome Biol 20:97"
    /// Medically relevant genes that are challenging, and false duplications of GRCh38.
    case wagner = "Wagner et al. 2022, Nat Biotechnol 40:672"
  }

  /// One gene.
  public struct Entry: Sendable {
    /// Its symbol.
    public var symbol: String
    /// What makes it difficult.
    public var reason: String
    /// Who says so.
    public var source: Source
  }

  /// All of them, by symbol; former symbols stand beside present ones.
  public static let entries: [Entry] = [
    Entry(symbol: "ABCC6", reason: "pseudogenes ABCC6P1 and ABCC6P2", source: .mandelker),
    Entry(symbol: "C4A", reason: "copy of C4B in a module of variable copy number", source: .ebbert),
    Entry(symbol: "C4B", reason: "copy of C4A in a module of variable copy number", source: .ebbert),
    Entry(symbol: "CBS", reason: "falsely duplicated in GRCh38 (chr21)", source: .wagner),
    Entry(symbol: "CFC1", reason: "copy CFC1B", source: .ebbert),
    Entry(symbol: "CHEK2", reason: "pseudogenes of exons 11 to 15", source: .mandelker),
    Entry(symbol: "CRYAA", reason: "falsely duplicated in GRCh38 (chr21)", source: .wagner),
    Entry(symbol: "CYP21A2", reason: "pseudogene CYP21A1P with gene conversion", source: .mandelker),
    Entry(symbol: "CYP2D6", reason: "pseudogene CYP2D7, hybrids and copy number", source: .wagner),
    Entry(symbol: "GBA", reason: "pseudogene GBAP1 with gene conversion", source: .mandelker),
    Entry(symbol: "GBA1", reason: "pseudogene GBAP1 with gene conversion", source: .mandelker),
    Entry(symbol: "HBA1", reason: "copy HBA2", source: .mandelker),
    Entry(symbol: "HBA2", reason: "copy HBA1", source: .mandelker),
    Entry(symbol: "IKBKG", reason: "pseudogene IKBKGP1", source: .mandelker),
    Entry(symbol: "KCNE1", reason: "falsely duplicated in GRCh38 (chr21)", source: .wagner),
    Entry(symbol: "NCF1", reason: "pseudogenes NCF1B and NCF1C", source: .mandelker),
    Entry(symbol: "NEB", reason: "block of exons 82 to 105 repeated three times", source: .mandelker),
    Entry(symbol: "OPN1LW", reason: "array with OPN1MW of variable copy number", source: .ebbert),
    Entry(symbol: "OPN1MW", reason: "array with OPN1LW of variable copy number", source: .ebbert),
    Entry(symbol: "OTOA", reason: "pseudogene OTOAP1", source: .mandelker),
    Entry(symbol: "PKD1", reason: "six pseudogenes of exons 1 to 33", source: .mandelker),
    Entry(symbol: "PMS2", reason: "pseudogene PMS2CL with gene conversion", source: .mandelker),
    Entry(symbol: "RPGR", reason: "repeats of low complexity in exon ORF15", source: .ebbert),
    Entry(symbol: "SDHA", reason: "pseudogenes SDHAP1 to SDHAP3", source: .mandelker),
    Entry(symbol: "SMN1", reason: "copy SMN2", source: .mandelker),
    Entry(symbol: "SMN2", reason: "copy SMN1", source: .mandelker),
    Entry(symbol: "STRC", reason: "pseudogene STRCP1", source: .mandelker),
    Entry(symbol: "TNXB", reason: "pseudogene TNXA with gene conversion", source: .mandelker),
    Entry(symbol: "TTN", reason: "block of exons in the I band repeated three times", source: .mandelker),
    Entry(symbol: "U2AF1", reason: "falsely duplicated in GRCh38 (chr21)", source: .wagner),
    Entry(symbol: "VWF", reason: "pseudogene VWFP1 of exons 23 to 34", source: .mandelker),
  ]

  /// What makes a gene difficult; nil for one that is not in the list.
  public static func entry(_ symbol: String) -> Entry? { bySymbol[symbol] }

  private static let bySymbol = Dictionary(uniqueKeysWithValues: entries.map { ($0.symbol, $0) })
}
