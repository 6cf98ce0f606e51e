import Annotation
import Genomics

extension PanelIndex {
  /// Entries of the panels that no gene of a cache is found by. Looks at every transcript once. Blocks.
  func unmatched(in cache: AnnotationCache) -> [UnmatchedGene] {
    guard panels.panels.contains(where: { !$0.genes.isEmpty }) else { return [] }
    return unmatched(
      cache.contigs.contigs.lazy.flatMap { contig in
        cache.genes(
          overlapping: Region(
            contig: contig.name, start: ZeroBasedPosition(0), end: ZeroBasedPosition(contig.length ?? 0)))
      }.map { (symbol: $0.symbol, gene: $0.identifier, hgnc: $0.hgnc) })
  }
}
