import GenomicFiles

/// Reads from `CSQ` which genes an annotation places an allele in.
///
/// Upstream and downstream of a gene is not in it: an allele whose only terms for a gene are these is none of the gene's.
/// Neighbours lie in the same genes, so a set is made once for all alleles whose entries spell it alike.
struct CSQGenes {
  private let alleleNumber: Int
  private let consequence: Int
  private let symbol: Int
  private let gene: Int
  private let columnCount: Int

  private var columns: [Range<Int>]
  /// `identifier|symbol,` of each entry that is inside a gene, in the order of the entries.
  private var spelling: [UInt8] = []
  private var lastSpelling: [UInt8] = []
  private var lastSet = GeneSet([])
  private var sets: [[UInt8]: GeneSet] = [:]

  private static let outside: [StaticString] = [
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
    columnCount = max(alleleNumber, consequence, symbol, gene) + 1
    columns = Array(repeating: 0..<0, count: columnCount)
  }

  /// The genes of a record's allele.
  /// - Parameters:
  ///   - allele: the alternate's number in the record, counted from 1.
  ///   - value: the value of the record's `CSQ`.
  /// - Returns: nil where no entry is of the allele; the empty set where it is in no gene.
  mutating func genes(of allele: Int, _ view: VariantRecords, _ value: Range<Int>) -> GeneSet? {
    spelling.removeAll(keepingCapacity: true)
    var isAnnotated = false
    view.forEachPart(of: value, separator: UInt8(ascii: ",")) { entry in
      var column = 0
      view.forEachPart(of: entry, separator: UInt8(ascii: "|")) { part in
        columns[column] = part
        column += 1
        return column < columnCount
      }
      guard column == columnCount, VCFNumber.integer(view[columns[alleleNumber]]) == allele else { return true }
      isAnnotated = true
      if isInside(view, columns[consequence]) {
        spelling.append(contentsOf: view[columns[gene]])
        spelling.append(UInt8(ascii: "|"))
        spelling.append(contentsOf: view[columns[symbol]])
        spelling.append(UInt8(ascii: ","))
      }
      return true
    }
    return isAnnotated ? spelledSet() : nil
  }

  private func isInside(_ view: VariantRecords, _ terms: Range<Int>) -> Bool {
    var isInside = false
    view.forEachPart(of: terms, separator: UInt8(ascii: "&")) { term in
      isInside = !term.isEmpty && !Self.outside.contains { view.equals(term, $0) }
      return !isInside
    }
    return isInside
  }

  private mutating func spelledSet() -> GeneSet {
    if spelling == lastSpelling { return lastSet }
    lastSpelling = spelling
    if let known = sets[spelling] {
      lastSet = known
    } else {
      let names = spelling.split(separator: UInt8(ascii: ",")).compactMap { entry -> GeneName? in
        let parts = entry.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
        return GeneName(
          id: String(decoding: parts[0], as: UTF8.self), symbol: String(decoding: parts[1], as: UTF8.self))
      }
      lastSet = GeneSet(names)
      // Long genes fill it: a set is made again rather than that memory grows with the file.
      if sets.count >= 1 << 17 { sets.removeAll() }
      sets[spelling] = lastSet
    }
    return lastSet
  }
}
