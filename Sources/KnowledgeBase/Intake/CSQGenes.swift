import GenomicFiles

/// Reads from `CSQ` which genes an annotation places an allele in.
///
/// Upstream and downstream of a gene is not in it: an allele whose only terms for a gene are these is none of the gene's.
struct CSQGenes {
  private let alleleNumber: Int
  private let consequence: Int
  private let symbol: Int
  private let gene: Int

  private static let outside: Set<Substring> = [
    "upstream_gene_variant", "downstream_gene_variant", "intergenic_variant",
  ]

  /// Finds the fields that the header's `Format:` names; nil where the file has no `CSQ` with all of them.
  init?(_ header: VCFHeader) {
    guard let line = header.metaLines.last(where: { $0.hasPrefix("##INFO=<ID=CSQ,") }),
      let format = line.firstRange(of: "Format: ")
    else { return nil }
    let fields = line[format.upperBound...].prefix { $0 != "\"" }.split(
      separator: "|", omittingEmptySubsequences: false)
    guard let alleleNumber = fields.firstIndex(of: "ALLELE_NUM"),
      let consequence = fields.firstIndex(of: "Consequence"), let symbol = fields.firstIndex(of: "SYMBOL"),
      let gene = fields.firstIndex(of: "Gene")
    else { return nil }
    self.alleleNumber = alleleNumber
    self.consequence = consequence
    self.symbol = symbol
    self.gene = gene
  }

  /// The genes of a record's allele.
  /// - Parameters:
  ///   - info: the record's INFO.
  ///   - allele: the alternate's number in the record, counted from 1.
  /// - Returns: nil where no entry is of the allele; the empty set where it is in no gene.
  func genes(of allele: Int, info: String) -> GeneSet? {
    guard let field = info.split(separator: ";").first(where: { $0.hasPrefix("CSQ=") }) else { return nil }
    var names: Set<GeneName> = []
    var isAnnotated = false
    for entry in field.dropFirst(4).split(separator: ",") {
      let values = entry.split(separator: "|", omittingEmptySubsequences: false)
      guard values.count > max(alleleNumber, consequence, symbol, gene), Int(values[alleleNumber]) == allele else {
        continue
      }
      isAnnotated = true
      let isInside = values[consequence].split(separator: "&").contains { !Self.outside.contains($0) }
      if isInside, let name = GeneName(id: String(values[gene]), symbol: String(values[symbol])) { names.insert(name) }
    }
    return isAnnotated ? GeneSet(names) : nil
  }
}
