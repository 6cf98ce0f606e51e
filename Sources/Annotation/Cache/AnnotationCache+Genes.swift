public import Genomics

/// A gene of the cache that a region meets.
public struct CacheGene: Sendable, Hashable {
  /// The symbol; nil where the annotation has none.
  public var symbol: String?
  /// The identifier in the annotation.
  public var identifier: String
  /// `HGNC:…`, where the annotation tells it.
  public var hgnc: String?
  /// Biotypes of its transcripts that share a base with the region, sorted.
  public var biotypes: [String]
}

extension AnnotationCache {
  /// The genes with a transcript that shares a base with a region, in the cache's order.
  public func genes(overlapping region: Region) -> [CacheGene] {
    guard let contig = contigs.index(of: region.contig), region.count > 0 else { return [] }
    var found: [Int] = []
    // Transcripts that only touch the range are among those found.
    transcripts(on: contig, near: region.start.value..<region.end.value, into: &found)
    var order: [Int] = []
    var genes: [Int: CacheGene] = [:]
    for index in found {
      let transcript = transcript(index)
      let last = transcript.exonCount - 1
      guard last >= 0, transcript.exon(0).start < region.end.value, transcript.exon(last).end > region.start.value
      else { continue }
      let number = gene(index)
      func text(_ bytes: MappedText) -> String? { bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self) }
      if genes[number] == nil {
        order.append(number)
        genes[number] = CacheGene(
          symbol: text(geneSymbol(index)), identifier: text(geneIdentifier(index)) ?? "",
          hgnc: text(hgncIdentifier(index)), biotypes: [])
      }
      let biotype = text(biotype(index)) ?? ""
      if genes[number]?.biotypes.contains(biotype) == false { genes[number]?.biotypes.append(biotype) }
    }
    return order.compactMap { genes[$0] }.map { gene in
      var gene = gene
      gene.biotypes.sort()
      return gene
    }
  }
}
