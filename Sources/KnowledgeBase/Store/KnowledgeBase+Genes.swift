import GRDB

extension KnowledgeBase {
  /// What a question about a gene could be answered from. A gene that no annotation of the base names is unknown to the
  /// base: nothing then follows about its alleles.
  public struct GeneScope: Sendable, Hashable {
    /// The gene as it was asked for.
    public var asked: String
    /// The genes of that symbol or identifier that annotations of the base name.
    public var genes: [GeneName]
    /// The digests of the caches that annotated contributions, sorted.
    public var annotations: [String]
    /// People whose alleles were not annotated: they are not found by gene.
    public var withoutAnnotation: Int
    /// Alleles of annotated people that their annotation says nothing of, such as those with an unknown base.
    public var observationsWithoutAnnotation: Int
  }

  /// Tells what a question about a gene can be answered from.
  /// - Parameter gene: a symbol in either case, or an identifier, whole.
  public func scope(ofGene gene: String) throws -> GeneScope {
    try read { db in
      let rows = try Row.fetchAll(
        db, sql: "SELECT DISTINCT id, symbol COLLATE BINARY AS symbol FROM gene WHERE id = ? OR symbol = ?",
        arguments: [gene, gene])
      return GeneScope(
        asked: gene, genes: rows.compactMap { GeneName(id: $0["id"], symbol: $0["symbol"]) }.sorted(),
        annotations: try Self.annotations(db),
        withoutAnnotation: try Int.fetchOne(
          db, sql: "SELECT count(*) FROM contribution WHERE annotation IS NULL") ?? 0,
        observationsWithoutAnnotation: try Int.fetchOne(
          db,
          sql: """
            SELECT count(*) FROM observation JOIN contribution ON contribution.id = contribution
            WHERE genes IS NULL AND annotation IS NOT NULL
            """) ?? 0)
    }
  }

  /// Alleles that somebody's annotation places in a gene, by identifier or symbol (which the table compares without
  /// regard to case).
  static let inGene = """
    id IN (SELECT allele FROM observation WHERE genes IN (SELECT gene_set FROM gene WHERE id = ? OR symbol = ?))
    """
}
